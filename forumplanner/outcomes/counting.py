"""How much a meeting concluded, and how far that has come on its way to the organisers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select

from forumplanner.agenda.models import AgendaItem
from forumplanner.core.db.counting import Counting
from forumplanner.outcomes.models import Outcome, Submission
from forumplanner.outcomes.rules import SubmissionState


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """Outcomes of a meeting, and the questions of the round that have any."""

    outcomes: int = 0
    questions_answered: int = 0


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """Where its outcomes stand; a meeting that never submitted has a draft. `submissions` is 0 or 1."""

    submissions: int = 0
    state: SubmissionState = SubmissionState.DRAFT
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    remark: str | None = None


def _outcomes_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            AgendaItem.meeting_id,
            func.count(Outcome.id).label("outcomes"),
            func.count(AgendaItem.question_id.distinct()).label("questions_answered"),
        )
        .join(Outcome, Outcome.agenda_item_id == AgendaItem.id)
        .where(AgendaItem.meeting_id.in_(meeting_ids))
        .group_by(AgendaItem.meeting_id)
    )


def _submissions_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return select(
        Submission.meeting_id,
        literal(1).label("submissions"),
        Submission.state,
        Submission.submitted_at,
        Submission.decided_at,
        Submission.remark,
    ).where(Submission.meeting_id.in_(meeting_ids))


OUTCOMES = Counting(OutcomeCounts, "meeting_id", _outcomes_for)
SUBMISSION = Counting(SubmissionFacts, "meeting_id", _submissions_for)
