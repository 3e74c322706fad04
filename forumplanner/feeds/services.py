"""What calendars show, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.rules import number_items
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.feeds import rules
from forumplanner.feeds.rules import Kind, Scope
from forumplanner.invitations.counting import for_days_of
from forumplanner.invitations.models import Answer, Capacity, Invitation
from forumplanner.partners.models import Partner, Person, PersonClass
from forumplanner.places.models import Region
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round

Agendas = Mapping[int, Sequence[tuple[str, AgendaItem]]]

NO_REGION = N_("There is no region %(region)s. Please check the address.")
NO_ROUND = N_("There is no round %(code)s. Please begin at the list of rounds.")
NO_MEETING = N_("There is no such meeting in this round. Please choose one from the round's page.")
NO_PARTNER = N_("There is no partner %(number)s. Please look the number up in the list of partners.")


# Of an agency's several seats: one that comes, one not answered, one that sends somebody, one that stays away.
ASKS_MOST = (Answer.ACCEPTED, None, Answer.DELEGATE, Answer.DECLINED)


@dataclass(frozen=True, slots=True)
class Own:
    """What a person's own calendar says of their own invitation, and of nobody else's."""

    capacity: Capacity
    answer: Answer | None
    changed_at: datetime
    # Answered before the meeting moved, so not answered for its days now.
    is_for_other_days: bool = False
    to_monk: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What one calendar shows: its meetings in order, their agendas, and in a personal one the person's answers."""

    scope: Scope
    meetings: Sequence[Meeting]
    agendas: Agendas
    region: Region | None = None
    round: Round | None = None
    own: Mapping[int, Own] | None = None
    # A calendar of one person who is spoken to as a monk.
    to_monk: bool = False


def read_content(session: Session, scope: Scope, today: date) -> tuple[Content, date, date]:
    """What a calendar shows on a day, since which day it has shown just that by the clock, and until before which."""
    region = _get_region(session, scope.slug) if scope.kind in (Kind.REGION, Kind.REGION_OF_ROUND) else None
    found = _get_round(session, scope.code) if scope.kind in (Kind.ROUND, Kind.REGION_OF_ROUND) else None
    to_monk, own = _own_invitations(session, scope.partner_id) if scope.kind == Kind.PERSON else (False, None)
    meetings = list_meetings(session, _conditions(scope, region, found, own, today))
    if scope.kind == Kind.MEETING:
        if not meetings:
            raise NotFound(NO_MEETING)
        region = meetings[0].region
    shown, since, until = _by_the_clock(scope, meetings, today)
    return Content(scope, shown, read_agendas(session, shown), region, found, own, to_monk), since, until


def is_public() -> ColumnElement[bool]:
    """The condition that everybody may see a meeting."""
    return Meeting.status != MeetingStatus.PROPOSED


def _conditions(
    scope: Scope, region: Region | None, found: Round | None, own: dict[int, Own] | None, today: date
) -> list[ColumnElement[bool]]:
    conditions = [is_public()]
    if scope.is_windowed:
        window = rules.window_of(today)
        conditions += [Meeting.ends_on >= window.opens, Meeting.starts_on < window.closes]
    if region:
        conditions.append((Meeting.region_id == region.id) | (Meeting.kind == MeetingKind.NATIONAL))
    if found:
        conditions.append(Meeting.round_id == found.id)
    if own is not None:
        conditions.append(Meeting.id.in_(own))
    if scope.kind == Kind.MEETING:
        conditions += [Round.code == scope.code, Meeting.slug == scope.slug]
    return conditions


def list_meetings(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[Meeting]:
    """Meetings with all that calendars show of them, in order of date."""
    query = (
        select(Meeting)
        .join(Meeting.round)
        .where(*conditions)
        .options(
            joinedload(Meeting.round),
            joinedload(Meeting.region),
            joinedload(Meeting.province),
            selectinload(Meeting.days),
        )
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return list(session.scalars(query))


def _by_the_clock(scope: Scope, meetings: Sequence[Meeting], today: date) -> tuple[list[Meeting], date, date]:
    """The meetings without cancelled ones whose time is over, and the days between which that stays so."""
    since, until = date.min, date.max
    if scope.is_windowed:
        since, until = rules.month_start(today), rules.month_start(today, 1)
    if scope.kind == Kind.MEETING:
        return list(meetings), since, until
    shown = []
    for meeting in meetings:
        if meeting.status != MeetingStatus.CANCELLED:
            shown.append(meeting)
        elif rules.has_left(meeting.ends_on, today):
            since = max(since, rules.leaves_on(meeting.ends_on))
        else:
            until = min(until, rules.leaves_on(meeting.ends_on))
            shown.append(meeting)
    return shown, since, until


def read_agendas(session: Session, meetings: Sequence[Meeting]) -> Agendas:
    """The numbered agenda items of all these meetings, in one query."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id.in_([meeting.id for meeting in meetings]))
        .options(
            load_only(
                AgendaItem.meeting_id,
                AgendaItem.parent_id,
                AgendaItem.position,
                AgendaItem.title_th,
                AgendaItem.title_en,
            )
        )
    )
    items: dict[int, list[AgendaItem]] = {}
    for item in session.scalars(query):
        items.setdefault(item.meeting_id, []).append(item)
    return {meeting_id: number_items(found) for meeting_id, found in items.items()}


def _own_invitations(session: Session, partner_id: int) -> tuple[bool, dict[int, Own]]:
    """Whether it is a monk, and a partner's own invitations in force, by meeting. Nothing of anybody else's is read.

    An agency of which several seats are invited to a meeting sees it once, with the answer that asks most of it.
    """
    partners, people = Partner.__table__, Person.__table__
    joined = select(partners.c.id, people.c.person_class).outerjoin(people, people.c.id == partners.c.id)
    partner = session.execute(joined.where(partners.c.id == partner_id)).first()
    if partner is None:
        raise NotFound(NO_PARTNER, number=partner_id)
    to_monk = partner.person_class == PersonClass.MONK
    query = (
        select(
            Invitation.meeting_id,
            Invitation.capacity,
            Invitation.answer,
            for_days_of(Meeting),
            Invitation.changed_at,
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.partner_id == partner_id, Invitation.revoked_at.is_(None))
        .order_by(Invitation.id)
    )
    own: dict[int, Own] = {}
    for meeting_id, capacity, answer, is_current, at in session.execute(query):
        found = Own(capacity, answer if is_current else None, at, answer is not None and not is_current, to_monk)
        known = own.get(meeting_id)
        if known is not None:
            chosen = min(known, found, key=lambda one: ASKS_MOST.index(one.answer))
            found = replace(chosen, changed_at=max(known.changed_at, at))
        own[meeting_id] = found
    return to_monk, own


def _get_region(session: Session, slug: str) -> Region:
    found = session.scalar(select(Region).where(Region.slug == slug))
    if found is None:
        raise NotFound(NO_REGION, region=slug[:40])
    return found


def _get_round(session: Session, code: str) -> Round:
    found = session.scalar(select(Round).where(Round.code == code))
    if found is None:
        raise NotFound(NO_ROUND, code=code[:40])
    return found
