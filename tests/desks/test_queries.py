"""The board costs the same however much history there is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from forumplanner.core.db import db
from tests.history import add_history
from tests.pages import PageClient


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
