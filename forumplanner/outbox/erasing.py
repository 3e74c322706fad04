"""How messages forget a person: those about them are blanked and leave no more; those to others lose the name."""

from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.outbox.services import blank_partner


def _blank_own(session: Session, leaving: Leaving) -> None:
    leaving.count("messages", blank_partner(session, leaving.partner_id))


def _clean_finished(session: Session, leaving: Leaving) -> None:
    """Take the name out of finished mails. One that has left, or never will, keeps no bytes that named it."""
    query = select(OutboxMessage).where(OutboxMessage.mime.is_not(None)).order_by(OutboxMessage.id)
    waiting = (MessageState.QUEUED, MessageState.HELD, MessageState.SENDING)
    for message in session.scalars(query.execution_options(yield_per=200)):
        if message.partner_id in leaving.namesakes and message.partner_id is not None:
            continue
        cleaned = _cleaned(message.mime or "", leaving)
        if cleaned != message.mime:
            leaving.count("messages", 1)
            message.mime = cleaned if message.state in waiting else None
    session.flush()


def _cleaned(mime: str, leaving: Leaving) -> str:
    """The mail without the name in its subject, in its texts and in what is attached as text; its own where no name
    stands there."""
    mail = message_from_string(mime, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    changed = False
    for name in ("Subject", "To"):
        value = str(mail[name] or "")
        cleaned = leaving.traces.removed_from(value)
        if cleaned != value and name == "Subject":
            mail.replace_header(name, cleaned)
            changed = True
        elif cleaned != value:
            return ""
    for part in mail.walk():
        if part.is_multipart():
            continue
        changed = _clean_part(part, leaving) or changed
    return mail.as_bytes().decode("ascii") if changed else mime


def _clean_part(part: EmailMessage, leaving: Leaving) -> bool:
    """Whether the name stood in a part; pictures and papers are not read."""
    file_name = part.get_filename()
    if part.get_content_maintype() != "text":
        if file_name and leaving.traces.found_in(file_name):
            part.set_param("filename", "document", header="Content-Disposition", replace=True)
            return True
        return False
    text = part.get_content()
    cleaned = leaving.traces.removed_from(text)
    if cleaned == text:
        return False
    disposition = part.get_content_disposition()
    part.set_content(cleaned, subtype=part.get_content_subtype(), charset="utf-8", cte="base64")
    if disposition == "attachment":
        part.add_header("Content-Disposition", "attachment", filename=leaving.traces.removed_from(file_name or "text"))
    return True


ERASING = Erasing(
    whose={"outbox_messages": lambda table: table.c.partner_id},
    left={
        "outbox_messages.key": "made of numbers",
        "outbox_messages.kind": "the name of a template",
        "outbox_messages.message_id": "made by chance",
        "outbox_messages.mime": "a finished mail, cleaned in a way of its own",
    },
    own=_blank_own,
    after=_clean_finished,
)
