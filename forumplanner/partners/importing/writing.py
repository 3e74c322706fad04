"""Writes the people of a file, all in the caller's transaction: new ones, and what rows add to those who are kept."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.core.db import dialect_name
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor, record_change
from forumplanner.partners import services
from forumplanner.partners.facts import PersonFacts, fact_texts, facts_of, put_facts
from forumplanner.partners.importing.keeping import among
from forumplanner.partners.importing.matching import Match, State
from forumplanner.partners.importing.merging import merge_facts
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Person

# Any number that nobody else uses for such a lock.
_LOCK = 2_550_006


def hold_imports(session: Session) -> None:
    """Let nobody else compare and write a file until the end of this transaction; SQLite has one writer anyway."""
    if dialect_name(session) == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def write_matches(session: Session, actor: Actor, matches: Sequence[Match]) -> dict[int, Partner]:
    """Add and complete people as the matches say; the partner of each match by its place among them."""
    written: dict[int, Partner] = {}
    for place, match in enumerate(matches):
        if match.state == State.NEW:
            person = Person(kind=PartnerKind.PERSON)
            assert match.facts is not None
            put_facts(person, match.facts)
            written[place] = person
    _tie_to_organisations(session, [person for person in written.values() if isinstance(person, Person)])
    for added in written.values():
        services.refresh_keys(added)
    session.add_all(written.values())
    session.flush()
    for place, added in list(written.items()):
        name = added.shown_name("th")
        record_change(session, actor, services.HISTORY, added.id, "added", None, name, partner_id=added.id)
        matches[place].partner_id = added.id
    updates = {match.partner_id: place for place, match in enumerate(matches) if match.state == State.UPDATE}
    ids = [number for number in updates if number is not None]
    found: dict[int, Partner] = {}
    for first in range(0, len(ids), 500):
        query = services.with_everything(select(Partner).where(Partner.id.in_(ids[first : first + 500])))
        found |= {partner.id: partner for partner in session.scalars(query)}
    for place, match in enumerate(matches):
        if match.state != State.UPDATE or match.partner_id not in found or match.facts is None:
            continue
        partner = found[match.partner_id]
        kept = facts_of(partner)
        assert isinstance(kept, PersonFacts)
        # Two rows may add to one person.
        merged = merge_facts(kept, match.row, match.facts)
        services.change_partner(session, actor, partner, merged, seen=make_stamp(fact_texts(kept)))
        written[place] = partner
    session.flush()
    return written


def _tie_to_organisations(session: Session, people: Sequence[Person]) -> None:
    """`services.tie_to_organisation` for many at once: one query."""
    texts = sorted({person.organisation_text for person in people if person.organisation_text})
    keys = sorted({thai.sort_key(text) for text in texts})
    called = or_(among(session, Organisation.sort_key, keys), among(session, Organisation.short_name, texts))
    by_key: dict[str, list[Organisation]] = {}
    by_short: dict[str, list[Organisation]] = {}
    for organisation in session.scalars(select(Organisation).where(called)) if texts else ():
        by_key.setdefault(organisation.sort_key, []).append(organisation)
        by_short.setdefault(organisation.short_name or "", []).append(organisation)
    for person in people:
        text = person.organisation_text
        if text:
            both = (*by_key.get(thai.sort_key(text), ()), *by_short.get(text, ()))
            found = list({organisation.id: organisation for organisation in both}.values())
            if len(found) == 1 and text in (found[0].name, found[0].short_name):
                person.organisation = found[0]
