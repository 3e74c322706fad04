"""A previewed list is written as a whole, and taken back as a whole."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import Base
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import make_stamp
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor, blank_partner
from forumplanner.partners import services
from forumplanner.partners.facts import PersonFacts, fact_texts, facts_of
from forumplanner.partners.importing.keeping import among
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.previews import WRITTEN_ALREADY, Importer, compare, keep_rows, list_rows
from forumplanner.partners.importing.writing import hold_imports, write_matches
from forumplanner.partners.models import Partner
from forumplanner.partners.parts import NamedNote
from forumplanner.places.gazetteer import find_place
from forumplanner.places.services import list_regions

# More rows are written by the worker.
AT_ONCE = 2_000
NOTHING_TO_WRITE = N_("There is nothing to import: no row is new or adds something.")
NOT_WRITTEN = N_("This list was not imported, so there is nothing to take back.")
WORKED_ON = N_(
    "Somebody has worked on %(name)s since, so the import cannot be taken back as a whole. "
    "Please change or remove people one by one."
)
# Tables whose rows are a person's own parts and go with them.
_PARTS = frozenset(
    {"people", "phones", "partner_regions", "partner_notes", "partner_import_rows", "organisations", "personal_feeds"}
)


def count_to_write(session: Session, kept: PartnerImport) -> int:
    """How many people would be added or completed; several rows may complete one."""
    row = PartnerImportRow
    of_list = row.import_id == kept.id
    added = select(func.count()).where(of_list, row.state == State.NEW)
    completed = select(func.count(row.partner_id.distinct())).where(of_list, row.state == State.UPDATE)
    return (session.scalar(added) or 0) + (session.scalar(completed) or 0)


def write_import(session: Session, actor: Actor, importer: Importer, kept: PartnerImport) -> int:
    """Write what is new and what adds something, compared anew with what is kept by now; returns how many people."""
    if kept.imported_at is not None:
        raise Conflict(WRITTEN_ALREADY)
    hold_imports(session)
    readings, matches = compare(session, importer, kept)
    ids = sorted({match.partner_id for match in matches if match.state == State.UPDATE and match.partner_id})
    before = {number: _as_json(partner) for number, partner in _people(session, ids).items()}
    written = write_matches(session, actor, matches)
    if not written:
        raise Conflict(NOTHING_TO_WRITE)
    for match in matches:
        if match.into is not None:
            match.partner_id = match.into.partner_id
    keep_rows(session, kept, readings, matches)
    rows = list_rows(session, kept)
    for position, partner in written.items():
        row = rows[position]
        row.partner_id, row.written_version = partner.id, partner.version
        row.before = before.get(partner.id)
    kept.imported_at = clock.now()
    session.flush()
    return len({partner.id for partner in written.values()})


def _people(session: Session, ids: Sequence[int]) -> dict[int, Partner]:
    query = services.with_everything(select(Partner).where(among(session, Partner.id, ids)))
    return {partner.id: partner for partner in session.scalars(query)}


_WORDS = ("honorific", "surname", "post", "organisation_text", "line_name", "email", "note")


def _as_json(partner: Partner) -> str:
    facts = facts_of(partner)
    values: dict[str, Any] = {name: getattr(facts, name) for name in _WORDS}
    values["phones"] = [[phone.number, phone.extension, phone.note] for phone in facts.phones]
    values["notes"] = [[note.name, note.text] for note in facts.notes]
    values["place"] = facts.place.code if facts.place else None
    values["regions"] = [region.id for region in facts.regions]
    return json.dumps(values, ensure_ascii=False)


def _restored(session: Session, facts: PersonFacts, before: str) -> PersonFacts:
    values = json.loads(before)
    regions = {region.id: region for region in list_regions(session)}
    return replace(
        facts,
        **{name: values[name] for name in _WORDS},
        phones=tuple(PhoneNumber(*phone) for phone in values["phones"]),
        notes=tuple(NamedNote(*note) for note in values["notes"]),
        place=find_place(values["place"]),
        regions=tuple(regions[number] for number in values["regions"] if number in regions),
    )


def take_back(session: Session, actor: Actor, kept: PartnerImport) -> int:
    """Undo an import as a whole: who was added goes, what changed comes back; refused where somebody worked on it."""
    if kept.imported_at is None or kept.taken_back_at is not None:
        raise Conflict(NOT_WRITTEN)
    rows = [row for row in list_rows(session, kept) if row.written_version is not None]
    people = _people(session, sorted({row.partner_id for row in rows if row.partner_id is not None}))
    added = [row.partner_id for row in rows if row.before is None and row.partner_id in people]
    used = _referred_to(session, added)
    for row in rows:
        partner = people.get(row.partner_id or 0)
        if partner is not None and (partner.version != row.written_version or partner.id in used):
            raise Conflict(WORKED_ON, name=partner.shown_name("th"))
    for row in rows:
        partner = people.get(row.partner_id or 0)
        if partner is None:
            continue
        if row.before is None:
            blank_partner(session, partner.id)
            row.partner_id = None
            session.delete(partner)
        else:
            facts = facts_of(partner)
            assert isinstance(facts, PersonFacts)
            restored = _restored(session, facts, row.before)
            services.change_partner(session, actor, partner, restored, seen=make_stamp(fact_texts(facts)))
    kept.taken_back_at = clock.now()
    session.flush()
    return len(rows)


def _referred_to(session: Session, ids: Sequence[int | None]) -> set[int]:
    """Those of these partners to whom something refers that is no part of them: an invitation, an answer, a line."""
    found: set[int] = set()
    wanted = [number for number in ids if number is not None]
    for table in Base.metadata.sorted_tables:
        if table.name in _PARTS:
            continue
        for column in _pointing(table):
            found |= set(session.scalars(select(column).where(among(session, column, wanted))))
    return found


def _pointing(table: Table) -> list[Any]:
    return [
        column
        for column in table.columns
        if any(key.column.table.name in ("partners", "people") for key in column.foreign_keys)
    ]
