"""Where a text names a person: found in the forms in which people write names and numbers, and taken out. Pure.

A name is its given name and surname together, however far apart, with titles before it, with or without tone marks and
in any order in which a keyboard leaves marks. A telephone number is found in every way it is written, Thai digits too.
A given name alone is somebody's only where the text is known to be about that person.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forumplanner.core.thai.names import HONORIFICS
from forumplanner.core.thai.titles import APART, FAMILIAR, MUSLIM, OFFICE

NAME_REMOVED = "(ลบชื่อแล้ว)"
"""Stands where a name stood. Kept as text, so it is in the language of what stands around it."""

DATA_REMOVED = "(ลบแล้ว)"
"""Stands where a number or an address stood."""

# Marks that people leave out or mistake, and what nobody sees; what is written in two ways becomes one.
_DROPPED = "็่้๊๋์๎\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FOLDED = {
    **dict.fromkeys(map(ord, _DROPPED), ""),
    **{ord(thai): str(number) for number, thai in enumerate("๐๑๒๓๔๕๖๗๘๙")},
    ord("แ"): "เเ",
    ord("ำ"): "\u0e4dา",
    0xA0: " ",
    0x2011: "-",
    0x2013: "-",
    # Letters one by one: a fold that changes lengths would lose its places.
    **{ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}
_BETWEEN = r"[\s\x1f]{0,9}"
_SIGNS = r"[\s\-.()/]{0,3}"
# Shorter names stand in other words too, so they must stand apart.
_LONG_NAME = 8
_SHORTEST_NUMBER = 8
_SHORTEST_LINE_NAME = 5
_SHORTEST_WORD = 4
_LETTER = "ก-ฮะ-ฺเ-๎"
_TITLES = sorted({*HONORIFICS, *FAMILIAR, *OFFICE, *MUSLIM, *APART}, key=len, reverse=True)
_TITLE_BEFORE = re.compile(
    "(?:(?:" + "|".join(re.escape(title.translate(_FOLDED)) for title in _TITLES) + r"|mr\.?|mrs\.?|ms\.?|miss|dr\.?)"
    r"[\s\x1f]{0,9}){1,5}$"
)
_MOST_BEFORE = 80
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of whoever is looked for. `phones`: national digits."""

    given_name: str
    surname: str | None = None
    honorific: str | None = None
    name_en: str | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None
    line_name: str | None = None


