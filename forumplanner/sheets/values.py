"""One cell's value as text, as a person would copy it: numbers in plain digits, dates in ISO form."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from math import isfinite

from forumplanner.sheets.tables import Kind, Row

_FAULT = re.compile(r"#(?:N/A|NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_ESCAPED = re.compile(r"_x000[DdAa]_")
_LINE_END = re.compile(r"\r\n?")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def as_text(value: object) -> tuple[str, Kind]:  # noqa: PLR0911 - one return a kind
    """A cell's text and kind; what is nothing but blanks is empty."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), Kind.TRUTH
    if isinstance(value, int | float):
        return plain_number(value), Kind.NUMBER
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat(), Kind.DATE
        return value.strftime("%Y-%m-%d %H:%M"), Kind.DATE
    if isinstance(value, date):
        return value.isoformat(), Kind.DATE
    if isinstance(value, time):
        return value.strftime("%H:%M"), Kind.TEXT
    if isinstance(value, timedelta):
        return str(value), Kind.TEXT
    return ("", Kind.EMPTY) if value is None else clean(str(value))


def clean(text: str) -> tuple[str, Kind]:
    """A text without what nobody can see; line breaks stay."""
    if "_x000" in text:
        text = _ESCAPED.sub("\n", text)
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if not text.isprintable():
        text = _UNREADABLE.sub("", text)
    if not text.strip(" \n\t\u00a0\u200b\ufeff"):
        return "", Kind.EMPTY
    return text, Kind.FAULT if text[0] == "#" and _FAULT.fullmatch(text) else Kind.TEXT


def plain_number(value: float) -> str:
    """Digits without exponent nor needless zeros: 894000001.0 is 894000001, 8.94E+08 is 894000000."""
    if not isfinite(value):
        return ""
    if float(value).is_integer() and abs(value) < 1e18:
        return str(int(value))
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.15f}".rstrip("0").rstrip(".")


class RowMaker:
    """Makes rows of values; equal texts are kept once, since lists repeat them."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def make(self, number: int, values: Iterable[object], offset: int = 0) -> Row | None:
        """The row of these values, the first of which stands `offset` columns from A; None where it is blank."""
        cells, kinds = [""] * offset, ["-"] * offset
        end, kept = 0, self._texts
        for value in values:
            if value == "" or value is None:
                cells.append("")
                kinds.append("-")
                continue
            text, kind = clean(value) if type(value) is str else as_text(value)
            cells.append(kept.setdefault(text, text))
            kinds.append(kind)
            if text:
                end = len(cells)
        if not end:
            return None
        letters = "".join(kinds[:end])
        return Row(number, tuple(cells[:end]), self._texts.setdefault(letters, letters))
