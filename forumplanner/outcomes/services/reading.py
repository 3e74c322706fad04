"""Reads of outcomes and submissions, each in a constant number of queries."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic

from forumplanner.agenda.models import AgendaItem
from forumplanner.history.models import Change
from forumplanner.invitations.models import Invitation
from forumplanner.outcomes.models import Outcome, Submission, SubmissionState
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.rounds.models import Meeting, Question, Round


def list_outcomes(session: Session, meeting: Meeting) -> dict[int, list[Outcome]]:
    """A meeting's outcomes in order, by the id of their agenda item; items without any are left out."""
    query = (
        select(Outcome)
        .join(Outcome.agenda_item)
        .where(AgendaItem.meeting_id == meeting.id)
        .options(joinedload(Outcome.owner_partner))
        .order_by(Outcome.agenda_item_id, Outcome.position, Outcome.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Outcome]] = {}
    for outcome in session.scalars(query):
        found.setdefault(outcome.agenda_item_id, []).append(outcome)
    return found


def count_outcomes(session: Session, meeting: Meeting) -> dict[int, int]:
    """How many outcomes stand under each agenda item of a meeting, by its id; items without any are left out."""
    query = (
        select(Outcome.agenda_item_id, func.count().label("outcomes"))
        .join(Outcome.agenda_item)
        .where(AgendaItem.meeting_id == meeting.id)
        .group_by(Outcome.agenda_item_id)
    )
    return {row.agenda_item_id: row.outcomes for row in session.execute(query)}


class RoundOutcome(NamedTuple):
    """An outcome of a round, where it was concluded, and the question it answers (None under other items)."""

    meeting: Meeting
    question: Question | None
    outcome: Outcome


def list_round_outcomes(session: Session, in_round: Round, states: Collection[SubmissionState]) -> list[RoundOutcome]:
    """The outcomes of all meetings of a round whose submission is in one of these states; no submission is a draft.

    One query. Meetings in the order of their dates, questions by number, items without a question first.
    """
    wanted: ColumnElement[bool] = Submission.state.in_(states)
    if SubmissionState.DRAFT in states:
        wanted = or_(wanted, Submission.id.is_(None))
    query = (
        select(Meeting, Question, Outcome)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .join(Outcome, Outcome.agenda_item_id == AgendaItem.id)
        .outerjoin(Question, Question.id == AgendaItem.question_id)
        .outerjoin(Submission, Submission.meeting_id == Meeting.id)
        .where(Meeting.round_id == in_round.id, wanted)
        .options(joinedload(Meeting.region), joinedload(Outcome.owner_partner))
        .order_by(
            Meeting.starts_on,
            Meeting.slug,
            func.coalesce(Question.number, 0),
            AgendaItem.position,
            AgendaItem.id,
            Outcome.position,
            Outcome.id,
        )
    )
    return [RoundOutcome(*row) for row in session.execute(query)]


def find_submission(session: Session, meeting: Meeting) -> Submission | None:
    """The meeting's submission; None while it was never submitted."""
    query = select(Submission).where(Submission.meeting_id == meeting.id)
    return session.scalar(query.execution_options(populate_existing=True))


def find_submissions(session: Session, in_round: Round) -> dict[int, Submission]:
    """The submissions of a round by meeting id; a meeting that never submitted has none."""
    query = (
        select(Submission)
        .join(Submission.meeting)
        .where(Meeting.round_id == in_round.id)
        .order_by(Submission.meeting_id)
    )
    return {found.meeting_id: found for found in session.scalars(query)}


def state_of(submission: Submission | None) -> SubmissionState:
    """The state of a submission that may not be there yet."""
    return submission.state if submission is not None else SubmissionState.DRAFT


def list_possible_owners(session: Session, meeting: Meeting) -> list[Partner]:
    """Who may be offered as a commitment's owner: the partners invited to the meeting, in Thai order."""
    query = (
        select(Partner)
        # Once, however many seats of an agency are invited.
        .where(
            Partner.id.in_(
                select(Invitation.partner_id).where(
                    Invitation.meeting_id == meeting.id, Invitation.revoked_at.is_(None)
                )
            )
        )
        .options(selectin_polymorphic(Partner, [Person, Organisation]))
        .order_by(Partner.sort_key, Partner.id)
    )
    return list(session.scalars(query))


def find_last_save(session: Session, item: AgendaItem) -> Change | None:
    """The latest change of an item's discussion or outcomes: when, and by whom."""
    own = select(Outcome.id).where(Outcome.agenda_item_id == item.id)
    query = (
        select(Change)
        .where(
            or_(
                and_(Change.thing == "agenda_item", Change.thing_id == item.id),
                and_(Change.thing == "outcome", Change.thing_id.in_(own)),
            )
        )
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(1)
    )
    return session.scalar(query)
