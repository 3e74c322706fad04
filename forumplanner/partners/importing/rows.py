"""Rows of a table to people: each cell read, what is said about it, what goes on from the row above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forumplanner.core import thai
from forumplanner.core.thai import PhoneNumber
from forumplanner.partners.importing import remarks
from forumplanner.partners.importing.cells import clean, is_nothing, read_email_cell, read_name_cell, read_phone_cell
from forumplanner.partners.importing.headers import Field
from forumplanner.partners.importing.places import is_all_place, read_place
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.importing.tables import Column, Table
from forumplanner.partners.rules import split_name
from forumplanner.places.gazetteer import Place
from forumplanner.sheets import Kind, Row, Sheet, cell_name, without_apostrophe

_DITTO = frozenset({'"', "“", "”", "''", "„", "〃", '-"-', "”-", "-”-", ",,", "ditto"})
# Cells that a merged one fills downwards: what is the same for several people.
_FILLED = frozenset(Field) - {Field.NAME, Field.GIVEN, Field.SURNAME, Field.TITLE, Field.PHONE, Field.EMAIL, Field.LINE}
_LONGEST = {"honorific": 60, "given_name": 150, "surname": 150, "post": 200, "organisation_text": 300, "line_name": 100}
# What notes of them are called; notes are kept in Thai, as headings are.
_CALLED = {
    "honorific": "คำนำหน้า",
    "given_name": "ชื่อ",
    "surname": "นามสกุล",
    "post": "ตำแหน่ง",
    "organisation_text": "กลุ่มหรือองค์กร",
    "line_name": "ชื่อในไลน์",
    "email": "อีเมล",
}
# What a row that goes on from the one above may say.
_GOING_ON = frozenset(
    {Field.PHONE, Field.EMAIL, Field.LINE, Field.REMARK, Field.POST, Field.ORGANISATION, Field.KEPT, Field.SURNAME}
)


@dataclass(slots=True)
class ReadRow:
    """A person as a row says; `number` as the spreadsheet shows it. Facts are "" or None where the row has none."""

    number: int
    honorific: str = ""
    given_name: str = ""
    surname: str = ""
    phones: tuple[PhoneNumber, ...] = ()
    email: str | None = None
    line_name: str = ""
    post: str = ""
    organisation_text: str = ""
    place: Place | None = None
    region: str = ""
    # What is kept beside: the name of the note and its text, in the order of the columns.
    notes: list[tuple[str, str]] = field(default_factory=list)
    remark: str = ""
    # The row as it stands in the spreadsheet.
    cells: tuple[str, ...] = ()
    remarks: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name without title."""
        return " ".join(part for part in (self.given_name, self.surname) if part)

    @property
    def is_faulty(self) -> bool:
        """Whether the row is left out."""
        return any(remark.is_error for remark in self.remarks)


def read_table(sheet: Sheet, table: Table) -> list[ReadRow]:
    """The people of a table, in its order."""
    reader = _Reader(sheet, table)
    found: list[ReadRow] = []
    for row in table.rows:
        read = reader.read(row, found[-1] if found else None)
        if read is not None:
            found.append(read)
    return found


