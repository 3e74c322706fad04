"""Rows that belong to one meeting, and their order."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from forumplanner.core.errors import NotFound, Removed
from forumplanner.rounds.models import Meeting


class RowOfMeeting(Protocol):
    """A row that belongs to one meeting."""

    @property
    def meeting_id(self) -> int: ...


Row = TypeVar("Row", bound=RowOfMeeting)


def get_row(
    session: Session,
    model: type[Row],
    meeting: Meeting,
    row_id: int,
    *,
    removed: str,
    options: Sequence[ORMOption] = (),
) -> Row:
    """That row of this meeting as it stands now; Removed with this sentence where it stands nowhere any more."""
    found = session.get(model, row_id, populate_existing=True, options=options)
    if found is None:
        raise Removed(removed)
    if found.meeting_id != meeting.id:
        raise NotFound
    return found


def moved(order: Sequence[int], moving: int, step: int) -> list[int]:
    """The ids in their new order after one of them went `step` places down (up where negative), to the end at most."""
    rest = [found for found in order if found != moving]
    place = max(0, min(len(rest), order.index(moving) + step))
    return [*rest[:place], moving, *rest[place:]]
