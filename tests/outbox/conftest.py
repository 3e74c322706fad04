"""A mail server for each test, and what delivery needs."""

from collections.abc import Callable, Iterator
from email import message_from_string
from email.policy import default

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from forumplanner.core.db import db
from forumplanner.core.mail_settings import read_smtp_url
from forumplanner.outbox.delivery import Delivered, deliver_due
from forumplanner.outbox.models import OutboxMessage
from forumplanner.outbox.services import queue_message
from forumplanner.outbox.transport import SmtpTransport
from tests.outbox.servers import Told, smtp_server
from tests.waiting import CEILING_SECONDS


@pytest.fixture
def server(real_commits: None) -> Iterator[tuple[Told, str]]:
    with smtp_server() as found:
        yield found


@pytest.fixture
def told(server: tuple[Told, str]) -> Told:
    return server[0]


@pytest.fixture
def deliver(session: Session, server: tuple[Told, str]) -> Callable[[], Delivered]:
    """Send what is due to that server."""

    def run() -> Delivered:
        session.commit()
        transport = SmtpTransport(read_smtp_url(server[1]), timeout=CEILING_SECONDS)
        return deliver_due(sessionmaker(db.engine), transport, "Forum <forum@example.org>")

    return run


def queue(session: Session, key: str = "greeting:1", **changes: object) -> OutboxMessage:
    """Queue a message to one person."""
    facts: dict[str, object] = {
        "kind": "greeting",
        "recipient": "malee@example.org",
        "subject": "สวัสดี",
        "text": "สวัสดีค่ะ\n",
        "html": "<p>สวัสดีค่ะ</p>\n",
    }
    return queue_message(session, key, **(facts | changes))  # type: ignore[arg-type]


def text_sent(message: OutboxMessage) -> str:
    """What the finished bytes say, as a mail program shows it."""
    assert message.mime is not None
    body = message_from_string(message.mime, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def row(session: Session, key: str = "greeting:1") -> OutboxMessage:
    """The row as it stands in the database now."""
    session.rollback()
    return session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()
