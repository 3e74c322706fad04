"""The mail that tells organisers that something will be removed: once a month at most, in numbers alone."""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forumplanner.accounts.addresses import address_of
from forumplanner.accounts.services import list_organisers
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.outbox.models import OutboxMessage
from forumplanner.outbox.services import queue_message
from forumplanner.retention.kinds import BY_SLUG
from forumplanner.retention.models import Announcement
from forumplanner.retention.reading import list_coming
from forumplanner.web.today import settings

KIND = "retention"


def tell_organisers() -> int:
    """Queue it where mail can leave and something is announced that no mail told of; returns how many were queued."""
    session, month = db.session(), f"{clock.today():%Y-%m}"
    if settings().smtp_url is None or not _is_new(session) or _was_told(session, month):
        return 0
    coming = list_coming(session)
    if not coming:
        return 0
    # Organisers read Thai; whoever reads English finds it on the page.
    with force_locale("th"):
        words = {
            "rows": [(_(BY_SLUG[each.kind].name), each.count) for each in coming if each.kind in BY_SLUG],
            "first": thai.format_long(min(each.first for each in coming), lang="th"),
            "link": address_of("retention.coming"),
            "address": settings().base_url,
        }
        texts = {
            name: render_template(f"email/retention/{name}", **words)
            for name in ("subject.txt", "body.txt", "body.html")
        }
    organisers = [user for user in list_organisers(session) if not user.is_sample]
    for user in organisers:
        queue_message(
            session,
            key=f"{KIND}:{month}:{user.id}",
            kind=KIND,
            recipient=user.email,
            subject=texts["subject.txt"],
            text=texts["body.txt"],
            html=texts["body.html"],
        )
    session.execute(update(Announcement).values(is_told=True))
    return len(organisers)


def _is_new(session: Session) -> bool:
    return bool(session.scalar(select(func.count()).select_from(Announcement).where(~Announcement.is_told)))


def _was_told(session: Session, month: str) -> bool:
    query = select(func.count()).select_from(OutboxMessage)
    return bool(session.scalar(query.where(OutboxMessage.key.startswith(f"{KIND}:{month}:", autoescape=True))))
