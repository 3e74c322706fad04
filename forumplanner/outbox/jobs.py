"""What the worker does for the outbox: look when something was queued, and every minute whether or not it was woken."""

import logging

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from forumplanner.core.db import db
from forumplanner.core.mail_settings import read_smtp_url
from forumplanner.outbox.delivery import Delivered, count_waiting, deliver_due, fail_too_old
from forumplanner.outbox.services import WAKE
from forumplanner.outbox.transport import SmtpTransport
from forumplanner.web.jobs import Jobs, wake
from forumplanner.web.today import settings as current_settings

log = logging.getLogger(__name__)

LOOK, SWEEP = "look", "sweep"
NOT_SENDING = "FORUMPLANNER_SMTP_URL is not set: no mail is sent"


class Postman:
    """Sends what is due; remembers how many messages it said were waiting."""

    def __init__(self) -> None:
        self._told = 0

    def look(self) -> Delivered:
        """Task: send what is due."""
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

    def sweep(self) -> Delivered:
        """Every minute: give up what is too old, send what nobody took."""
        fail_too_old(sessionmaker(db.engine))
        return self.look()


def register_jobs(jobs: Jobs) -> None:
    """Register both, and wake a worker after each commit that queued a message."""
    postman = Postman()
    jobs.add_task(LOOK, postman.look)
    jobs.add_periodic(SWEEP, postman.sweep)
    if not event.contains(db.session, "after_commit", _wake_after_commit):
        event.listen(db.session, "after_commit", _wake_after_commit)
        event.listen(db.session, "after_rollback", _forget)


def _wake_after_commit(session: Session) -> None:
    # A savepoint's end is no commit: other processes see nothing yet.
    if not session.in_nested_transaction() and session.info.pop(WAKE, False):
        wake(LOOK)


def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(WAKE, None)
