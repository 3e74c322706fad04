"""The queue that wakes the workers. Our own rows are the truth: a wake-up that is lost costs only time.

A wake-up says nothing but "look"; a sweep every minute looks anyway. Both may run at any time, in any worker.
"""

import logging
from pathlib import Path

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from forumplanner.core.db import db
from forumplanner.core.mail_settings import read_smtp_url
from forumplanner.outbox.delivery import Delivered, count_waiting, deliver_due, fail_too_old
from forumplanner.outbox.services import WAKE
from forumplanner.outbox.transport import SmtpTransport
from forumplanner.web import limits, once
from forumplanner.web.database import sqlite_file
from forumplanner.web.today import settings as current_settings

log = logging.getLogger(__name__)

NAME = "forumplanner"
EXTENSION = "outbox"
NOT_SENDING = "FORUMPLANNER_SMTP_URL is not set: no mail is sent"


class Queue:
    """The application's Huey and its tasks."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._huey: Huey | None = None
        self._told = 0

    @property
    def huey(self) -> Huey:
        """Made at first use: a command that queues nothing opens no queue."""
        if self._huey is None:
            self._huey = make_huey(self.app.config["SETTINGS"].queue_url)
            self._wake = self._huey.task(name="look")(self.look)
            self._huey.periodic_task(crontab(minute="*"), name="sweep")(self.sweep)
        return self._huey

    def wake(self) -> None:
        """Ask a worker to look, now. Must not stand inside an open transaction on the queue's own database."""
        try:
            if self.huey is not None:
                self._wake()
        except Exception:
            # The message is safe in our own table, and the sweep finds it.
            log.warning("the queue cannot be reached; the sweep will find the message", exc_info=True)

    def look(self) -> None:
        """Task: send what is due."""
        with self.app.app_context():
            self._deliver()

    def sweep(self) -> None:
        """Task, every minute: send what nobody took, give up what is too old, forget what has run out."""
        with self.app.app_context():
            fail_too_old(sessionmaker(db.engine))
            limits.forget_expired()
            once.forget_spent_forms()
            self._deliver()

    def _deliver(self) -> Delivered:
        factory = sessionmaker(db.engine)
        settings = current_settings()
        url = settings.smtp_url
        if url is None:
            waiting = count_waiting(factory)
            if waiting and waiting != self._told:
                log.warning("%s; %s messages wait", NOT_SENDING, waiting)
            self._told = waiting
            return Delivered()
        return deliver_due(factory, SmtpTransport(read_smtp_url(url)), settings.mail_from)


def init_outbox(app: Flask) -> None:
    """Give the application its queue, and wake a worker after each commit that queued a message."""
    app.extensions[EXTENSION] = Queue(app)
    if not event.contains(db.session, "after_commit", _wake_after_commit):
        event.listen(db.session, "after_commit", _wake_after_commit)
        event.listen(db.session, "after_rollback", _forget)


def queue_of(app: Flask) -> Queue:
    """The queue of that application."""
    found: Queue = app.extensions[EXTENSION]
    return found


def make_huey(url: str) -> Huey:
    """The queue at FORUMPLANNER_QUEUE_URL: an SQLite file of its own, or PostgreSQL. Keeps no results."""
    kind, _separator, rest = url.partition("://")
    if kind != "sqlite":
        return PostgresHuey(NAME, dsn=f"postgresql://{rest}", results=False)
    path = sqlite_file(url) or Path()
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(path), timeout=30, results=False)


def _wake_after_commit(session: Session) -> None:
    # A savepoint's end is no commit: other processes see nothing yet.
    if session.in_nested_transaction() or not session.info.pop(WAKE, False):
        return
    from flask import current_app, has_app_context

    if has_app_context() and EXTENSION in current_app.extensions:
        queue_of(current_app._get_current_object()).wake()  # type: ignore[attr-defined]


def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(WAKE, None)
