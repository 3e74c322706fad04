"""Where somebody lives, as sheets say it: in one cell or in three, with short words or long ones, misspelt too."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from forumplanner.core import thai
from forumplanner.places.gazetteer import Level, Place, places

_WORDS = re.compile(r"^(?:จังหวัด|จ\.|จ(?= )|จว\.|อำเภอ|อ\.|อ(?= )|กิ่งอำเภอ|เขต|ตำบล|ต\.|ต(?= )|แขวง)\s*")
_END = r"(?=\s|$|,|จ\.|อ\.|ต\.|จังหวัด|อำเภอ|ตำบล|เขต|แขวง)"
_PIECES = {
    Level.SUBDISTRICT: re.compile(rf"(?:ตำบล|แขวง|(?<![ก-ฮ])ต\.)\s*([ก-๛]+?){_END}"),
    Level.DISTRICT: re.compile(rf"(?:อำเภอ|เขต|(?<![ก-ฮ])อ\.)\s*([ก-๛]+?){_END}"),
    Level.PROVINCE: re.compile(rf"(?:จังหวัด|(?<![ก-ฮ])จ\.)\s*([ก-๛]+?){_END}"),
}
_BANGKOK = {"กทม", "กรุงเทพ", "กรุงเทพฯ", "กรุงเทพมหานครฯ", "bangkok", "bkk", "กทมฯ"}
_NEAR = 75


class ReadPlace(NamedTuple):
    """What was read: the deepest place that is sure, what was not found, and what may have been meant by it."""

    place: Place | None
    unknown: str = ""
    near: str = ""


def _key(name: str) -> str:
    return thai.search_key(_WORDS.sub("", thai.repair(name))).replace(" ", "").strip(".,")


@cache
def _index() -> Mapping[str, Mapping[str, Place]]:
    """The places below each code ("" for provinces) by their names, Thai and English."""
    found: dict[str, dict[str, Place]] = {}
    for place in places().values():
        below = found.setdefault(place.parent.code if place.parent else "", {})
        for name in (place.name_th, place.name_en):
            below.setdefault(_key(name), place)
    bangkok = found[""][_key("กรุงเทพมหานคร")]
    found[""].update(dict.fromkeys(_BANGKOK, bangkok))
    return found


@cache
def _districts() -> Mapping[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places().values():
        if place.level == Level.DISTRICT:
            found.setdefault(_key(place.name_th), []).append(place)
    return found


@lru_cache(maxsize=4096)
def is_province(text: str) -> bool:
    """Whether a text is the name of a province and nothing else."""
    return len(text) < 40 and _key(text) in _index()[""]


@lru_cache(maxsize=8192)
def read_place(subdistrict: str, district: str, province: str, address: str) -> ReadPlace:
    """The place of what stands in the columns of a row; an address fills in what they leave open."""
    given = {Level.PROVINCE: province, Level.DISTRICT: district, Level.SUBDISTRICT: subdistrict}
    for level, piece in _PIECES.items():
        for text in (address, province, district, subdistrict):
            found = piece.search(thai.repair(text)) if text else None
            if found and (not given[level] or given[level] == text):
                given[level] = found[1]
                break
    if not given[Level.PROVINCE] and address:
        given[Level.PROVINCE] = next((word for word in address.split()[::-1] if is_province(word)), "")
    found_place: Place | None = None
    for level in Level:
        name = given[level]
        if not name:
            if level == Level.PROVINCE and given[Level.DISTRICT]:
                found_place = _only_district(given[Level.DISTRICT])
            continue
        if found_place is not None and found_place.level == level:
            continue  # the district told its province
        below = _index().get(found_place.code if found_place else "", {})
        if level != Level.PROVINCE and (found_place is None or found_place.level != Level(level - 2)):
            return ReadPlace(found_place, "" if name == address else name)
        place = below.get(_key(name)) or _head_district(below, name, found_place, level)
        if place is None:
            near = process.extractOne(_key(name), below.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
            return ReadPlace(found_place, name, below[near[0]].name_th if near else "")
        found_place = place
    return ReadPlace(found_place)


def _head_district(below: Mapping[str, Place], name: str, province: Place | None, level: Level) -> Place | None:
    """อำเภอเมือง is the district of the province's own name: เมืองสงขลา."""
    if level != Level.DISTRICT or province is None or _key(name) != "เมือง":
        return None
    return below.get(_key(f"เมือง{province.name_th}"))


def _only_district(name: str) -> Place | None:
    found = _districts().get(_key(name), [])
    return found[0] if len(found) == 1 else None


def is_all_place(address: str, place: Place | None) -> bool:
    """Whether an address says nothing but the place that was read of it."""
    if place is None:
        return False
    rest = _key(address)
    for each in place.line:
        rest = rest.replace(_key(each.name_th), "", 1)
    return not re.sub(r"จังหวัด|อำเภอ|ตำบล|เขต|แขวง|[จอต]\.|[\s,.]", "", rest)
