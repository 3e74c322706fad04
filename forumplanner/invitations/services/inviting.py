"""Inviting partners, correcting and withdrawing what they were invited as."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from forumplanner.core import clock
from forumplanner.core.errors import Conflict, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations import rules
from forumplanner.invitations.models import Capacity, Channel, Invitation
from forumplanner.partners.models import Seat
from forumplanner.rounds.models import Meeting

HISTORY = "invitation"


def get_invitation(session: Session, meeting: Meeting, invitation_id: int, *, to_change: bool = False) -> Invitation:
    """An invitation of that meeting, with partner and replies; `to_change` holds the row until the commit."""
    query = (
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.meeting_id == meeting.id)
        .options(selectinload(Invitation.replies))
    )
    found = session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise NotFound(N_("There is no such invitation to this meeting. Please choose one from the list."))
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """One person, or one seat of an organisation, to be invited."""

    partner_id: int
    channel: Channel
    capacity: Capacity = Capacity.MEMBER
    # None of an organisation that has seats: its first.
    seat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """What inviting did: the invitations made or taken up again, and how many partners were invited already."""

    invitations: Sequence[Invitation]
    already: int


def invite_partners(
    session: Session, actor: Actor, meeting: Meeting, wanted: Sequence[Wanted], *, today: date
) -> Invited:
    """Invite people and seats to a meeting; whoever is invited already stays as they are.

    Two seats of one agency are two invitations. Two people inviting the same guest at the same moment make one
    invitation: the second finds the first's. A
    withdrawn invitation comes into force again, under the same link. Refuses a cancelled or held meeting.
    """
    rules.check_can_invite(meeting.ends_on, today, meeting.status)
    seated = _seated(session, wanted)
    once = {(entry.partner_id, entry.seat_id): entry for entry in seated}
    rules.check_number(len(once))
    ids = {entry.partner_id for entry in seated}
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.partner_id.in_(ids))
    existing = {(found.partner_id, found.seat_id): found for found in session.scalars(query.with_for_update())}
    invitations = []
    for key, entry in once.items():
        found = existing.get(key)
        made = _invite(session, meeting, entry) if found is None else None
        if made is not None:
            _note(session, actor, made, "revoked", None, "in force")
            invitations.append(made)
        elif found is not None and found.revoked_at is not None:
            restore_invitation(session, actor, found, today=today)
            _note(session, actor, found, "channel", found.channel.value, entry.channel.value)
            _note(session, actor, found, "capacity", found.capacity.value, entry.capacity.value)
            _set_particulars(found, entry.channel, entry.capacity)
            invitations.append(found)
    session.flush()
    return Invited(invitations, already=len(once) - len(invitations))


def _seated(session: Session, wanted: Sequence[Wanted]) -> list[Wanted]:
    """The same with the seat of each organisation that has any; refuses one that is not its own or used no longer."""
    query = select(Seat).where(Seat.organisation_id.in_({entry.partner_id for entry in wanted}), ~Seat.is_retired)
    seats: dict[int, list[int]] = {}
    for seat in session.scalars(query.order_by(Seat.organisation_id, Seat.position, Seat.id)):
        seats.setdefault(seat.organisation_id, []).append(seat.id)
    found = []
    for entry in wanted:
        own = seats.get(entry.partner_id, [])
        if entry.seat_id is not None and entry.seat_id not in own:
            raise Conflict(N_("This seat is no longer used. Please choose again from the list."))
        found.append(replace(entry, seat_id=own[0]) if entry.seat_id is None and own else entry)
    return found


def _invite(session: Session, meeting: Meeting, wanted: Wanted) -> Invitation | None:
    """One new invitation, or None where somebody else has just made it."""
    invitation = Invitation(
        meeting_id=meeting.id,
        partner_id=wanted.partner_id,
        seat_id=wanted.seat_id,
        channel=wanted.channel,
        capacity=wanted.capacity,
    )
    try:
        with session.begin_nested():
            session.add(invitation)
    except IntegrityError:
        return None
    return invitation


def change_invitation(
    session: Session, actor: Actor, invitation: Invitation, *, channel: Channel, capacity: Capacity, seen: str
) -> None:
    """Correct how the partner is reached and in what capacity; Stale where somebody did since `seen`."""
    check_fresh(seen, shown_of_particulars(invitation), {"channel": channel, "capacity": capacity})
    _note(session, actor, invitation, "channel", invitation.channel, channel)
    _note(session, actor, invitation, "capacity", invitation.capacity, capacity)
    _set_particulars(invitation, channel, capacity)
    session.flush()


def _set_particulars(invitation: Invitation, channel: Channel, capacity: Capacity) -> None:
    if invitation.capacity != capacity:
        invitation.changed_at = clock.now()
    invitation.channel, invitation.capacity = channel, capacity


def shown_of_particulars(invitation: Invitation) -> Shown:
    """What the form about channel and capacity shows."""
    return {"channel": invitation.channel, "capacity": invitation.capacity}


def mark_reached(session: Session, actor: Actor, invitation: Invitation, *, reached: bool) -> None:
    """Note that the invitation arrived, or that it did not after all; refused where an answer shows that it did."""
    if reached == (invitation.reached_at is not None):
        return
    if not reached and invitation.answer is not None:
        raise Conflict(N_("An answer has come, so this invitation did arrive."))
    invitation.reached_at = clock.now() if reached else None
    words = ("no", "yes") if reached else ("yes", "no")
    _note(session, actor, invitation, "reached", *words)
    session.flush()


def revoke_invitation(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Withdraw it: it counts no more, and its link says so. What was answered stays in its history."""
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        _note(session, actor, invitation, "revoked", "in force", "withdrawn")
        session.flush()


def restore_invitation(session: Session, actor: Actor, invitation: Invitation, *, today: date) -> None:
    """Put a withdrawn invitation into force again, under the same link."""
    meeting = invitation.meeting
    rules.check_can_invite(meeting.ends_on, today, meeting.status)
    if invitation.revoked_at is not None:
        invitation.revoked_at, invitation.changed_at = None, clock.now()
        _note(session, actor, invitation, "revoked", "withdrawn", "in force")
        session.flush()


def _note(session: Session, actor: Actor, invitation: Invitation, field: str, *values: object) -> None:
    """Put a change, the value before and after, into the history of an invitation and of its partner."""
    old, new = values
    record_change(session, actor, HISTORY, invitation.id, field, old, new, partner_id=invitation.partner_id)
