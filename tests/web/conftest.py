"""Fixtures for tests that hold for every form."""

import pytest
from flask import Flask

from tests.databases import Databases
from tests.walked import Walked


@pytest.fixture
def walked(sample: Flask, databases: Databases) -> Walked:
    """The application in all its states, and every form in it."""
    found = Walked(sample, databases.made_once("every-form", lambda folder: Walked.walk(sample, folder)))
    found.begin_anew()
    return found
