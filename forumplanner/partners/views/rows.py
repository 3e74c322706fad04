"""Rows of a list on its way in, as the pages show them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from forumplanner.partners.access import current_sight
from forumplanner.partners.forms.importing import DECIDED, say
from forumplanner.partners.importing import previews
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.previews import CELL_END, Importer

_LATIN, _THAI = re.compile("[A-Za-z]"), re.compile("[ก-๛]")


def own_words(text: str) -> str:
    """A cell or heading of somebody's own; what has Latin letters alone is read aloud as English."""
    if _LATIN.search(text) and not _THAI.search(text):
        return Markup('<span lang="en">{}</span>').format(text)
    return text


def importer() -> Importer:
    """Whoever is signed in."""
    user: Any = current_user
    return Importer(user.id, current_sight())


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it: what is said of its cells by their columns, and of the whole."""

    row: PartnerImportRow
    cells: list[tuple[str, list[str]]]
    said: list[str]


def show_row(row: PartnerImportRow, columns: list[list[Any]]) -> ShownRow:
    """A row with what is said of it, by the columns of its sheet."""
    texts = row.cells.split(CELL_END)
    remarks = previews.remarks_of(row)
    places = [place for place, *_rest in columns]
    cells = [
        (
            texts[place] if place < len(texts) else "",
            [say(remark) for remark in remarks if remark.column == place and remark.is_error],
        )
        for place in places
    ]
    rest = [say(r) for r in remarks if not (r.is_error and r.column in places)]
    if row.decision is not None:
        rest.append(_(DECIDED[row.decision]))
    return ShownRow(row, cells, rest)


def without_empty(columns: list[list[Any]], rows: list[ShownRow]) -> list[list[Any]]:
    """The columns in which something stands on this page; the cells of the others go."""
    filled = [any(row.cells[place][0] or row.cells[place][1] for row in rows) for place in range(len(columns))]
    for row in rows:
        row.cells[:] = [cell for cell, is_filled in zip(row.cells, filled, strict=True) if is_filled]
    return [column for column, is_filled in zip(columns, filled, strict=True) if is_filled]


def columns_of(kept: PartnerImport) -> list[list[list[Any]]]:
    """The columns of each sheet, one a place: place, heading, field, whether it is a guess."""
    found = []
    for sheet in json.loads(kept.sheets):
        by_place: dict[int, list[Any]] = {}
        for column in sheet["columns"]:
            by_place.setdefault(column[0], column)
        found.append(list(by_place.values()))
    return found


def seen_people(rows: Iterable[PartnerImportRow]) -> set[int]:
    """Those who are kept already and of whom these rows tell."""
    return {number for row in rows for number in (row.partner_id, row.maybe_id) if number is not None}
