"""The mails about accounts, as they leave: golden files in both languages (`GOLDEN=write` writes them anew)."""

import os
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from forumplanner.accounts.views.mail import PASSWORD_CHANGED, PASSWORD_LINK, PASSWORD_RESET, OutboxMail
from forumplanner.core.db import db
from forumplanner.outbox.models import OutboxMessage
from tests.accounts.signing_in import find_account, make_account

GOLDEN = Path(__file__).parent / "golden"


def as_read(mail: EmailMessage) -> str:
    """The mail as a mail program shows it: headers, then each part in words."""
    headers = [f"{name}: {mail[name]}" for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted")]
    parts = [f"--- {part.get_content_type()}\n{part.get_content()}" for part in mail.iter_parts()]
    return "\n".join([*headers, *parts]).replace("\r\n", "\n")


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("template", [PASSWORD_LINK, PASSWORD_RESET, PASSWORD_CHANGED])
def test_mail_reads_as_agreed(app: Flask, template: str, lang: str) -> None:
    make_account(app)
    token = {"reset_token": "TOKEN"} if template == PASSWORD_LINK else {}
    with (
        time_machine.travel("2026-03-02 12:00 +0700", tick=False),
        app.test_request_context(f"/?lang={lang}", base_url="http://evil.example"),
    ):
        user = find_account()
        OutboxMail(app).send_mail(template, "", user.email, "", None, None, user=user, **token)
        message = db.session.query(OutboxMessage).one()
        assert message.mime is not None
        mail = BytesParser(EmailMessage, policy=default).parsebytes(message.mime.encode("ascii"))
    assert mail["Message-ID"] == message.message_id
    mail.replace_header("Message-ID", "<1@example.org>")
    mail.replace_header("From", "เวทีภาค <forum@example.org>")
    read = as_read(mail)
    assert "TOKEN" not in message.text_body + (message.html_body or "")
    path = GOLDEN / f"{template}.{lang}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(read, encoding="utf-8")
    assert read == path.read_text(encoding="utf-8")
