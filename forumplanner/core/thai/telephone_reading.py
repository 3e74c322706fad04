"""Reads telephone numbers as people write them: several in a line, series, extensions, notes. Nothing is guessed away.

A text is cut into tokens (numbers, words, extensions, what parts them) and read from left to right. Behind a whole
number a few more digits are a series of lines ("02-2281967-8" is two numbers), never a longer number.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_, Lang
from forumplanner.core.thai.digits import from_thai_digits
from forumplanner.core.thai.repairing import repair, repair_lines
from forumplanner.core.thai.telephone_tokens import NOT_A_NUMBER, TRIM, Token, could_be_whole, cut
from forumplanner.core.thai.telephones import (
    LANDLINE_DIGITS,
    LONGEST_EXTENSION,
    LONGEST_NOTE,
    TO_LINE,
    PhoneNumber,
    area_of,
    digits_needed,
    is_phone,
    join_phones,
)

MOST_PHONES = 10
# A longer series is kept as its first line and the note "ถึง ..."; nobody wants thirty links.
LONGEST_SERIES = 5

ABROAD = N_("%(typed)s is a number abroad. Only Thai numbers can be kept here; please write it in the note.")
ZERO_MISSING = N_("The 0 in front of %(typed)s is missing. Please write it too, for example 081-000-0001.")
WRONG_LENGTH = N_(
    "%(typed)s has %(count)s digits, but a number that begins with %(prefix)s has %(needed)s. Please check it."
)
NO_SUCH_PREFIX = N_("No telephone number in Thailand begins with %(prefix)s, as %(typed)s does. Please check it.")
NO_SUCH_NUMBER = N_("There is no telephone number like %(typed)s in Thailand. Please check it.")
UNCLEAR_TAIL = N_(
    "What does %(tail)s behind %(number)s mean? "
    "For an extension please write “ต่อ %(tail)s”, for further lines each number in full."
)
SERIES_BACKWARDS = N_("The series %(typed)s does not run forward. Please write each number in full.")
TOO_MANY = N_("At most %(most)s telephone numbers can be kept.")
LONG_NOTE = N_("What is noted beside %(number)s is too long. Please shorten it.")
ONE_NUMBER = N_("%(typed)s is more than one number. Please write one here.")

_DASHES = str.maketrans("‐‑‒–—―−~～", "---------")
_NO_BRACKETS = str.maketrans("()", "  ")
_UNTIL = {"ถึง", "จนถึง", "to"}
_LABEL = re.compile(r"(?:หมายเลข|เบอร์|โทรศัพท์|โทร(?!ศัพท์|สาร)|(?:telephone|tel|phone)(?![a-z]))[ .:]*", re.IGNORECASE)
# Words that name the kind of a number stand before it, wherever other notes stand.
_KIND = re.compile(
    r"มือถือ|(?:ที่)?(?:บ้าน|ทำงาน)|สำนักงาน|สนง|โทรสาร|แฟกซ์|แฟ็กซ์|สายด่วน|สายตรง|(?:fax|mobile|home|office)(?![a-z])", re.I
)
_COUNTED = re.compile(r" ?(?:เครื่อง|คน|สาย|เลขหมาย|คู่สาย|น\.|นาฬิกา|โมง|ทุ่ม)")
_NOTHING = re.compile(r"[-–—.]+|ไม่มี[^0-9]{0,20}|none|n/?a", re.IGNORECASE)
# What most lists hold; every number that begins so can be dialled.
_ONE_MOBILE = re.compile(r"(0[89][0-9])[- ]?([0-9]{3})[- ]?([0-9]{4})", re.ASCII)
_GROUP = re.compile(r"([^\d]*)(\d+)", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)(?!66|800)")


class _Group(NamedTuple):
    """Digits written together, and what stands before them."""

    before: str
    digits: str


@dataclass(slots=True)
class _Written:
    """A number as it was written, with what stands around it; a series makes several lines of one text."""

    numbers: list[str]
    extension: str | None = None
    notes: list[str] = field(default_factory=list)

    def lines(self) -> list[PhoneNumber]:
        words = repair(" ".join(self.notes).translate(_NO_BRACKETS))
        note = words.replace(" ,", ",").strip(" ,;/&") or None
        if len(note or "") > LONGEST_NOTE or len(self.extension or "") > LONGEST_EXTENSION:
            raise Invalid(LONG_NOTE, number=self.numbers[0])
        return [PhoneNumber(number, self.extension, note) for number in self.numbers]


def read_phones(text: str, field: str | None = None, *, most: int = MOST_PHONES) -> tuple[PhoneNumber, ...]:
    """Read all numbers of a text, parted by commas, strokes, lines or "หรือ"; each once, in the order written.

    Thai digits, +66 and 66 are taken; "ต่อ 101-103" is an extension, "02-2281967-8" and "..., 4, 6" are further lines,
    words beside a number are its note. "-" and "ไม่มี" are no number. Raises Invalid with a sentence for each cause.
    """
    one = read_mobile(text)
    if one:
        return (one,)
    typed = from_thai_digits(repair_lines(text)).translate(_DASHES)
    if not typed or _NOTHING.fullmatch(typed):
        return ()
    try:
        found = _Reader().read(typed)
    except Invalid as refusal:
        raise Invalid(refusal.message, field=field, **refusal.params) from None
    unique: dict[tuple[str, str | None], PhoneNumber] = {}
    for phone in found:
        unique.setdefault((phone.number, phone.extension), phone)
    if len(unique) > most:
        raise Invalid(TOO_MANY, field=field, most=most)
    return tuple(unique.values())


def read_mobile(text: str) -> PhoneNumber | None:
    """The number of a text that is one mobile number in its usual writing and nothing else, told at a glance."""
    found = _ONE_MOBILE.fullmatch(text)
    return PhoneNumber(f"{found[1]}{found[2]}{found[3]}") if found else None


def read_phone(text: str, field: str | None = None) -> PhoneNumber:
    """Read one number; refuses none, and several."""
    found = read_phones(text, field)
    if not found:
        raise Invalid(NOT_A_NUMBER, field=field, typed=text.strip()[:40])
    if len(found) > 1:
        raise Invalid(ONE_NUMBER, field=field, typed=text.strip()[:40])
    return found[0]


def find_phones(text: str) -> tuple[PhoneNumber, ...]:
    """The numbers of a kept text; none where it cannot be read."""
    try:
        return read_phones(text)
    except Invalid:
        return ()


def show_phones(text: str, lang: Lang = "th") -> str:
    """A kept text of numbers in our one way of writing; what cannot be read stays as it is."""
    return join_phones(find_phones(text), lang) or text


def _national(digits: str, sign: str = "") -> str:
    """Digits without the country's code: 66812345678, +66 (0)81 and 0066 are all 081."""
    for code in ("0066", "66"):
        if digits.startswith(code) and (sign or code == "0066" or len(digits) > LANDLINE_DIGITS):
            return "0" + digits.removeprefix(code).removeprefix("0")
    return digits


