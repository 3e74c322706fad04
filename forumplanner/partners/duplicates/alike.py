"""Whether two partners may be one: the one rule of the preview of an import, of forms, and of the list to work through.

A name alone makes nobody the same: a telephone number, an address, a place or a group has to go with it, or nothing may
speak against it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from forumplanner.core import thai
from forumplanner.partners.facts import Facts, OrganisationFacts, PersonFacts
from forumplanner.partners.rules import phones_agree

NEAR = 75
"""Given names, and surnames, that are so much alike may be one name mistyped."""
NEAR_ORGANISATIONS = 88
NEAR_GROUPS = 90
LONG = 12
"""Letters of an organisation's name of which one may be mistyped."""
DISTRICT, SUBDISTRICT = 4, 6
"""Letters of a place's code."""

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_DIGITS = re.compile(r"\d+")
_NOT_IN_NAMES = re.compile(r"[^\w\u0e00-\u0e7f]+")
# A letter that is not spoken goes with its mark; what sounds alike is written alike.
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_SOUNDS = str.maketrans("ศษณฎฏฑฒธญฆฬภใีืูู", "สสนดตทททยคลพไิึุุ", "็่้๊๋์ะ")


class Why(StrEnum):
    """What two partners have in common, the name first."""

    NAME = "same name"
    SPELLING = "nearly the same spelling"
    SWAPPED = "given name and surname swapped"
    NEAR_NAME = "similar name"
    SURNAME = "same given name, another surname"
    FORMER_NAME = "same former name"
    SHORT_NAME = "same short name"
    PHONE = "same telephone"
    EMAIL = "same e-mail"
    PHONE_END = "telephone ends alike"
    GROUP = "same group"
    PLACE = "same place"
    NOTHING_APART = "nothing tells them apart"


STRONG = (Why.PHONE, Why.EMAIL)


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a partner is compared. `names`: keys of an organisation's full names, the present one first."""

    id: int
    is_person: bool
    key: str
    numbers: frozenset[str] = frozenset()
    email: str | None = None
    place: str = ""
    group: str = ""
    names: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()

    @property
    def sound(self) -> str:
        """The name as it sounds, its words in any order."""
        return " ".join(sorted(sound_of(self.key).split()))


def sound_of(text: str) -> str:
    """A key without what people leave out or mistake: tone marks, silent letters, long for short vowels."""
    return (_SILENT.sub("", text) if "์" in text else text).translate(_SOUNDS)


def person_traits(
    number: int, name: str, phones: Iterable[str], email: str | None, place: str | None, group: str | None
) -> Traits:
    """Of a person; what stands in brackets after a name is none."""
    key = thai.name_key(_BRACKETS.sub(" ", name))
    return Traits(number, True, key, frozenset(phones), email, place or "", _closed(group or ""))


def organisation_traits(
    number: int,
    names: Iterable[str | None],
    shorts: Iterable[str | None],
    phones: Iterable[str],
    email: str | None,
    place: str | None,
) -> Traits:
    """Of an organisation, by all its names; blanks, points and dashes in them count for nothing."""
    keys = tuple(dict.fromkeys(_closed(name) for name in names if name))
    abbreviations = tuple(dict.fromkeys(_closed(short) for short in shorts if short))
    return Traits(
        number,
        False,
        keys[0],
        frozenset(phones),
        email,
        place or "",
        names=keys,
        shorts=tuple(filter(None, abbreviations)),
    )


def traits_of(facts: Facts, number: int = 0) -> Traits:
    """Of facts as somebody typed them."""
    phones = [phone.number for phone in facts.phones]
    place = facts.place.code if facts.place else None
    if isinstance(facts, PersonFacts):
        return person_traits(number, facts.whole_name, phones, facts.email, place, facts.organisation_text)
    assert isinstance(facts, OrganisationFacts)
    names = [facts.name, *(former.full_name for former in facts.former_names)]
    shorts = [facts.short_name, *(former.short_name for former in facts.former_names)]
    return organisation_traits(number, names, shorts, phones, facts.email, place)


def _closed(text: str) -> str:
    # What is kept or was taken from a form is repaired already; of 137,000 names that costs seconds.
    return sound_of(_NOT_IN_NAMES.sub("", thai.from_thai_digits(text).casefold()))


def compare(one: Traits, other: Traits) -> tuple[Why, ...]:
    """Why these two may be the same; nothing where they are not."""
    if one.is_person != other.is_person:
        return ()
    return _compare_people(one, other) if one.is_person else _compare_organisations(one, other)


