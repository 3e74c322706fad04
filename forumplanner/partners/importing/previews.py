"""Lists on their way in: kept, previewed, corrected, written, taken back, removed."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import Base
from forumplanner.core.errors import Conflict, NotAllowed, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import make_stamp
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor, blank_partner
from forumplanner.partners import services
from forumplanner.partners.facts import PersonFacts, fact_texts, facts_of
from forumplanner.partners.importing.books import SheetReading, read_book
from forumplanner.partners.importing.headers import Field
from forumplanner.partners.importing.matching import Match, State, match_rows
from forumplanner.partners.importing.merging import Belonging
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.importing.writing import hold_imports, write_matches
from forumplanner.partners.models import Partner
from forumplanner.partners.parts import NamedNote
from forumplanner.partners.rules import Sight
from forumplanner.places.gazetteer import find_place
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions
from forumplanner.sheets import Book, read_file, read_pasted

CELL_END = "\x1f"
KEPT_DAYS = 14
PASTED = "ตารางที่วาง"
NO_IMPORT = N_("This list is not here any more. Lists are removed after some days; please import it again.")
OTHER_REGION = N_("This list belongs to another region; its coordinators and organisers may open it.")
WRITTEN_ALREADY = N_("This list was imported already.")
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


@dataclass(frozen=True, slots=True)
class Importer:
    """Who imports: the account, whom they may see, which regions they may add to (None: all)."""

    account_id: int
    sight: Sight

    @property
    def allowed(self) -> frozenset[int] | None:
        return None if self.sight.everything else self.sight.region_ids


def begin_import(
    session: Session, importer: Importer, *, content: bytes, name: str, is_pasted: bool, region: Region | None
) -> PartnerImport:
    """Read a list and keep it for its preview; refuses what cannot be read."""
    kept = PartnerImport(
        account_id=importer.account_id,
        file_name=PASTED if is_pasted else (name[-200:] or "-"),
        is_pasted=is_pasted,
        content=zlib.compress(content, 6),
        region=region,
    )
    session.add(kept)
    readings = _read(kept, content, {})
    session.flush()
    _keep_rows(session, kept, readings, _match(session, importer, kept, readings))
    return kept


def _read(kept: PartnerImport, content: bytes, chosen: Mapping[int, Mapping[int, Field]]) -> list[SheetReading]:
    book: Book = read_pasted(content.decode("utf-8")) if kept.is_pasted else read_file(content, kept.file_name)
    return read_book(book, chosen, None)


def _chosen(kept: PartnerImport) -> dict[int, dict[int, Field]]:
    """What somebody said the columns hold."""
    found = json.loads(kept.choices)
    return {
        int(sheet): {int(column): Field(value) for column, value in columns.items()} for sheet, columns in found.items()
    }


def _match(session: Session, importer: Importer, kept: PartnerImport, readings: Sequence[SheetReading]) -> list[Match]:
    belonging = Belonging(list_regions(session), kept.region, importer.allowed)
    rows = [(reading.name, reading.rows) for reading in readings if reading.is_read]
    return match_rows(session, importer.sight, rows, belonging)


def _keep_rows(
    session: Session, kept: PartnerImport, readings: Sequence[SheetReading], matches: Sequence[Match]
) -> None:
    """Replace the rows of the preview."""
    kept.sheets = json.dumps(
        [
            {
                "name": reading.name,
                "is_read": reading.is_read,
                "columns": [[c.place, c.heading, c.field.value, c.is_guess] for c in reading.columns],
                "notes": [[note.text, note.params] for note in reading.notes],
            }
            for reading in readings
        ],
        ensure_ascii=False,
    )
    session.execute(delete(PartnerImportRow).where(PartnerImportRow.import_id == kept.id))
    session.expire(kept, ["rows"])
    of_sheet = [reading.place for reading in readings if reading.is_read for _row in reading.rows]
    rows = [
        {
            "import_id": kept.id,
            "position": position,
            "sheet": of_sheet[position],
            "number": match.row.number,
            "cells": CELL_END.join(match.row.cells),
            "state": match.state,
            "messages": json.dumps(
                [[r.text, r.params, r.column, r.is_error] for r in match.remarks], ensure_ascii=False
            ),
            "partner_id": match.partner_id,
        }
        for position, match in enumerate(matches)
    ]
    if rows:
        session.execute(insert(PartnerImportRow), rows)


def get_import(session: Session, importer: Importer, import_id: int, *, to_change: bool = False) -> PartnerImport:
    """A list by its number; it is its region's coordinators' and the organisers'. NotFound where there is none."""
    found = session.get(PartnerImport, import_id, with_for_update=to_change)
    if found is None:
        raise NotFound(NO_IMPORT)
    if importer.allowed is not None and found.region_id not in importer.allowed:
        raise NotAllowed(OTHER_REGION)
    return found


