"""Nobody holds the write lock while something slow happens: a body on its way, a password being hashed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from forumplanner.core.db import db
from tests.accounts.signing_in import PASSWORD, csrf, make_account, sign_in
from tests.guards.test_access import address, browser, parameters, rules
from tests.pages import PageClient
from tests.waiting import CEILING_SECONDS

OTHER = "รหัสผ่านใหม่ ของมาลี 2551"


@contextmanager
def beginnings(app: Flask) -> Iterator[list[str]]:
    """The transactions that are begun inside the block."""
    found: list[str] = []

    def note(_connection: object) -> None:
        found.append("begun")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "begin", note)
    try:
        yield found
    finally:
        event.remove(engine, "begin", note)


class Body(BytesIO):
    """A request's body that notes how many transactions had begun when it was read to its end."""

    def __init__(self, content: bytes, begun: list[str]) -> None:
        super().__init__(content)
        self._begun = begun
        self.seen: int | None = None

    def read(self, *size: Any) -> bytes:
        found = super().read(*size)
        if self.tell() == len(self.getvalue()) and self.seen is None:
            self.seen = len(self._begun)
        return found

    def readinto(self, buffer: Any) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("role", ["nobody", "organiser"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", "text/plain"])
def test_every_body_is_read_before_the_first_query(app: Flask, role: str, kind: str) -> None:
    client, values = browser(app, role), parameters(app)
    late, read = [], 0
    for rule in rules(app, "POST"):
        path = address(app, rule, values)
        with beginnings(app) as begun:
            body = Body(b"name=" + b"x" * 5000, begun)
            client.post(path, input_stream=body, content_type=kind, headers={"Content-Length": "5005"})
        read += body.seen is not None
        if body.seen:
            late.append((path, body.seen))
    assert (late, read > 30) == ([], True)


class Watched:
    """A context for passwords that notes whether a transaction was open while it worked."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.open: list[bool] = []

    def hash(self, *words: Any, **named: Any) -> Any:
        self.open.append(bool(db.session().in_transaction()))
        return self._context.hash(*words, **named)

    def verify(self, *words: Any) -> Any:
        self.open.append(bool(db.session().in_transaction()))
        return self._context.verify(*words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


@pytest.fixture
def watched(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Watched:
    context = app.extensions["security"].pwd_context
    found = Watched(context._context)
    monkeypatch.setattr(context, "_context", found)
    return found


@pytest.mark.both_databases
def test_passwords_are_hashed_and_compared_with_no_transaction_open(
    app: Flask, client: PageClient, watched: Watched
) -> None:
    make_account(app)
    watched.open.clear()
    sign_in(client, password="wrong password", status=422)
    sign_in(client, email="nobody@example.org", status=422)
    sign_in(client)
    own = {"csrf_token": csrf(client), "password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}
    assert client.http.post("/account/password", data=own).status_code == 302
    client.http.post("/account/password-again", data={"csrf_token": csrf(client), "password": OTHER})
    assert (len(watched.open) >= 6, set(watched.open)) == (True, {False})
    client.submit("/account", {}, form="/logout")
    sign_in(client, password=OTHER)


@pytest.mark.both_databases
def test_many_wrong_passwords_at_once_hold_up_no_other_writer(
    app: Flask, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(app)
    count, hashing, go_on = 24, threading.Semaphore(0), threading.Event()
    compare = watched._context.verify

    def slowly(*words: Any) -> Any:
        hashing.release()
        assert go_on.wait(CEILING_SECONDS)
        return compare(*words)

    monkeypatch.setattr(watched, "_context", Slow(watched._context, slowly))
    answers: list[int] = []

    def fail(number: int) -> None:
        client = PageClient(app)
        data = {"csrf_token": csrf(client, "/login"), "email": "malee@example.org", "password": "wrong password"}
        from_ = {"REMOTE_ADDR": f"203.0.113.{number}"}
        answers.append(client.http.post("/login", data=data, environ_base=from_).status_code)

    failing = [threading.Thread(target=fail, args=(number,)) for number in range(count)]
    for thread in failing:
        thread.start()
        # One after the other, so that none waits in vain for a connection on a busy machine.
        assert hashing.acquire(timeout=CEILING_SECONDS)
    url = app.config["SETTINGS"].database_url
    options = {"timeout": 0} if url.startswith("sqlite") else {}
    # All of them are being compared now. Somebody else writes, and waits for nobody.
    with create_engine(url, poolclass=NullPool, connect_args=options).connect() as other:
        if not options:
            other.exec_driver_sql("SET lock_timeout = 1")
        other.exec_driver_sql("UPDATE users SET name = 'มาลี ใจดี'")
        other.commit()
    assert answers == []
    go_on.set()
    for thread in failing:
        thread.join()
    assert answers == [422] * count


class Slow:
    """A context that compares as slowly as it is told."""

    def __init__(self, context: Any, verify: Any) -> None:
        self._context, self.verify = context, verify

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)
