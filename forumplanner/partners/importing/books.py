"""A whole file to the people in it: its sheets together, or those that were chosen, the others named."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.partners.importing.headers import NAMES, Field
from forumplanner.partners.importing.people import ReadRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.importing.rows import read_table
from forumplanner.partners.importing.tables import NO_HEADINGS, NO_PEOPLE, ROWS_PASSED_OVER, Column, find_tables
from forumplanner.sheets import Book, Sheet, column_letters

NOBODY = N_(
    "No column with names was found. Please write a heading such as “ชื่อ-สกุล” above the names, and choose the file "
    "again."
)
NO_SUCH_SHEET = N_("There is no sheet “%(sheet)s” in this file. It has: %(sheets)s.")
SHEET_HIDDEN = N_("This sheet is hidden in the spreadsheet. It is read only where it is chosen.")
SHEET_LEFT_OUT = N_("This sheet was not chosen.")
HIDDEN_COLUMNS = N_("Columns that are hidden in the spreadsheet were read too: %(columns)s.")

Chosen = Mapping[int, Mapping[int, Field]]
"""What columns are read as where somebody said so: by the place of the sheet, then of the column, both from 0."""


@dataclass(slots=True)
class SheetReading:
    """What was read of a sheet; `columns` of all its tables, `is_read` False where it was left out."""

    place: int
    name: str | None
    is_read: bool
    columns: list[Column] = field(default_factory=list)
    rows: list[ReadRow] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def read_book(
    book: Book, chosen: Chosen, only: Collection[str] | None = None, tell: Callable[[int], None] | None = None
) -> list[SheetReading]:
    """Each sheet of a file as it was read; `only` these by name, else all that are not hidden.

    `tell` hears now and then how many rows more were read.

    Raises Invalid where a sheet that was asked for is not there, and where no sheet holds anybody.
    """
    names = [sheet.name or "" for sheet in book.sheets]
    for name in only or ():
        if name not in names:
            raise Invalid(NO_SUCH_SHEET, field="file", sheet=name[:60], sheets=", ".join(names) or "-")
    all_hidden = all(sheet.is_hidden for sheet in book.sheets)
    readings = [
        _read(place, sheet, chosen.get(place, {}), _reason_to_leave(sheet, only, all_hidden=all_hidden), tell)
        for place, sheet in enumerate(book.sheets)
    ]
    if not any(reading.rows for reading in readings):
        raise Invalid(NOBODY, field="file")
    first = next(reading for reading in readings if reading.is_read)
    first.notes[:0] = [Remark(note) for note in book.notes]
    return readings


def _reason_to_leave(sheet: Sheet, only: Collection[str] | None, *, all_hidden: bool) -> str | None:
    if only is not None:
        return None if (sheet.name or "") in only else SHEET_LEFT_OUT
    return SHEET_HIDDEN if sheet.is_hidden and not all_hidden else None


def _read(
    place: int,
    sheet: Sheet,
    chosen: Mapping[int, Field],
    left_out: str | None,
    tell: Callable[[int], None] | None,
) -> SheetReading:
    reading = SheetReading(place, sheet.name, left_out is None)
    if left_out is not None:
        reading.notes.append(Remark(left_out))
        return reading
    found = find_tables(sheet, chosen)
    for table in found.tables:
        known = {(column.place, column.heading) for column in reading.columns}
        reading.columns += [column for column in table.columns if (column.place, column.heading) not in known]
        if NAMES & {column.field for column in table.columns}:
            reading.rows += read_table(sheet, table, tell)
    if not reading.rows:
        reading.is_read = False
        reading.notes.append(Remark(NO_PEOPLE))
        return reading
    if not found.has_headings:
        reading.notes.append(Remark(NO_HEADINGS))
    if found.passed_over:
        reading.notes.append(Remark(ROWS_PASSED_OVER, {"rows": _listed(found.passed_over)}))
    hidden = sorted(sheet.marks.hidden_columns & {column.place for column in reading.columns})
    if hidden:
        reading.notes.append(Remark(HIDDEN_COLUMNS, {"columns": ", ".join(map(column_letters, hidden))}))
    return reading


def _listed(numbers: list[int]) -> str:
    """1-3, 7."""
    pieces: list[list[int]] = []
    for number in numbers:
        if pieces and pieces[-1][-1] == number - 1:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in pieces)
