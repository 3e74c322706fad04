"""Reads the place that a person typed or pasted: ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา, บ้านพรุ หาดใหญ่ สงขลา, Hat Yai, กทม."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from forumplanner.core import thai
from forumplanner.places.gazetteer import Level, Place, places, places_in
from forumplanner.places.mentions import Chain, Mention, Part, chains_of, find_mentions, find_postal_code, parts_of
from forumplanner.places.names import UNMARKED, find_beginning, find_near, find_written, key_of
from forumplanner.places.words import (
    NO_SUCH_THERE,
    NOT_FOUND,
    NOT_THERE,
    NOTHING_NAMED,
    PERHAPS,
    SEVERAL,
    TOO_MANY,
    TWO_PROVINCES,
)

LONGEST = 300
MOST_CHOICES = 10
# A word that nobody calls a place's name has to be nearer to one than a word that somebody does.
QUITE_NEAR = 0.8

# What makes of a name behind it no place, but a street or a house.
STREETS = ("ถนน", "ถ.", "ซอย", "ซ.", "ตรอก", "หมู่บ้าน", "วัด", "โรงเรียน")


class Sureness(StrEnum):
    """What came of reading."""

    EMPTY = "empty"
    CERTAIN = "certain"
    OPEN = "open"
    """One of `choices`, or none of them."""

    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text names. `place` is certain; else `message` with its `words` says what to do, `choices` what to choose.

    `rest` is what stands beside a certain place and is no part of it: the house, the village, the street.
    """

    sureness: Sureness
    place: Place | None = None
    choices: tuple[Place, ...] = ()
    rest: str = ""
    message: str = ""
    words: tuple[tuple[str, str | int | Place], ...] = ()


def read_place(typed: str) -> Reading:
    """Read one line. Raises Invalid for what nobody can read and for more than LONGEST characters."""
    return _read(thai.check_plain_text(typed, LONGEST))


@lru_cache(maxsize=4096)
def _read(text: str) -> Reading:
    if not text:
        return Reading(Sureness.EMPTY)
    written = find_written(text)
    return Reading(Sureness.CERTAIN, written) if written else _Reader(text).read()


def rest_beside(typed: str, place: Place) -> str:
    """What a text holds besides this place, which somebody chose for it."""
    reader = _Reader(thai.check_plain_text(typed, LONGEST))
    chain = next((each for each in chains_of(reader.mentions) if each.place is place), Chain(place, (), 1.0))
    return reader.rest(chain, is_chosen=True)


