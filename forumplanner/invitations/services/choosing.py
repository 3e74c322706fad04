"""Choosing whom to invite: ticked, unticked, all that are found, by what channel; then inviting all of them at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Insert, delete, func, literal, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forumplanner.core.db import dialect_name
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor
from forumplanner.invitations import rules
from forumplanner.invitations.chosen import USUAL_CHANNEL, Choosing, beside_partners, fits, select_guests
from forumplanner.invitations.lists import Key
from forumplanner.invitations.models import Capacity, Channel, ChosenGuest
from forumplanner.invitations.services.inviting import Invited, Wanted, invite_partners
from forumplanner.partners.models import Partner, Seat
from forumplanner.partners.search import PartnerFilter


def _insert(session: Session) -> "postgresql.Insert | sqlite.Insert":
    return postgresql.insert(ChosenGuest) if dialect_name(session) == "postgresql" else sqlite.insert(ChosenGuest)


def choose_guests(session: Session, choosing: Choosing, keys: Collection[Key]) -> int:
    """Add guests to the choice; who stands in it stays as they are.

    An organisation named without a seat, as one just added is, stands for its first that is not invited. Returns how
    many can be chosen no more: they are gone, or invited meanwhile.
    """
    ids = {partner_id for partner_id, _seat_id in keys}
    free = select_guests(choosing, PartnerFilter()).where(Partner.id.in_(ids)).add_columns(Seat.position)
    seats: dict[int, list[int | None]] = {}
    for partner_id, seat_id, _position in session.execute(free.order_by(Partner.id, Seat.position, Seat.id)):
        seats.setdefault(partner_id, []).append(seat_id)
    found: set[Key] = set()
    for partner_id, seat_id in keys:
        own = seats.get(partner_id, [])
        if seat_id in own:
            found.add((partner_id, seat_id))
        elif seat_id is None and own:
            found.add((partner_id, own[0]))
    if found:
        common = {"meeting_id": choosing.meeting.id, "account_id": choosing.account_id, "capacity": Capacity.MEMBER}
        rows = [
            {**common, "partner_id": partner_id, "seat_id": seat_id} for partner_id, seat_id in sorted(found, key=str)
        ]
        session.execute(_insert(session).values(rows).on_conflict_do_nothing())
    return len(keys) - len(found)


def choose_found(session: Session, choosing: Choosing, wanted: PartnerFilter) -> None:
    """Add everybody who fits the filter and is not invited, however many, in one statement."""
    guests = select_guests(choosing, wanted).with_only_columns(
        literal(choosing.meeting.id), literal(choosing.account_id), literal(Capacity.MEMBER.value), Partner.id, Seat.id
    )
    names = ["meeting_id", "account_id", "capacity", "partner_id", "seat_id"]
    statement: Insert = _insert(session).from_select(names, guests).on_conflict_do_nothing()
    session.execute(statement)


def unchoose_guests(session: Session, choosing: Choosing, keys: Collection[Key]) -> None:
    """Take guests out of the choice."""
    seated = [key for key in keys if key[1] is not None]
    alone = [partner_id for partner_id, seat_id in keys if seat_id is None]
    of_seats = tuple_(ChosenGuest.partner_id, ChosenGuest.seat_id).in_(seated)
    without = ChosenGuest.partner_id.in_(alone) & ChosenGuest.seat_id.is_(None)
    for given, condition in ((seated, of_seats), (alone, without)):
        if given:
            session.execute(delete(ChosenGuest).where(choosing.is_own, condition))


def clear_choice(session: Session, choosing: Choosing) -> None:
    """Take everybody out of it."""
    session.execute(delete(ChosenGuest).where(choosing.is_own))


def drop_lost(session: Session, choosing: Choosing) -> int:
    """Take those out who can be invited no more: invited meanwhile, out of sight, their seat used no longer.

    Returns how many they were.
    """
    kept = beside_partners(select(ChosenGuest.id).select_from(ChosenGuest)).where(fits(choosing))
    lost = choosing.is_own & ChosenGuest.id.not_in(kept)
    count = session.scalar(select(func.count()).select_from(ChosenGuest).where(lost)) or 0
    if count:
        session.execute(delete(ChosenGuest).where(lost), execution_options={"synchronize_session": False})
    return count


@dataclass(frozen=True, slots=True)
class Settled:
    """How guests of a choice are to be reached and as what, by the numbers of their rows."""

    channels: Mapping[int, Channel]
    capacities: Mapping[int, Capacity]


def settle_guests(session: Session, choosing: Choosing, settled: Settled) -> None:
    """Put that into the choice; a row that is gone meanwhile is passed over."""
    for name, values in (("channel", settled.channels), ("capacity", settled.capacities)):
        for value in set(values.values()):
            rows = [number for number, its in values.items() if its == value]
            session.execute(update(ChosenGuest).where(choosing.is_own, ChosenGuest.id.in_(rows)).values({name: value}))


def settle_all(
    session: Session,
    choosing: Choosing,
    *,
    channel: Channel | None = None,
    capacity: Capacity | None = None,
    usual: bool = False,
) -> None:
    """Reach all chosen by one channel, or each by the `usual` one; in one capacity. None leaves it as it is."""
    values: dict[str, Channel | Capacity | None] = {}
    if channel is not None or usual:
        values["channel"] = None if usual else channel
    if capacity is not None:
        values["capacity"] = capacity
    if values:
        session.execute(update(ChosenGuest).where(choosing.is_own).values(values))


def invite_chosen(session: Session, actor: Actor, choosing: Choosing, *, last: int, today: date) -> Invited:
    """Invite all who are chosen and empty the choice.

    `last` is the newest row that was counted on the page: whoever was chosen since was not, so nobody is invited.
    """
    rules.check_can_invite(choosing.meeting.ends_on, today, choosing.meeting.status)
    wanted = list_wanted(session, choosing)
    if any(number > last for number, _wanted in wanted):
        raise Conflict(
            N_("Others were chosen since this page was opened, in another window. Please look once more, then invite.")
        )
    found = [entry for _number, entry in wanted]
    done = invite_partners(session, actor, choosing.meeting, found, today=today) if found else Invited([], 0)
    clear_choice(session, choosing)
    return done


def list_wanted(session: Session, choosing: Choosing) -> Sequence[tuple[int, Wanted]]:
    """All who are chosen and can be invited, with the numbers of their rows; one query."""
    channel = func.coalesce(ChosenGuest.channel, USUAL_CHANNEL)
    query = beside_partners(
        select(ChosenGuest.id, ChosenGuest.partner_id, channel, ChosenGuest.capacity, ChosenGuest.seat_id).select_from(
            ChosenGuest
        )
    )
    rows = session.execute(query.where(fits(choosing)).order_by(ChosenGuest.id))
    return [(number, Wanted(partner, Channel(by), capacity, seat)) for number, partner, by, capacity, seat in rows]


__all__ = [
    "Settled",
    "choose_found",
    "choose_guests",
    "clear_choice",
    "drop_lost",
    "invite_chosen",
    "list_wanted",
    "settle_all",
    "settle_guests",
    "unchoose_guests",
]
