"""Inviting partners, correcting and withdrawing what they were invited as."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from forumplanner.core import clock
from forumplanner.core.db import dialect_name
from forumplanner.core.errors import Conflict, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.services import Actor, record_beginnings, record_change
from forumplanner.invitations import rules
from forumplanner.invitations.models import Capacity, Channel, Invitation
from forumplanner.partners.models import Seat
from forumplanner.rounds.models import Meeting

HISTORY = "invitation"
Row = TypeVar("Row")
# Rows a statement: each row has some ten values, and PostgreSQL takes 65,535 in one.
BATCH = 1000


def batched(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The same in parts that one statement carries."""
    left = iter(rows)
    while part := list(islice(left, BATCH)):
        yield part


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
    """Invite people and seats to a meeting, thousands as well as one; whoever is invited already stays as they are.

    Two seats of one agency are two invitations. Two people inviting the same guest at the same moment make one
    invitation: the second finds the first's. A withdrawn invitation comes into force again, under the same link.
    Refuses a cancelled or held meeting.
    """
    rules.check_can_invite(meeting.ends_on, today, meeting.status)
    once = {(entry.partner_id, entry.seat_id): entry for entry in _seated(session, wanted)}
    rules.check_anybody(len(once))
    session.flush()
    query = select(Invitation.partner_id, Invitation.seat_id, Invitation.id, Invitation.revoked_at)
    query = query.where(Invitation.meeting_id == meeting.id)
    existing = {(row.partner_id, row.seat_id): row for row in session.execute(query)}
    made = _make(session, actor, meeting, [entry for key, entry in once.items() if key not in existing])
    withdrawn = [row.id for key, row in existing.items() if key in once and row.revoked_at is not None]
    restored = []
    for numbers in batched(withdrawn):
        held = select(Invitation).where(Invitation.id.in_(numbers)).order_by(Invitation.id).with_for_update()
        restored += [found for found in session.scalars(held) if found.revoked_at is not None]
    for found in restored:
        entry = once[found.partner_id, found.seat_id]
        restore_invitation(session, actor, found, today=today)
        _note(session, actor, found, "channel", found.channel.value, entry.channel.value)
        _note(session, actor, found, "capacity", found.capacity.value, entry.capacity.value)
        _set_particulars(found, entry.channel, entry.capacity)
    session.flush()
    return Invited([*made, *restored], already=len(once) - len(made) - len(restored))


def _seated(session: Session, wanted: Sequence[Wanted]) -> list[Wanted]:
    """The same with the seat of each organisation that has any; refuses one that is not its own or used no longer."""
    seats: dict[int, list[int]] = {}
    for numbers in batched(sorted({entry.partner_id for entry in wanted})):
        query = select(Seat.organisation_id, Seat.id).where(Seat.organisation_id.in_(numbers), ~Seat.is_retired)
        for organisation_id, seat_id in session.execute(query.order_by(Seat.position, Seat.id)):
            seats.setdefault(organisation_id, []).append(seat_id)
    found = []
    for entry in wanted:
        own = seats.get(entry.partner_id, [])
        if entry.seat_id is not None and entry.seat_id not in own:
            raise Conflict(N_("This seat is no longer used. Please choose again from the list."))
        found.append(replace(entry, seat_id=own[0]) if entry.seat_id is None and own else entry)
    return found


def _make(session: Session, actor: Actor, meeting: Meeting, wanted: Sequence[Wanted]) -> list[Invitation]:
    """New invitations, but for those that somebody else has just made."""
    insert = postgresql.insert if dialect_name(session) == "postgresql" else sqlite.insert
    made: list[Invitation] = []
    for part in batched(wanted):
        rows = [
            {
                "meeting_id": meeting.id,
                "partner_id": entry.partner_id,
                "seat_id": entry.seat_id,
                "channel": entry.channel,
                "capacity": entry.capacity,
                "version": 1,
            }
            for entry in part
        ]
        statement = insert(Invitation).on_conflict_do_nothing().returning(Invitation)
        made += session.scalars(statement, rows)
    record_beginnings(session, actor, HISTORY, "revoked", "in force", [(one.id, one.partner_id) for one in made])
    return made


