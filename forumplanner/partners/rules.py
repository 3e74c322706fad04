"""Names, telephone numbers and addresses of partners: text in, answers out."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_, Lang

LONGEST_EMAIL = 254
MOST_PHONES = 5
LAST_DIGITS = 4

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
    typed = _LABEL.sub("", thai.from_thai_digits(thai.repair(text)))
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


def read_phones(text: str, field: str | None = None) -> tuple[PhoneNumber, ...]:
    """Read several numbers, parted by commas, strokes, lines or "หรือ"; each once, in the order written."""
    numbers = [read_phone(part, field) for part in _BETWEEN_NUMBERS.split(text) if part.strip()]
    unique = tuple(dict.fromkeys(numbers))
    if len(unique) > MOST_PHONES:
        raise Invalid(N_("At most %(most)s telephone numbers can be kept."), field=field, most=MOST_PHONES)
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


def check_email(text: str, field: str | None = "email") -> str:
    """The address in its usual spelling; refuses what is none. Whether anybody reads it is not asked."""
    from email_validator import EmailNotValidError, validate_email

    try:
        address: str = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid(
            N_("%(email)s is not an e-mail address. Please check it, or leave it empty."), field=field, email=text[:100]
        ) from error
    if len(address) > LONGEST_EMAIL:
        raise Invalid(N_("This e-mail address is too long."), field=field)
    return address


@dataclass(frozen=True, slots=True)
class SplitName:
    """A person's name in its parts. A surname is optional: many lists have none."""

    honorific: str | None
    given_name: str
    surname: str | None


def split_name(full_name: str) -> SplitName:
    """Split a name written in one line; a guess, to be shown and corrected."""
    honorific, rest = thai.split_honorific(full_name)
    given, _, surname = rest.partition(" ")
    return SplitName(honorific or None, given, surname or None)


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose names and numbers somebody may see: everybody's, or those of some regions and of agencies of no region."""

    everything: bool = False
    region_ids: frozenset[int] = frozenset()


def may_see_partner(sight: Sight, is_organisation: bool, region_ids: Collection[int]) -> bool:
    """Organisers see all; coordinators their own regions' partners, and agencies, which belong to no region."""
    if sight.everything:
        return True
    if not sight.region_ids:
        return False
    return not sight.region_ids.isdisjoint(region_ids) or (is_organisation and not region_ids)


def may_change_partner(sight: Sight, region_ids: Collection[int]) -> bool:
    """Organisers change all; coordinators their own regions' partners. Agencies of no region are the organisers'."""
    return sight.everything or not sight.region_ids.isdisjoint(region_ids)


def phones_agree(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether two people of one name may be the same: a number ends alike, or one of them has none known."""
    if not ours or not theirs:
        return True
    return not {number[-LAST_DIGITS:] for number in ours}.isdisjoint(number[-LAST_DIGITS:] for number in theirs)
