"""What the tests of calendars share: a program that fetches them, and a count of the queries it causes."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask, Response, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from forumplanner.core.db import db

Counted = Callable[[], AbstractContextManager[list[str]]]


class CalendarProgram(FlaskClient):
    """Keeps no cookies, follows nothing, and does not wait for what the test's own session has only read."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if has_app_context() and not (db.session.dirty or db.session.new):
            db.session.rollback()
        return super().open(*arguments, **options)


@pytest.fixture
def http(sample: Flask) -> FlaskClient:
    """A calendar program."""
    return CalendarProgram(sample, Response, use_cookies=False)


@pytest.fixture
def queries(sample: Flask) -> Counted:
    """Collects the statements sent to the database inside a `with` block, transactions aside."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        found: list[str] = []

        def note(connection: object, cursor: object, statement: str, *more: object) -> None:
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
                found.append(statement)

        with sample.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collect
