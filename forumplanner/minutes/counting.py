"""How far a meeting's minutes are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from forumplanner.core.db.counting import Counting
from forumplanner.minutes.models import Minutes
from forumplanner.minutes.rules import MinutesState


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """Their state, number and Gregorian year; all None where they were not begun."""

    state: MinutesState | None = None
    number: int | None = None
    year: int | None = None


def _select_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return select(Minutes.meeting_id, Minutes.state, Minutes.number, Minutes.year).where(
        Minutes.meeting_id.in_(meeting_ids)
    )


MINUTES = Counting(MinutesFacts, "meeting_id", _select_for)
