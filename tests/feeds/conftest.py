"""What the tests of calendars share: a program that fetches them, and a count of the queries it causes."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from flask import Flask, Response, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from forumplanner.core.db import db
from forumplanner.partners.links import personal_feed_url
from forumplanner.partners.models import Partner

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# What SQLAlchemy's pool asks PostgreSQL before it hands a connection out.
PING = ";"
Counted = Callable[[], AbstractContextManager[list[str]]]
AddressOf = Callable[..., str]


class CalendarProgram(FlaskClient):
    """Keeps no cookies, follows nothing, and does not wait for what the test's own session has only read."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if has_app_context() and not (db.session.dirty or db.session.new):
            db.session.rollback()
        return super().open(*arguments, **options)


@pytest.fixture
def http(sample: Flask, real_commits: None) -> FlaskClient:
    """A calendar program, of a process that has served since before the round was made."""
    sample.extensions["feed_cache"].started_at = LONG_AGO
    return CalendarProgram(sample, Response, use_cookies=False)


@pytest.fixture
def address_of(sample: Flask) -> Callable[..., str]:
    """The path of a partner's own calendar."""

    def path(partner: Partner, version: int = 1, name: str = "my-meetings") -> str:
        settings = sample.config["SETTINGS"]
        path = personal_feed_url(settings, partner.id, version).removeprefix(settings.base_url)
        return f"{path.rpartition('/')[0]}/{name}.ics"

    return path


@pytest.fixture
def queries(sample: Flask, real_commits: None) -> Counted:
    """Collects the statements that reach the driver inside a `with` block, but for transactions and pings."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        found: list[str] = []

        def note(statement: object) -> None:
            text = str(statement).strip()
            if not text.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "--")) and text != PING:
                found.append(text)

        def watch(connection: Any, *more: object) -> None:
            if isinstance(connection, sqlite3.Connection):
                connection.set_trace_callback(note)
            else:
                connection.cursor_factory = counting_cursor(note)

        with sample.app_context():
            engine = db.engine
        if has_app_context():
            db.session.rollback()
        event.listen(engine, "checkout", watch)
        try:
            yield found
        finally:
            event.remove(engine, "checkout", watch)

    return collect


def counting_cursor(note: Callable[[object], None]) -> type[psycopg.Cursor[Any]]:
    """psycopg's cursor, which says what it is given."""

    class CountingCursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            note(query)
            return super().execute(query, *arguments, **options)

    return CountingCursor
