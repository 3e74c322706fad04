"""One partner out of two as a whole, in the caller's transaction, and its undoing until the next day."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import is_seen
from forumplanner.desks.merging import rows
from forumplanner.desks.merging.carrying import carry
from forumplanner.desks.merging.choices import shown_of, unite
from forumplanner.desks.merging.obstacles import find_obstacles
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations.models import Invitation
from forumplanner.partners.duplicates.models import PartnerMerge
from forumplanner.partners.facts import fact_texts, facts_of, put_facts
from forumplanner.partners.models import Partner, Person
from forumplanner.partners.services import HISTORY, get_partner, refresh_keys, with_everything

UNDONE_WITHIN = timedelta(hours=24)
CHANGED_MEANWHILE = N_(
    "Somebody changed one of the two since you opened this page. Nothing was merged; please look again."
)
TOO_LATE = N_("Merging can be undone within a day only. Please correct the particulars, or add the other one.")


def merge_partners(
    session: Session,
    actor: Actor,
    kept: Partner,
    other: Partner,
    *,
    seen: str,
    chosen: Mapping[str, str],
    left_out: Mapping[str, Sequence[int]],
) -> PartnerMerge:
    """Let `other` be part of `kept`; both are held by the caller (`get_partner(to_change=True)`), the lower first.

    `seen` is the stamp of what the page showed of both (`shown_of`). Conflict where something would be lost.
    """
    facts, theirs = facts_of(kept), facts_of(other)
    for obstacle in find_obstacles(session, kept, other):
        raise Conflict(obstacle.message)
    if not is_seen(seen, shown_of(facts, theirs)):
        raise Conflict(CHANGED_MEANWHILE)
    ids = (kept.id, other.id)
    invitations = session.scalars(select(Invitation.id).where(Invitation.partner_id.in_(ids))).all()
    before = rows.read_rows(session, ids, invitations)
    name, united = other.shown_name("th"), unite(facts, theirs, chosen, left_out)
    put_facts(kept, united)
    session.flush()
    carry(session, kept, other)
    # All is read anew: rows were moved beneath their objects.
    kept = get_partner(session, ids[0])
    refresh_keys(kept)
    flag_modified(kept, "search_text")
    session.flush()
    refresh_texts(session, select(Person.id).where(Person.organisation_id == kept.id))
    after = rows.read_again(session, before) | rows.read_rows(session, ids, invitations)
    snapshot = rows.write_down(rows.compare_rows(before, after))
    merge = PartnerMerge(partner_id=ids[0], other_id=ids[1], actor_id=actor.id, actor=actor.name, snapshot=snapshot)
    merge.at = clock.now()
    session.add(merge)
    old, new = fact_texts(facts), fact_texts(facts_of(kept))
    for field in new:
        record_change(session, actor, HISTORY, kept.id, field, old[field], new[field], partner_id=kept.id)
    record_change(session, actor, HISTORY, kept.id, "merged", None, name, partner_id=kept.id)
    bump_mark(session, CALENDAR)
    return merge


def refresh_texts(session: Session, ids: Sequence[int] | Select[int]) -> None:
    """Derive anew what these people are found by, and nothing else of them: nobody changed them."""
    session.expire_all()
    partners = rows.table_of("partners")
    for person in session.scalars(with_everything(select(Partner).where(Partner.id.in_(ids)))).all():
        number = person.id
        with session.no_autoflush:
            old = person.search_text
            refresh_keys(person)
            text = person.search_text
            session.expire(person)
        if text != old:
            session.execute(update(partners).where(partners.c.id == number).values(search_text=text))


def find_undoable(session: Session, partner_id: int, now: datetime) -> PartnerMerge | None:
    """The last merging into this partner that can still be undone."""
    query = (
        select(PartnerMerge)
        .where(
            PartnerMerge.partner_id == partner_id,
            PartnerMerge.snapshot.is_not(None),
            PartnerMerge.undone_at.is_(None),
            PartnerMerge.at > now - UNDONE_WITHIN,
        )
        .order_by(PartnerMerge.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def who_merged(session: Session, other_id: int) -> str:
    """Who merged a partner that is there no more."""
    query = select(PartnerMerge.actor).where(PartnerMerge.other_id == other_id, PartnerMerge.undone_at.is_(None))
    return session.scalar(query.order_by(PartnerMerge.id.desc()).limit(1)) or ""


def undo_merge(session: Session, actor: Actor, kept: Partner) -> Partner:
    """Make two of them again, exactly as they were; returns the other. `kept` is held by the caller.

    Conflict where the day is over, or where somebody changed since what was moved.
    """
    merge = find_undoable(session, kept.id, clock.now())
    if merge is None or merge.snapshot is None:
        raise Conflict(TOO_LATE)
    number, other_id = kept.id, merge.other_id
    changed = rows.read_up(merge.snapshot)
    name = kept.shown_name("th")
    rows.put_back(session, changed)
    merge.snapshot, merge.undone_at = None, clock.now()
    session.flush()
    derived = [key[0] for table, key, _old, new in changed if table == "partners" and set(new or ()) == {"search_text"}]
    if derived:
        refresh_texts(session, derived)
    other = get_partner(session, other_id)
    record_change(session, actor, HISTORY, number, "merged", other.shown_name("th"), None, partner_id=number)
    record_change(session, actor, HISTORY, other_id, "merged", name, None, partner_id=other_id)
    bump_mark(session, CALENDAR)
    return other


def forget_merges(session: Session, now: datetime) -> int:
    """Blank what undoing would have needed, of all merged more than a day ago; returns how many."""
    due = PartnerMerge.snapshot.is_not(None) & (PartnerMerge.at <= now - UNDONE_WITHIN)
    count = session.scalar(select(func.count()).select_from(PartnerMerge).where(due)) or 0
    if count:
        session.execute(update(PartnerMerge).where(due).values(snapshot=None))
    return count
