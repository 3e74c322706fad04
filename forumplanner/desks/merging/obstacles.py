"""What would be lost if two partners became one; each is said with what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forumplanner.attendance.models import Attendance
from forumplanner.core import thai
from forumplanner.core.i18n import N_
from forumplanner.invitations.models import Invitation
from forumplanner.partners.models import Organisation, Partner
from forumplanner.partners.particulars import Membership
from forumplanner.rounds.models import Meeting

OTHER_KIND = N_("One is a person, the other an organisation. They cannot become one.")
OF_EACH_OTHER = N_("One of them is a network to which the other belongs. Please end that membership first.")
OTHER_ANSWER = N_("Both are invited to this meeting and answered differently. Please correct one of the answers first.")
BOTH_ON_LISTS = N_("Both stand on the attendance list of this meeting. Please remove one of the lines first.")
BOTH_NEEDS = N_("Food and help were noted for both at this meeting. Please remove one of the notes first.")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why two cannot become one now; where it lies at a meeting, which one and whose invitation shows it."""

    message: str
    meeting: Meeting | None = None
    invitation: Invitation | None = None


def find_obstacles(session: Session, kept: Partner, other: Partner) -> list[Obstacle]:
    """All there are; a constant number of queries."""
    if kept.kind != other.kind:
        return [Obstacle(OTHER_KIND)]
    found = []
    ids = (kept.id, other.id)
    both = Membership.network_id.in_(ids) & Membership.member_id.in_(ids)
    if session.scalar(select(Membership.id).where(both).limit(1)) is not None:
        found.append(Obstacle(OF_EACH_OTHER))
    pairs = list_twice_invited(session, kept, other)
    numbers = [invitation.id for pair in pairs for invitation in pair]
    listed = select(Attendance.invitation_id).where(Attendance.invitation_id.in_(numbers))
    on_lists = set(session.scalars(listed)) if numbers else set()
    for one, two in pairs:
        if not is_same_answer(one, two):
            found.append(Obstacle(OTHER_ANSWER, one.meeting, one))
        if {one.id, two.id} <= on_lists:
            found.append(Obstacle(BOTH_ON_LISTS, one.meeting, one))
        if one.needs is not None and two.needs is not None:
            found.append(Obstacle(BOTH_NEEDS, one.meeting, one))
    return found


def list_twice_invited(session: Session, kept: Partner, other: Partner) -> list[tuple[Invitation, Invitation]]:
    """The invitations of both to one meeting, as the same seat where they are organisations."""
    query = (
        select(Invitation)
        .where(or_(Invitation.partner_id == kept.id, Invitation.partner_id == other.id))
        .options(
            joinedload(Invitation.meeting).joinedload(Meeting.round),
            joinedload(Invitation.meeting).joinedload(Meeting.region),
            selectinload(Invitation.needs),
        )
        .order_by(Invitation.meeting_id, Invitation.id)
    )
    seats = same_seats(kept, other)
    invitations = list(session.scalars(query))
    own = {(each.meeting_id, each.seat_id): each for each in invitations if each.partner_id == kept.id}
    found = []
    for each in invitations:
        seat_id = seats.get(each.seat_id) if each.seat_id else None
        if each.partner_id == other.id and (seat_id or not each.seat_id) and (each.meeting_id, seat_id) in own:
            found.append((own[each.meeting_id, seat_id], each))
    return found


def same_seats(kept: Partner, other: Partner) -> Mapping[int, int]:
    """The seats of the other that the kept one has too, by the name of the post."""
    if not isinstance(kept, Organisation) or not isinstance(other, Organisation):
        return {}
    own = {thai.search_key(seat.post_th): seat.id for seat in kept.seats}
    return {seat.id: own[key] for seat in other.seats if (key := thai.search_key(seat.post_th)) in own}


def is_same_answer(one: Invitation, two: Invitation) -> bool:
    """Whether nothing of an answer is lost: one alone answered, or both the same for the same days."""
    if one.answer is None or two.answer is None:
        return True
    return _said(one) == _said(two)


def _said(invitation: Invitation) -> Sequence[Any]:
    delegate = thai.search_key(invitation.delegate_name or "")
    return invitation.answer, delegate, invitation.for_starts_on, invitation.for_ends_on
