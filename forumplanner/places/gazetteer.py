"""Provinces, districts and subdistricts of Thailand, by their code of the Department of Provincial Administration.

The data are GeoThai's (package `geothai`, CC BY 4.0; the page "About the data" credits it): 77 provinces, 928
districts, 7,436 subdistricts. Pure: no database, no web. Read once in a process (0.1 s, 6 MB) and then only looked at;
the parent of the serving processes reads it before it forks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

import geothai

from forumplanner.core.i18n import in_language

BANGKOK = "10"


class Level(IntEnum):
    """How deep a place lies: the number of digits of its code."""

    PROVINCE = 2
    DISTRICT = 4
    SUBDISTRICT = 6


SHORT_WORDS = {Level.PROVINCE: "จ.", Level.DISTRICT: "อ.", Level.SUBDISTRICT: "ต."}
LONG_WORDS = {Level.PROVINCE: "จังหวัด", Level.DISTRICT: "อำเภอ", Level.SUBDISTRICT: "ตำบล"}
BANGKOK_WORDS = {Level.PROVINCE: "", Level.DISTRICT: "เขต", Level.SUBDISTRICT: "แขวง"}


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A province, district or subdistrict; there is one of each code, so they are compared as what they are."""

    code: str
    name_th: str
    name_en: str
    parent: "Place | None" = None
    postal_codes: tuple[str, ...] = field(default=(), repr=False)

    @property
    def level(self) -> Level:
        return Level(len(self.code))

    @property
    def province_code(self) -> str:
        return self.code[: Level.PROVINCE]

    @property
    def line(self) -> "tuple[Place, ...]":
        """The place and all it lies in, the deepest first."""
        return (self, *self.parent.line) if self.parent else (self,)

    def name(self, lang: str) -> str:
        """The bare name: บ้านพรุ; Ban Phru."""
        return in_language(lang, self.name_th, self.name_en)

    def called(self, lang: str) -> str:
        """The name with its short word: ต.บ้านพรุ, เขตบางนา, กรุงเทพมหานคร; in English the bare name."""
        if lang == "en":
            return self.name_en
        words = BANGKOK_WORDS if self.province_code == BANGKOK else SHORT_WORDS
        return f"{words[self.level]}{self.name_th}"

    @property
    def in_full(self) -> str:
        """The Thai name with its long word: ตำบลบ้านพรุ, แขวงบางจาก, กรุงเทพมหานคร."""
        words = BANGKOK_WORDS if self.province_code == BANGKOK else LONG_WORDS
        return f"{words[self.level]}{self.name_th}"

    def shown(self, lang: str) -> str:
        """All of it, as an address names it: ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา; Ban Phru, Hat Yai, Songkhla."""
        return (", " if lang == "en" else " ").join(each.called(lang) for each in self.line)

    @property
    def searched(self) -> tuple[str, ...]:
        """What a partner of this place is found by: names with their words, short and long, and English ones.

        The latter in one word too, as most people write Lopburi.
        """
        english = [each.name_en for each in self.line]
        joined = [name.replace(" ", "").replace("-", "") for name in english]
        return (self.shown("th"), *(each.in_full for each in self.line), *english, *joined)

    def __str__(self) -> str:
        # History is kept in Thai.
        return self.shown("th")


@cache
def places() -> Mapping[str, Place]:
    """Every place by its code, provinces first, by code."""
    found: dict[str, Place] = {}
    for province in geothai.provinces():
        found[province.code] = Place(province.code, province.name_th, province.name_en)
    districts = [district for code in list(found) for district in geothai.districts(code)]
    for district in districts:
        # Bangkok's districts are listed with their word: เขตพระนคร.
        name = district.name_th.removeprefix(BANGKOK_WORDS[Level.DISTRICT])
        found[district.code] = Place(district.code, name, district.name_en, found[district.province_code])
    for district in districts:
        for area in geothai.subdistricts(district.code):
            parent = found[area.district_code]
            found[area.code] = Place(area.code, area.name_th, area.name_en, parent, area.postal_codes)
    return found


@cache
def _inside() -> Mapping[str, Sequence[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places().values():
        for above in place.line[1:]:
            found.setdefault(above.code, []).append(place)
    return found


def places_in(place: Place) -> Sequence[Place]:
    """All that lies in a place, by code."""
    return _inside().get(place.code, ())


def find_place(code: str | None) -> Place | None:
    """The place of a code; where there is none of that code any more, what it lay in; None where nothing is known."""
    for length in (Level.SUBDISTRICT, Level.DISTRICT, Level.PROVINCE):
        found = places().get((code or "")[:length])
        if found is not None:
            return found
    return None
