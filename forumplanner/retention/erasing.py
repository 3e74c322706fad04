"""How periods forget a person: why they were kept longer goes, and so does what was announced of them."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.retention.models import Announcement, Hold

_KIND = "the name of a kind of data"


def _forget(session: Session, leaving: Leaving) -> None:
    session.execute(delete(Hold).where(Hold.partner_id == leaving.partner_id))
    session.execute(delete(Announcement).where(Announcement.kind == "people", Announcement.item == leaving.partner_id))


ERASING = Erasing(
    whose={"retention_holds": lambda table: table.c.partner_id},
    left={
        "retention_announcements.kind": _KIND,
        "retention_removals.kind": _KIND,
        "retention_periods.slug": "the name of a period",
        "retention_holds.noted_by": "an account",
    },
    own=_forget,
)
