"""Where names of places stand in a line of text, and which of them belong together. Offsets count characters."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from forumplanner.core import thai
from forumplanner.places.gazetteer import Level, Place
from forumplanner.places.names import SURE, bare_key, find_named, key_of, names

_LEVELS = {"s": Level.SUBDISTRICT, "d": Level.DISTRICT, "p": Level.PROVINCE}
# Words before a name. A short one of one letter needs its point, or stands alone; อบต. is the office of a subdistrict.
# One subdistrict is called จ.ป.ร., after the king's signature there.
_WORD = re.compile(
    r"(?P<s>องค์การบริหารส่วนตำบล|เทศบาลตำบล|(?<![ก-๛])อบต\.?|ตำบล|แขวง|(?<!ท)ต\.|(?<!\S)ต(?=\s)|\b(?:tambo[nl]|tumbo[nl]|khwaeng)\b\.?)"
    r"|(?P<d>กิ่ง\s*อำเภอ|กิ่ง\s*อ\.|อำเภอ|เขต(?!เทศบาล|อบต|สุขาภิบาล|การ)|อ\.|(?<!\S)อ(?=\s)|\b(?:amphoe|amphur|ampur|khet)\b\.?)"
    r"|(?P<p>องค์การบริหารส่วนจังหวัด|(?<![ก-๛])อบจ\.?|จังหวัด|จ\.(?!ป\.ร)|(?<!\S)จ(?=\s)|\b(?:changwat|jangwat)\b\.?)"
    # Words behind an English name, and what an address ends with.
    r"|(?P<no>\b(?:sub-?district|district|province|thailand)\b|ประเทศไทย|รหัสไปรษณีย์|ไปรษณีย์|ปณ\.)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"""[^\s,;|()\[\]"“”]+""")
_POSTAL_CODE = re.compile(r"(?<![\d/\-])[1-9]\d{4}(?![\d/\-])")
MOST_WORDS = 5
"""So many parts of a text may make one name."""

