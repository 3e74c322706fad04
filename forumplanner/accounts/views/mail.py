"""Flask-Security's mails, written in our words and put into the outbox."""

import hashlib
import uuid
from typing import Any

from flask import Response, after_this_request, has_request_context, render_template
from flask_security import MailUtil
from sqlalchemy.orm import Session

from forumplanner.accounts.addresses import address_of
from forumplanner.accounts.models import User
from forumplanner.core.db import db
from forumplanner.outbox.services import queue_message
from forumplanner.web.today import settings

# Flask-Security's names of its templates are the names of our folders below templates/email/.
PASSWORD_LINK = "password_link"  # noqa: S105 - a template's name
PASSWORD_RESET = "password_reset"  # noqa: S105
PASSWORD_CHANGED = "password_changed"  # noqa: S105
# An organiser's own mail to somebody whose account they made.
ACCOUNT_LINK = "account_link"


class OutboxMail(MailUtil):
    """Queues instead of sending; what is queued leaves after the commit."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        """Write the mail of that name to that account; Flask-Security's own subject and bodies are not used."""
        token = context.get("reset_token")
        user = context["user"]
        words = {
            "name": user.display_name,
            "email": user.email,
            "address": settings().base_url,
            # Never from the request's Host header: that is the visitor's to choose.
            "link": address_of("security.reset_password", token=token) if token else None,
            "forgotten": address_of("security.forgot_password"),
        }
        # Asked for twice within a second it is the same link, and one mail.
        once = hashlib.sha256(token.encode()).hexdigest()[:32] if token else uuid.uuid4().hex
        queue_message(
            db.session(),
            key=f"{template}:{user.id}:{once}",
            kind=template,
            recipient=str(recipient),
            subject=render_template(f"email/{template}/subject.txt", **words),
            text=render_template(f"email/{template}/body.txt", **words),
            html=render_template(f"email/{template}/body.html", **words),
            secrets=[words["link"]] if token else (),
        )
        if has_request_context():
            # Flask-Security commits only where it changes an account itself.
            after_this_request(_commit)


def send_account_link(session: Session, user: User, link: str) -> None:
    """Queue a mail with the link by which the owner of an account chooses a password, sent by an organiser."""
    words = {"name": user.display_name, "email": user.email, "address": settings().base_url, "link": link}
    queue_message(
        session,
        key=f"{ACCOUNT_LINK}:{user.id}:{uuid.uuid4().hex}",
        kind=ACCOUNT_LINK,
        recipient=user.email,
        subject=render_template(f"email/{ACCOUNT_LINK}/subject.txt", **words),
        text=render_template(f"email/{ACCOUNT_LINK}/body.txt", **words),
        html=render_template(f"email/{ACCOUNT_LINK}/body.html", **words),
        secrets=[link],
    )


def _commit(response: Response) -> Response:
    db.session.commit()
    return response