class _Reader:
    """Goes through the tokens once. `found` are the numbers so far, `waiting` words that stand before the next one."""

    def __init__(self) -> None:
        self.found: list[_Written] = []
        self.waiting: list[str] = []
        self.extension: str | None = None  # the same of an extension
        self.parting = "\n"  # what stood between the last number and here; "" right behind it
        self.words_first = False  # whether notes stand before their numbers in this line
        self.words: list[str] | None = None  # where digits go that belong to words, as in กด 0

    def read(self, typed: str) -> list[PhoneNumber]:
        tokens = cut(typed)
        for place, token in enumerate(tokens):
            if token.kind == "number":
                self._number(token.text, tokens[place + 1 : place + 2])
            elif token.kind == "extension":
                self._extension(repair(token.text), token.before_number)
            elif token.kind == "parting":
                self._part(token.text)
            else:
                self._words(token.text, token.before_number)
        if self.waiting or self.extension:
            if not self.found:
                raise Invalid(NOT_A_NUMBER, typed=typed[:40])
            self.found[-1].notes += self.waiting
        return [line for written in self.found for line in written.lines()]

    def _extension(self, text: str, before_number: bool) -> None:
        if not self.found or (self.parting and before_number):
            self.extension = text
            return
        written = self.found[-1]
        written.extension = f"{written.extension}, {text}" if written.extension else text
        self.parting, self.words = "", None

    def _part(self, text: str) -> None:
        self.parting, self.words = text.lower(), None
        if text == "\n":
            self.words_first = False

    def _words(self, text: str, before_number: bool) -> None:
        if not self.found and self.parting == "\n":
            self.words_first = True
        kept = _LABEL.sub(" ", text).lstrip(TRIM).rstrip(TRIM.replace(".", ""))
        if not kept:
            return
        behind = not self.parting and self.found
        goes_first = self.words_first or _KIND.match(kept) is not None or _LABEL.search(text) is not None
        if not self.found or (before_number and (not behind or goes_first)):
            self.words = self.waiting
        else:
            self.words = self.found[-1].notes
            if not behind and self.parting != "\n":
                self.words.append(self.parting)
        self.words.append(kept)
        if behind or self.words is not self.waiting:
            self.parting = ""

    def _number(self, text: str, following: list[Token]) -> None:
        digits = re.sub(r"\D", "", text)
        counted = bool(following) and following[0].kind == "words" and _COUNTED.match(following[0].text) is not None
        alone = not self.found and text.isdecimal() and is_phone(digits)
        if (self.words is not None or (counted and self.found)) and not could_be_whole(text) and not alone:
            words = self.words
            if words is None:
                words = self.words = self.found[-1].notes
                words += [self.parting] if self.parting.strip() else []
                self.parting = ""
            words.append(text)
            return
        groups = [_Group(before, digits) for before, digits in _GROUP.findall(text)]
        if self.found and self.parting.strip() and self._is_further(groups):
            groups = self._further(groups, until=self.parting in _UNTIL)
        while groups:
            number, behind = self._take(groups)
            if self.found and self._is_last_of_series(number, groups[0].before):
                self._extend(number, text)
            else:
                self._add(number)
            groups = behind
            if groups and not _begins_whole(groups):
                groups = self._further(groups, until="-" in groups[0].before, tail=text)
        self.parting, self.words = "", None

    def _add(self, number: str) -> None:
        self.found.append(_Written([number], self.extension, self.waiting))
        self.waiting, self.extension = [], None

    def _take(self, groups: list[_Group]) -> tuple[str, list[_Group]]:
        """The shortest whole number that these groups begin with, and the groups behind it."""
        sign = "+" if "+" in groups[0].before else ""
        whole = len(groups) == 1 or len(_joined(groups)) > LANDLINE_DIGITS
        if groups[0].digits.startswith("1") and whole and is_phone(_joined(groups)):
            return _joined(groups), []
        digits = ""
        for place, group in enumerate(groups, start=1):
            digits += group.digits
            if not digits.startswith("1") and is_phone(_national(digits, sign)):
                return _national(digits, sign), groups[place:]
        raise _refusal("".join(f"{group.before}{group.digits}" for group in groups).strip())

    def _is_further(self, groups: list[_Group]) -> bool:
        """Whether digits behind a comma are lines of the number before: 4, 9680, or 2281968 without its area code."""
        last, digits = self.found[-1].numbers[-1], _joined(groups)
        if len(last) < LANDLINE_DIGITS or (is_phone(digits) and digits[0] != last[-len(digits) :][:1]):
            return False  # 191, 1111: a number of its own
        short = len(digits) <= 8 and all(len(group.digits) <= 4 for group in groups)
        return short or _is_local(last, digits)

    def _further(self, groups: list[_Group], *, until: bool, tail: str = "") -> list[_Group]:
        """Add the lines that these digits name to the number before them; gives back what begins a new number."""
        last = self.found[-1].numbers[-1]
        if not until and _is_local(last, _joined(groups)):
            self._add(area_of(last) + _joined(groups))
            return []
        while groups and not _begins_whole(groups):
            last, digits = self.found[-1].numbers[-1], groups[0].digits
            if not until and _is_local(last, digits):
                self._add(area_of(last) + digits)
            elif (
                len(digits) > 4
                or len(last) < LANDLINE_DIGITS
                or (tail and not until and "/" not in groups[0].before)
                or any(note.startswith(TO_LINE) for note in self.found[-1].notes)
            ):
                raise Invalid(UNCLEAR_TAIL, tail=digits, number=join_phones([PhoneNumber(last)]))
            elif until:
                self._extend(last[: -len(digits)] + digits, f"{join_phones([PhoneNumber(last)])}-{digits}")
            else:
                self.found[-1].numbers.append(last[: -len(digits)] + digits)
            groups = groups[1:]
            until = bool(groups) and "-" in groups[0].before
        return groups

    def _is_last_of_series(self, number: str, before: str) -> bool:
        last = self.found[-1].numbers[-1]
        until = self.parting in _UNTIL or ("-" in before and not self.parting.strip())
        return until and not self.waiting and number[:-3] == last[:-3] and len(number) == len(last)

    def _extend(self, end: str, shown: str) -> None:
        """Make a series of the last number: each line to `end`, or a note where they are many."""
        written = self.found[-1]
        first = written.numbers[-1]
        if int(end) <= int(first):
            raise Invalid(SERIES_BACKWARDS, typed=shown.strip())
        if int(end) - int(first) >= LONGEST_SERIES:
            written.notes.append(f"{TO_LINE}{end[-max(2, len(str(int(end) - int(first)))) :]}")
            return
        written.numbers += [f"{line:0{len(first)}}" for line in range(int(first) + 1, int(end) + 1)]


