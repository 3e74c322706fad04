"""Pages of this folder are read in English unless a test asks for Thai."""

import pytest
from flask import Flask

from tests.pages import PageClient


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A checking page client that reads English."""
    found = PageClient(app)
    found.http.set_cookie("lang", "en")
    return found
