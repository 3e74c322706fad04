"""The tables of a sheet: where their headings stand, what their columns hold, which rows are people.

Titles above a table, totals and signatures below it are passed over and named; several tables may stand under each
other, each with its own headings. A heading may take two rows, as where "ที่อยู่" spans ตำบล, อำเภอ and จังหวัด.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forumplanner.core import thai
from forumplanner.core.i18n import N_
from forumplanner.partners.importing.content import guess_columns
from forumplanner.partners.importing.headers import NAMES, ONCE, PLACES, Field, field_of, may_name
from forumplanner.partners.importing.places import is_province
from forumplanner.sheets import Kind, Row, Sheet, column_letters

ROWS_PASSED_OVER = N_("Rows that are no people were passed over: %(rows)s.")
NO_HEADINGS = N_("No headings were found, so what the columns hold is guessed. Please check it.")
NO_PEOPLE = N_("No column with names was found here.")

_TOTAL = re.compile(r"(?:รวม|ยอดรวม|ทั้งหมด|ทั้งสิ้น|จำนวน(?!จิต)|total|sum)(?![ก-ฮ]*์)", re.IGNORECASE)
_FOOT = re.compile(
    r"\(?(?:หมายเหตุ|ลงชื่อ|ผู้จัดทำ|จัดทำโดย|ผู้รายงาน|ผู้รวบรวม|ข้อมูล ?ณ|ที่มา|วันที่|ลงนาม|\.{5,}|_{5,}|\*)", re.IGNORECASE
)
_HEADING = re.compile(r"(?:จังหวัด|จ\.|อำเภอ|อ\.|เขต|ตำบล|ต\.|ภาค|กลุ่มที่|ชุดที่|กลุ่มจังหวัด|ระดับ|ส่วนที่|ประเภท|ฝ่าย)")
_REGION = re.compile(r"ภาค(?!ี)[ก-๛. ]+")
# A column to the right of this holds nothing of a list.
_MOST_COLUMNS = 200


@dataclass(slots=True)
class Column:
    """One column: its place from 0, its heading ("" where it has none), what it is read as, whether that is a guess."""

    place: int
    heading: str
    field: Field
    is_guess: bool = False

    @property
    def name(self) -> str:
        """What a note of it is called."""
        return self.heading or column_letters(self.place)


@dataclass(slots=True)
class Table:
    """A table's columns and its rows; `around`: for rows below a line such as จังหวัดสงขลา what that says."""

    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    around: dict[int, tuple[Field, str]] = field(default_factory=dict)
    header_row: int | None = None

    def of(self, wanted: Field) -> list[Column]:
        """The columns that are read as this, from the left."""
        return [column for column in self.columns if column.field == wanted]


@dataclass(slots=True)
class Tables:
    """What a sheet holds: its tables, and the rows that are no people."""

    tables: list[Table] = field(default_factory=list)
    passed_over: list[int] = field(default_factory=list)
    has_headings: bool = True


def find_tables(sheet: Sheet, chosen: Mapping[int, Field]) -> Tables:
    """The tables of a sheet; `chosen` corrects what columns are read as, by their places."""
    found = Tables()
    rows = list(sheet.rows)
    headers = {place for place, row in enumerate(rows) if _is_header(row, alone=len(rows[0].cells) == 1 and place == 0)}
    found.has_headings = bool(headers)
    place, table = 0, None
    if not headers and rows:
        table = Table([Column(column, "", Field.KEPT) for column in _columns_of(rows)])
        found.tables.append(table)
    body: list[Row] = []
    while place < len(rows):
        row = rows[place]
        if place in headers:
            below = rows[place + 1] if place + 1 < len(rows) and place + 1 not in headers else None
            if table is not None:
                _fill(table, body, found, chosen)
            body = []
            table = _headed(row, below if below and _is_second_header(row, below) else None)
            place += 1 if table.header_row == row.number else 2
            found.tables.append(table)
            continue
        if table is None:
            found.passed_over.append(row.number)
        else:
            body.append(row)
        place += 1
    if table is not None:
        _fill(table, body, found, chosen)
    for each in found.tables:
        _settle(each, chosen)
    return found


def _columns_of(rows: Sequence[Row]) -> list[int]:
    used = {column for row in rows for column, text in enumerate(row.cells[:_MOST_COLUMNS]) if text}
    return sorted(used)


def _is_header(row: Row, *, alone: bool) -> bool:
    if not may_name("".join(row.cells)):
        return False
    fields = [field_of(text) for text in row.cells if text]
    known = {field for field in fields if field}
    if not known & (NAMES | {Field.SURNAME}):
        return False
    if len(fields) == 1:
        return alone and Field.NAME in known | ({Field.NAME} if Field.GIVEN in known else set())
    return len(known) > 1 and 2 * sum(1 for field in fields if field) >= len(fields)