def _joined(groups: list[_Group]) -> str:
    return "".join(group.digits for group in groups)


def _is_local(last: str, digits: str) -> bool:
    """Whether digits are a number of the same area as `last`, without the area's code."""
    area = area_of(last)
    return bool(area) and not digits.startswith("0") and is_phone(area + digits)


def _begins_whole(groups: list[_Group]) -> bool:
    return groups[0].digits.startswith("0") and len(_joined(groups)) >= LANDLINE_DIGITS


def _refusal(typed: str) -> Invalid:
    """Why these digits are no number."""
    digits = re.sub(r"\D", "", typed)
    shown = typed[:40]
    if typed.startswith(("+", "00")) and _ABROAD.match(typed):
        return Invalid(ABROAD, typed=shown)
    digits = _national(digits, "+" if typed.startswith("+") else "")
    if not digits.startswith("0"):
        missing = is_phone(f"0{digits}")
        return Invalid(ZERO_MISSING if missing else NOT_A_NUMBER, typed=shown)
    needed = digits_needed(digits)
    if needed is None:
        return Invalid(NO_SUCH_PREFIX, typed=shown, prefix=digits[:2])
    if len(digits) != needed:
        return Invalid(WRONG_LENGTH, typed=shown, count=len(digits), prefix=digits[:2], needed=needed)
    return Invalid(NO_SUCH_NUMBER, typed=shown)
