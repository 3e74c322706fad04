"""How much of a meeting's agenda and programme there is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from forumplanner.agenda.models import AgendaItem, AgendaText, ProgrammeEntry
from forumplanner.core.db.counting import Counting, how_many
from forumplanner.rounds.models import Meeting


@dataclass(frozen=True, slots=True)
class AgendaCounts:
    """Items of the agenda, those with a discussion, and the questions of the round that it carries."""

    items: int = 0
    discussed: int = 0
    questions: int = 0


@dataclass(frozen=True, slots=True)
class ProgrammeCounts:
    """Lines of the programme on the meeting's days, and those on others."""

    lines: int = 0
    outside: int = 0


def _agenda_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            AgendaItem.meeting_id,
            func.count(AgendaItem.id).label("items"),
            func.count(case((AgendaText.text != "", AgendaItem.id))).label("discussed"),
            func.count(AgendaItem.question_id.distinct()).label("questions"),
        )
        .outerjoin(AgendaText, AgendaText.agenda_item_id == AgendaItem.id)
        .where(AgendaItem.meeting_id.in_(meeting_ids))
        .group_by(AgendaItem.meeting_id)
    )


def _programme_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    on_its_days = ProgrammeEntry.on.between(Meeting.starts_on, Meeting.ends_on)
    return (
        select(ProgrammeEntry.meeting_id, how_many(on_its_days).label("lines"), how_many(~on_its_days).label("outside"))
        .join(Meeting, Meeting.id == ProgrammeEntry.meeting_id)
        .where(ProgrammeEntry.meeting_id.in_(meeting_ids))
        .group_by(ProgrammeEntry.meeting_id)
    )


AGENDA = Counting(AgendaCounts, "meeting_id", _agenda_for)
PROGRAMME = Counting(ProgrammeCounts, "meeting_id", _programme_for)
