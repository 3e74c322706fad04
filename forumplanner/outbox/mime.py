"""A message as the bytes of an e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from forumplanner.core import clock
from forumplanner.core.mail_settings import read_sender


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    content_type: str
    content: bytes


def compose(
    mail_from: str,
    recipient: str,
    subject: str,
    message_id: str,
    written_at: datetime,
    text: str,
    html: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> str:
    """The e-mail: text, HTML where there is one, and what is attached, in UTF-8; ASCII on the wire.

    Date is the instant it was written, in Thailand's time. Auto-Submitted (RFC 3834) keeps holiday notes from
    answering.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = read_sender(mail_from)
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Date"] = format_datetime(written_at.astimezone(clock.BANGKOK).replace(microsecond=0))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    # base64: Thai in 8 bits is not carried by every server on the way.
    mail.set_content(text, charset="utf-8", cte="base64")
    if html:
        mail.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    for attachment in attachments:
        kind, _slash, subtype = attachment.content_type.partition("/")
        mail.add_attachment(attachment.content, maintype=kind, subtype=subtype, filename=attachment.name, cte="base64")
    return mail.as_bytes().decode("ascii")