MOST_PARTS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A run of letters, or the word before a name (`kind` s, d, p; no: of no meaning here)."""

    start: int
    end: int
    kind: Literal["", "s", "d", "p", "no"] = ""

    @property
    def level(self) -> Level | None:
        return _LEVELS.get(self.kind)


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A stretch of the text that names places, and how surely each; `level` where a word before it says."""

    start: int
    end: int
    places: Mapping[Place, float]
    level: Level | None = None
    # A piece of a run of letters, which only counts together with the others.
    is_piece: bool = False
    # How many letters of it are the word before the name.
    before: int = 0

    def crosses(self, other: "Mention") -> bool:
        """Whether the two use the same letters."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Chain:
    """A place, and the mentions of it and of what it lies in."""

    place: Place
    # Deepest first; each with the place of the line that it names.
    named: tuple[tuple[Place, Mention], ...]
    sure: float

    @property
    def levels(self) -> int:
        return len(self.named)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for _place, mention in self.named)

    def crosses(self, other: Mention | Part) -> bool:
        """Whether it uses some of these letters."""
        return any(mention.start < other.end and other.start < mention.end for mention in self.mentions)


def parts_of(text: str) -> list[Part]:
    """A text in its parts; of a text without end the last ones, where an address names its place."""
    found: list[Part] = []
    for run in _PARTS.finditer(text):
        at = run.start()
        for word in _WORD.finditer(text, run.start()):
            if word.start() >= run.end():
                break
            if word.start() < at:
                continue
            if word.start() > at:
                found.append(Part(at, word.start()))
            kind: Literal["s", "d", "p", "no"] = word.lastgroup  # type: ignore[assignment]  # the names of the groups
            found.append(Part(word.start(), word.end(), kind))
            at = word.end()
        if at < run.end():
            found.append(Part(at, run.end()))
    return found[-MOST_PARTS:]


def find_postal_code(text: str, known: Container[str]) -> tuple[int, int] | None:
    """Where the last postal code stands that is one."""
    found = [match for match in _POSTAL_CODE.finditer(thai.from_thai_digits(text)) if match[0] in known]
    return found[-1].span() if found else None


def find_mentions(text: str, parts: Sequence[Part]) -> list[Mention]:
    """Every stretch that names a place, longer and shorter ones."""
    found: list[Mention] = []
    for at, part in enumerate(parts):
        before = parts[at - 1] if at else None
        level = before.level if before else None
        if part.kind:
            continue
        start = before.start if before and level else part.start
        found += _names_from(text, parts, at, start, level)
        if before and level and at > 1 and parts[at - 2].end == before.start:
            # That word may have ended the name before it: หลักเขต เมืองบุรีรัมย์.
            found += _names_from(text, parts, at, part.start, None)
        if not any(mention.start == start and mention.end >= part.end for mention in found):
            found += _unpointed(text, part) if level is None else ()
            found += _pieces(text, part, level, start)
    # Of a name in several words its parts are no names: Uthai Thani.
    return [each for each in found if not any(each is not other and _lies_in(each, other) for other in found)]


def _names_from(text: str, parts: Sequence[Part], at: int, start: int, level: Level | None) -> Iterator[Mention]:
    """The names that begin with that part, in one word and in several."""
    for last in range(at, min(at + MOST_WORDS, len(parts))):
        if last > at and not _goes_on(text, parts[last - 1], parts[last]):
            return
        named = find_named(key_of(text[parts[at].start : parts[last].end]), level)
        if named:
            yield Mention(start, parts[last].end, named, level, before=parts[at].start - start)


def _goes_on(text: str, part: Part, following: Part) -> bool:
    """Whether a name may go on there: at a word before another name only where its letters end one, as in หลักเขต."""
    ends_a_name = part.end == following.start and "." not in text[following.start : following.end]
    return not following.kind or (following.kind != "no" and ends_a_name)


def _lies_in(mention: Mention, other: Mention) -> bool:
    begins, other_begins = mention.start + mention.before, other.start + other.before
    longer = other.end - other_begins > mention.end - begins
    return longer and other_begins <= begins and mention.end <= other.end and SURE in other.places.values()


def _unpointed(text: str, part: Part) -> Iterator[Mention]:
    """A name behind its short word without a point: ตบ้านพรุ."""
    level = {"ต": Level.SUBDISTRICT, "อ": Level.DISTRICT, "จ": Level.PROVINCE}.get(text[part.start])
    named = find_named(key_of(text[part.start + 1 : part.end]), level) if level else {}
    if named:
        yield Mention(part.start, part.end, named, level)


def _pieces(text: str, part: Part, level: Level | None, start: int) -> Iterator[Mention]:
    """Names written without a blank between them: บ้านพรุหาดใหญ่สงขลา."""
    run = text[part.start : part.end]
    if len(run) > 80 or "." in run:
        return
    known = names().by_bare
    cuts = {
        (at, to)
        for at in range(len(run))
        for to in range(at + 2, min(at + 40, len(run)) + 1)
        if _may_begin(run[at]) and bare_key(key_of(run[at:to])) in known
    }
    lines = list(_lines(cuts, 0, len(run), 3))
    fewest = min(map(len, lines), default=0)
    for line in (each for each in lines if len(each) == fewest):
        for number, (at, to) in enumerate(line):
            named = find_named(key_of(run[at:to]), level if number == 0 else None)
            if named:
                begins = start if number == 0 else part.start + at
                yield Mention(begins, part.start + to, named, level if number == 0 else None, is_piece=True)


def _may_begin(letter: str) -> bool:
    """Whether a word may begin so: no mark and no vowel that stands behind its consonant."""
    return not ("ะ" <= letter <= "ฺ" or "็" <= letter <= "๎" or letter == "ๅ")


def _lines(cuts: set[tuple[int, int]], at: int, end: int, most: int) -> Iterator[list[tuple[int, int]]]:
    """The ways in which the pieces make up the whole, in at most so many."""
    if most == 0:
        return
    for begin, to in sorted(cut for cut in cuts if cut[0] == at):
        if to == end:
            yield [(begin, to)]
        else:
            yield from ([(begin, to), *rest] for rest in _lines(cuts, to, end, most - 1))


def chains_of(mentions: Sequence[Mention]) -> list[Chain]:
    """Of every place that is named, the best chain: as many of its levels as are named by letters of their own."""
    naming: dict[Place, list[tuple[Mention, float]]] = defaultdict(list)
    for mention in mentions:
        for place, sure in mention.places.items():
            naming[place].append((mention, sure))
    return [chain for place in naming for chain in (_best(place, naming),) if chain]


def _best(place: Place, naming: Mapping[Place, Sequence[tuple[Mention, float]]]) -> Chain | None:
    best: Chain | None = None

    def extend(line: Sequence[Place], found: Chain) -> None:
        nonlocal best
        if not line:
            if best is None or _weight(found) > _weight(best):
                best = found
            return
        for mention, sure in naming.get(line[0], ()):
            if not found.crosses(mention):
                extend(line[1:], Chain(place, (*found.named, (line[0], mention)), min(found.sure, sure)))
        if found.named:
            extend(line[1:], found)

    extend(place.line, Chain(place, (), 1.0))
    return best


def _weight(chain: Chain) -> tuple[int, float, int]:
    return chain.levels, chain.sure, sum(mention.end - mention.start for mention in chain.mentions)