def _is_second_header(header: Row, row: Row) -> bool:
    """Whether a row goes on with the headings above it: only headings, and those where above is nothing, or places."""
    filled = [(column, text) for column, text in enumerate(row.cells) if text]
    fields = {field_of(text) for _column, text in filled}
    above = {field_of(header.text(column)) for column, _text in filled if header.text(column)}
    return bool(filled) and None not in fields and not fields & NAMES and above <= {Field.ADDRESS, Field.PHONE, None}


def _headed(header: Row, second: Row | None) -> Table:
    columns: list[Column] = []
    width = max(len(header.cells), len(second.cells) if second else 0)
    for place in range(min(width, _MOST_COLUMNS)):
        heading = (second.text(place) if second else "") or header.text(place)
        heading = thai.repair(heading.replace("\n", " "))
        if heading:
            columns.append(Column(place, heading, field_of(heading) or Field.KEPT))
    return Table(columns, header_row=second.number if second else header.number)


def _fill(table: Table, body: Sequence[Row], found: Tables, chosen: Mapping[int, Field]) -> None:
    """Give a table its rows: totals, signatures and lines between groups are none."""
    headed = {column.place for column in table.columns}
    for column in _columns_of(body):
        if column not in headed:
            table.columns.append(Column(column, "", Field.KEPT))
    table.columns.sort(key=lambda column: column.place)
    open_columns = [column.place for column in table.columns if not column.heading]
    taken = {column.field for column in table.columns if column.heading}
    guessed = guess_columns(body, open_columns, taken)
    for each in table.columns:
        if each.place in guessed:
            each.field, each.is_guess = guessed[each.place], True
        each.field = chosen.get(each.place, each.field)
    names = {column.place for column in table.columns if column.field in NAMES}
    around: tuple[Field, str] | None = None
    for row in body:
        filled = [(place, text) for place, text in enumerate(row.cells) if text]
        first = thai.repair(filled[0][1])
        has_name = any(row.text(place).strip() for place in names)
        if _is_total(row, first, filled, names):
            found.passed_over.append(row.number)
        elif len(filled) == 1 and (group := _group(first)) is not None:
            around = group if group[1] else around
            found.passed_over.append(row.number)
        elif len(filled) == 1 and (_FOOT.match(first) or (not has_name and filled[0][0] not in _read(table))):
            found.passed_over.append(row.number)
        else:
            table.rows.append(row)
            if around:
                table.around[row.number] = around


def _read(table: Table) -> set[int]:
    return {column.place for column in table.columns if column.field not in (Field.NUMBER, Field.LEFT_OUT)}


def _is_total(row: Row, first: str, filled: Sequence[tuple[int, str]], names: set[int]) -> bool:
    if not _TOTAL.match(first):
        return False
    is_number = all(row.kind(place) == Kind.NUMBER or re.search(r"\d|คน|ราย", text) for place, text in filled[1:])
    beyond = not any(row.text(place) for place in names) or filled[0][0] in names
    return beyond and is_number


def _group(text: str) -> tuple[Field, str] | None:
    """What a line between the rows says of those below it; "" where it says nothing that is kept."""
    if text.startswith(("จังหวัด", "จ.")) and is_province(text):
        return Field.PROVINCE, text
    if _REGION.fullmatch(text):
        return Field.REGION, text
    return (Field.KEPT, "") if _HEADING.match(text) and not thai.split_honorific(text)[0] else None


def _settle(table: Table, chosen: Mapping[int, Field]) -> None:
    """Let each field stand once: a name in parts is no whole name, a second column of a kind is kept as a note."""
    by_field = {column.field for column in table.columns}
    for column in table.columns:
        if column.field == Field.GIVEN and Field.SURNAME not in by_field and Field.NAME not in by_field:
            column.field = Field.NAME
        elif column.field == Field.NAME and Field.SURNAME in by_field and Field.GIVEN not in by_field:
            column.field = Field.GIVEN
        elif column.field == Field.NUMBER and not _counts(table, column.place):
            column.field = Field.KEPT
    for column in table.columns:
        if column.place in chosen:
            column.field, column.is_guess = chosen[column.place], False
    seen = {column.field for column in table.columns if column.place in chosen}
    for column in table.columns:
        if column.place in chosen:
            continue
        if column.field in ONCE and column.field in seen:
            column.field = Field.KEPT
        seen.add(column.field)
    if PLACES & seen and Field.ADDRESS in seen and len(table.of(Field.ADDRESS)) > 1:
        for extra in table.of(Field.ADDRESS)[1:]:
            extra.field = Field.KEPT


def _counts(table: Table, place: int) -> bool:
    """Whether a column holds short numbers, as one that counts the rows does."""
    texts = [thai.from_thai_digits(row.text(place)).strip(" .") for row in table.rows if row.text(place)]
    return sum(1 for text in texts if text.isdecimal() and len(text) < 6) >= len(texts) * 0.7