def list_imports(session: Session, importer: Importer) -> list[PartnerImport]:
    """The lists that are kept still, of the regions at hand, the latest first."""
    query = select(PartnerImport)
    if importer.allowed is not None:
        query = query.where(PartnerImport.region_id.in_(sorted(importer.allowed)))
    return list(session.scalars(query.order_by(PartnerImport.created_at.desc(), PartnerImport.id.desc()).limit(20)))


def count_states(session: Session, kept: PartnerImport) -> dict[State, int]:
    """How many rows there are of each state."""
    query = select(PartnerImportRow.state, func.count()).where(PartnerImportRow.import_id == kept.id)
    found: dict[State, int] = dict.fromkeys(State, 0)
    for state, count in session.execute(query.group_by(PartnerImportRow.state)):
        found[state] = count
    return found


def list_rows(
    session: Session, kept: PartnerImport, *, state: State | None = None, first: int = 0, most: int | None = None
) -> list[PartnerImportRow]:
    """Rows of the preview in the order of the file."""
    query = select(PartnerImportRow).where(PartnerImportRow.import_id == kept.id)
    if state is not None:
        query = query.where(PartnerImportRow.state == state)
    return list(session.scalars(query.order_by(PartnerImportRow.position).offset(first).limit(most)))


def remarks_of(row: PartnerImportRow) -> list[Remark]:
    """What is said of a row."""
    return [Remark(text, params, column, is_error) for text, params, column, is_error in json.loads(row.messages)]


def choose_columns(
    session: Session, importer: Importer, kept: PartnerImport, chosen: Mapping[int, Mapping[int, Field]]
) -> None:
    """Read the list anew with its columns as somebody says."""
    if kept.imported_at is not None:
        raise Conflict(WRITTEN_ALREADY)
    readings = _read(kept, zlib.decompress(kept.content), chosen)
    kept.choices = json.dumps({sheet: {c: f.value for c, f in columns.items()} for sheet, columns in chosen.items()})
    _keep_rows(session, kept, readings, _match(session, importer, kept, readings))


def write_import(session: Session, actor: Actor, importer: Importer, kept: PartnerImport) -> int:
    """Write what is new and what adds something, compared anew with what is kept by now; returns how many people."""
    if kept.imported_at is not None:
        raise Conflict(WRITTEN_ALREADY)
    hold_imports(session)
    readings = _read(kept, zlib.decompress(kept.content), _chosen(kept))
    matches = _match(session, importer, kept, readings)
    ids = [match.partner_id for match in matches if match.state == State.UPDATE]
    before = {partner.id: _as_json(partner) for partner in session.scalars(select(Partner).where(Partner.id.in_(ids)))}
    written = write_matches(session, actor, matches)
    if not written:
        raise Conflict(NOTHING_TO_WRITE)
    _keep_rows(session, kept, readings, matches)
    rows = list_rows(session, kept)
    for position, partner in written.items():
        row = rows[position]
        row.partner_id, row.written_version = partner.id, partner.version
        row.before = before.get(partner.id)
    kept.imported_at = clock.now()
    session.flush()
    return len(written)


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
    ids = [row.partner_id for row in rows if row.partner_id is not None]
    people = {partner.id: partner for partner in session.scalars(select(Partner).where(Partner.id.in_(ids)))}
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
            found |= set(session.scalars(select(column).where(column.in_(wanted))))
    return found


def _pointing(table: Table) -> list[Any]:
    return [
        column
        for column in table.columns
        if any(key.column.table.name in ("partners", "people") for key in column.foreign_keys)
    ]


def remove_old(session: Session, now: datetime) -> int:
    """Remove lists that were begun or written some days ago; returns how many."""
    old = select(PartnerImport.id).where(PartnerImport.created_at < now - timedelta(days=KEPT_DAYS))
    ids = list(session.scalars(old))
    if ids:
        session.execute(delete(PartnerImportRow).where(PartnerImportRow.import_id.in_(ids)))
        session.execute(delete(PartnerImport).where(PartnerImport.id.in_(ids)))
    return len(ids)
