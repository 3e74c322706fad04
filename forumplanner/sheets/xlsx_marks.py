"""What an XLSX sheet says beside its values: formulas, struck-out text, what is hidden, what is merged.

The XML is scanned piece by piece for a few tags and never parsed, so that no entity unfolds; text cannot hold a tag,
since `<` is written `&lt;` there. Cells are looked at one by one only where a piece holds something of interest.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape

from forumplanner.sheets.archives import Archive
from forumplanner.sheets.refusals import MOST_AREA, TOO_WIDE, refuse
from forumplanner.sheets.tables import Block, Formula, Marks, Place, cell_name, column_number

_P = rb"(?:[A-Za-z0-9]+:)?"
_ROW = re.compile(rb"<" + _P + rb"row\b([^>]*)>")
_CELL = re.compile(rb"<" + _P + rb"c\b([^>]*?)(?:/>|>(.*?)</" + _P + rb"c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_TYPE = re.compile(rb'\bt="([A-Za-z]+)"')
_HIDDEN = re.compile(rb'\b(?:hidden="(?:1|true)"|ht="0")')
_FORMULA = re.compile(rb"<" + _P + rb"f\b([^>]*?)(?:/>|>(.*?)</" + _P + rb"f>)", re.DOTALL)
_HAS_FORMULA = re.compile(rb"<" + _P + rb"f[ >/]")
_SHARED = re.compile(rb'\bsi="([0-9]{1,9})"')
_VALUE = re.compile(rb"<" + _P + rb"v\b[^>]*>([^<]*)<")
_HOLDS = re.compile(rb"<" + _P + rb"(?:v|is|f)\b")
# A column from CA on: lists do not reach there.
_FAR = re.compile(rb'\br="(?:[C-Z][A-Z]|[A-Z]{3})[0-9]')
_COLUMN = re.compile(rb"<" + _P + rb"col\b([^>]*)>")
_MERGED = re.compile(rb"<" + _P + rb'mergeCell\b[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(rb"<" + _P + rb"sheet\b([^>]*)>")
_RELATION = re.compile(rb"<" + _P + rb"Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([A-Za-z:]+)\s*=\s*"([^"]*)"')
_STRIKE = re.compile(rb"<" + _P + rb'(?:d?strike)\b(?![^>]*val="(?:0|false)")[^>]*>')
_FONT = re.compile(rb"<" + _P + rb"font(?:\s[^>]*)?(?:/>|>(.*?)</" + _P + rb"font>)", re.DOTALL)
_FONTS = re.compile(rb"<" + _P + rb"fonts\b.*?</" + _P + rb"fonts>", re.DOTALL)
_FORMATS = re.compile(rb"<" + _P + rb"cellXfs\b.*?</" + _P + rb"cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<" + _P + rb'xf\b[^>]*?\bfontId="([0-9]{1,6})"')
_ITEM = re.compile(rb"<" + _P + rb"si\b[^>]*?(?:/>|>(.*?)</" + _P + rb"si>)", re.DOTALL)
_RUN = re.compile(rb"<" + _P + rb"r>(.*?)</" + _P + rb"r>", re.DOTALL)
_RUN_TEXT = re.compile(rb"<" + _P + rb"t\b[^>]*>([^<]*\S[^<]*)<")
_LINK = re.compile(r"\s*(?:_xlfn\.)?HYPERLINK\s*\(", re.IGNORECASE)
# In a piece that ends before this row no cell of a list is far; beyond it each cell's place is looked at.
_NEAR_ROW = 20_000
_MOST_COLUMNS = 400
_MOST_MERGED = 20_000


def is_link(formula: str) -> bool:
    """Whether a formula shows a text for an address."""
    return _LINK.match(formula.lstrip("=+ ").removeprefix("of:=")) is not None


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(text)}


def scan_workbook(archive: Archive) -> dict[str, Marks]:
    """The marks of each sheet by its name. Refuses a sheet whose cells span more than can be held."""
    struck_styles = _struck_styles(archive.read_part("xl/styles.xml"))
    struck_texts = _struck_texts(archive.pieces("xl/sharedStrings.xml", b"si>"))
    found = {
        name: _Scan(struck_styles, struck_texts).read(archive.pieces(path, b"row>"))
        for name, path in _sheet_paths(archive)
    }
    archive.check_others("xl/", "_rels/", "[Content_Types]")
    return found


def _sheet_paths(archive: Archive) -> Iterator[tuple[str, str]]:
    relations = {}
    for text in _RELATION.findall(archive.read_part("xl/_rels/workbook.xml.rels")):
        relation = _attributes(text)
        target = relation.get("Target", "")
        relations[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for text in _SHEET.findall(archive.read_part("xl/workbook.xml")):
        sheet = _attributes(text)
        number = next((value for name, value in sheet.items() if name.endswith(":id") or name == "id"), "")
        if number in relations:
            yield sheet.get("name", ""), relations[number]


def _struck_styles(styles: bytes) -> set[bytes]:
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if not (fonts and formats and b"strike" in fonts[0]):
        return set()
    struck = {number for number, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    numbers = enumerate(_FORMAT.findall(formats[0]))
    return {str(place).encode() for place, font in numbers if int(font) in struck}


def _struck_texts(pieces: Iterator[bytes]) -> set[bytes]:
    """The numbers of shared texts of which every letter is struck out."""
    struck, count = set(), 0
    for piece in pieces:
        if b"strike" not in piece:
            count += sum(1 for _item in _ITEM.finditer(piece))
            continue
        for item in _ITEM.findall(piece):
            if _is_struck(item):
                struck.add(str(count).encode())
            count += 1
    return struck


def _is_struck(item: bytes) -> bool:
    runs = [run for run in _RUN.findall(item) if _RUN_TEXT.search(run)]
    return bool(runs) and all(_STRIKE.search(run) for run in runs)


class _Scan:
    """Goes through one sheet."""

    def __init__(self, struck_styles: set[bytes], struck_texts: set[bytes]) -> None:
        self.marks = Marks()
        self._styles, self._texts = struck_styles, struck_texts
        self._shared: dict[bytes, str] = {}
        self._row = self._last_row = self._last_column = 0

    def read(self, pieces: Iterator[bytes]) -> Marks:
        for piece in pieces:
            if not self._row:
                self._columns(piece)
            self._rows(piece)
            self._merged(piece)
        return self.marks

    def _columns(self, piece: bytes) -> None:
        for text in _COLUMN.findall(piece.partition(b"sheetData")[0]):
            if _HIDDEN.search(text):
                column = _attributes(text)
                first, last = int(column.get("min", "1")), int(column.get("max", "1"))
                self.marks.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))

    def _rows(self, piece: bytes) -> None:
        for text in _ROW.findall(piece):
            number = _ROW_NUMBER.search(text)
            self._row = int(number[1]) if number else self._row + 1
            if b"hidden" in text and _HIDDEN.search(text):
                self.marks.hidden_rows.add(self._row)
        for look in self._looks(piece):
            for attributes, inner in _CELL.findall(piece):
                reference = _REFERENCE.search(attributes)
                if reference:
                    look(Place(int(reference[2]), column_number(reference[1].decode())), attributes, inner)

    def _looks(self, piece: bytes) -> Iterator[Callable[[Place, bytes, bytes], None]]:
        """What has to be asked of this piece's cells one by one."""
        if self._row > _NEAR_ROW or _FAR.search(piece):
            yield self._measure
        if _HAS_FORMULA.search(piece):
            yield self._formula
        if self._styles or self._texts or b"strike" in piece:
            yield self._struck

    def _measure(self, place: Place, _attributes: bytes, inner: bytes) -> None:
        if not _HOLDS.search(inner):
            return
        self._last_row = max(self._last_row, place.row)
        self._last_column = max(self._last_column, place.column + 1)
        if self._last_row * self._last_column > MOST_AREA:
            raise refuse(TOO_WIDE, cell=cell_name(self._last_row, self._last_column - 1))

    def _formula(self, place: Place, attributes: bytes, inner: bytes) -> None:
        found = _FORMULA.search(inner)
        if not found:
            return
        text = unescape(found[2].decode("utf-8", "replace")) if found[2] else ""
        shared = _SHARED.search(found[1])
        if shared:
            # The first of a column holds the text for all.
            text = self._shared.setdefault(shared[1], text) or text
        value, kind = _VALUE.search(inner), _TYPE.search(attributes)
        is_blank = kind is not None and kind[1] == b"str" and (value is None or not value[1].strip())
        self.marks.formulas[place] = Formula(f"={text}", is_link(text), is_blank)

    def _struck(self, place: Place, attributes: bytes, inner: bytes) -> None:
        value = _VALUE.search(inner)
        if not value and not _HOLDS.search(inner):
            return
        style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
        by_style = style is not None and style[1] in self._styles
        by_text = value is not None and kind is not None and kind[1] == b"s" and value[1] in self._texts
        if by_style or by_text or _is_struck(inner):
            self.marks.struck.add(place)

    def _merged(self, piece: bytes) -> None:
        if b"mergeCell" not in piece:
            return
        for first, top, last, bottom in _MERGED.findall(piece):
            if len(self.marks.merged) < _MOST_MERGED:
                block = Block(int(top), column_number(first.decode()), int(bottom), column_number(last.decode()))
                self.marks.merged.append(block)
