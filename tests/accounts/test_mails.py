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
from forumplanner.outbox.mime import compose
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
        message.message_id = "<1@example.org>"
        raw = compose(message, "เวทีภาค <forum@example.org>").as_bytes()
    read = as_read(BytesParser(EmailMessage, policy=default).parsebytes(raw))
    path = GOLDEN / f"{template}.{lang}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(read, encoding="utf-8")
    assert read == path.read_text(encoding="utf-8")
