"""Writing a message that is to leave, in the transaction of what caused it."""

import uuid

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import dialect_name
from forumplanner.core.mail_settings import read_sender
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.outbox.rules import LONGEST_KEY, check_recipient, check_subject
from forumplanner.web.today import find_settings

# In `Session.info`: something was queued in this transaction, so the worker is to be woken after its commit.
WAKE = "outbox_wake"


def queue_message(
    session: Session,
    key: str,
    kind: str,
    recipient: str,
    subject: str,
    text: str,
    html: str | None = None,
    *,
    holds_secret: bool = False,
) -> OutboxMessage:
    """Write one message to one address; it leaves after the caller's commit.

    `key` makes it repeatable: queueing the same key again changes nothing and returns the row of the first time, also
    when two processes do it at once. `kind` names the template. `holds_secret`: the bodies carry a one-time link and
    are blanked once the message has left or failed for good. Refuses a malformed address and any line break in the
    address or the subject.
    """
    if not key or len(key) > LONGEST_KEY:
        raise ValueError("a message needs a key of at most 200 characters")
    now = clock.now()
    values = {
        "key": key,
        "kind": kind,
        "recipient": check_recipient(recipient),
        "subject": check_subject(subject),
        "text_body": text,
        "html_body": html,
        "holds_secret": holds_secret,
        "message_id": make_message_id(),
        "state": MessageState.QUEUED,
        "attempts": 0,
        "created_at": now,
        "next_try_at": now,
    }
    insert = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    session.execute(insert(OutboxMessage).values(values).on_conflict_do_nothing(index_elements=[OutboxMessage.key]))
    session.info[WAKE] = True
    return session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()


def make_message_id() -> str:
    """A Message-ID that stays with the row: a message tried twice can be recognised as the same one."""
    settings = find_settings()
    domain = read_sender(settings.mail_from).domain if settings else None
    return f"<{uuid.uuid4().hex}@{domain or 'forumplanner.invalid'}>"
