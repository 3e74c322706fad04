"""The number of queries of a page does not grow with the rounds of history."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from forumplanner.core.db import db
from tests.history import add_history
from tests.pages import PageClient

PAGES = {
    "home": "/",
    "rounds": "/rounds",
    "board": "/rounds/2550-1",
    "meeting": "/rounds/2550-1/south",
    "invitations": "/rounds/2550-1/south/invitations",
    "outcomes": "/rounds/2550-1/south/outcomes",
    "attendance": "/rounds/2550-1/south/attendance",
    "minutes": "/rounds/2550-1/south/minutes",
    "partners": "/partners",
    "brief": "/rounds/2550-1/brief",
    "feed": "/feeds/regions/south.ics",
}
MOST = 16


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements that are run inside the block."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", PAGES)
def test_queries_stay_few_and_do_not_grow_with_history(sample: Flask, client: PageClient, name: str) -> None:
    client.sign_in_as("organiser")
    client.http.get(PAGES[name])
    with counted(sample) as first:
        assert client.http.get(PAGES[name]).status_code == 200
    with sample.app_context():
        add_history(db.session(), 6)
        db.session.remove()
    sample.extensions.get("feed_cache", {}).clear()
    with counted(sample) as later:
        assert client.http.get(PAGES[name]).status_code == 200
    assert len(later) <= len(first), "\n\n".join(later)
    assert len(first) <= MOST, "\n\n".join(first)
