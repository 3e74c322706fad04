"""Telephone numbers of Thailand: what is one, how it is written, how kept texts of numbers are shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from forumplanner.core.i18n import Lang

# Numbers of the plan since 2549: landlines have nine digits with their 0, mobiles ten. The library is laxer.
_LANDLINES = ("02", "03", "04", "05", "07")
_MOBILES = ("06", "08", "09")
LANDLINE_DIGITS, MOBILE_DIGITS = 9, 10
# Numbers of a service, dialled as they stand: 1111, 191.
_EMERGENCY = {"191", "199"}
LONGEST_EXTENSION, LONGEST_NOTE = 40, 100
# The note of a series too long to list: its last line.
TO_LINE = "ถึง "
_SERIES = re.compile(rf"{TO_LINE}[0-9]{{1,4}}")
_PRESSED = re.compile(r"กด [0-9*#]{1,10}")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number in national digits (`0810000001`), its extension and what is noted about it apart."""

    number: str
    extension: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        return format_phone(self.number, self.extension, note=self.note)


def digits_needed(digits: str) -> int | None:
    """How many digits a number has that begins so; None where no number does."""
    if digits.startswith(_LANDLINES):
        return LANDLINE_DIGITS
    return MOBILE_DIGITS if digits.startswith(_MOBILES) else None


@lru_cache(maxsize=4096)
def is_phone(digits: str) -> bool:
    """Whether national digits are a number that can be dialled in Thailand: by the plan, and by phonenumbers."""
    if digits.startswith("1"):
        return digits in _EMERGENCY or len(digits) == 4 or (len(digits) == MOBILE_DIGITS and _is_known(digits))
    return len(digits) == digits_needed(digits) and _is_known(digits)


def _is_known(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, "TH"))
    except phonenumbers.NumberParseException:
        return False


def area_of(number: str) -> str:
    """The area code of a landline: 02, 074; "" for any other number."""
    if len(number) != LANDLINE_DIGITS:
        return ""
    return number[:2] if number.startswith("02") else number[:3]


def _written(number: str) -> str:
    if area_of(number) == "02":
        return f"{number[:2]}-{number[2:5]}-{number[5:]}"
    if number.startswith("1") and len(number) == MOBILE_DIGITS:
        return f"{number[:4]}-{number[4:7]}-{number[7:]}"
    return f"{number[:3]}-{number[3:6]}-{number[6:]}" if len(number) >= LANDLINE_DIGITS else number


def format_phone(number: str, extension: str | None = None, lang: Lang = "th", *, note: str | None = None) -> str:
    """081-000-0001, 02-123-4567 ต่อ 12, 074-123-456 (คุณแดง), 02-123-4567 กด 0."""
    inner = f"{'ext.' if lang == 'en' else 'ต่อ'} {extension}" if extension else ""
    beside = shown_note(note, lang) if note else ""
    if _SERIES.fullmatch(note or ""):
        inner, beside = beside, inner
    return " ".join(piece for piece in (_written(number), inner, beside) if piece)


def shown_note(note: str, lang: Lang = "th") -> str:
    """A number's note as it stands behind it: in brackets, but for what is dialled on: กด 0, ถึง 29."""
    if _SERIES.fullmatch(note):
        return f"to {note.removeprefix(TO_LINE)}" if lang == "en" else note
    return note if _PRESSED.fullmatch(note) else f"({note})"


def join_phones(numbers: Iterable[PhoneNumber], lang: Lang = "th") -> str:
    """Several numbers in one line, as they can be read again."""
    return ", ".join(format_phone(found.number, found.extension, lang, note=found.note) for found in numbers)
