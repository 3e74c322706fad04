"""Single cells: what people type, and what spreadsheets make of it."""

import re
from functools import lru_cache
from typing import NamedTuple

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.thai import PhoneNumber
from forumplanner.core.thai.telephone_reading import WRONG_LENGTH
from forumplanner.outbox.rules import check_address
from forumplanner.partners.importing import remarks
from forumplanner.partners.importing.remarks import Remark

NOTHING = re.compile(r"[-–—_.·*/]*|ไม่มี|ไม่ทราบ|n/?a|none|nil|null", re.IGNORECASE)
_QUOTES = {'"': '"', "“": "”", "‘": "’", "«": "»"}
_KEPT_TEXT = re.compile(r'=\s*"([^"]*)"')
_SHORTENED = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE | re.ASCII)
_WHOLE_FLOAT = re.compile(r"([0-9]{7,12})[.,]0+", re.ASCII)
_PARTS = re.compile(r"(\s*(?:[,;/\n|]|หรือ|และ)\s*)")
_LOST_ZERO = re.compile(r"[1-9][0-9 \-.]{6,13}", re.ASCII)
_NUMBERED = re.compile(r"\(?[0-9]{1,4}(?:[.)]+\s*|\s*-\s+)(?=\D)", re.ASCII)
_COUNTS = frozenset("(0123456789๐๑๒๓๔๕๖๗๘๙")
_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]?\s*")
_FEMALE_RANK = re.compile(r"\((?:หญิง|พิเศษ|คลินิก)\)")
_LETTER = re.compile(r"[^\W\d_]")
_SEPARATED = re.compile(r"[,;/\s|]+")
_PIECE_OF_DIGITS = re.compile(r"[0-9][0-9 \-.()]*", re.ASCII)
_SHORTEST, _LONGEST = 9, 10
# An address as nearly all are; whether its domain can be one is asked once for each.
_PLAIN_EMAIL = re.compile(r"([a-z0-9]+(?:[._+\-][a-z0-9]+)*)@([a-z0-9.\-]{3,150})", re.ASCII)
_LONGEST_LOCAL = 64


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """A cell's words in one line, without the marks that spreadsheets and their users put around them."""
    text = thai.repair(text)
    kept = _KEPT_TEXT.fullmatch(text)
    if kept:
        text = kept[1].strip()
    if text[:1] == "'" and text.count("'") == 1:
        text = text[1:].strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    return text


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: -, ไม่มี."""
    return NOTHING.fullmatch(text) is not None


class ReadPhones(NamedTuple):
    """Numbers, what is said of them, and what could not be read and is kept."""

    numbers: tuple[PhoneNumber, ...] = ()
    remarks: tuple[Remark, ...] = ()
    kept: str = ""


def read_phone_cell(text: str, column: int) -> ReadPhones:
    """The telephone numbers of a cell, those too of which the spreadsheet took the leading zero."""
    one = thai.read_mobile(text)
    if one:
        return ReadPhones((one,))
    typed = thai.from_thai_digits("\n".join(clean(line) for line in text.split("\n"))).strip()
    if is_nothing(typed):
        return ReadPhones()
    said: list[Remark] = []
    mended = "".join(_mended(part, column, said) for part in _PARTS.split(typed))
    try:
        numbers = thai.read_phones(mended)
    except Invalid as refusal:
        shown = typed.replace("\n", " ")[:60]
        if refusal.message == WRONG_LENGTH or _has_wrong_length(mended):
            return ReadPhones((), (*said, Remark(remarks.PHONE_LENGTH, {"typed": shown[:40]}, column, True)), "")
        return ReadPhones((), (*said, Remark(remarks.PHONE_KEPT, {"typed": shown}, column)), typed.replace("\n", " "))
    short = next((found for found in numbers if len(found.number) < _SHORTEST), None)
    if short:
        # Numbers of services can be dialled, but nobody has one.
        return ReadPhones((), (*said, Remark(remarks.PHONE_LENGTH, {"typed": short.number}, column, True)), "")
    return ReadPhones(numbers, tuple(said))


def _mended(part: str, column: int, said: list[Remark]) -> str:
    """A number as it was before the spreadsheet took it for an amount."""
    whole = _WHOLE_FLOAT.fullmatch(part.strip())
    if whole:
        part = whole[1]
    short = _SHORTENED.fullmatch(part.strip())
    if short:
        digits = f"{short[1]}{short[2] or ''}"
        plain = digits.ljust(int(short[3]) + 1, "0")[:40]
        if len(digits) < len(plain):
            number = f"0{plain}" if thai.find_phones(f"0{plain}") else plain
            said.append(Remark(remarks.SHORTENED, {"typed": part.strip(), "number": number}, column))
        part = plain
    digits = re.sub(r"\D", "", part)
    if _LOST_ZERO.fullmatch(part.strip()) and len(digits) in (8, 9) and thai.find_phones(f"0{digits}"):
        if not short:
            said.append(Remark(remarks.ZERO_ADDED, {"number": part.strip()}, column))
        return f"0{part.strip()}"
    return part


def _has_wrong_length(text: str) -> bool:
    """Whether some number in an unreadable cell is too short or too long for one; a number abroad is neither."""
    if re.match(r"\s*(?:\+|00)(?!66)", text):
        return len(re.sub(r"\D", "", text)) > 16
    pieces = [re.sub(r"\D", "", piece) for piece in _PIECE_OF_DIGITS.findall(text)]
    counts = [len(piece.removeprefix("66")) for piece in pieces if piece]
    return bool(counts) and not all(_SHORTEST <= count <= _LONGEST for count in counts)


@lru_cache(maxsize=1024)
def _is_domain(domain: str) -> bool:
    try:
        return check_address(f"a@{domain}") == f"a@{domain}"
    except Invalid:
        return False


class ReadEmail(NamedTuple):
    """An address, what is said of it, and further ones that are kept."""

    address: str | None = None
    remark: Remark | None = None
    kept: str = ""


def read_email_cell(text: str, column: int) -> ReadEmail:
    """The e-mail address of a cell; of several that are all well formed the first."""
    plain = _PLAIN_EMAIL.fullmatch(text)
    if plain and len(plain[1]) <= _LONGEST_LOCAL and _is_domain(plain[2]):
        return ReadEmail(text)
    typed = clean(text)
    if is_nothing(typed):
        return ReadEmail()
    bare = typed.removeprefix("mailto:").strip("<>,;. ")
    try:
        address = check_address(bare)
        odd = not address.isascii()
        return ReadEmail(address, Remark(remarks.THAI_EMAIL, {"email": address}, column) if odd else None)
    except Invalid as refusal:
        several = [piece.strip("<>,;. ") for piece in _SEPARATED.split(bare) if piece.strip("<>,;. ")]
        if len(several) > 1 and all("@" in piece for piece in several):
            try:
                found = [check_address(piece) for piece in several]
            except Invalid:
                pass
            else:
                return ReadEmail(found[0], Remark(remarks.MORE_EMAILS, {}, column), ", ".join(found[1:]))
        return ReadEmail(None, remarks.of_refusal(refusal, column, is_error=True))


class ReadName(NamedTuple):
    """A name without its number, what stood in brackets behind it, and further names of the cell."""

    name: str
    beside: str = ""
    others: str = ""


def read_name_cell(text: str) -> ReadName:
    """The name of a cell: "1. นายสมชาย ใจดี (ประธาน)" is นายสมชาย ใจดี, beside it ประธาน."""
    lines = [line for line in (_unnumbered(line) for line in text.split("\n")) if line]
    others = ""
    if len(lines) > 1 and all(thai.split_honorific(line)[0] for line in lines):
        lines, others = lines[:1], ", ".join(lines[1:])
    name = _unnumbered(" ".join(lines)) if len(lines) > 1 else "".join(lines)
    beside: list[str] = []

    def take(found: re.Match[str]) -> str:
        if _FEMALE_RANK.fullmatch(found[0].strip()):
            return found[0]
        beside.append(found[1].strip())
        return " "

    name = thai.repair(_BRACKETS.sub(take, name)).strip(" ,;:-–*")
    if not _LETTER.search(name) or is_nothing(name):
        return ReadName("", ", ".join(filter(None, beside)), others)
    return ReadName(name, ", ".join(filter(None, beside)), others)


def _unnumbered(line: str) -> str:
    """A line without the number that counts it, in either digits."""
    line = clean(line)
    if line[:1] not in _COUNTS:
        return line
    found = _NUMBERED.match(thai.from_thai_digits(line))
    return line[found.end() :].strip() if found else line
