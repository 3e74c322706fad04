"""From the page to the mail server, through the worker's own process."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from huey import PostgresHuey, SqliteHuey
from sqlalchemy.orm import Session

from forumplanner.outbox.models import MessageState
from forumplanner.web.jobs import jobs_of, make_huey
from tests.accounts.signing_in import PASSWORD, csrf, make_account, sign_in
from tests.databases import ENVIRONMENT
from tests.outbox.conftest import queue, row
from tests.outbox.servers import Told
from tests.pages import PageClient
from tests.processes import catches, running
from tests.waiting import CEILING_SECONDS, wait_until

# A worker that sweeps at its start alone: what it sends later, it was woken for.
ONE_SWEEP = """
from forumplanner.outbox.jobs import Postman
sweep, swept = Postman.sweep, []
def sweep_once(postman):
    if not swept:
        swept.append(True)
        sweep(postman)
Postman.sweep = sweep_once
"""
# The worker is a process of its own.
pytestmark = pytest.mark.usefixtures("real_commits")


@contextmanager
def worker(app: Flask, log: Path, first: str = "", **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m forumplanner.cli.worker` on the same database and queue; `first`: Python that is run before it."""
    settings = app.config["SETTINGS"]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")},
        **ENVIRONMENT,
        "FORUMPLANNER_DATA_DIR": str(settings.data_dir),
        "FORUMPLANNER_DATABASE_URL": settings.database_url,
        "FORUMPLANNER_QUEUE_URL": settings.queue_url,
        **variables,
    }
    words = [sys.executable, "-c", f"{first}\nfrom forumplanner.cli.worker import main\nmain()"]
    with log.open("wb") as errors, running(words, env=environment, stderr=errors) as process:
        yield process


def test_a_forgotten_password_by_mail_from_end_to_end(
    app: Flask, client: PageClient, server: tuple[Told, str], tmp_path: Path
) -> None:
    told, url = server
    make_account(app)
    with worker(app, tmp_path / "log", FORUMPLANNER_SMTP_URL=url):
        token = csrf(client)
        client.http.post("/reset", data={"email": "malee@example.org", "csrf_token": token})
        wait_until(lambda: bool(told.received))
    body = told.received[0].get_body(("plain",))
    assert body is not None
    [link] = re.findall(r"http://localhost(/reset/\S+)", body.get_content())
    client.http.set_cookie("lang", "en")
    client.submit(link, {"password": PASSWORD + " ใหม่", "password_confirm": PASSWORD + " ใหม่"}, form=-1)
    sign_in(client, password=PASSWORD + " ใหม่")
    assert client.get("/account").status == 200


def test_the_worker_is_woken_at_once_and_its_start_sweeps(
    session: Session, app: Flask, server: tuple[Told, str], tmp_path: Path
) -> None:
    told, url = server
    queue(session, "before")
    session.commit()
    jobs_of(app).huey.flush()
    with worker(app, tmp_path / "log", ONE_SWEEP, FORUMPLANNER_SMTP_URL=url):
        wait_until(lambda: len(told.received) == 1)
        queue(session, "after")
        session.commit()
        wait_until(lambda: len(told.received) == 2)
        wait_until(lambda: row(session, "after").state == MessageState.SENT)


def test_sigterm_ends_the_worker(app: Flask, tmp_path: Path) -> None:
    with worker(app, tmp_path / "log") as process:
        wait_until(lambda: "FORUMPLANNER_SMTP_URL is not set" in (tmp_path / "log").read_text())
        wait_until(lambda: catches(process, signal.SIGTERM))
        process.send_signal(signal.SIGTERM)
        assert process.wait(CEILING_SECONDS) == 0


def test_without_a_mail_server_the_worker_says_what_waits(session: Session, app: Flask, tmp_path: Path) -> None:
    queue(session)
    session.commit()
    log = tmp_path / "log"
    with worker(app, log):
        wait_until(lambda: "1 messages wait" in log.read_text())
    assert row(session).state == MessageState.QUEUED


def test_a_queue_address_names_its_kind(tmp_path: Path) -> None:
    found = make_huey(f"sqlite:///{tmp_path / 'folder' / 'queue.sqlite3'}")
    assert isinstance(found, SqliteHuey)
    assert (tmp_path / "folder" / "queue.sqlite3").exists()


def test_a_queue_on_postgresql_carries_a_wake_up(session: Session, app: Flask) -> None:
    url = app.config["SETTINGS"].database_url
    if not url.startswith("postgresql"):
        pytest.skip("one database is enough")
    found = make_huey(url)
    assert isinstance(found, PostgresHuey)
    seen: list[str] = []
    task = found.task()(lambda: seen.append("looked"))
    task()
    taken = found.dequeue()
    assert taken is not None
    found.execute(taken)
    found.storage.close()
    assert seen == ["looked"]
