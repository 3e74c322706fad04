"""The board costs the same however much history there is."""

import pytest
from flask import Flask

from forumplanner.core.db import db
from tests.counting import counted
from tests.history import add_history
from tests.pages import PageClient


@pytest.mark.parametrize("who", ["organiser", None])
def test_queries_do_not_grow_with_twenty_rounds_of_history(sample: Flask, client: PageClient, who: str | None) -> None:
    if who is not None:
        client.sign_in_as(who)
    pages = ("/", "/rounds", "/rounds/2550-1", "/rounds/2550-1/south")
    with counted(sample) as first:
        for page in pages:
            client.get(page)
    with sample.app_context():
        add_history(db.session(), 20)
    with counted(sample) as later:
        for page in pages:
            client.get(page)
    assert len(later) == len(first)
