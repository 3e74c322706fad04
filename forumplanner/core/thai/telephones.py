"""Telephone numbers as people in Thailand write them: text in, national digits out."""

import re
from dataclasses import dataclass

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_, Lang
from forumplanner.core.thai.digits import from_thai_digits
from forumplanner.core.thai.repairing import repair

MOST_PHONES = 5

_BETWEEN_NUMBERS = re.compile(r"[,;/\n]|หรือ|และ|\bor\b|\band\b")
_EXTENSION = re.compile(r"(?:ต่อ|ext\.?|extension|x|#)[ .:]*(\d{1,10})$", re.IGNORECASE | re.ASCII)
# What people set between digits. Anything else makes it no number.
_SPACING = re.compile(r"[ \-–—.()]", re.ASCII)
_LABEL = re.compile(r"^(?:โทรศัพท์|โทร\.?|มือถือ|tel\.?|phone)[ .:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number in national digits (`0810000001`), its extension apart."""

    number: str
    extension: str | None = None

    def __str__(self) -> str:
        return format_phone(self.number, self.extension)


def read_phone(text: str, field: str | None = None) -> PhoneNumber:
    """Read one number as people write it: spaces, dashes, Thai digits, +66, "ต่อ 12".

    Refuses what has not nine or ten digits in the national form, which begins with 0.
    """
    typed = _LABEL.sub("", from_thai_digits(repair(text)))
    found = _EXTENSION.search(typed)
    extension = found[1] if found else None
    digits = _SPACING.sub("", typed[: found.start()] if found else typed)
    for abroad in ("+66", "0066"):
        if digits.startswith(abroad):
            digits = "0" + digits.removeprefix(abroad).removeprefix("0")
    if digits.startswith("+"):
        raise Invalid(
            N_("%(typed)s is a number abroad. Only Thai numbers can be kept here; please write it in the note."),
            field=field,
            typed=text[:40],
        )
    if not re.fullmatch(r"0\d{8,9}", digits, re.ASCII):
        raise Invalid(
            N_("%(typed)s is not a telephone number. It begins with 0 and has nine or ten digits. Please check it."),
            field=field,
            typed=text.strip()[:40],
        )
    return PhoneNumber(digits, extension)


def read_phones(text: str, field: str | None = None, *, most: int = MOST_PHONES) -> tuple[PhoneNumber, ...]:
    """Read several numbers, parted by commas, strokes, lines or "หรือ"; each once, in the order written."""
    numbers = [read_phone(part, field) for part in _BETWEEN_NUMBERS.split(text) if part.strip()]
    unique = tuple(dict.fromkeys(numbers))
    if len(unique) > most:
        raise Invalid(N_("At most %(most)s telephone numbers can be kept."), field=field, most=most)
    return unique


def format_phone(number: str, extension: str | None = None, lang: Lang = "th") -> str:
    """081-000-0001, 02-123-4567, 074-123-456; with its extension 02-123-4567 ต่อ 12."""
    if number.startswith("02") and len(number) == 9:
        written = f"{number[:2]}-{number[2:5]}-{number[5:]}"
    elif len(number) in (9, 10):
        written = f"{number[:3]}-{number[3:6]}-{number[6:]}"
    else:
        written = number
    if not extension:
        return written
    return f"{written} {'ext.' if lang == 'en' else 'ต่อ'} {extension}"


def find_phones(text: str) -> tuple[PhoneNumber, ...]:
    """The numbers of a kept text; none where it cannot be read."""
    try:
        return read_phones(text)
    except Invalid:
        return ()


def show_phones(text: str, lang: Lang = "th") -> str:
    """A kept text of numbers in our one way of writing; what cannot be read stays as it is."""
    return ", ".join(format_phone(found.number, found.extension, lang) for found in find_phones(text)) or text
