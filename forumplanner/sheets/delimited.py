"""Tables that are text: CSV and TSV files of any usual encoding, and what a spreadsheet puts on the clipboard."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO

from forumplanner.sheets.refusals import (
    MOST_ROWS,
    NO_TABLE,
    NOTHING_IN_IT,
    NOTHING_PASTED,
    ODD_LETTERS,
    TOO_LARGE,
    TOO_MANY_ROWS,
    refuse,
)
from forumplanner.sheets.tables import Row, Sheet
from forumplanner.sheets.values import RowMaker

DELIMITERS = "\t,;|"
MOST_PASTED = 20_000_000
# What a cell may hold before a quotation mark that is never closed is suspected.
LONGEST_CELL = 32_767
_MOST_LINES = 60
_SAMPLE_LINES = 60
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WEB_PAGE = re.compile(r"\s*(?:<!doctype|<html|<table|<\?xml|\{\\rtf|%pdf-)", re.IGNORECASE)
_THAI = re.compile("[ก-๛]+")
_MARKS_OF_UTF = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(content: bytes) -> Sheet:
    """The rows of a file of text; refuses what is none."""
    text = decode(content)
    if _WEB_PAGE.match(text[:200]):
        raise refuse(NO_TABLE)
    separator = _SEPARATOR_LINE.match(text)
    sheet = _sheet(text[separator.end() :], separator[1], first=2) if separator else _sheet(text, delimiter_of(text))
    if not sheet.rows:
        raise refuse(NOTHING_IN_IT)
    return sheet


def read_clipboard(text: str) -> Sheet:
    """The rows of a pasted table: tabs between cells; without any tab as a CSV file is read."""
    if len(text) > MOST_PASTED:
        raise refuse(TOO_LARGE)
    sheet = _sheet(text.lstrip("\ufeff"), "\t" if "\t" in text else delimiter_of(text))
    if not sheet.rows:
        raise refuse(NOTHING_PASTED)
    return sheet


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, UTF-16, else Windows-874 where it gives Thai words."""
    for mark, encoding in _MARKS_OF_UTF:
        if content.startswith(mark):
            return _decoded(content, encoding)
    head = content[:4000]
    zeros = [head[place::2].count(0) for place in (0, 1)]
    if sum(zeros) > len(head) // 8:
        # Half of each Latin letter is a zero there.
        little = zeros[1] > zeros[0]
        if min(zeros) > len(head) // 20:
            raise refuse(NO_TABLE)
        return _decoded(content, "utf-16-le" if little else "utf-16-be")
    if sum(head.count(code) for code in range(32) if code not in (9, 10, 12, 13)) > len(head) // 50:
        raise refuse(NO_TABLE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp874")
    except UnicodeDecodeError:
        # TIS-620 proper has no code where Windows-874 has a few signs; single odd bytes must not lose a list.
        text = content.decode("cp874", errors="replace")
    head_of_text = text[:20_000]
    strange = sum(1 for char in head_of_text if char == "\ufffd" or "\x80" <= char <= "\x9f")
    words = _THAI.findall(head_of_text)
    # Thai letters stand together; one alone among Latin ones is an accented letter of another code.
    together = sum(1 for word in words if len(word) > 1)
    if not together or 2 * together < len(words) or len("".join(words)) < 20 * strange:
        raise refuse(ODD_LETTERS)
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(ODD_LETTERS) from error


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign that most lines have alike, outside of quotation marks."""
    lines = [line for line in _unquoted(text[:200_000]).splitlines() if line.strip()][:_SAMPLE_LINES]
    best, score = ",", (0.0, 0)
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        if not counts:
            continue
        usual, _often = counts.most_common(1)[0]
        share = sum(often for count, often in counts.items() if abs(count - usual) <= 1) / len(lines)
        if (round(share, 1), usual) > score:
            best, score = sign, (round(share, 1), usual)
    return best


def _unquoted(text: str) -> str:
    return re.sub(r'"(?:[^"]|""){0,2000}"', "", text)


def _sheet(text: str, delimiter: str, first: int = 1) -> Sheet:
    rows = _rows(text, delimiter, csv.QUOTE_MINIMAL, first)
    if rows is None:
        # Somewhere a quotation mark is opened and never closed: they are letters like others.
        rows = _rows(text, delimiter, csv.QUOTE_NONE, first)
    if rows is None:
        raise refuse(NO_TABLE)
    return Sheet(None, rows)


def _rows(text: str, delimiter: str, quoting: int, first: int) -> list[Row] | None:
    """The rows; None where a cell is so long that the quotation marks must have been misread."""
    maker, rows = RowMaker(), []
    ending = _Ending(StringIO(text, newline=""))
    try:
        reader = csv.reader(ending, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
        for number, cells in enumerate(reader, start=first):
            for cell in cells:
                if len(cell) > LONGEST_CELL or cell.count("\n") > _MOST_LINES:
                    return None
            row = maker.make(number, cells)
            if row is not None:
                rows.append(row)
                if len(rows) > MOST_ROWS:
                    raise refuse(TOO_MANY_ROWS)
    except csv.Error:
        return None
    return rows if not ending.was_left_open(rows, quoting) else None


class _Ending:
    """Lines for the reader of CSV, which says nothing where the text ends inside of quotation marks."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.quotes += line.count('"')
            yield line

    def was_left_open(self, rows: list[Row], quoting: int) -> bool:
        """Whether the last cell took in the rest of the text."""
        odd = self.quotes % 2 == 1 and quoting != csv.QUOTE_NONE
        return odd and bool(rows) and any(cell.count("\n") > 1 for cell in rows[-1].cells)
