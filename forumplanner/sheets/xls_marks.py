"""What an XLS sheet says beside its values: formulas, struck-out text, what is hidden. Its records are read one by one.

What a formula calculates is not spelled out: whether it makes a link is all that is asked of it.
"""

from collections.abc import Iterator
from struct import error, unpack_from

from forumplanner.sheets.compound import read_stream
from forumplanner.sheets.tables import Formula, Marks, Place

_BOF, _SHEET, _FONT, _FORMAT = 0x0809, 0x0085, 0x0031, 0x00E0
_FORMULA, _ROW, _COLUMNS = 0x0006, 0x0208, 0x007D
# Cells that hold something: shared text, number, text, small number, several of them, truth or fault, rich text.
_CELLS = frozenset({0x00FD, 0x0203, 0x0204, 0x027E, 0x00BD, 0x0205, 0x00D6, _FORMULA})
_SEVERAL = 0x00BD
_NEWEST = 0x0600
_STRUCK, _HIDDEN_ROW, _HIDDEN_COLUMN = 0x0008, 0x0020, 0x0001
# How a call of HYPERLINK, function 359, stands in a formula, in each of the three classes of values.
_LINKS = tuple(bytes((kind, count)) + b"\x67\x01" for kind in (0x22, 0x42, 0x62) for count in (1, 2))
# Fonts are counted without the fifth.
_NO_FONT = 4
_MOST_COLUMNS = 256


def scan_old_workbook(content: bytes) -> dict[str, Marks] | None:
    """The marks of each sheet by its name; None where the file is older still, or cannot be followed."""
    stream = read_stream(content, "Workbook")
    if stream is None:
        return None
    try:
        return _scan(stream)
    except (error, IndexError):
        return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from here to the end of this part: kind and content."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == 0x000A:
            depth -= 1
            if depth <= 0:
                return


def _scan(stream: bytes) -> dict[str, Marks] | None:
    places: dict[str, int] = {}
    fonts: list[bool] = []
    formats: list[int] = []
    for kind, record in _records(stream, 0):
        if kind == _BOF and unpack_from("<H", record)[0] != _NEWEST:
            return None
        if kind == _SHEET:
            (at,) = unpack_from("<I", record)
            count, is_wide = record[6], record[7] & 1
            text = record[8 : 8 + count * (2 if is_wide else 1)]
            places[text.decode("utf-16-le" if is_wide else "latin-1", "replace")] = at
        elif kind == _FONT:
            if len(fonts) == _NO_FONT:
                fonts.append(False)
            fonts.append(bool(unpack_from("<H", record, 2)[0] & _STRUCK))
        elif kind == _FORMAT:
            formats.append(unpack_from("<H", record)[0])
    struck = {number for number, font in enumerate(formats) if font < len(fonts) and fonts[font]}
    return {name: _marks(stream, at, struck) for name, at in places.items()}


def _marks(stream: bytes, at: int, struck: set[int]) -> Marks:
    found = Marks()
    for kind, record in _records(stream, at):
        if kind in _CELLS:
            row, column, style = unpack_from("<HHH", record)
            place = Place(row + 1, column)
            if style in struck:
                found.struck.add(place)
            if kind == _SEVERAL:
                styles = [unpack_from("<H", record, 4 + 6 * more)[0] for more in range((len(record) - 6) // 6)]
                found.struck.update(Place(row + 1, column + more) for more, own in enumerate(styles) if own in struck)
            elif kind == _FORMULA:
                # An empty text as result.
                is_blank = record[6] == 3 and record[12:14] == b"\xff\xff"
                found.formulas[place] = Formula("=", any(link in record[22:] for link in _LINKS), is_blank)
        elif kind == _ROW and unpack_from("<H", record, 12)[0] & _HIDDEN_ROW:
            found.hidden_rows.add(unpack_from("<H", record)[0] + 1)
        elif kind == _COLUMNS:
            first, last, _width, _style, flags = unpack_from("<5H", record)
            if flags & _HIDDEN_COLUMN:
                found.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
    return found
