"""The invitations of a meeting as a list, and how many stand how."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic, selectinload

from forumplanner.invitations.models import Answer, Invitation
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.rounds.models import Meeting

INVITED, REVOKED = "invited", "revoked"
STATES = (*(answer.value for answer in Answer), INVITED, REVOKED)


def list_invitations(session: Session, meeting: Meeting, *, state: str | None = None) -> list[Invitation]:
    """The meeting's invitations by Thai name and number, with partners, numbers and regions; constant queries.

    `state` as in `state_of` keeps only those.
    """
    partner = joinedload(Invitation.partner)
    query = (
        select(Invitation)
        .join(Invitation.partner)
        .where(Invitation.meeting_id == meeting.id, *_in_state(state))
        .order_by(Partner.sort_key, Partner.id)
        .options(
            partner.options(
                selectin_polymorphic(Partner, [Person, Organisation]),
                selectinload(Partner.phones),
                selectinload(Partner.regions),
            )
        )
    )
    return list(session.scalars(query))


def _in_state(state: str | None) -> list[ColumnElement[bool]]:
    if state is None:
        return []
    if state == REVOKED:
        return [Invitation.revoked_at.is_not(None)]
    answered = Invitation.answer.is_(None) if state == INVITED else Invitation.answer == Answer(state)
    return [Invitation.revoked_at.is_(None), answered]


def state_of(invitation: Invitation) -> str:
    """`invited`, `accepted`, `declined`, `delegate` or `revoked`."""
    if invitation.revoked_at is not None:
        return REVOKED
    return invitation.answer.value if invitation.answer else INVITED


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many of a meeting's invitations stand how; withdrawn ones count as nothing else."""

    accepted: int = 0
    declined: int = 0
    delegate: int = 0
    invited: int = 0
    revoked: int = 0

    @property
    def total(self) -> int:
        """All that are in force."""
        return self.accepted + self.declined + self.delegate + self.invited


def count_answers(session: Session, meeting: Meeting) -> AnswerCounts:
    """Count them, in one query."""
    withdrawn = Invitation.revoked_at.is_not(None)
    query = (
        select(withdrawn, Invitation.answer, func.count())
        .where(Invitation.meeting_id == meeting.id)
        .group_by(withdrawn, Invitation.answer)
    )
    counts: dict[str, int] = {}
    for is_withdrawn, answer, count in session.execute(query):
        state = REVOKED if is_withdrawn else (answer.value if answer else INVITED)
        counts[state] = counts.get(state, 0) + count
    return AnswerCounts(**counts)


def not_invited(meeting: Meeting) -> ColumnElement[bool]:
    """The condition on `Partner` that no invitation of theirs to this meeting is in force."""
    invited = select(Invitation.partner_id).where(Invitation.meeting_id == meeting.id, Invitation.revoked_at.is_(None))
    return Partner.id.not_in(invited)
