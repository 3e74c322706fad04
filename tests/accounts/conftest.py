"""Pages of this folder are read in English unless a test asks for Thai."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.pages import PageClient


@pytest.fixture
def client(app: Flask, real_commits: None) -> PageClient:
    """A checking page client that reads English."""
    found = PageClient(app)
    found.http.set_cookie("lang", "en")
    return found


@pytest.fixture
def noon() -> Iterator[Any]:
    """A clock that moves only when told to."""
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as clock:
        yield clock
