"""A row of the outbox as the bytes of an e-mail."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from forumplanner.core import clock
from forumplanner.core.mail_settings import read_sender
from forumplanner.outbox.models import OutboxMessage


def compose(message: OutboxMessage, mail_from: str) -> EmailMessage:
    """The e-mail: text and, where there is one, HTML, in UTF-8; the same at each try.

    Date is the instant it was written, in Thailand's time. Auto-Submitted (RFC 3834) keeps holiday notes from
    answering.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = read_sender(mail_from)
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at.astimezone(clock.BANGKOK).replace(microsecond=0))
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    # base64: Thai in 8 bits is not carried by every server on the way.
    mail.set_content(message.text_body, charset="utf-8", cte="base64")
    if message.html_body:
        mail.add_alternative(message.html_body, subtype="html", charset="utf-8", cte="base64")
    return mail
