"""What an ODS sheet says beside its values: formulas, struck-out text, what is hidden, what is merged.

The file is parsed piece by piece by expat; a document type, in which entities could be declared, was refused before.
"""

from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from forumplanner.sheets.archives import Archive
from forumplanner.sheets.refusals import DAMAGED, MOST_AREA, TOO_WIDE, refuse
from forumplanner.sheets.tables import Block, Formula, Marks, Place, cell_name
from forumplanner.sheets.xlsx_marks import is_link

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# What is said of repeated cells is said of so many of them.
_MOST_REPEATED = 1_000


def scan_document(archive: Archive) -> dict[str, tuple[Marks, bool]]:
    """The marks of each sheet by its name, and whether it is hidden."""
    scan = _Scan()
    parser = ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.EntityDeclHandler = _refuse_entity
    try:
        for piece in archive.pieces("content.xml", b">"):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise refuse(DAMAGED) from error
    archive.check_others("")
    return {name: (marks, name in scan.hidden) for name, marks in scan.sheets.items()}


def _refuse_entity(*_arguments: Any) -> None:
    raise refuse(DAMAGED)


class _Scan:
    """Follows the tags of one document."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.hidden: set[str] = set()
        self._styles: dict[str, str] = {}  # the style being declared, and what it is: "struck", "hidden"
        self._style = ""
        self._marks = Marks()
        self._row = self._rows = self._column = self._columns = 0
        self._repeat = 1
        self._last_row = self._last_column = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if tag == "style:style":
            self._style = given.get("style:name", "")
        elif name in ("text-properties", "table-properties") and self._style:
            struck = given.get("style:text-line-through-style", given.get("style:text-line-through-type", "none"))
            if struck != "none":
                self._styles[self._style] = "struck"
            if given.get("table:display") == "false":
                self._styles[self._style] = "hidden"
        elif tag == "table:table":
            self._begin(given)
        elif tag == "table:table-column":
            count = _count(given, "table:number-columns-repeated", _LAST_COLUMN)
            if given.get("table:visibility") in ("collapse", "filter"):
                self._marks.hidden_columns.update(range(self._columns, self._columns + min(count, _MOST_REPEATED)))
            self._columns += count
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows, self._column = _count(given, "table:number-rows-repeated", _LAST_ROW), 0
            if given.get("table:visibility") in ("collapse", "filter"):
                self._marks.hidden_rows.update(range(self._row, self._row + min(self._rows, _MOST_REPEATED)))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(given)

    def end(self, tag: str) -> None:
        if tag == "style:style":
            self._style = ""

    def _begin(self, given: dict[str, str]) -> None:
        name = given.get("table:name", "")
        self._marks = self.sheets.setdefault(name, Marks())
        if self._styles.get(given.get("table:style-name", "")) == "hidden":
            self.hidden.add(name)
        self._row, self._rows, self._columns, self._last_row, self._last_column = 1, 0, 0, 0, 0

    def _cell(self, given: dict[str, str]) -> None:
        place = Place(self._row, self._column)
        count = _count(given, "table:number-columns-repeated", _LAST_COLUMN)
        self._column += count
        down, across = (_count(given, f"table:number-{what}-spanned", 10_000) for what in ("rows", "columns"))
        if down > 1 or across > 1:
            self._marks.merged.append(Block(place.row, place.column, place.row + down - 1, place.column + across - 1))
        if "office:value-type" not in given and "table:formula" not in given:
            return
        self._last_row = max(self._last_row, self._row + self._rows - 1)
        self._last_column = max(self._last_column, self._column)
        if self._last_row * self._last_column > MOST_AREA:
            raise refuse(TOO_WIDE, cell=cell_name(self._last_row, self._last_column - 1))
        formula = given.get("table:formula", "").removeprefix("of:").removeprefix("msoxl:")
        places = [Place(place.row, place.column + more) for more in range(min(count, _MOST_REPEATED))]
        if formula:
            self._marks.formulas.update(
                dict.fromkeys(places, Formula(formula, is_link(formula), given.get("office:value-type") == "string"))
            )
        if self._styles.get(given.get("table:style-name", "")) == "struck":
            self._marks.struck.update(places)


def _count(given: dict[str, str], name: str, most: int) -> int:
    text = given.get(name, "1")
    return min(max(int(text), 1), most) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
