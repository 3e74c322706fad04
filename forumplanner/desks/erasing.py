"""Takes a person out of the whole: refused where they are still invited, counted, noted without the name.

    erase_person(session, partner_id, by=acting())

After the caller's commit `desks.tidying` clears up behind it. What a feature keeps of people it forgets by itself
(`<feature>.erasing`); this only puts them together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, joinedload

from forumplanner.accounts import erasing as accounts
from forumplanner.accounts.models import User
from forumplanner.agenda import erasing as agenda
from forumplanner.attendance import erasing as attendance
from forumplanner.core import clock, thai
from forumplanner.core.db import CALENDAR, bump_mark
from forumplanner.core.erasing import Doubtful, Erasing, Leaving, sweep, together
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.core.traces import Known, Traces
from forumplanner.desks.tidying import UNTIDY
from forumplanner.history import erasing as history
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations import erasing as invitations
from forumplanner.invitations.models import Invitation
from forumplanner.invitations.services import revoke_invitation
from forumplanner.minutes import erasing as minutes
from forumplanner.outbox import erasing as outbox
from forumplanner.outcomes import erasing as outcomes
from forumplanner.partners import erasing as partners
from forumplanner.partners.models import Partner, PartnerKind, Person, Phone
from forumplanner.partners.services import HISTORY, get_partner
from forumplanner.places import erasing as places
from forumplanner.register import erasing as register
from forumplanner.retention import erasing as retention
from forumplanner.rounds import erasing as rounds
from forumplanner.rounds.describing import describe_days_short
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.web import erasing as web

# Own rows are forgotten from the outermost feature inwards: what stands above looks at what stands below.
FEATURES: Sequence[Erasing] = (
    retention.ERASING,
    minutes.ERASING,
    attendance.ERASING,
    outcomes.ERASING,
    agenda.ERASING,
    invitations.ERASING,
    register.ERASING,
    rounds.ERASING,
    partners.ERASING,
    accounts.ERASING,
    places.ERASING,
    history.ERASING,
    outbox.ERASING,
    web.ERASING,
)
SAID = together(FEATURES)
NO_PERSON = N_(
    "An organisation is not a person, so there is nothing of it to remove here. Its people are removed one by one."
)
STILL_INVITED = N_(
    "%(name)s is invited to a meeting that is still to come: %(days)s. Please withdraw that invitation first, so that "
    "nobody waits for them."
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of a person's data. `upcoming`: invitations that are withdrawn with it."""

    counts: Mapping[str, int]
    texts: int
    kept: int
    doubtful: Sequence[Doubtful]
    upcoming: Sequence[Invitation]
    has_namesakes: bool
    has_account: bool
    invitations: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done. `texts`: in how many texts about others or about meetings the name was replaced."""

    counts: Mapping[str, int]
    texts: int
    kept: int


def erase_person(session: Session, partner_id: int, *, by: Actor, withdrawing: bool = False) -> Erased:
    """Erase a person in the caller's transaction. What files hold still goes soon after the commit (`desks.tidying`).

    Conflict for an organisation, and for whoever is invited to a meeting still to come; `withdrawing`, where somebody
    asked for it, these invitations are withdrawn.
    """
    person = _get_person(session, partner_id, to_change=True)
    for invitation in list_upcoming(session, person):
        if not withdrawing:
            days = describe_days_short(invitation.meeting, "th")
            raise Conflict(STILL_INVITED, name=person.shown_name("th"), days=days)
        revoke_invitation(session, by, invitation)
    leaving = _begin(session, person)
    for feature in FEATURES:
        if feature.own is not None:
            feature.own(session, leaving)
    session.flush()
    sweep(session, leaving, SAID)
    session.expire_all()
    for feature in FEATURES:
        if feature.after is not None:
            feature.after(session, leaving)
    record_change(session, by, HISTORY, partner_id, "erased", "no", "yes", partner_id=partner_id)
    # Whom to ask about a meeting stands in calendars.
    bump_mark(session, CALENDAR)
    bump_mark(session, UNTIDY)
    session.flush()
    return Erased(leaving.counts, len(leaving.cleaned), leaving.kept)


def foresee(session: Session, partner_id: int) -> Forecast:
    """What erasing would do; changes nothing."""
    person = _get_person(session, partner_id)
    leaving = _begin(session, person)
    sweep(session, leaving, SAID, write=False)
    own = {"phones": len(person.phones), "notes": len(person.notes) + bool(person.note)}
    invited = select(func.count()).select_from(Invitation).where(Invitation.partner_id == person.id)
    # What the person's own rows say goes with them, so only texts of others are told of.
    account = select(User.id).where(func.lower(User.email) == (person.email or "").lower()).limit(1)
    return Forecast(
        own,
        sum(1 for each in leaving.cleaned if each.partner_id != person.id),
        leaving.kept,
        leaving.doubtful,
        list_upcoming(session, person),
        bool(leaving.namesakes),
        bool(person.email) and session.scalar(account) is not None,
        session.scalar(invited) or 0,
    )


def list_upcoming(session: Session, person: Partner) -> list[Invitation]:
    """Invitations in force to meetings that are not over, by day."""
    query = (
        select(Invitation)
        .join(Invitation.meeting)
        .where(
            Invitation.partner_id == person.id,
            Invitation.revoked_at.is_(None),
            Meeting.ends_on >= clock.today(),
            Meeting.status != MeetingStatus.CANCELLED,
        )
        .options(joinedload(Invitation.meeting).options(joinedload(Meeting.round), joinedload(Meeting.region)))
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return list(session.scalars(query))


def list_erased(connection: Session | Connection) -> list[int]:
    """The numbers of all who were erased: what a restore of an older backup has to do again."""
    table = Partner.__table__
    return list(connection.scalars(select(table.c.id).where(table.c.erased_at.is_not(None)).order_by(table.c.id)))


def erase_again(session: Session, partner_ids: Sequence[int], by: Actor) -> list[int]:
    """Erase those of these people whom a backup brought back; returns their numbers."""
    back = select(Person.id).where(Person.id.in_(partner_ids), Person.erased_at.is_(None)).order_by(Person.id)
    found = list(session.scalars(back))
    for number in found:
        erase_person(session, number, by=by, withdrawing=True)
    return found


def _get_person(session: Session, partner_id: int, *, to_change: bool = False) -> Person:
    found = get_partner(session, partner_id, to_change=to_change)
    if not isinstance(found, Person):
        raise Conflict(NO_PERSON)
    return found


def _begin(session: Session, person: Person) -> Leaving:
    """Whoever is leaving, as they are known now, and whom they could be taken for."""
    session.flush()
    known = Known(
        given_name=person.given_name,
        surname=person.surname,
        honorific=person.honorific,
        name_en=person.name_en,
        phones=_own_numbers(session, person),
        email=person.email,
        line_name=person.line_name,
    )
    table = Partner.__table__
    alike = select(table.c.id, table.c.name, table.c.kind).where(
        table.c.name.contains(person.name, autoescape=True), table.c.id != person.id, table.c.erased_at.is_(None)
    )
    others = list(session.execute(alike))
    namesakes = frozenset(
        row.id
        for row in others
        if row.kind == PartnerKind.PERSON and thai.name_key(row.name) == thai.name_key(person.name)
    )
    longer = tuple(row.name for row in others if row.id not in namesakes)
    return Leaving(person.id, Traces(known, longer), minutes.list_certified_meetings(session), namesakes)


def _own_numbers(session: Session, person: Person) -> tuple[str, ...]:
    """Their telephone numbers but for those that others have as well: an office's is not theirs alone."""
    numbers = [phone.number for phone in person.phones]
    shared = select(Phone.number).where(Phone.number.in_(numbers), Phone.partner_id != person.id)
    others = set(session.scalars(shared)) if numbers else set()
    return tuple(number for number in numbers if number not in others)
