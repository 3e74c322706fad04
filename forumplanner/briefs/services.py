"""Reads what the brief of a round is compiled from, each in one query."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.rules import number_items
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.outcomes.models import Decision, Submission, SubmissionState
from forumplanner.outcomes.services import Snapshot, read_snapshot
from forumplanner.places.models import Region
from forumplanner.rounds.models import Meeting, MeetingKind, Round, RoundRegion


class Forum(NamedTuple):
    """A region, its forum in the round, its submission and the last decision on that, as far as there are any."""

    region: Region
    meeting: Meeting | None
    submission: Submission | None
    decision: Decision | None

    @property
    def accepted(self) -> Snapshot | None:
        """What organisers accepted, as it stood then."""
        if self.submission is None or self.submission.state != SubmissionState.ACCEPTED:
            return None
        content = self.decision.content if self.decision is not None else None
        return read_snapshot(content) if content is not None else None


def get_round_and_national(session: Session, code: str) -> tuple[Round, Meeting | None]:
    """A round with its questions, and its national meeting; NotFound where there is no such round."""
    query = (
        select(Round, Meeting)
        .outerjoin(Meeting, and_(Meeting.round_id == Round.id, Meeting.kind == MeetingKind.NATIONAL))
        .where(Round.code == code)
        .options(selectinload(Round.questions), joinedload(Meeting.province))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound(N_("There is no round %(code)s. Please begin at the list of rounds."), code=code[:40])
    return found[0], found[1]


def list_forums(session: Session, in_round: Round) -> list[Forum]:
    """Every region that takes part, in list order, whether it has a forum in the round or not."""
    named = select(RoundRegion.region_id).where(RoundRegion.round_id == in_round.id)
    each = aliased(Decision)
    last = select(func.max(each.id)).where(each.submission_id == Submission.id).correlate(Submission).scalar_subquery()
    query = (
        select(Region, Meeting, Submission, Decision)
        .outerjoin(Meeting, and_(Meeting.region_id == Region.id, Meeting.round_id == in_round.id))
        .outerjoin(Submission, Submission.meeting_id == Meeting.id)
        .outerjoin(Decision, and_(Decision.id == last, Submission.state == SubmissionState.ACCEPTED))
        # A round that names none is of every region.
        .where(or_(Region.id.in_(named), Meeting.id.is_not(None), and_(~named.exists(), Region.retired_at.is_(None))))
        .order_by(Region.list_order)
    )
    return [Forum(*row) for row in session.execute(query)]


def list_numbered_items(session: Session, meeting_ids: Sequence[int]) -> dict[int, tuple[str, AgendaItem]]:
    """The agenda items of these meetings by id, each with its number."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id.in_(meeting_ids))
        .order_by(AgendaItem.meeting_id, AgendaItem.position, AgendaItem.id)
    )
    by_meeting: dict[int, list[AgendaItem]] = {}
    for item in session.scalars(query):
        by_meeting.setdefault(item.meeting_id, []).append(item)
    return {item.id: (number, item) for items in by_meeting.values() for number, item in number_items(items)}
