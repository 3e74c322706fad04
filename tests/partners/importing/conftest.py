"""Somebody who imports."""

import pytest

from tests.pages import PageClient


@pytest.fixture
def coordinator(client: PageClient) -> PageClient:
    """A coordinator of the South, signed in."""
    client.sign_in_as("coordinator")
    return client
