"""Lists that people paste line by line: what numbers a line is no part of it, and no line goes unsaid."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

# "1. ", "๑) ", "(1) ", "ข้อ 1 ", "ข้อที่ 1: ", "1.2 ", "ระเบียบวาระที่ 1 "; never "30 ปี" nor "1.5 ล้านบาท".
_WORD = r"(?:ระเบียบวาระ(?:ที่)?|วาระ(?:ที่)?|ข้อ(?:ที่)?|ประเด็น(?:ที่)?|(?i:agenda item|item|question))"
_NUMBER = re.compile(
    rf"(?:{_WORD}\s*(?P<named>\d{{1,2}}(?:\.\d{{1,2}})*)\s*[.):]?(?=\s)"
    r"|\(?(?P<plain>\d{1,2})(?:\)|\.(?!\d))\)?)\s*(?=\S)"
)
# "4.1 ความก้าวหน้า", but no amount.
_AMOUNT = r"(?:ล้าน|แสน|หมื่น|พัน|ร้อย|บาท|เท่า|ไร่|กิโล|กม|ปี|เดือน|วัน|ชั่วโมง|เปอร์|%|(?i:million|thousand|percent|times))"
_PARTS = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}})+[.)]?\s+(?=\S)(?!{_AMOUNT})")
_BULLET = re.compile(r"[-–•*·▪●○]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: where it stood (from 0, blank lines counted), its own number if it bore one."""

    row: int
    number: int | None
    text: str


def read_lines(text: str) -> list[Line]:
    """The lines of a pasted list without their bullets and numbers.

    Numbers go only where they count the lines from 1 on, or 1, 2, 4 where one was left out; else they are words.
    """
    rows = [(row, line.strip()) for row, line in enumerate(text.splitlines()) if line.strip()]
    numbered = [_numbered(line) for _row, line in rows]
    numbers = [number for number, _rest in numbered]
    counts = bool(rows) and None not in numbers and numbers == sorted(set(numbers))  # type: ignore[type-var]
    if counts:
        return [Line(row, number, rest) for (row, _line), (number, rest) in zip(rows, numbered, strict=True)]
    bulleted = len(rows) > 1 and all(_BULLET.match(line) for _row, line in rows)
    return [Line(row, None, _BULLET.sub("", line, count=1) if bulleted else line) for row, line in rows]


def _numbered(line: str) -> tuple[int | None, str]:
    folded = thai.from_thai_digits(line)
    found = _NUMBER.match(folded)
    if found is None:
        return None, line
    number = (found["named"] or found["plain"]).rpartition(".")[2]
    return int(number), line[found.end() :]


def without_number(title: str) -> str:
    """A title without the number it was pasted with: who numbers the list gives it one."""
    folded = thai.from_thai_digits(title)
    found = _NUMBER.match(folded) or _PARTS.match(folded)
    return title[found.end() :] if found and title[found.end() :].strip() else title


def pair_lines(first: str, second: str, *, field: str) -> list[tuple[str, str]]:
    """The lines of two lists that say the same in two languages; a line without its like has "".

    They belong together by their own numbers, else one by one where there are as many, else by where they stand: a line
    left blank in the second list says nothing there. Invalid, beside `field`, where a line of the second is left over.
    """
    ours, theirs = read_lines(first), read_lines(second)
    places = _places(ours, theirs)
    if places is None or any(place >= len(ours) for place in places):
        raise Invalid(
            N_(
                "There are %(first)s questions in Thai and %(second)s lines in English. Please write one a line in the "
                "same order; where there is no English yet, please leave the line empty."
            ),
            field=field,
            first=len(ours),
            second=len(theirs),
        )
    found = dict(zip(places, (line.text for line in theirs), strict=True))
    return [(line.text, found.get(place, "")) for place, line in enumerate(ours)]


def _places(ours: Sequence[Line], theirs: Sequence[Line]) -> list[int] | None:
    """For each of their lines which of ours it belongs to."""
    if len(theirs) == len(ours):
        return list(range(len(ours)))
    numbers = [line.number for line in theirs if line.number is not None]
    if len(numbers) == len(theirs):
        ours_by_number = {line.number: place for place, line in enumerate(ours) if line.number is not None}
        return [ours_by_number.get(number, number - 1) for number in numbers]
    by_row = {line.row: place for place, line in enumerate(ours)}
    if all(line.row in by_row for line in theirs):
        return [by_row[line.row] for line in theirs]
    return [line.row for line in theirs] if len(theirs) < len(ours) else None
