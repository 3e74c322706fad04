"""Reading writes nothing before its answer: every page opens while nothing can be written."""

import sqlite3
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from forumplanner.core.db import db
from tests.guards.test_access import ROLES, address, browser, parameters, rules
from tests.whole_words import without_terms

pytestmark = pytest.mark.usefixtures("sample")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@pytest.fixture
def full_disk(app: Flask) -> Iterator[list[str]]:
    """Every statement that writes fails, as on a full disk; those that were tried are noted."""
    tried: list[str] = []

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            tried.append(statement)
            raise sqlite3.OperationalError("database or disk is full")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", refuse)
    yield tried
    event.remove(engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_while_the_disk_is_full(app: Flask, role: str, request: pytest.FixtureRequest) -> None:
    client, values = browser(app, role), parameters(app)
    addresses = [address(app, rule, values) for rule in rules(app, "GET")]
    addresses += ["/reply/guess", "/feeds/p/1-1-aaaaaaaaaaaaaaaaaaaa/my.ics", "/no/such/page"]
    before = {}
    for path in addresses:
        with client.get(path) as answer:
            before[path] = answer.status_code
    request.getfixturevalue("full_disk")
    found = {}
    for path in addresses:
        with client.get(path) as answer:
            found[path] = answer.status_code
    assert found == before
    assert max(found.values()) < 500


def test_what_was_typed_is_shown_when_it_cannot_be_written(app: Flask, request: pytest.FixtureRequest) -> None:
    client, link = app.test_client(), parameters(app)["reply.link"]
    request.getfixturevalue("full_disk")
    answer = client.post(f"/reply/{link}/comment", data={"comment": "ติดงานศพ ขออภัย"})
    assert (answer.status_code, "ติดงานศพ ขออภัย" in without_terms(answer.get_data(as_text=True))) == (503, True)
