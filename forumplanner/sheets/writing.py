"""Rows to files that a spreadsheet program opens; a cell that begins like a formula is made a text."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from forumplanner.sheets.values import clean

Value = str | int | float | None
# As a program begins a formula, in both widths, and what some drop before they look.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_LONGEST_NAME = 31
_NO_NAME = str.maketrans("[]:*?/\\", "-------")


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula; an apostrophe before it says that it is a text."""
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if bare[:1] in _FORMULA and bare else text


def without_apostrophe(text: str) -> str:
    """A text as it was before `harmless`, or before somebody typed an apostrophe to keep a zero."""
    return text[1:] if text.startswith("'") and text.count("'") == 1 else text


def _value(value: Value) -> Value:
    return harmless(clean(value)[0]) if isinstance(value, str) else value


def write_xlsx(sheets: Sequence[tuple[str, Iterable[Sequence[Value]]]], *, widths: Sequence[int]) -> bytes:
    """A workbook of these sheets, each a name and its rows, the first of which stays in view; `widths` in letters."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    taken: set[str] = set()
    for name, rows in sheets:
        sheet = book.create_sheet(_sheet_name(name, taken))
        sheet.freeze_panes = "A2"
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for row in rows:
            sheet.append([_value(value) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    base = name.translate(_NO_NAME).strip(" '")[:_LONGEST_NAME] or "Sheet"
    found, count = base, 1
    while found.casefold() in taken:
        count += 1
        found = f"{base[: _LONGEST_NAME - 4]} {count}"
    taken.add(found.casefold())
    return found


def write_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file that spreadsheet programs open with its Thai letters right: UTF-8 with a byte-order mark."""
    text = StringIO(newline="")
    csv.writer(text).writerows([_value(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
