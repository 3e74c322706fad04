"""How many lines a meeting's attendance lists have."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from forumplanner.attendance.models import Attendance, AttendanceList, Sitting
from forumplanner.core.db.counting import Counting, how_many
from forumplanner.rounds.models import Meeting


@dataclass(frozen=True, slots=True)
class AttendanceCounts:
    """Lines of all lists, those who came and the participants, and how many sittings are noted (0 or 1)."""

    listed: int = 0
    in_the_room: int = 0
    sittings: int = 0


def _select_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    lines = (
        select(
            Attendance.meeting_id,
            func.count().label("listed"),
            how_many(Attendance.list != AttendanceList.ABSENT).label("in_the_room"),
        )
        .where(Attendance.meeting_id.in_(meeting_ids))
        .group_by(Attendance.meeting_id)
        .subquery()
    )
    return (
        select(
            Meeting.id.label("meeting_id"),
            lines.c.listed,
            lines.c.in_the_room,
            case((Sitting.id.is_not(None), 1), else_=0).label("sittings"),
        )
        .outerjoin(lines, lines.c.meeting_id == Meeting.id)
        .outerjoin(Sitting, Sitting.meeting_id == Meeting.id)
        .where(Meeting.id.in_(meeting_ids))
    )


ATTENDANCE = Counting(AttendanceCounts, "meeting_id", _select_for)
