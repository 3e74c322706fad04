"""Writes a message that is to leave, in the transaction of what caused it; holds, releases and blanks messages."""

import uuid
from collections.abc import Sequence
from html import escape
from typing import Any

from sqlalchemy import Connection, and_, case, func, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.config import DEFAULT_MAIL_FROM
from forumplanner.core import clock
from forumplanner.core.db import BLANKED, dialect_name
from forumplanner.core.mail_settings import read_sender
from forumplanner.outbox.mime import Attachment, compose
from forumplanner.outbox.models import MessageChannel, MessageState, OutboxMessage
from forumplanner.outbox.rules import LONGEST_KEY, check_recipient, check_subject
from forumplanner.web.today import find_settings

# In `Session.info`: something was queued in this transaction, so the worker is to be woken after its commit.
WAKE = "outbox_wake"
# Stands in what is kept where a private link stood in what was sent.
PLACEHOLDER = "[…]"
# What becomes of a message whose private link has left or will not leave. One without finished bytes was queued by an
# older version, and its link stands in the texts.
_IS_OLDER = OutboxMessage.mime.is_(None)
SECRET_GONE: dict[str, Any] = {
    "text_body": case((_IS_OLDER, ""), else_=OutboxMessage.text_body),
    "html_body": case((_IS_OLDER, null()), else_=OutboxMessage.html_body),
    "mime": None,
}
HELD_NOTE = "It came back with a backup and was not sent again."
BLANKED_NOTE = "Whom it was about asked to be forgotten."


def queue_message(
    session: Session,
    key: str,
    kind: str,
    recipient: str,
    subject: str,
    text: str,
    html: str | None = None,
    *,
    secrets: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    partner_id: int | None = None,
    invitation_id: int | None = None,
    version: int | None = None,
) -> OutboxMessage:
    """Write one message to one address; it leaves after the caller's commit, byte for byte as it is composed here.

    `key` makes it repeatable: queueing the same key again changes nothing and returns the row of the first time, also
    when two processes do it at once. `kind` names the template. `secrets`: the private links it carries; what is kept
    for reading has a placeholder in their place, and the bytes go once the message has left or failed for good.
    Refuses a malformed address and any line break in the address or the subject.
    """
    if not key or len(key) > LONGEST_KEY:
        raise ValueError("a message needs a key of at most 200 characters")
    known = session.scalar(select(OutboxMessage).where(OutboxMessage.key == key))
    if known is not None:
        return known
    now, mail_from = clock.now(), _mail_from()
    address, title, message_id = check_recipient(recipient), check_subject(subject), make_message_id()
    values = {
        "key": key,
        "kind": kind,
        "channel": MessageChannel.EMAIL,
        "partner_id": partner_id,
        "invitation_id": invitation_id,
        "version": version,
        "recipient": address,
        "subject": title,
        "text_body": _without(text, secrets),
        "html_body": _without(html, secrets) if html is not None else None,
        "attachments": [
            {"name": file.name, "type": file.content_type, "size": len(file.content)} for file in attachments
        ],
        "mime": compose(mail_from, address, title, message_id, now, text, html, attachments),
        "holds_secret": bool(secrets),
        "message_id": message_id,
        "state": MessageState.QUEUED,
        "attempts": 0,
        "created_at": now,
        "waits_since": now,
        "next_try_at": now,
    }
    insert = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    session.execute(insert(OutboxMessage).values(values).on_conflict_do_nothing(index_elements=[OutboxMessage.key]))
    session.info[WAKE] = True
    return session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()


def make_message_id() -> str:
    """A Message-ID that stays with the row: a message tried twice can be recognised as the same one."""
    domain = read_sender(_mail_from()).domain or "forumplanner.invalid"
    return f"<{uuid.uuid4().hex}@{domain}>"


def hold_all_queued(session: Session | Connection) -> int:
    """Hold every message that waits or was being sent: after a restore nobody knows which left. Returns how many."""
    waiting = OutboxMessage.state.in_([MessageState.QUEUED, MessageState.SENDING])
    count = session.scalar(select(func.count()).select_from(OutboxMessage).where(waiting)) or 0
    session.execute(update(OutboxMessage).where(waiting).values(state=MessageState.HELD, claimed_at=None))
    return count


def count_held(session: Session) -> int:
    """How many messages are held."""
    query = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == MessageState.HELD)
    return session.scalar(query) or 0


def count_by_state(session: Session) -> dict[MessageState, int]:
    """How many messages there are in each state, states without any left out."""
    query = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state).order_by(OutboxMessage.state)
    return {row[0]: row[1] for row in session.execute(query)}


def release_held(session: Session) -> int:
    """Let what was held leave after the caller's commit; returns how many.

    They wait from now on, but for those with a one-time link, which has been running out since it was written.
    """
    count, now = count_held(session), clock.now()
    held = OutboxMessage.state == MessageState.HELD
    session.execute(update(OutboxMessage).where(held, ~OutboxMessage.holds_secret).values(waits_since=now))
    session.execute(update(OutboxMessage).where(held).values(state=MessageState.QUEUED, next_try_at=now))
    session.info[WAKE] = True
    return count


def discard_held(session: Session) -> int:
    """Never send what was held; returns how many."""
    count, held = count_held(session), OutboxMessage.state == MessageState.HELD
    secret = and_(held, OutboxMessage.holds_secret)
    session.execute(update(OutboxMessage).where(secret).values(SECRET_GONE))
    session.execute(update(OutboxMessage).where(held).values(state=MessageState.FAILED, server_answer=HELD_NOTE))
    return count


def blank_partner(session: Session, partner_id: int) -> int:
    """Blank whatever messages about a partner say, and let none leave any more; returns how many."""
    about = OutboxMessage.partner_id == partner_id
    count = session.scalar(select(func.count()).select_from(OutboxMessage).where(about)) or 0
    waiting = OutboxMessage.state != MessageState.SENT
    session.execute(update(OutboxMessage).where(about, waiting).values(state=MessageState.FAILED))
    session.execute(
        update(OutboxMessage)
        .where(about)
        .values(
            recipient=BLANKED,
            subject=BLANKED,
            text_body="",
            html_body=None,
            mime=None,
            attachments=[],
            server_answer=BLANKED_NOTE,
        )
    )
    return count


def _without(text: str, secrets: Sequence[str]) -> str:
    """The text with a placeholder for each private link, as it stands in plain text and in HTML."""
    for secret in secrets:
        for spelling in {secret, escape(secret), escape(secret, quote=False), secret.replace("&", "&#38;")}:
            text = text.replace(spelling, PLACEHOLDER)
    return text


def _mail_from() -> str:
    settings = find_settings()
    return settings.mail_from if settings else DEFAULT_MAIL_FROM
