"""Where somebody lives, as sheets say it: in one cell or in three, with short words or long ones, misspelt too.

The names of a row's columns are put together as an address and read as any other (`places.reading`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from forumplanner.core.errors import Invalid
from forumplanner.places.gazetteer import LONG_WORDS, Level, Place
from forumplanner.places.names import find_named, key_of
from forumplanner.places.reading import LONGEST, Reading, Sureness
from forumplanner.places.reading import read_place as read_line

_WORDS = re.compile(r"(?:จังหวัด|จ\.|จ(?= )|จว\.|กิ่งอำเภอ|กิ่ง อ\.|อำเภอ|อ\.|อ(?= )|เขต|ตำบล|ต\.|ต(?= )|แขวง)\s*")


class ReadPlace(NamedTuple):
    """What was read: the deepest place that is sure, what was not found, what may have been meant by it.

    `rest`: what an address says besides.
    """

    place: Place | None
    unknown: str = ""
    near: str = ""
    rest: str = ""


@lru_cache(maxsize=4096)
def is_province(text: str) -> bool:
    """Whether a text is the name of a province and nothing else."""
    if not text or len(text) > 40:
        return False
    begins = _WORDS.match(text)
    if begins and not text.startswith("จ"):
        return False
    named = find_named(key_of(text[begins.end() :] if begins else text))
    return any(place.level == Level.PROVINCE for place in named)


@lru_cache(maxsize=8192)
def read_place(subdistrict: str, district: str, province: str, address: str) -> ReadPlace:
    """The place of what stands in the columns of a row; an address fills in what they leave open."""
    columns = {Level.PROVINCE: province, Level.DISTRICT: district, Level.SUBDISTRICT: subdistrict}
    named = {level: _with_word(level, text) for level, text in columns.items() if text}
    found = _read_columns(columns, named) if named else ReadPlace(None)
    if not address or found.unknown:
        return found._replace(rest=address)
    return _read_address(address, " ".join(reversed(named.values())), found)


def _with_word(level: Level, text: str) -> str:
    """A column's name behind the word of its level; one that holds a whole address stays as it is."""
    begins = _WORDS.match(text)
    if begins and _WORDS.search(text, begins.end()):
        return text
    return f"{LONG_WORDS[level]}{text[begins.end() :] if begins else text}"


def _read(text: str) -> Reading:
    try:
        return read_line(text[-LONGEST:])
    except Invalid:
        return Reading(Sureness.UNKNOWN)


def _read_columns(columns: dict[Level, str], named: dict[Level, str]) -> ReadPlace:
    """All of them together where that is certain; else as deep as it is, and what the first of the others may mean."""
    whole = _read(" ".join(reversed(named.values())))
    if whole.place is not None:
        return ReadPlace(whole.place)
    found: Place | None = None
    above: list[str] = []
    for level, text in named.items():
        reading = _read(" ".join((text, *reversed(above))))
        if reading.place is None:
            near = next((place for choice in reading.choices for place in choice.line if place.level == level), None)
            return ReadPlace(found, columns[level], near.name_th if near else "")
        found = reading.place
        above.append(text)
    return ReadPlace(found)


def _read_address(address: str, columns: str, found: ReadPlace) -> ReadPlace:
    """What an address says more than the columns, which count where the two differ."""
    alone = _read(address)
    if alone.place is not None and (found.place is None or found.place in alone.place.line):
        return ReadPlace(alone.place, rest=alone.rest)
    if found.place is None:
        one = alone.choices[0] if len(alone.choices) == 1 else None
        return ReadPlace(None, address if one else "", one.shown("th") if one else "", address)
    together = _read(f"{address} {columns}")
    if together.place is not None and found.place in together.place.line:
        return ReadPlace(together.place, rest=together.rest)
    return found._replace(rest=address)
