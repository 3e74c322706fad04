"""Lists on their way in: kept, read, previewed, corrected, decided about, removed."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import Role, account_roles
from forumplanner.accounts.rules import Role as RoleName
from forumplanner.core import clock
from forumplanner.core.errors import Conflict, Invalid, NotAllowed, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.periods import IMPORTS
from forumplanner.partners.importing.asking import decisions_of
from forumplanner.partners.importing.books import SheetReading, read_book
from forumplanner.partners.importing.headers import Field
from forumplanner.partners.importing.matching import Match, State, match_rows
from forumplanner.partners.importing.merging import Belonging
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.rules import Sight
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions
from forumplanner.sheets import read_file, read_pasted

CELL_END = "\x1f"
KEPT_DAYS = IMPORTS.number or 0
PASTED = "ตารางที่วาง"
# What is larger is read by the worker: a page that takes longer than a breath is left.
AT_ONCE = 400_000
NO_IMPORT = N_("This list is not here any more. Lists are removed after some days; please import it again.")
OTHER_REGION = N_("This list was read by organisers or for another region, and only they may open it.")
WRITTEN_ALREADY = N_("This list was imported already.")
STILL_AT_WORK = N_("This list is being worked on. Please wait a moment and look again.")
NO_SHEET = N_("Please tick at least one sheet.")

Tell = Callable[[int, int], None]
"""Hears how many rows were read, and how many there are."""


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
    """Keep a list for its preview and read it, unless it is long; refuses what cannot be read."""
    kept = PartnerImport(
        account_id=importer.account_id,
        file_name=PASTED if is_pasted else (name[-200:] or "-"),
        is_pasted=is_pasted,
        content=zlib.compress(content, 6),
        region=region,
    )
    session.add(kept)
    session.flush()
    _read_unless_long(session, importer, kept, content)
    return kept


def _read_unless_long(session: Session, importer: Importer, kept: PartnerImport, content: bytes) -> None:
    kept.read_at = kept.begun_at = kept.refusal = None
    kept.rows_done = kept.rows_there = 0
    if len(content) <= AT_ONCE:
        read_import(session, importer, kept)
    session.flush()


def read_import(session: Session, importer: Importer, kept: PartnerImport, tell: Tell | None = None) -> None:
    """Read a list and keep the rows of its preview."""
    readings, matches = compare(session, importer, kept, tell)
    keep_rows(session, kept, readings, matches)
    kept.read_at = clock.now()


def compare(
    session: Session, importer: Importer, kept: PartnerImport, tell: Tell | None = None
) -> tuple[list[SheetReading], list[Match]]:
    """What a list says as its columns and sheets were chosen, beside who is kept now, with what was decided."""
    content = zlib.decompress(kept.content)
    book = read_pasted(content.decode("utf-8")) if kept.is_pasted else read_file(content, kept.file_name)
    del content
    there, done = sum(len(sheet.rows) for sheet in book.sheets), 0

    def more(count: int) -> None:
        nonlocal done
        done += count
        if tell:
            tell(done, there)

    more(0)
    only = json.loads(kept.only_sheets) if kept.only_sheets else None
    readings = read_book(book, _chosen(kept), only, more)
    belonging = Belonging(list_regions(session), kept.region, importer.allowed)
    rows = [(reading.name, reading.rows) for reading in readings if reading.is_read]
    decisions = decisions_of(session, kept, {reading.place: reading.name for reading in readings})
    return readings, match_rows(session, importer.sight, rows, belonging, decisions)


def _chosen(kept: PartnerImport) -> dict[int, dict[int, Field]]:
    """What somebody said the columns hold."""
    found = json.loads(kept.choices)
    return {
        int(sheet): {int(column): Field(value) for column, value in columns.items()} for sheet, columns in found.items()
    }


def keep_rows(
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
    sheets = (reading.place for reading in readings if reading.is_read for _row in reading.rows)
    values = (_values(kept.id, *numbered) for numbered in zip(range(len(matches)), sheets, matches, strict=False))
    # Some at a time: the rows of a long list are not all held twice.
    for some in _batches(values, 1000):
        session.execute(insert(PartnerImportRow), some)


def _values(import_id: int, position: int, sheet: int, match: Match) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "position": position,
        "sheet": sheet,
        "number": match.row.number,
        "cells": CELL_END.join(match.row.cells),
        "state": match.state,
        "messages": json.dumps([[r.text, r.params, r.column, r.is_error] for r in match.remarks], ensure_ascii=False),
        "partner_id": match.partner_id,
        "asks": match.asks,
        "maybe_id": match.maybe_id,
        "adds": match.adds,
        "decision": match.decision,
    }


def _batches(values: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for value in values:
        some.append(value)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def get_import(session: Session, importer: Importer, import_id: int, *, to_change: bool = False) -> PartnerImport:
    """A list by its number; it is its region's coordinators' and the organisers'. NotFound where there is none."""
    found = session.get(PartnerImport, import_id, with_for_update=to_change)
    if found is None:
        raise NotFound(NO_IMPORT)
    if importer.allowed is not None:
        own = select(PartnerImport.id).where(PartnerImport.id == import_id, _open_to(importer.allowed))
        if session.scalar(own) is None:
            raise NotAllowed(OTHER_REGION)
    return found


