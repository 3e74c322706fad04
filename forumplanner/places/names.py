"""The names by which places are looked up: as they are compared, those people use beside them, and near ones.

Two keys stand for a name: its letters without blanks and points, and the same without tone marks, which people leave
out or set wrongly. Made when first asked for (0.3 s, 17 MB a process) and then only read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from math import ceil, floor

from geothai.abolished import abolished_areas
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from forumplanner.core import thai
from forumplanner.places.gazetteer import BANGKOK, Level, Place, places

SURE = 1.0
UNMARKED = 0.99
"""Right but for its tone marks: as sure as the marks, where nothing else is meant."""

MISPLACED = 0.9
"""Right by another word than it stands behind, as อ.สงขลา for อ.เมืองสงขลา; or what it was called in former years."""

ALIKE = 0.95
"""At most so sure is what only sounds the same."""

NEAR = 0.7
"""So much of a name has to be right before it is offered for what was typed."""

MOST_NEAR = 40
"""More are of no use to anybody."""

# What people call provinces besides their name, as they are compared.
ALSO_CALLED = {
    "กทม": BANGKOK,
    "กรุงเทพ": BANGKOK,
    "bkk": BANGKOK,
    "krungthep": BANGKOK,
    "อยุธยา": "14",
    "ayutthaya": "14",
    "แปดริ้ว": "24",
    "โคราช": "30",
    "korat": "30",
    "อุบล": "34",
    "ubon": "34",
    "อุดร": "41",
    "udon": "41",
    "กาญจน์": "71",
    "ประจวบ": "77",
    "นครศรี": "80",
    "สุราษฎร์": "84",
    "สุราษ": "84",
    "surat": "84",
}
# The district of the capital, as people write it without the province's name.
CAPITAL = ("เมือง", "mueang", "muang")
_LEFT_OUT = re.compile(r"[\s.,;:'’()ฯ\-]+")
_MARKS = str.maketrans("", "", "็่้๊๋์๎")
# Letters that sound the same, and are taken for each other.
_SOUNDS = str.maketrans("ใญณศษฏฎฐธภฬ", "ไยนสสตดถทพล")
_IN_BRACKETS = re.compile(r"\(.*?\)")


@dataclass(frozen=True, slots=True)
class Names:
    """Places by their keys, and the keys by what is left of them without marks."""

    by_key: Mapping[str, tuple[Place, ...]]
    by_bare: Mapping[str, tuple[Place, ...]]
    # What each place's own names sound like, by its code: for looking for near ones and for beginnings.
    sounds: Mapping[str, tuple[str, ...]]
    by_former: Mapping[str, tuple[Place, ...]]


@lru_cache(maxsize=8192)
def key_of(text: str) -> str:
    """A name as it is compared, of repaired text: in small letters, without blanks, points and hyphens."""
    return _LEFT_OUT.sub("", thai.from_thai_digits(text).casefold())


def bare_key(key: str) -> str:
    """A key without tone marks."""
    return key.translate(_MARKS)


def sound_key(key: str) -> str:
    """A key without tone marks, in which letters that sound the same are the same."""
    return key.translate(_MARKS).translate(_SOUNDS)


@cache
def names() -> Names:
    """The names of all places."""
    by_key: dict[str, list[Place]] = defaultdict(list)
    sounds: dict[str, tuple[str, ...]] = {}
    for place in places().values():
        keys = dict.fromkeys(_keys_of(place))
        sounds[place.code] = tuple(dict.fromkeys(map(sound_key, keys)))
        for key in keys:
            by_key[key].append(place)
        if _is_capital(place):
            for key in CAPITAL:
                by_key[key].append(place)
    for key, code in ALSO_CALLED.items():
        by_key[key].append(places()[code])
    by_bare: dict[str, dict[str, Place]] = defaultdict(dict)
    for key, found in by_key.items():
        by_bare[bare_key(key)].update({place.code: place for place in found})
    return Names(
        {key: tuple(found) for key, found in by_key.items()},
        {key: tuple(found.values()) for key, found in by_bare.items()},
        sounds,
        _former_names(),
    )


def _former_names() -> dict[str, tuple[Place, ...]]:
    """What took the place of subdistricts that were abolished, by their names: แขวงบางนา was parted in two."""
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    for area in abolished_areas():
        now = [places()[code] for code in area.successors if code in places()]
        if area.level == "subdistrict":
            found[key_of(area.name_th)].update({place.code: place for place in now})
    return {key: tuple(those.values()) for key, those in found.items() if those}


def _keys_of(place: Place) -> Iterable[str]:
    yield key_of(place.name_th)
    if "(" in place.name_th:
        yield key_of(_IN_BRACKETS.sub("", place.name_th))
    yield key_of(place.name_en)


def _is_capital(place: Place) -> bool:
    return place.level == Level.DISTRICT and place.code.endswith("01") and place.province_code != BANGKOK


@cache
def _written_in_full() -> Mapping[str, Place]:
    found = {key_of("".join(each.in_full for each in place.line)): place for place in places().values()}
    return found | {key_of(place.shown("th")): place for place in places().values()}


def find_written(text: str) -> Place | None:
    """The place whose line this is, every name behind its word; what most lists hold, and quicker than reading."""
    return _written_in_full().get(key_of(text))


def find_named(key: str, level: Level | None = None) -> dict[Place, float]:
    """The places of that name, and how sure each is; of one level where a word before it says so."""
    if not key:
        return {}
    known = names()
    found = dict.fromkeys(known.by_former.get(key, ()), MISPLACED)
    found |= dict.fromkeys(known.by_bare.get(bare_key(key), ()), UNMARKED)
    found |= dict.fromkeys(known.by_key.get(key, ()), SURE)
    if level is None:
        return found
    of_level = {place: sure for place, sure in found.items() if place.level == level}
    if level == Level.DISTRICT:
        # อ.สงขลา is said of the capital's district.
        provinces = [place for place in found if place.level == Level.PROVINCE and place.province_code != BANGKOK]
        capitals = [places()[f"{place.code}01"] for place in provinces]
        of_level = dict.fromkeys(capitals, MISPLACED) | of_level
    return of_level


def find_near(key: str, among: Iterable[Place] | None = None) -> dict[Place, float]:
    """Places whose names sound nearly like this one, and how nearly (NEAR to ALIKE); of all, or of these."""
    wanted = sound_key(key)
    if len(wanted) < 3:
        return {}
    by_length = _all_by_length() if among is None else _by_length(among)
    # Of a name that differs more in length not so much can be right.
    lengths = range(ceil(len(wanted) * NEAR), floor(len(wanted) / NEAR) + 1)
    known = [by_length[length] for length in lengths if length in by_length]
    found: dict[Place, float] = {}
    for named in known:
        alike = Levenshtein.normalized_similarity
        near = process.extract(wanted, list(named), scorer=alike, score_cutoff=NEAR, limit=MOST_NEAR)
        for name, sure, _at in near:
            for place in named[name]:
                found[place] = max(min(sure, ALIKE), found.get(place, 0))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0].level, item[0].code))[:MOST_NEAR])


def find_beginning(key: str) -> dict[Place, float]:
    """Places whose names begin so, the shortest names first: what somebody is still typing."""
    wanted = sound_key(key)
    by_length = _all_by_length()
    names_so = (name for length in sorted(by_length) for name in by_length[length] if name.startswith(wanted))
    found = (place for name in islice(names_so, MOST_NEAR) for place in by_length[len(name)][name])
    return dict.fromkeys(found, ALIKE) if len(wanted) > 1 else {}


@cache
def _all_by_length() -> Mapping[int, Mapping[str, Sequence[Place]]]:
    return _by_length(places().values())


def _by_length(among: Iterable[Place]) -> Mapping[int, Mapping[str, Sequence[Place]]]:
    sounds = names().sounds
    found: dict[int, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in among:
        for name in sounds[place.code]:
            found[len(name)][name].append(place)
    return found
