"""Takes due messages out of the outbox, one at a time, and hands them to the mail server.

Several workers may run: each claims a row in a short transaction of its own, and none is open while the mail server is
spoken to. The one case that cannot be excluded: the server accepted, and this process died before noting it. Then the
row is claimed again after `STALE_AFTER` and sent a second time under the same Message-ID.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.mail_settings import read_sender
from forumplanner.outbox.mime import compose
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.outbox.rules import PAUSES, STALE_AFTER, give_up_after, is_too_old, pause_after
from forumplanner.outbox.services import SECRET_GONE
from forumplanner.outbox.transport import PermanentRefusal, ServerUnavailable, TemporaryRefusal, Transport

log = logging.getLogger(__name__)

SessionFactory = Callable[[], Session]
TOO_OLD = "It waited for too long ({} hours) and was not sent."


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did: messages sent, put off, and failed for good."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0


def deliver_due(session_factory: SessionFactory, transport: Transport, mail_from: str) -> Delivered:
    """Send everything that is due; returns when nothing is left or the server cannot be reached.

    `session_factory` makes a session of its own for each short transaction. A row's fate is noted only while the claim
    is still ours.
    """
    counts: Counter[str] = Counter()
    # Who is told of mail that cannot be delivered: a mailbox of today, also for what was written long ago.
    sender = read_sender(mail_from).addr_spec
    with transport:
        while (message := _claim(session_factory)) is not None:
            if is_too_old(message.waits_since, clock.now(), holds_secret=message.holds_secret):
                _note(session_factory, message, MessageState.FAILED, too_old(holds_secret=message.holds_secret))
                counts["failed"] += 1
                continue
            try:
                answer = transport.send(sender, message.recipient, _finished(message, mail_from))
            except PermanentRefusal as refusal:
                _note(session_factory, message, MessageState.FAILED, str(refusal))
                counts["failed"] += 1
            except TemporaryRefusal as refusal:
                _note(session_factory, message, MessageState.QUEUED, str(refusal), pause=pause_after(message.attempts))
                counts["put_off"] += 1
            except ServerUnavailable as refusal:
                # The next message would fare the same; the sweep comes back. This was no try of this message.
                message.attempts -= 1
                _note(session_factory, message, MessageState.QUEUED, str(refusal), pause=PAUSES[0])
                counts["put_off"] += 1
                log.warning("the mail server cannot be used: %s", refusal)
                break
            else:
                _note(session_factory, message, MessageState.SENT, answer)
                counts["sent"] += 1
    return Delivered(**counts)


def count_waiting(session_factory: SessionFactory) -> int:
    """How many messages wait to be sent (at most 1000 are counted)."""
    with session_factory() as session:
        waiting = select(OutboxMessage.id).where(OutboxMessage.state == MessageState.QUEUED).limit(1000)
        return len(session.scalars(waiting).all())


def too_old(*, holds_secret: bool) -> str:
    """What became of a message that waited too long, in words."""
    return TOO_OLD.format(give_up_after(holds_secret=holds_secret) // timedelta(hours=1))


def fail_too_old(session_factory: SessionFactory) -> None:
    """Give up messages that have waited too long, whether or not mail can be sent; what was secret is blanked.

    A held one waits for a decision, but for one whose link has run out.
    """
    with session_factory() as session:
        for holds_secret in (True, False):
            states = [MessageState.QUEUED, *([MessageState.HELD] if holds_secret else [])]
            waiting = and_(
                OutboxMessage.state.in_(states),
                OutboxMessage.holds_secret == holds_secret,
                OutboxMessage.waits_since <= clock.now() - give_up_after(holds_secret=holds_secret),
            )
            values: dict[str, object] = {
                "state": MessageState.FAILED,
                "server_answer": too_old(holds_secret=holds_secret),
            }
            if holds_secret:
                values.update(SECRET_GONE)
            session.execute(update(OutboxMessage).where(waiting).values(values))
        session.commit()


def _finished(message: OutboxMessage, mail_from: str) -> bytes:
    """The bytes as they were composed; only what a database older than they are holds is composed now."""
    if message.mime is not None:
        return message.mime.encode("ascii")
    return compose(
        mail_from,
        message.recipient,
        message.subject,
        message.message_id,
        message.created_at,
        message.text_body,
        message.html_body,
    ).encode("ascii")


def _claim(session_factory: SessionFactory) -> OutboxMessage | None:
    """Take the message that has been due for longest, or one whose worker died; None when there is none."""
    now = clock.now()
    due = or_(
        and_(OutboxMessage.state == MessageState.QUEUED, OutboxMessage.next_try_at <= now),
        and_(OutboxMessage.state == MessageState.SENDING, OutboxMessage.claimed_at <= now - STALE_AFTER),
    )
    # SQLite has no row locks and needs none: the transaction holds its one write lock from the start.
    query = (
        select(OutboxMessage)
        .where(due)
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with session_factory() as session:
        message = session.scalars(query).first()
        if message is None:
            return None
        message.state = MessageState.SENDING
        message.claimed_at = now
        message.attempts += 1
        session.flush()
        # Kept as it stands: nothing of it is read again once the transaction is over.
        session.expunge(message)
        session.commit()
    return message


def _note(
    session_factory: SessionFactory,
    message: OutboxMessage,
    state: MessageState,
    answer: str,
    *,
    pause: timedelta | None = None,
) -> None:
    """Write down what became of a message we claimed; `pause`: how long until the next try."""
    now = clock.now()
    values: dict[str, object] = {
        "state": state,
        "server_answer": answer,
        "claimed_at": None,
        "attempts": message.attempts,
    }
    if state == MessageState.SENT:
        values["sent_at"] = now
    if pause is not None:
        values["next_try_at"] = now + pause
    elif message.holds_secret:
        values.update(SECRET_GONE)
    ours = and_(
        OutboxMessage.id == message.id,
        OutboxMessage.state == MessageState.SENDING,
        OutboxMessage.claimed_at == message.claimed_at,
    )
    with session_factory() as session:
        session.execute(update(OutboxMessage).where(ours).values(values))
        session.commit()
    log.info(
        "message %s",
        "put off" if pause else state.value,
        extra={"data": {"outbox": message.id, "kind": message.kind, "answer": answer}},
    )