class _Reader:
    """Reads one table's rows; knows what merged cells and ditto marks carry on from above."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._marks, self._table = sheet.marks, table
        self._above: dict[int, str] = {}
        self._merged = self._find_merged()
        self._last_number = 0

    def _find_merged(self) -> dict[tuple[int, int], int]:
        """For each cell below the first of a merged block that runs downwards: the row of the first."""
        return {
            (row, block.first_column): block.first_row
            for block in self._marks.merged
            if block.last_row - block.first_row < 2000
            for row in range(block.first_row + 1, block.last_row + 1)
        }

    def read(self, row: Row, above: ReadRow | None) -> ReadRow | None:
        """The person of a row; None where it only goes on from the one above, which then has it."""
        texts = {column.place: self._text(row, column) for column in self._table.columns}
        read = ReadRow(row.number, cells=row.cells)
        cells = [
            (column, text)
            for column in self._table.columns
            if (text := self._checked(read, row, column, texts[column.place]))
        ]
        self._above = {place: text for place, text in texts.items() if text}
        goes_on = above is not None and row.number == self._last_number + 1 and self._goes_on(row, cells)
        if goes_on and above is not None:
            self._last_number = row.number
            self._read_cells(read, cells)
            _join(above, read)
            return None
        self._last_number = row.number
        self._read_cells(read, cells)
        if not read.given_name and not any(
            said.is_error and said.column == self._name_column() for said in read.remarks
        ):
            read.remarks.insert(0, Remark(remarks.NO_NAME, {}, self._name_column(), True))
        self._read_around(read, row)
        if row.number in self._marks.hidden_rows:
            read.remarks.append(Remark(remarks.HIDDEN_ROW))
        if self._is_struck(row):
            read.remarks.append(Remark(remarks.STRUCK))
        return read

    def _name_column(self) -> int | None:
        return next((c.place for c in self._table.columns if c.field in (Field.NAME, Field.GIVEN)), None)

    def _text(self, row: Row, column: Column) -> str:
        """What stands in a cell, or above where it is merged with that or says "the same"."""
        text = without_apostrophe(row.text(column.place).strip())
        repeats = column.field in _FILLED and column.field != Field.NUMBER
        if repeats and ((not text and (row.number, column.place) in self._merged) or text in _DITTO):
            return self._above.get(column.place, "")
        return "" if text in _DITTO and column.place in self._above else text

    def _checked(self, read: ReadRow, row: Row, column: Column, text: str) -> str:  # noqa: PLR0911
        """The text of a cell that is read; formulas and faults are told."""
        if column.field in (Field.NUMBER, Field.LEFT_OUT):
            return ""
        cell = {"cell": cell_name(row.number, column.place)}
        formula = self._marks.formulas.get((row.number, column.place))  # type: ignore[call-overload]
        typed = (
            not formula
            and text[:1] in ("=", "@")
            and row.kind(column.place) == Kind.TEXT
            and clean(text)[:1] == text[:1]
        )
        if typed and len(text) > 1:
            # A file of text holds formulas as they are typed; what they would show it does not know.
            link = "hyperlink" in text[:14].casefold()
            read.remarks.append(
                Remark(remarks.LINK_FORMULA if link else remarks.EMPTY_FORMULA, cell, column.place, True)
            )
            return ""
        if formula and formula.is_link:
            read.remarks.append(Remark(remarks.LINK_FORMULA, cell, column.place, True))
            return ""
        if formula and not text and formula.is_blank:
            return ""
        if formula and not text:
            read.remarks.append(Remark(remarks.EMPTY_FORMULA, cell, column.place, True))
            return ""
        if row.kind(column.place) == Kind.FAULT and text == without_apostrophe(row.text(column.place).strip()):
            read.remarks.append(Remark(remarks.FAULT, cell | {"fault": text}, column.place))
            return ""
        if formula:
            read.remarks.append(Remark(remarks.FORMULA, cell, column.place))
        return text

    def _goes_on(self, row: Row, cells: Sequence[tuple[Column, str]]) -> bool:
        fields = {column.field for column, _text in cells}
        counted = any(row.text(column.place) for column in self._table.of(Field.NUMBER))
        own = [column for column, _text in cells if (row.number, column.place) not in self._merged]
        name = self._name_column()
        merged = name is not None and (row.number, name) in self._merged
        return not counted and (merged or (bool(fields) and fields <= _GOING_ON and len(own) <= 2))

    def _is_struck(self, row: Row) -> bool:
        name = self._name_column()
        return name is not None and (row.number, name) in self._marks.struck

    def _read_cells(self, read: ReadRow, cells: Iterable[tuple[Column, str]]) -> None:
        places: dict[Field, tuple[Column, str]] = {}
        titles = ""
        for column, text in cells:
            line = clean(text)
            match column.field:
                case Field.NAME | Field.GIVEN:
                    self._read_name(read, column, text)
                case Field.TITLE:
                    titles = "" if is_nothing(line) else line
                case Field.SURNAME:
                    read.surname = "" if is_nothing(line) else line
                case Field.PHONE:
                    self._read_phones(read, column, text)
                case Field.EMAIL:
                    email = read_email_cell(text, column.place)
                    read.email = email.address
                    read.remarks += [email.remark] if email.remark else []
                    read.notes += [(column.name, email.kept)] if email.kept else []
                case Field.SUBDISTRICT | Field.DISTRICT | Field.PROVINCE | Field.ADDRESS:
                    places[column.field] = (column, line)
                case Field.REGION:
                    read.region = line
                case Field.REMARK:
                    read.remark = "\n".join(filter(None, (read.remark, thai.repair_lines(text))))
                case Field.LINE | Field.POST | Field.ORGANISATION:
                    name = {Field.LINE: "line_name", Field.POST: "post"}.get(column.field, "organisation_text")
                    if not is_nothing(line):
                        setattr(read, name, line)
                case _:
                    read.notes += [(column.name, _note(text))]
        self._put_title(read, titles)
        self._read_place(read, places)
        self._shorten(read)

    def _read_name(self, read: ReadRow, column: Column, text: str) -> None:
        found = read_name_cell(text)
        split = split_name(found.name)
        if column.field == Field.GIVEN and Field.SURNAME in {each.field for each in self._table.columns}:
            read.honorific = split.honorific or ""
            read.given_name = " ".join(filter(None, (split.given_name, split.surname)))
        else:
            read.honorific, read.given_name, read.surname = split.honorific or "", split.given_name, split.surname or ""
        doubt = thai.find_doubt(found.name)
        if doubt and found.name:
            read.remarks.append(Remark(remarks.TITLE_DOUBT, {"title": doubt.title}, column.place))
        for kept, said in ((found.beside, remarks.IN_BRACKETS), (found.others, remarks.TWO_NAMES)):
            if kept:
                read.notes.append((column.name, kept))
                read.remarks.append(Remark(said, {"text": kept[:60]}, column.place))

    def _read_phones(self, read: ReadRow, column: Column, text: str) -> None:
        found = read_phone_cell(text, column.place)
        known = {phone.number for phone in read.phones}
        read.phones += tuple(phone for phone in found.numbers if phone.number not in known)
        read.remarks += found.remarks
        if found.kept:
            read.notes.append((column.name, found.kept))

    def _put_title(self, read: ReadRow, title: str) -> None:
        """The title of a column of its own, before one that stood with the name."""
        if not title:
            return
        known = thai.split_honorific(f"{title} สมชาย")
        title = known[0] if known[1] == "สมชาย" and known[0] else title
        if title not in read.honorific:
            read.honorific = f"{title}{read.honorific}" if title.endswith(".") else f"{title} {read.honorific}".strip()

    def _read_place(self, read: ReadRow, cells: Mapping[Field, tuple[Column, str]]) -> None:
        texts = {place: "" if is_nothing(text) else text for place, (_column, text) in cells.items()}
        wanted = (Field.SUBDISTRICT, Field.DISTRICT, Field.PROVINCE, Field.ADDRESS)
        found = read_place(*(texts.get(place, "") for place in wanted))
        read.place = found.place
        reached = {each.level for each in found.place.line} if found.place else set()
        for level, place in zip((6, 4, 2), wanted[:3], strict=True):
            if texts.get(place) and level not in reached:
                column, text = cells[place]
                read.notes.append((column.name, text))
                if text == found.unknown:
                    said = remarks.NEAR_PLACE if found.near else remarks.UNKNOWN_PLACE
                    read.remarks.append(Remark(said, {"typed": text[:60], "near": found.near}, column.place))
        address = texts.get(Field.ADDRESS)
        if address and not is_all_place(address, found.place):
            read.notes.append((cells[Field.ADDRESS][0].name, address))

    def _read_around(self, read: ReadRow, row: Row) -> None:
        """What a line above the group of rows says, where the row itself says nothing."""
        field_found, text = self._table.around.get(row.number, (None, ""))
        if field_found == Field.PROVINCE and read.place is None:
            read.place = read_place("", "", text, "").place
        elif field_found == Field.REGION and not read.region:
            read.region = text

    def _shorten(self, read: ReadRow) -> None:
        for name, longest in _LONGEST.items():
            text = getattr(read, name)
            if len(text) > longest:
                setattr(read, name, text[:longest].rstrip())
                read.notes.append((_CALLED[name], text))
                read.remarks.append(Remark(remarks.TOO_LONG, {"typed": f"{text[:40]}..."}))


def _note(text: str) -> str:
    """A cell that is kept as a note; a date as people write it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return thai.repair_lines(clean(text) if "\n" not in text else text)
    return thai.format_short(day.replace(year=thai.gregorian_year(day.year))) if 1941 <= day.year <= 2643 else text


def _join(above: ReadRow, read: ReadRow) -> None:
    """Add what a row says to the person above it."""
    known = {phone.number for phone in above.phones}
    above.phones += tuple(phone for phone in read.phones if phone.number not in known)
    for name in ("email", "line_name", "post", "organisation_text", "surname"):
        text, kept = getattr(read, name), getattr(above, name)
        if text and not kept:
            setattr(above, name, text)
        elif text and text != kept:
            above.notes.append((_CALLED[name], text))
    above.notes += [note for note in read.notes if note not in above.notes]
    above.remark = "\n".join(filter(None, (above.remark, read.remark)))
    above.remarks += read.remarks
    above.remarks.append(Remark(remarks.CONTINUES, {"row": read.number}))