@dataclass
class Traces:
    """Finds and removes what names a person. `longer`: names of others that hold this one and stay as they are.

    `own` in its methods: the text is about this person, so that a given name alone is theirs as well.
    """

    known: Known
    longer: Collection[str] = ()

    @cached_property
    def _theirs(self) -> re.Pattern[str]:
        return re.compile("|".join([*self._protected(), *self._names(), *self._numbers()]) or "(?!)", re.MULTILINE)

    @cached_property
    def _theirs_own(self) -> re.Pattern[str]:
        return re.compile(
            "|".join([*self._protected(), *self._names(), *self._numbers(), *self._own_words()]) or "(?!)"
        )

    @cached_property
    def _given_alone(self) -> re.Pattern[str]:
        given = _pattern(self.known.given_name)
        return re.compile(f"(?<![{_LETTER}]){given}(?![{_LETTER}])")

    @cached_property
    def _called(self) -> re.Pattern[str]:
        """A given name behind a word by which people are called, as in คุณสมชาย."""
        words = "|".join(word.translate(_FOLDED) for word in ("คุณ", "นาย", "นางสาว", "นาง", "ลุง", "ป้า", "พี่"))
        return re.compile(f"(?:{words})\\s?{_pattern(self.known.given_name)}")

    def found_in(self, text: str, *, own: bool = False) -> bool:
        """Whether the text names them."""
        return self.removed_from(text, own=own) != text

    def removed_from(self, text: str, *, own: bool = False) -> str:
        """The text with a neutral word for each name, number and address of theirs; all else stays."""
        folded = text.translate(_FOLDED)
        pattern = self._theirs_own if own else self._theirs
        found = [each for each in pattern.finditer(folded) if not (each.lastgroup or "").startswith("longer")]
        if not found:
            return text
        places = _places(text)
        parts, behind = [], 0
        for each in found:
            start, end = each.start(), each.end()
            is_name = each.lastgroup != "number"
            if is_name:
                title = _TITLE_BEFORE.search(folded, max(0, start - _MOST_BEFORE), start)
                apart = title is not None or not _is_letter(folded[start - 1 : start])
                if each.lastgroup == "short" and not apart:
                    continue
                if not own and _is_other_surname(folded, title.start() if title else start, end):
                    continue
                start = title.start() if title else start
            first, last = places[start], places[end - 1] + 1
            if first < behind:
                continue
            while last < len(text) and not text[last].translate(_FOLDED):
                last += 1
            parts += [text[behind:first], NAME_REMOVED if is_name else DATA_REMOVED]
            behind = last
        return "".join([*parts, text[behind:]])

    def removed_from_value(self, value: Any, *, own: bool = False) -> Any:
        """The same for lists and objects, as JSON holds them."""
        if isinstance(value, str):
            return self.removed_from(value, own=own)
        if isinstance(value, list | tuple):
            return [self.removed_from_value(part, own=own) for part in value]
        if isinstance(value, dict):
            return {
                self.removed_from(str(name), own=own): self.removed_from_value(part, own=own)
                for name, part in value.items()
            }
        if type(value) is int and self.found_in(str(value)):
            return None
        return value

    def may_name(self, text: str) -> str | None:
        """What stands around a given name alone, which may be theirs or another's; None where there is none."""
        cleaned = self.removed_from(text)
        folded = cleaned.translate(_FOLDED)
        found = self._given_alone.search(folded) or self._called.search(folded)
        if found is None:
            return None
        places = _places(cleaned)
        first, last = max(0, places[found.start()] - _AROUND), places[found.end() - 1] + 1 + _AROUND
        return f"{'…' if first else ''}{cleaned[first:last]}{'…' if last < len(cleaned) else ''}"

    def _protected(self) -> Iterable[str]:
        """Longer names come first, and are passed over."""
        longer = sorted({name for name in self.longer if name}, key=len, reverse=True)
        if longer:
            yield f"(?P<longer>{'|'.join(map(_pattern, longer))})"

    def _names(self) -> Iterable[str]:
        known = self.known
        if known.surname:
            both = f"{_pattern(known.given_name)}{_BETWEEN}{_pattern(known.surname)}"
            letters = len((known.given_name + known.surname).translate(_FOLDED))
            is_short = letters < _LONG_NAME
            end = f"(?![{_LETTER}])" if is_short else "(?![ะ-ฺๅ])"
            yield f"(?P<{'short' if is_short else 'name'}>(?<![เ-ไ]){both}{end})"
        else:
            # A name of one word is told from other words by the title before it, or by standing alone.
            titles = [known.honorific] if known.honorific else ["นาย", "นาง", "นางสาว", "คุณ"]
            before = "|".join(_pattern(title) for title in titles if title)
            end = f"(?![{_LETTER}])"
            given = _pattern(known.given_name)
            yield f"(?P<name>(?:{before}){_BETWEEN}{given}{end}|^\\s*{given}\\s*$)"
        if known.name_en:
            yield f"(?P<english>(?<![a-z]){_pattern(known.name_en)}(?![a-z]))"

    def _numbers(self) -> Iterable[str]:
        found = [_number(digits) for digits in self.known.phones if len(digits) >= _SHORTEST_NUMBER]
        if self.known.email:
            found.append(rf"(?<![\w.+%-]){_pattern(self.known.email)}(?![\w-])")
        line = self.known.line_name
        if line and len(line) >= _SHORTEST_LINE_NAME:
            found.append(rf"(?<![\w.{_LETTER}]){_pattern(line)}(?![\w{_LETTER}])")
        if found:
            yield f"(?P<number>{'|'.join(found)})"

    def _own_words(self) -> Iterable[str]:
        words = [self.known.given_name, self.known.surname, self.known.line_name]
        for number, word in enumerate(word for word in words if word):
            pattern = _pattern(word)
            # ดี stands in half of all words.
            apart = f"(?<![{_LETTER}]){pattern}(?![{_LETTER}])"
            yield f"(?P<word{number}>{apart if len(word) < _SHORTEST_WORD else pattern})"


def _pattern(name: str) -> str:
    """A name as it stands in a folded text; spaces in it may be wide or missing."""
    return r"[\s\x1f]{0,9}".join(re.escape(part) for part in name.translate(_FOLDED).split())


def _number(digits: str) -> str:
    """A telephone number: dashes, dots, brackets, spaces between, +66 or 0 or nothing before, or as Excel made it."""
    core = digits.removeprefix("0")
    written = _SIGNS.join(core)
    exponent = rf"{core[0]}\.{core[1:].rstrip('0')}0*e\+?0?{len(core) - 1}"
    before = rf"(?:(?:\+|00)?66{_SIGNS}(?:0{_SIGNS})?|\(?0{_SIGNS})?"
    return rf"(?<![0-9])(?:{exponent}|{before}{written})(?![0-9])"


def _places(text: str) -> list[int]:
    """For each character of the folded text the place in the text that it comes from."""
    return [place for place, letter in enumerate(text) for _one in letter.translate(_FOLDED)]


def _is_letter(letter: str) -> bool:
    return bool(re.fullmatch(f"[{_LETTER}]", letter))


def _is_other_surname(folded: str, start: int, end: int) -> bool:
    """Whether a cell holds one name alone that goes on behind this one without a space: somebody else's."""
    goes_on = _is_letter(folded[end : end + 1])
    return goes_on and not folded[:start].strip() and not folded[end:].strip().count(" ") and len(folded) <= 60
