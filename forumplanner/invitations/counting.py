"""How many of a meeting's invitations stand how: counted here and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.orm import Session

from forumplanner.core.db.counting import Counting, how_many, read_counts
from forumplanner.invitations.models import Answer, Invitation
from forumplanner.rounds.models import Meeting


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many of a meeting's invitations stand how; withdrawn ones count as nothing else.

    `invited`: without an answer; `other_days`: answers given before the meeting moved, to be asked for again.
    """

    accepted: int = 0
    declined: int = 0
    delegate: int = 0
    invited: int = 0
    other_days: int = 0
    revoked: int = 0

    @property
    def total(self) -> int:
        """All that are in force."""
        return self.answered + self.unanswered

    @property
    def answered(self) -> int:
        """Those whose answer holds for the meeting's days."""
        return self.accepted + self.declined + self.delegate

    @property
    def unanswered(self) -> int:
        """Those to be asked, for the first time or again."""
        return self.invited + self.other_days

    @property
    def ever(self) -> int:
        """All that were ever made."""
        return self.total + self.revoked


def for_days_of(meeting: Meeting | type[Meeting]) -> ColumnElement[bool]:
    """The condition on `Invitation` that its answer was given for the meeting's days as they are now."""
    return and_(Invitation.for_starts_on == meeting.starts_on, Invitation.for_ends_on == meeting.ends_on)


def _select_for(meeting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    in_force, current = Invitation.revoked_at.is_(None), func.coalesce(for_days_of(Meeting), False)
    return (
        select(
            Invitation.meeting_id,
            *(how_many(in_force & current & (Invitation.answer == answer)).label(answer.value) for answer in Answer),
            how_many(in_force & Invitation.answer.is_(None)).label("invited"),
            how_many(in_force & Invitation.answer.is_not(None) & not_(current)).label("other_days"),
            how_many(~in_force).label("revoked"),
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.meeting_id.in_(meeting_ids))
        .group_by(Invitation.meeting_id)
    )


ANSWERS = Counting(AnswerCounts, "meeting_id", _select_for)


def count_answers(session: Session, meeting: Meeting) -> AnswerCounts:
    """Those of one meeting, in one query."""
    [found] = read_counts(session, Meeting.id, [meeting.id], [ANSWERS])[meeting.id]
    counts: AnswerCounts = found
    return counts