def name_of_people(one: str, other: str) -> Why | None:
    """What the names of two people have in common, as keys (`Traits.key`)."""
    if one == other:
        return Why.NAME
    # Numbered, as in สมาชิก 1 and สมาชิก 2, they are several.
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return None
    sounds = sound_of(one), sound_of(other)
    if sounds[0].replace(" ", "") == sounds[1].replace(" ", ""):
        return Why.SPELLING
    given, _blank, surname = sounds[0].partition(" ")
    their_given, _blank, their_surname = sounds[1].partition(" ")
    if surname and (given, surname) == (their_surname, their_given):
        return Why.SWAPPED
    near = fuzz.ratio(given, their_given) >= NEAR
    near = bool(near and surname and their_surname) and fuzz.ratio(surname, their_surname) >= NEAR
    # Names that ran together, or words parted otherwise.
    closed = [sound.replace(" ", "") for sound in sounds]
    if near or (len(sounds[0]) > 8 and Levenshtein.distance(*closed, score_cutoff=1) <= 1):
        return Why.NEAR_NAME
    return Why.SURNAME if given == their_given else None


def may_be_one(one: str, other: str) -> bool:
    """Whether two people with one telephone number may be one, by their names as they are written."""
    return name_of_people(*(thai.name_key(_BRACKETS.sub(" ", name)) for name in (one, other))) is not None


def _shared(one: Traits, other: Traits) -> list[Why]:
    found = [Why.PHONE] if not one.numbers.isdisjoint(other.numbers) else []
    return [*found, Why.EMAIL] if one.email and one.email == other.email else found


def _lies_within(one: Traits, other: Traits) -> bool:
    return bool(one.place and other.place) and (one.place.startswith(other.place) or other.place.startswith(one.place))


def _lies_apart(one: Traits, other: Traits) -> bool:
    return bool(one.place and other.place) and not _lies_within(one, other)


def _is_one_group(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or fuzz.ratio(one, other) >= NEAR_GROUPS)


def _compare_people(one: Traits, other: Traits) -> tuple[Why, ...]:
    strong = _shared(one, other)
    named = name_of_people(one.key, other.key)
    if named is None or (named == Why.SURNAME and not strong):
        return ()
    where = [Why.GROUP] if _is_one_group(one.group, other.group) else []
    if _lies_within(one, other):
        where.append(Why.PLACE)
    if strong:
        return (named, *strong, *where)
    beside = _near_people(one, other, where) if named == Why.NEAR_NAME else _namesakes(one, other, named, where)
    return (named, *beside) if beside else ()


def _near_people(one: Traits, other: Traits, where: list[Why]) -> list[Why]:
    """What makes one of two who are called nearly alike and share no number: a group, or a place no larger than a
    district, as long as not both have numbers."""
    deep = Why.PLACE in where and min(len(one.place), len(other.place)) >= DISTRICT
    is_known = not (one.numbers and other.numbers) and (deep or Why.GROUP in where)
    return where if is_known and not _lies_apart(one, other) else []


def _namesakes(one: Traits, other: Traits, named: Why, where: list[Why]) -> list[Why]:
    """What makes one of two who are called alike and share no number."""
    if one.numbers and other.numbers:
        if phones_agree(one.numbers, other.numbers):
            return [Why.PHONE_END, *where]
        # Of one name in one place, but of two groups: two people.
        agree = Why.GROUP in where if one.group and other.group else bool(where)
        return where if agree else []
    if _lies_apart(one, other):
        return []
    return where or ([Why.NOTHING_APART] if named == Why.NAME and " " in one.key else [])


def _compare_organisations(one: Traits, other: Traits) -> tuple[Why, ...]:
    strong = _shared(one, other)
    where = [Why.PLACE] if _lies_within(one, other) else []
    named = _name_of_organisations(one, other)
    if named:
        # A province is wide: groups of one name with numbers of their own are several.
        wide = one.numbers and other.numbers and min(len(one.place), len(other.place)) < DISTRICT
        if strong or (where and not wide):
            return (named, *strong, *where)
        return () if where or _lies_apart(one, other) else (named, Why.NOTHING_APART)
    if _DIGITS.findall(one.key) != _DIGITS.findall(other.key):
        return ()
    if strong and fuzz.ratio(one.key, other.key) >= NEAR_ORGANISATIONS:
        return (Why.NEAR_NAME, *strong, *where)
    deep = min(len(one.place), len(other.place)) >= SUBDISTRICT
    long = min(len(one.key), len(other.key)) >= LONG
    if not (where and deep and long) or (one.numbers and other.numbers):
        return ()
    is_slip = Levenshtein.distance(one.key, other.key, score_cutoff=1) <= 1
    return (Why.NEAR_NAME, *where) if is_slip else ()


def _name_of_organisations(one: Traits, other: Traits) -> Why | None:
    if one.key == other.key:
        return Why.NAME
    if not set(one.names).isdisjoint(other.names):
        return Why.FORMER_NAME
    called, their = {*one.shorts, *one.names}, {*other.shorts, *other.names}
    return None if called.isdisjoint(other.shorts) and their.isdisjoint(one.shorts) else Why.SHORT_NAME


def rank(why: Iterable[Why]) -> int:
    """The surest come first: a name with a number or an address, then with a place, then near misses."""
    reasons = tuple(why)
    sure = any(each in STRONG for each in reasons)
    return (0 if sure else 2) + (0 if reasons[0] in (Why.NAME, Why.SPELLING, Why.FORMER_NAME) else 1)
