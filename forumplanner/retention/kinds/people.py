"""People of the list of partners whom nobody has dealt with for as long as their period is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.errors import Refused
from forumplanner.history.models import Change
from forumplanner.history.services import SYSTEM
from forumplanner.invitations.models import Invitation
from forumplanner.outcomes.models import Outcome
from forumplanner.partners.models import Partner, PartnerKind, PersonalFeed
from forumplanner.retention.kinds.base import Due, Eraser, Removed, instant_after
from forumplanner.retention.models import Hold
from forumplanner.rounds.models import Meeting


def find_unmet(session: Session, until: date) -> list[Due]:
    """Those nobody invited, heard of or changed after that day; organisations are no people, the sample's are invented.

    Eight queries, however many there are.
    """
    unmet = _unmet(until)
    made = session.execute(select(Partner.id, Partner.created_at).where(unmet))
    since = {number: clock.day_of(at) for number, at in made}
    if not since:
        return []
    ids = select(Partner.id).where(unmet)
    for query in _latest_instants(ids):
        for number, at in session.execute(query):
            if at is not None:
                since[number] = max(since[number], clock.day_of(at))
    for query in _latest_days(ids):
        for number, day in session.execute(query):
            since[number] = max(since[number], day)
    holds = session.execute(select(Hold.partner_id, Hold.until).where(Hold.partner_id.in_(ids)))
    held = {row.partner_id: row.until for row in holds}
    return [Due(number, day, held_until=held.get(number)) for number, day in since.items()]


def _latest_instants(ids: Any) -> list[Any]:
    """When they were last changed, invited and heard of, and when their calendar was last fetched."""
    columns: Sequence[tuple[Any, Any]] = (
        (Change.partner_id, Change.at),
        (Invitation.partner_id, Invitation.created_at),
        (Invitation.partner_id, Invitation.answered_at),
    )
    by_partner = [select(whose, func.max(at)).where(whose.in_(ids)).group_by(whose) for whose, at in columns]
    fetched = select(PersonalFeed.partner_id, PersonalFeed.last_fetched_at).where(PersonalFeed.partner_id.in_(ids))
    return [*by_partner, fetched]


def _latest_days(ids: Any) -> list[Any]:
    """The last days of their meetings, and when what they took on was due."""
    of: Any = Invitation.partner_id
    owner: Any = Outcome.owner_partner_id
    return [
        select(of, func.max(Meeting.ends_on))
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(of.in_(ids))
        .group_by(of),
        select(owner, func.max(Outcome.due_on)).where(owner.in_(ids), Outcome.due_on.is_not(None)).group_by(owner),
    ]


def _unmet(until: date) -> ColumnElement[bool]:
    after = instant_after(until)
    of = Partner.id
    return and_(
        Partner.kind == PartnerKind.PERSON,
        ~Partner.is_sample,
        Partner.erased_at.is_(None),
        Partner.created_at < after,
        ~exists().where(Change.partner_id == of, Change.at >= after),
        ~exists().where(
            Invitation.partner_id == of,
            Invitation.meeting_id == Meeting.id,
            or_(Meeting.ends_on > until, Invitation.created_at >= after, Invitation.answered_at >= after),
        ),
        ~exists().where(Outcome.owner_partner_id == of, Outcome.due_on > until),
        ~exists().where(PersonalFeed.partner_id == of, PersonalFeed.last_fetched_at >= after),
    )


def erase(session: Session, items: Sequence[int], eraser: Eraser | None) -> Removed:
    """Erase each in a savepoint of their own: what stands against one keeps no other."""
    if eraser is None:
        return Removed((), 0, refused=items)
    done, refused = [], []
    for number in items:
        try:
            with session.begin_nested():
                eraser(session, number, SYSTEM)
                session.flush()
        except Refused:
            refused.append(number)
        else:
            done.append(number)
    return Removed(done, len(done), refused)