def _open_to(region_ids: frozenset[int]) -> ColumnElement[bool]:
    """Lists of these regions, but for those that an organiser read: they tell of people of other regions."""
    organisers = (
        select(account_roles.c.user_id)
        .join(Role, Role.id == account_roles.c.role_id)
        .where(Role.name == RoleName.ORGANISER)
    )
    return and_(PartnerImport.region_id.in_(sorted(region_ids)), PartnerImport.account_id.not_in(organisers))


def check_open(kept: PartnerImport) -> None:
    """Refuse to change a list that was imported, or that the worker has in hand."""
    if kept.imported_at is not None:
        raise Conflict(WRITTEN_ALREADY)
    if kept.is_at_work:
        raise Conflict(STILL_AT_WORK)


def list_imports(session: Session, importer: Importer) -> list[PartnerImport]:
    """The lists that are kept still, of the regions at hand: what is not imported yet first, the latest first."""
    query = select(PartnerImport)
    if importer.allowed is not None:
        query = query.where(_open_to(importer.allowed))
    order = (PartnerImport.imported_at.is_not(None), PartnerImport.created_at.desc(), PartnerImport.id.desc())
    return list(session.scalars(query.order_by(*order).limit(20)))


def count_states(session: Session, kept: PartnerImport) -> dict[State, int]:
    """How many rows there are of each state."""
    query = select(PartnerImportRow.state, func.count()).where(PartnerImportRow.import_id == kept.id)
    found: dict[State, int] = dict.fromkeys(State, 0)
    for state, count in session.execute(query.group_by(PartnerImportRow.state)):
        found[state] = count
    return found


def list_rows(
    session: Session,
    kept: PartnerImport,
    *,
    state: State | None = None,
    asks: bool = False,
    first: int = 0,
    most: int | None = None,
) -> list[PartnerImportRow]:
    """Rows of the preview in the order of the file; `asks`: those alone of which somebody has to say who they are."""
    query = select(PartnerImportRow).where(PartnerImportRow.import_id == kept.id)
    if state is not None:
        query = query.where(PartnerImportRow.state == state)
    if asks:
        query = query.where(PartnerImportRow.asks)
    return list(session.scalars(query.order_by(PartnerImportRow.position).offset(first).limit(most)))


def remarks_of(row: PartnerImportRow) -> list[Remark]:
    """What is said of a row."""
    return [Remark(text, params, column, is_error) for text, params, column, is_error in json.loads(row.messages)]


def choose_columns(
    session: Session, importer: Importer, kept: PartnerImport, chosen: Mapping[int, Mapping[int, Field]]
) -> None:
    """Read the list anew with its columns as somebody says."""
    check_open(kept)
    kept.choices = json.dumps({sheet: {c: f.value for c, f in columns.items()} for sheet, columns in chosen.items()})
    _read_unless_long(session, importer, kept, zlib.decompress(kept.content))


def choose_sheets(session: Session, importer: Importer, kept: PartnerImport, names: Sequence[str]) -> None:
    """Read these sheets of the list together, and no others."""
    check_open(kept)
    if not names:
        raise Invalid(NO_SHEET, field="sheets")
    kept.only_sheets = json.dumps(list(names), ensure_ascii=False)
    _read_unless_long(session, importer, kept, zlib.decompress(kept.content))


def remove_import(session: Session, kept: PartnerImport) -> None:
    """Remove a list that was not imported."""
    if kept.imported_at is not None:
        raise Conflict(WRITTEN_ALREADY)
    session.execute(delete(PartnerImportRow).where(PartnerImportRow.import_id == kept.id))
    session.execute(delete(PartnerImport).where(PartnerImport.id == kept.id))


def remove_old(session: Session, now: datetime) -> int:
    """Remove lists that were begun or written some days ago; returns how many."""
    old = select(PartnerImport.id).where(PartnerImport.created_at < now - timedelta(days=KEPT_DAYS))
    ids = list(session.scalars(old))
    if ids:
        session.execute(delete(PartnerImportRow).where(PartnerImportRow.import_id.in_(ids)))
        session.execute(delete(PartnerImport).where(PartnerImport.id.in_(ids)))
    return len(ids)
