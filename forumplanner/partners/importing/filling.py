"""The cells of a row to what they say of a person, each by what its column holds."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from forumplanner.core import thai
from forumplanner.partners.importing import remarks
from forumplanner.partners.importing.cells import clean, is_nothing, read_email_cell, read_name_cell, read_phone_cell
from forumplanner.partners.importing.headers import Field
from forumplanner.partners.importing.people import ReadRow, shorten
from forumplanner.partners.importing.places import read_place
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.importing.tables import Column, Table
from forumplanner.partners.rules import split_name

_PLACES = {Field.SUBDISTRICT: 6, Field.DISTRICT: 4, Field.PROVINCE: 2}
_LINES = {Field.LINE: "line_name", Field.POST: "post", Field.ORGANISATION: "organisation_text"}


class Filler:
    """Fills in people from the cells of one table."""

    def __init__(self, table: Table) -> None:
        self._has_surnames = any(column.field == Field.SURNAME for column in table.columns)

    def fill(self, read: ReadRow, cells: Iterable[tuple[Column, str]]) -> None:
        """Put what these cells hold into the row."""
        places: dict[Field, tuple[Column, str]] = {}
        title = ""
        for column, text in cells:
            if column.field in _PLACES or column.field == Field.ADDRESS:
                places[column.field] = (column, clean(text))
            elif column.field == Field.TITLE:
                title = _words(text)
            else:
                _READERS.get(column.field, Filler._keep)(self, read, column, text)
        if title:
            _put_title(read, title)
        if places:
            _put_place(read, places)
        shorten(read)

    def _name(self, read: ReadRow, column: Column, text: str) -> None:
        found = read_name_cell(text)
        split = split_name(found.name)
        if column.field == Field.GIVEN and self._has_surnames:
            read.honorific = split.honorific or ""
            read.given_name = " ".join(filter(None, (split.given_name, split.surname)))
        else:
            read.honorific, read.given_name, read.surname = split.honorific or "", split.given_name, split.surname or ""
        doubt = thai.find_doubt(found.name) if found.name else None
        if doubt:
            read.remarks.append(Remark(remarks.TITLE_DOUBT, {"title": doubt.title}, column.place))
        for kept, said in ((found.beside, remarks.IN_BRACKETS), (found.others, remarks.TWO_NAMES)):
            if kept:
                read.notes.append((column.name, kept))
                read.remarks.append(Remark(said, {"text": kept[:60]}, column.place))

    def _surname(self, read: ReadRow, _column: Column, text: str) -> None:
        read.surname = _words(text)

    def _phones(self, read: ReadRow, column: Column, text: str) -> None:
        found = read_phone_cell(text, column.place)
        known = {phone.number for phone in read.phones}
        read.phones += tuple(phone for phone in found.numbers if phone.number not in known)
        read.remarks += found.remarks
        if found.kept:
            read.notes.append((column.name, found.kept))

    def _email(self, read: ReadRow, column: Column, text: str) -> None:
        found = read_email_cell(text, column.place)
        read.email = found.address
        if found.remark:
            read.remarks.append(found.remark)
        if found.kept:
            read.notes.append((column.name, found.kept))

    def _region(self, read: ReadRow, _column: Column, text: str) -> None:
        read.region = clean(text)

    def _remark(self, read: ReadRow, _column: Column, text: str) -> None:
        read.remark = "\n".join(filter(None, (read.remark, thai.repair_lines(text))))

    def _line(self, read: ReadRow, column: Column, text: str) -> None:
        words = _words(text)
        if words:
            setattr(read, _LINES[column.field], words)

    def _keep(self, read: ReadRow, column: Column, text: str) -> None:
        read.notes.append((column.name, _note(text)))


_READERS: Mapping[Field, Callable[[Filler, ReadRow, Column, str], None]] = {
    Field.NAME: Filler._name,
    Field.GIVEN: Filler._name,
    Field.SURNAME: Filler._surname,
    Field.PHONE: Filler._phones,
    Field.EMAIL: Filler._email,
    Field.REGION: Filler._region,
    Field.REMARK: Filler._remark,
    Field.LINE: Filler._line,
    Field.POST: Filler._line,
    Field.ORGANISATION: Filler._line,
}


def _words(text: str) -> str:
    """A cell's words, "" where they say that there is nothing."""
    line = clean(text)
    return "" if is_nothing(line) else line


def _put_title(read: ReadRow, title: str) -> None:
    """The title of a column of its own, before one that stood with the name."""
    known = thai.split_honorific(f"{title} สมชาย")
    title = known[0] if known[1] == "สมชาย" and known[0] else title
    if title not in read.honorific:
        read.honorific = f"{title}{read.honorific}" if title.endswith(".") else f"{title} {read.honorific}".strip()


def _put_place(read: ReadRow, cells: Mapping[Field, tuple[Column, str]]) -> None:
    texts = {field: text for field, (_column, text) in cells.items() if not is_nothing(text)}
    address = texts.get(Field.ADDRESS, "")
    found = read_place(*(texts.get(field, "") for field in _PLACES), address)
    read.place = found.place
    depth = len(found.place.code) if found.place else 0
    for field, level in _PLACES.items():
        if field in texts and level > depth:
            column, text = cells[field]
            read.notes.append((column.name, text))
            if text == found.unknown:
                _say_unknown(read, column, text, found.near)
    if address and found.rest:
        column = cells[Field.ADDRESS][0]
        read.notes.append((column.name, address))
        if address == found.unknown:
            _say_unknown(read, column, address, found.near)


def _say_unknown(read: ReadRow, column: Column, text: str, near: str) -> None:
    said = remarks.NEAR_PLACE if near else remarks.UNKNOWN_PLACE
    read.remarks.append(Remark(said, {"typed": text[:60], "near": near}, column.place))


def _note(text: str) -> str:
    """A cell that is kept as a note; a date as people write it."""
    if text[4:5] == "-":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            return (
                thai.format_short(day.replace(year=thai.gregorian_year(day.year))) if 1941 <= day.year <= 2643 else text
            )
    return thai.repair_lines(clean(text) if "\n" not in text else text)
