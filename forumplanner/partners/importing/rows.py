"""Reads the rows of a table: merged cells, ditto marks, formulas and rows that go on are understood here."""

from collections.abc import Callable

from forumplanner.partners.importing import remarks
from forumplanner.partners.importing.cells import clean
from forumplanner.partners.importing.filling import Filler
from forumplanner.partners.importing.headers import NAMES, Field
from forumplanner.partners.importing.people import ReadRow, join_rows
from forumplanner.partners.importing.places import read_place
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.importing.tables import Column, Table
from forumplanner.sheets import Formula, Kind, Row, Sheet, cell_name, without_apostrophe

_DITTO = frozenset({'"', "“", "”", "''", "„", "〃", '-"-', "”-", "-”-", ",,", "ditto"})
# Cells that a merged one fills downwards: what is the same for several people.
_FILLED = frozenset(Field) - {*NAMES, Field.SURNAME, Field.TITLE, Field.PHONE, Field.EMAIL, Field.LINE, Field.NUMBER}
_NOT_READ = frozenset({Field.NUMBER, Field.LEFT_OUT})
# What a row that goes on from the one above may say.
_GOING_ON = frozenset(
    {Field.PHONE, Field.EMAIL, Field.LINE, Field.REMARK, Field.POST, Field.ORGANISATION, Field.KEPT, Field.SURNAME}
)
_MOST_MERGED_ROWS = 2000
TELL_EVERY = 1000

Cells = list[tuple[Column, str]]


def read_table(sheet: Sheet, table: Table, tell: Callable[[int], None] | None = None) -> list[ReadRow]:
    """The people of a table, in its order."""
    reader = _Reader(sheet, table)
    found: list[ReadRow] = []
    for count, row in enumerate(table.rows, start=1):
        if tell and count % TELL_EVERY == 0:
            tell(TELL_EVERY)
        read = reader.read(row, found[-1] if found else None)
        if read is not None:
            found.append(read)
    return found


class _Reader:
    """Reads one table's rows; knows what merged cells and ditto marks carry on from above."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._marks, self._table = sheet.marks, table
        self._filler = Filler(table)
        self._columns = [
            (column, column.place, column.field in _FILLED, column.field not in _NOT_READ) for column in table.columns
        ]
        self._name_column = next((c.place for c in table.columns if c.field in NAMES), None)
        self._number_columns = [column.place for column in table.of(Field.NUMBER)]
        self._merged = self._find_merged()
        self._above: dict[int, str] = {}
        self._last_number = 0

    def _find_merged(self) -> set[tuple[int, int]]:
        """Each cell below the first of a merged block that runs downwards."""
        return {
            (row, block.first_column)
            for block in self._marks.merged
            if block.last_row - block.first_row < _MOST_MERGED_ROWS
            for row in range(block.first_row + 1, block.last_row + 1)
        }

    def read(self, row: Row, above: ReadRow | None) -> ReadRow | None:
        """The person of a row; None where it only goes on from the one above, which then has it."""
        read = ReadRow(row.number, cells=row.cells)
        cells = self._cells(read, row)
        goes_on = above is not None and row.number == self._last_number + 1 and self._goes_on(row, cells)
        self._last_number = row.number
        self._filler.fill(read, cells)
        if goes_on and above is not None:
            join_rows(above, read)
            return None
        place = self._name_column
        if not read.given_name and not any(said.is_error and said.column == place for said in read.remarks):
            read.remarks.insert(0, Remark(remarks.NO_NAME, {}, place, True))
        self._read_around(read, row)
        if row.number in self._marks.hidden_rows:
            read.remarks.append(Remark(remarks.HIDDEN_ROW))
        if place is not None and (row.number, place) in self._marks.struck:
            read.remarks.append(Remark(remarks.STRUCK))
        return read

    def _cells(self, read: ReadRow, row: Row) -> Cells:
        """The cells that are read and hold something; what is wrong with the others is said."""
        found: Cells = []
        above, texts = self._above, {}
        number, own, kinds, count = row.number, row.cells, row.kinds, len(row.cells)
        formulas = self._marks.formulas
        for column, place, is_filled, is_read in self._columns:
            text = without_apostrophe(own[place].strip()) if place < count else ""
            if not text:
                if is_filled and (number, place) in self._merged:
                    text = above.get(place, "")
            elif text in _DITTO:
                text = above.get(place, "") if is_filled else "" if place in above else text
            if text:
                texts[place] = text
            if not is_read:
                continue
            formula = formulas.get((number, place)) if formulas else None  # type: ignore[call-overload]
            if formula or (text and (text[0] in "=@" or (place < count and kinds[place] == Kind.FAULT.value))):
                text = _checked(read, row, column, text, formula)
            if text:
                found.append((column, text))
        self._above = texts
        return found

    def _goes_on(self, row: Row, cells: Cells) -> bool:
        if any(row.text(place) for place in self._number_columns):
            return False
        if (row.number, self._name_column) in self._merged:
            return True
        own = [column for column, _text in cells if (row.number, column.place) not in self._merged]
        return bool(cells) and len(own) <= 2 and all(column.field in _GOING_ON for column, _text in cells)

    def _read_around(self, read: ReadRow, row: Row) -> None:
        """What a line above the group of rows says, where the row itself says nothing."""
        found, text = self._table.around.get(row.number, (None, ""))
        if found == Field.PROVINCE and read.place is None:
            read.place = read_place("", "", text, "").place
        elif found == Field.REGION and not read.region:
            read.region = text


def _checked(read: ReadRow, row: Row, column: Column, text: str, formula: Formula | None) -> str:
    """The text of a cell that a formula shows, or that shows a fault; "" where it cannot be taken, and why is said."""
    cell = {"cell": cell_name(row.number, column.place)}

    def say(sentence: str, *, is_error: bool = True, **more: str) -> str:
        read.remarks.append(Remark(sentence, {**cell, **more}, column.place, is_error))
        return ""

    if formula is None:
        kind = row.kind(column.place)
        if len(text) > 1 and text[0] in "=@" and kind == Kind.TEXT and clean(text)[:1] == text[0]:
            # A file of text holds formulas as they are typed; what they would show it does not know.
            return say(remarks.LINK_FORMULA if "hyperlink" in text[:14].casefold() else remarks.EMPTY_FORMULA)
    elif formula.is_link:
        return say(remarks.LINK_FORMULA)
    elif not text:
        return "" if formula.is_blank else say(remarks.EMPTY_FORMULA)
    if row.kind(column.place) == Kind.FAULT and text == without_apostrophe(row.text(column.place).strip()):
        return say(remarks.FAULT, is_error=False, fault=text)
    if formula is not None:
        say(remarks.FORMULA, is_error=False)
    return text