class _Reader:
    """Reads one text; what its steps share."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.postal = find_postal_code(text, _by_postal_code())
        self.code = thai.from_thai_digits(text[slice(*self.postal)]) if self.postal else ""
        named = f"{text[: self.postal[0]]}{' ' * 5}{text[self.postal[1] :]}" if self.postal else text
        self.parts = parts_of(named)
        self.words = [part for part in self.parts if not part.kind]
        self.mentions = find_mentions(named, self.parts)

    def read(self) -> Reading:
        chains = self._narrowed(_strongest(chains_of(self.mentions)))
        if not chains:
            return self._unknown()
        return self._two_provinces(chains) or self._elsewhere(chains) or self._decided(chains)

    def _narrowed(self, chains: list[Chain]) -> list[Chain]:
        """Those of the postal code, where it parts them."""
        fitting = [chain for chain in chains if self.code in _codes_of(chain.place)] if self.code else []
        return fitting or chains

    def _decided(self, chains: Sequence[Chain]) -> Reading:
        found = _topmost(chains)
        if len(found) > 1:
            return self._by_what_is_near(found) or self._several([chain.place for chain in found])
        if found[0].sure < UNMARKED:
            return self._open(PERHAPS, [chain.place for chain in chains], typed=self._quoted())
        unknown = self._unknown_beside(found[0])
        return unknown or Reading(Sureness.CERTAIN, found[0].place, rest=self.rest(found[0]))

    def _several(self, found: Sequence[Place]) -> Reading:
        if len(found) <= MOST_CHOICES:
            return self._open(SEVERAL, found, typed=self._quoted())
        return self._open(TOO_MANY, found, count=len(found), typed=self._quoted(), shown=MOST_CHOICES)

    def _open(self, message: str, choices: Iterable[Place], **words: str | int | Place) -> Reading:
        shown = tuple(dict.fromkeys(choices))[:MOST_CHOICES]
        return Reading(Sureness.OPEN, None, shown, "", message, tuple(words.items()))

    def _unknown(self) -> Reading:
        if self.code and not self.words:
            return self._decided([Chain(place, (), 1.0) for place in _by_postal_code()[self.code]])
        if not self.words:
            return Reading(Sureness.UNKNOWN, message=NOTHING_NAMED)
        near = self._near_places()
        if near:
            return self._open(PERHAPS, near, typed=self._quoted())
        return Reading(Sureness.UNKNOWN, message=NOT_FOUND, words=(("typed", self._quoted()),))

    def _near_places(self) -> list[Place]:
        """Places for a text in which no name is right: its words are compared with all names."""
        guesses = [self._near(part) for part in self.words[-4:]]
        whole = key_of(self.text[self.words[0].start : self.words[-1].end])
        guesses.append(Mention(self.words[0].start, self.words[-1].end, find_near(whole) | find_beginning(whole)))
        ranked = sorted(chains_of(guesses), key=lambda chain: (-chain.levels, -chain.sure, len(chain.place.code)))
        return [chain.place for chain in ranked if chain.levels == ranked[0].levels]

    def _by_what_is_near(self, chains: Sequence[Chain]) -> Reading | None:
        """Of several places, those for which a word that is no name is nearly one: Hatyai Songkla."""
        left = [part for part in self.words if not any(chain.crosses(part) for chain in chains)]
        among = {above: None for chain in chains for above in chain.place.line[1:]}
        guesses = [self._near(part, among) for part in left[-4:]]
        strongest = _topmost(_strongest(chains_of([*self.mentions, *guesses])))
        if not strongest or strongest[0].levels <= chains[0].levels:
            return None
        return self._open(PERHAPS, [chain.place for chain in strongest], typed=self._quoted())

    def _near(self, part: Part, among: Iterable[Place] | None = None) -> Mention:
        level = self._level_before(part)
        near = find_near(key_of(self.text[part.start : part.end]), among)
        return Mention(
            part.start, part.end, {place: sure for place, sure in near.items() if level in (None, place.level)}, level
        )

    def _level_before(self, part: Part) -> Level | None:
        at = self.parts.index(part)
        return self.parts[at - 1].level if at else None

    def _two_provinces(self, chains: Sequence[Chain]) -> Reading | None:
        """Two provinces, for the second of which no part of the place accounts."""
        found: dict[Place, int] = {}
        uses = {named for chain in chains for named in chain.named}
        for mention in self.mentions:
            is_free = not mention.is_piece and not any(chain.crosses(mention) for chain in chains)
            for place, sure in mention.places.items():
                is_named = (place, mention) in uses or (is_free and not self._is_of_a_street(mention))
                if place.level == Level.PROVINCE and is_named and sure >= UNMARKED:
                    found.setdefault(place, mention.start)
        if len(found) < 2:
            return None
        first, second, *_more = sorted(found, key=lambda place: found[place])
        choices = [chain.place for chain in _topmost(chains)]
        others = [place for place in found if not any(place in each.line for each in choices)]
        return self._open(TWO_PROVINCES, [*choices, *others], first=first, second=second)

    def _is_of_a_street(self, mention: Mention) -> bool:
        return mention.level is None and self.text[: mention.start].rstrip().endswith(STREETS)

    def _elsewhere(self, chains: Sequence[Chain]) -> Reading | None:
        """A subdistrict or district that is named, and lies in none of those that are named beside it."""
        for chain in chains:
            for mention in self.mentions:
                if mention.is_piece or chain.crosses(mention):
                    continue
                is_said = mention.level is not None or any(mention in other.mentions for other in chains)
                there = [
                    place
                    for place, sure in mention.places.items()
                    if sure >= UNMARKED and place.level > chain.place.level and mention.level in (None, place.level)
                ]
                if there and is_said and not any(chain.place in place.line for place in there):
                    return self._not_there(chain.place, there)
        return None

    def _not_there(self, where: Place, there: Sequence[Place]) -> Reading:
        """Those of its name elsewhere, but first what is called nearly so in the place that is named."""
        elsewhere = [place for place in there if place.province_code == where.province_code] or list(there)
        near = [
            place for place in find_near(key_of(there[0].name_th), places_in(where)) if place.level == there[0].level
        ]
        choices = [*near[:3], *elsewhere[: MOST_CHOICES - 4], where]
        return self._open(NOT_THERE, choices, name=elsewhere[0], where=where)

    def _unknown_beside(self, chain: Chain) -> Reading | None:
        """A word beside the place that is nearly a name within it; or has to be one, as the word before it says."""
        for part in self.words:
            if chain.crosses(part):
                continue
            level = self._level_before(part)
            if level and level <= chain.place.level:
                known = next((each for each in chain.place.line if each.level == level), None)
                near = self._near(part, [known] if known else []).places
                if near:
                    continue
                return self._second(part, level, chain.place) or self._no_such(part, chain, [chain.place])
            within = self._near(part, places_in(chain.place)).places
            near_by = [place for place, alike in within.items() if level or alike >= QUITE_NEAR]
            if near_by:
                typed = self.text[part.start : part.end]
                return self._open(PERHAPS, [*near_by[: MOST_CHOICES - 1], chain.place], typed=typed)
            if level:
                return self._no_such(part, chain, [*list(self._near(part).places)[:3], chain.place])
        return None

    def _second(self, part: Part, level: Level, place: Place) -> Reading | None:
        """Another place of the same depth, or of less, that is named beside it."""
        named = [mention for mention in self.mentions if mention.end == part.end and mention.level == level]
        others = [each for mention in named for each, sure in mention.places.items() if sure >= UNMARKED]
        near_by = [each for each in others if each.province_code == place.province_code] or others
        return self._several([place, *near_by]) if near_by else None

    def _no_such(self, part: Part, chain: Chain, choices: Iterable[Place]) -> Reading:
        name, above = self.text[part.start : part.end][:40], chain.place
        level = self._level_before(part)
        where = next((each for each in above.line if level is None or each.level < level), above)
        return self._open(NO_SUCH_THERE, choices, name=name, where=where)

    def rest(self, chain: Chain, *, is_chosen: bool = False) -> str:
        """What the place does not account for, in the order and spelling it was typed in."""
        spans = [(mention.start, mention.end) for mention in chain.mentions]
        spans += [self.postal] if self.postal else []
        if is_chosen:
            spans += [(mention.start, mention.end) for mention in self.mentions if mention.level is not None]
        for at, part in enumerate(self.parts):
            following = self.parts[at + 1] if at + 1 < len(self.parts) else None
            # A word before a name goes where the name goes.
            if part.kind and (following is None or following.kind or part.kind == "no"):
                spans.append((part.start, part.end))
            elif not part.kind and not chain.crosses(part):
                near = self._near(part, chain.place.line).places.values()
                if any(is_chosen or sure >= QUITE_NEAR for sure in near):
                    begins = self.parts[at - 1].start if at and self.parts[at - 1].kind else part.start
                    spans.append((begins, part.end))
        kept = bytearray(b"\1" * len(self.text))
        for start, end in spans:
            kept[start:end] = bytes(end - start)
        left = "".join(char if stays else " " for char, stays in zip(self.text, kept, strict=True))
        # Brackets and commas that held the place hold nothing now.
        words = [word for word in left.split() if any(map(str.isalnum, word))]
        return " ".join(words).strip(" ,;|")

    def _quoted(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"


def _strongest(chains: Sequence[Chain]) -> list[Chain]:
    """Those of which most is named, and most surely."""
    most = max((chain.levels for chain in chains), default=0)
    surest = max((chain.sure for chain in chains if chain.levels == most), default=0)
    return [chain for chain in chains if chain.levels == most and chain.sure == surest]


def _topmost(chains: Sequence[Chain]) -> list[Chain]:
    """Without those that lie in another of them: of หาดใหญ่ the district is certain, the subdistrict is not.

    A name alone that is a province's means the province.
    """
    found = {chain.place for chain in chains}
    above = [chain for chain in chains if not found.intersection(chain.place.line[1:])]
    provinces = [chain for chain in above if chain.place.level == Level.PROVINCE]
    if len(provinces) == 1 and provinces[0].levels == 1:
        return provinces
    return sorted(above, key=lambda chain: (chain.place.level, chain.place.code))


@cache
def _by_postal_code() -> Mapping[str, Sequence[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places().values():
        for code in place.postal_codes:
            found.setdefault(code, []).append(place)
    return found


@lru_cache(maxsize=1024)
def _codes_of(place: Place) -> frozenset[str]:
    """The postal codes of a place and of all that lies in it."""
    return frozenset(code for each in (place, *places_in(place)) for code in each.postal_codes)
