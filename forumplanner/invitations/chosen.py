"""Whom an account has chosen to invite to a meeting and whom it still can choose: conditions, counts, pages of both."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from forumplanner.invitations.lists import Key
from forumplanner.invitations.models import Capacity, Channel, ChosenGuest, Invitation
from forumplanner.partners.models import Partner, PartnerKind, Phone, Seat
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import COUNTED_TO, PartnerFilter, conditions, in_sight
from forumplanner.rounds.models import Meeting

_HAS_EMAIL = func.coalesce(Partner.email, "") != ""
# `rules.usual_channel` in SQL.
USUAL_CHANNEL = case(
    (_HAS_EMAIL, Channel.EMAIL.value),
    (
        and_(Partner.kind == PartnerKind.PERSON, exists().where(Phone.partner_id == Partner.id)),
        Channel.TELEPHONE.value,
    ),
    else_=Channel.LETTER.value,
)


@dataclass(frozen=True, slots=True)
class Choosing:
    """Who chooses for which meeting, and whom they may see."""

    meeting: Meeting
    account_id: int
    sight: Sight

    @property
    def is_own(self) -> ColumnElement[bool]:
        """The condition that a `ChosenGuest` is of this choice."""
        return and_(ChosenGuest.meeting_id == self.meeting.id, ChosenGuest.account_id == self.account_id)

    @property
    def is_invited(self) -> ColumnElement[bool]:
        """The condition on a guest (`Partner` beside `Seat`) that an invitation is in force."""
        return exists().where(
            Invitation.meeting_id == self.meeting.id,
            Invitation.revoked_at.is_(None),
            Invitation.partner_id == Partner.id,
            Invitation.seat_id.is_not_distinct_from(Seat.id),
        )

    @property
    def is_chosen(self) -> ColumnElement[bool]:
        """The condition on a guest that it is chosen."""
        return exists().where(
            self.is_own, ChosenGuest.partner_id == Partner.id, ChosenGuest.seat_id.is_not_distinct_from(Seat.id)
        )


@dataclass(frozen=True, slots=True)
class ChosenCounts:
    """How many are chosen: all, and by how they are reached and in what capacity.

    `lost` are rows of those who cannot be invited any more; `last` is the newest row's number: it tells whether more
    were chosen since.
    """

    total: int = 0
    lost: int = 0
    last: int = 0
    without_address: int = 0
    channels: dict[Channel, int] = field(default_factory=dict)
    capacities: dict[Capacity, int] = field(default_factory=dict)


def select_guests(choosing: Choosing, wanted: PartnerFilter) -> Select[int, int | None]:
    """Partner and seat of everybody who fits the filter and is not invited."""
    return (
        select(Partner.id, Seat.id)
        .outerjoin(Seat, and_(Seat.organisation_id == Partner.id, not_(Seat.is_retired)))
        .where(conditions(choosing.sight, wanted), not_(choosing.is_invited))
    )


def count_guests(session: Session, choosing: Choosing, wanted: PartnerFilter) -> tuple[int, int]:
    """How many fit and are not invited, and how many of these are not chosen yet; one query.

    COUNTED_TO + 1 stands for "more than COUNTED_TO"; the others are not looked at.
    """
    unchosen = case((choosing.is_chosen, 0), else_=1).label("unchosen")
    some = select_guests(choosing, wanted).add_columns(unchosen).limit(COUNTED_TO + 1).subquery()
    found, left = session.execute(select(func.count(), func.coalesce(func.sum(some.c.unchosen), 0))).one()
    return found, left


def makes_a_guest(choosing: Choosing) -> ColumnElement[bool]:
    """The condition on `Partner` that it, or a seat of it, can still be invited."""
    in_force = and_(Invitation.meeting_id == choosing.meeting.id, Invitation.revoked_at.is_(None))
    seats = select(Seat.id).where(Seat.organisation_id == Partner.id, not_(Seat.is_retired))
    left = seats.where(Seat.id.not_in(select(Invitation.seat_id).where(in_force, Invitation.seat_id.is_not(None))))
    unseated = Partner.id.not_in(select(Invitation.partner_id).where(in_force, Invitation.seat_id.is_(None)))
    return or_(left.exists(), and_(not_(seats.exists()), unseated))


def fits(choosing: Choosing) -> ColumnElement[bool]:
    """The condition on a row of the choice, beside its `Partner` and `Seat`, that it can be invited still."""
    seated = select(Seat.id).where(Seat.organisation_id == Partner.id, not_(Seat.is_retired)).correlate(Partner)
    is_guest = or_(
        and_(ChosenGuest.seat_id.is_(None), not_(seated.exists())),
        and_(ChosenGuest.seat_id.is_not(None), not_(Seat.is_retired)),
    )
    return and_(choosing.is_own, in_sight(choosing.sight), is_guest, not_(choosing.is_invited))


def beside_partners(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A query of rows of the choice with their `Partner` and `Seat`, as `fits` needs them."""
    return query.join(Partner, Partner.id == ChosenGuest.partner_id).outerjoin(Seat, Seat.id == ChosenGuest.seat_id)


def is_among_the_chosen(choosing: Choosing) -> ColumnElement[bool]:
    """The condition on `Partner` that it, or a seat of it, is chosen and can be invited."""
    found = beside_partners(select(ChosenGuest.partner_id).select_from(ChosenGuest)).where(fits(choosing))
    return Partner.id.in_(found)


def count_chosen(session: Session, choosing: Choosing) -> ChosenCounts:
    """All counts, in one query."""
    channel = func.coalesce(ChosenGuest.channel, USUAL_CHANNEL).label("channel")
    lacks = and_(channel == Channel.EMAIL.value, not_(_HAS_EMAIL)).label("lacks")
    is_kept = case((fits(choosing), 1), else_=0).label("is_kept")
    parts = (is_kept, channel, ChosenGuest.capacity, lacks)
    query = beside_partners(select(*parts, func.count(), func.max(ChosenGuest.id)).select_from(ChosenGuest))
    found = session.execute(query.where(choosing.is_own).group_by(*parts)).all()
    rows = [row for row in found if row[0]]
    return ChosenCounts(
        total=sum(row[4] for row in rows),
        lost=sum(row[4] for row in found if not row[0]),
        last=max((row[5] for row in rows), default=0),
        without_address=sum(row[4] for row in rows if row[3]),
        channels={kind: count for kind in Channel if (count := sum(row[4] for row in rows if row[1] == kind.value))},
        capacities={kind: count for kind in Capacity if (count := sum(row[4] for row in rows if row[2] == kind))},
    )


def list_chosen(session: Session, choosing: Choosing, partners: Collection[Partner]) -> dict[Key, ChosenGuest]:
    """The rows of the choice that are of these partners."""
    query = select(ChosenGuest).where(choosing.is_own, ChosenGuest.partner_id.in_([partner.id for partner in partners]))
    return {(row.partner_id, row.seat_id): row for row in session.scalars(query)}


def list_invited_among(session: Session, choosing: Choosing, partners: Sequence[Partner]) -> dict[Key, int]:
    """The invitations in force to these partners: their numbers by partner and seat."""
    query = select(Invitation.partner_id, Invitation.seat_id, Invitation.id).where(
        Invitation.meeting_id == choosing.meeting.id,
        Invitation.revoked_at.is_(None),
        Invitation.partner_id.in_([partner.id for partner in partners]),
    )
    return {(partner_id, seat_id): number for partner_id, seat_id, number in session.execute(query)}
