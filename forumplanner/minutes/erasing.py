"""Certified minutes keep the names they print. Which are certified is decided here, and nowhere else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.erasing import Erasing
from forumplanner.minutes.models import Minutes, MinutesState


def list_certified_meetings(session: Session) -> frozenset[int]:
    """The meetings whose minutes are certified: approved, which is signed paper."""
    query = select(Minutes.meeting_id).where(Minutes.state == MinutesState.APPROVED)
    return frozenset(session.scalars(query))


ERASING = Erasing(printed_in={"minutes": lambda table: table.c.meeting_id})