def change_invitation(
    session: Session,
    actor: Actor,
    invitation: Invitation,
    *,
    channel: Channel,
    capacity: Capacity,
    seen: str,
    seat_id: int | None = None,
    today: date | None = None,
) -> None:
    """Correct how the partner is reached, in what capacity and in which seat; Stale where somebody did since `seen`.

    `seat_id` None leaves the seat. One that is not the organisation's, is used no longer or has an invitation of its
    own is refused, and so is any `today` once the meeting is over or cancelled.
    """
    typed = {"channel": channel, "capacity": capacity}
    check_fresh(seen, shown_of_particulars(invitation), typed if seat_id is None else {**typed, "seat": seat_id})
    if seat_id is not None and seat_id != invitation.seat_id:
        _change_seat(session, actor, invitation, seat_id, today=today or clock.today())
    _note(session, actor, invitation, "channel", invitation.channel, channel)
    _note(session, actor, invitation, "capacity", invitation.capacity, capacity)
    _set_particulars(invitation, channel, capacity)
    session.flush()


def _change_seat(session: Session, actor: Actor, invitation: Invitation, seat_id: int, *, today: date) -> None:
    meeting = invitation.meeting
    revoked = invitation.revoked_at is not None
    rules.check_open(rules.standing(meeting.ends_on, today, meeting.status, revoked=revoked))
    seat = session.get(Seat, seat_id)
    if seat is None or seat.organisation_id != invitation.partner_id or seat.is_retired:
        raise Conflict(N_("This seat is no longer used. Please choose again from the list."), field="seat")
    before = invitation.seat.post_th if invitation.seat else None
    try:
        with session.begin_nested():
            invitation.seat_id, invitation.changed_at = seat_id, clock.now()
            session.flush()
    except IntegrityError as fault:
        raise Conflict(
            N_("This seat has an invitation to this meeting already. Please look for it in the list."), field="seat"
        ) from fault
    session.expire(invitation, ["seat"])
    _note(session, actor, invitation, "seat", before, seat.post_th)


def _set_particulars(invitation: Invitation, channel: Channel, capacity: Capacity) -> None:
    if invitation.capacity != capacity:
        invitation.changed_at = clock.now()
    invitation.channel, invitation.capacity = channel, capacity


def shown_of_particulars(invitation: Invitation) -> Shown:
    """What the form about channel, capacity and seat shows."""
    return {"channel": invitation.channel, "capacity": invitation.capacity, "seat": invitation.seat_id}


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
    """Withdraw it: it counts no more, and its link says so. What was answered stays in its history; needs go."""
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        # Whoever is not to come needs neither food nor help.
        invitation.needs = None
        _note(session, actor, invitation, "revoked", "in force", "withdrawn")
        session.flush()


def restore_invitation(session: Session, actor: Actor, invitation: Invitation, *, today: date) -> None:
    """Put a withdrawn invitation into force again, under the same link."""
    meeting = invitation.meeting
    rules.check_can_invite(meeting.ends_on, today, meeting.status)
    if invitation.partner.erased_at is not None:
        raise Conflict(N_("The data of whoever was invited here was removed, so nobody can be invited by it."))
    if invitation.revoked_at is not None:
        invitation.revoked_at, invitation.changed_at = None, clock.now()
        _note(session, actor, invitation, "revoked", "withdrawn", "in force")
        session.flush()


def _note(session: Session, actor: Actor, invitation: Invitation, field: str, *values: object) -> None:
    """Put a change, the value before and after, into the history of an invitation and of its partner."""
    old, new = values
    record_change(session, actor, HISTORY, invitation.id, field, old, new, partner_id=invitation.partner_id)
