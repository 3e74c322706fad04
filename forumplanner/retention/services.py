"""The periods in force, and who is kept longer; with who and when in history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core import clock, thai
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.periods import ADJUSTABLE
from forumplanner.core.stamps import check_fresh
from forumplanner.history.models import Change
from forumplanner.history.services import Actor, record_change
from forumplanner.partners import services as partners
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.retention.carrying import announce, lock, start_again
from forumplanner.retention.kinds import KINDS, PEOPLE
from forumplanner.retention.models import Hold, RetentionPeriod
from forumplanner.retention.reading import Numbers, numbers_in_force
from forumplanner.retention.rules import check_hold, check_number

# What history calls a period; the field is its slug.
PERIOD = "retention"
CHANGES_SHOWN = 30


def set_numbers(session: Session, wanted: Mapping[str, int | None], actor: Actor, *, seen: str, today: date) -> bool:
    """Set the periods that organisers may set; False where nothing changed.

    What follows is announced at once, or withdrawn where a period got longer. Stale where somebody changed one of them
    since `seen` (a stamp); Invalid beside the field of a number that may not be.
    """
    after = {period.slug: check_number(period, wanted.get(period.slug)) for period in ADJUSTABLE}
    if shown_of_numbers(numbers_in_force(session)) == after:
        return False
    # Whoever saves queues here, whether or not a row is there.
    start_again(session, KINDS)
    before = numbers_in_force(session)
    check_fresh(seen, shown_of_numbers(before), shown_of_numbers(after))
    changed = [period for period in ADJUSTABLE if before[period.slug] != after[period.slug]]
    for period in changed:
        row = session.scalar(select(RetentionPeriod).where(RetentionPeriod.slug == period.slug))
        if row is None:
            row = RetentionPeriod(slug=period.slug)
            session.add(row)
        row.number = after[period.slug]
        session.flush()
        record_change(session, actor, PERIOD, row.id, period.slug, before[period.slug], row.number)
    session.flush()
    for kind in KINDS:
        if kind.period in changed:
            announce(session, kind, today)
    return bool(changed)


def list_period_changes(session: Session) -> list[Change]:
    """Who set which period when, the latest first."""
    query = select(Change).where(Change.thing == PERIOD).order_by(Change.at.desc(), Change.id.desc())
    return list(session.scalars(query.limit(CHANGES_SHOWN)))


def shown_of_numbers(numbers: Numbers) -> dict[str, object]:
    """What the form shows of them."""
    return {period.slug: numbers[period.slug] for period in ADJUSTABLE}


@dataclass(frozen=True, slots=True)
class HoldGiven:
    """Until when somebody is kept longer, and why."""

    until: date
    reason: str


def shown_of_hold(hold: Hold | None) -> dict[str, object]:
    """What the form about one person shows."""
    return {"until": hold.until if hold else None, "reason": hold.reason if hold else None}


def find_hold(session: Session, partner_id: int) -> Hold | None:
    """Until when they are kept longer, if they are."""
    return session.get(Hold, partner_id)


def get_person(session: Session, partner_id: int) -> Partner:
    """The person of that number; NotFound where they are gone, Conflict for an organisation, which has no period."""
    found = partners.get_partner(session, partner_id)
    if found.kind != PartnerKind.PERSON:
        raise Conflict(N_("Organisations are no people: they have no period after which they are removed."))
    return found


def keep_longer(session: Session, partner: Partner, given: HoldGiven, actor: Actor, *, seen: str, today: date) -> None:
    """Keep a person until a day; what was announced of them is withdrawn where that lies behind it."""
    check_hold(given.until, today)
    if not given.reason:
        raise Invalid(N_("Please write why."), field="reason")
    known = session.get(Hold, partner.id)
    if known is not None and (known.until, known.reason) == (given.until, given.reason):
        return
    # The job holds the same lock while it erases: whoever is gone then is found to be.
    lock(session, PEOPLE)
    get_person(session, partner.id)
    hold = session.get(Hold, partner.id, populate_existing=True)
    check_fresh(seen, shown_of_hold(hold), {"until": given.until, "reason": given.reason})
    before = _in_words(hold)
    if hold is None:
        hold = Hold(partner_id=partner.id)
        session.add(hold)
    hold.until, hold.reason, hold.noted_by, hold.noted_at = given.until, given.reason, actor.name, clock.now()
    _note(session, actor, partner, before, _in_words(hold))
    session.flush()
    announce(session, PEOPLE, today)


def _note(session: Session, actor: Actor, partner: Partner, before: str | None, after: str | None) -> None:
    number = partner.id
    record_change(session, actor, partners.HISTORY, number, "kept_until", before, after, partner_id=number)


def _in_words(hold: Hold | None) -> str | None:
    return thai.format_short(hold.until, lang="th") if hold else None


def keep_no_longer(session: Session, partner: Partner, actor: Actor, *, today: date) -> bool:
    """Let the period alone decide again; False where nobody kept them longer."""
    lock(session, PEOPLE)
    hold = session.get(Hold, partner.id, populate_existing=True)
    if hold is None:
        return False
    _note(session, actor, partner, _in_words(hold), None)
    session.delete(hold)
    session.flush()
    announce(session, PEOPLE, today)
    return True
