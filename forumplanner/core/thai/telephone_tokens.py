"""Cuts a text with telephone numbers into numbers, words, extensions and what parts them."""

import re
from typing import NamedTuple

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

NOT_A_NUMBER = N_("%(typed)s is not a telephone number. It begins with 0 and has nine or ten digits. Please check it.")

# 101-103, "12 หรือ 13"; never the beginning of a whole number.
_EXTENSION = (
    r"(?:ต่อ|ภายใน|extension|ext\.?|(?<![a-z])x(?=[ .:]*\d)|\#)[ .:]*"
    r"(?P<extension>\d{1,6}(?!\d)(?:[ ]?(?:-|/|,|ถึง|หรือ|และ)[ ]?\d{1,6}(?!\d|[ \-.]\d))*)"
)
# Brackets around words are set aside first, so that digits in them are nobody's number.
_ASIDE = re.compile(r"\(([^()\x01]{1,120})\)")
_TOKEN = re.compile(
    rf"""
    \x01(?P<aside>\d+)\x01
    |{_EXTENSION}
    |(?P<number>\+?\(?\d(?:[ \-./()]{{0,3}}\d)*\)?)
    |(?P<parting>[,;\n/&]|หรือ|และ|\bor\b|\band\b|จนถึง|ถึง|\bto\b)
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?: ?- ?\d{1,2}[.:]\d\d)?", re.ASCII)
# What says nothing at the edge of words.
TRIM = " .:;,-=/()\n"


class Token(NamedTuple):
    """A piece of the text: number, words, aside, extension or parting. `before_number`: words that a number follows."""

    kind: str
    text: str
    before_number: bool = False


def cut(typed: str) -> list[Token]:
    """The pieces of a text in order; brackets around words are one piece, digits in them being nobody's number."""
    asides: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        inside = found[1]
        if not re.search(r"[^\W\d_]", inside):
            return found[0]  # (02) 123-4567
        if len(re.sub(r"\D", "", CLOCK.sub("", inside))) >= 7:
            return f" {inside} "  # a number stands inside: (โทร. 081-234-5678)
        if re.search(_EXTENSION, inside, re.IGNORECASE | re.ASCII):
            return f" {inside} "  # (ต่อ 12)
        asides.append(inside)
        return f"\x01{len(asides) - 1}\x01"

    typed = _ASIDE.sub(put_aside, typed.replace("\x01", ""))
    pieces: list[Token] = []
    at = 0
    for found in _TOKEN.finditer(typed):
        if typed[at : found.start()].strip(TRIM):
            pieces.append(Token("words", typed[at : found.start()]))
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "number" and re.match("[a-zA-Z]", typed[at:]):
            raise Invalid(NOT_A_NUMBER, typed=typed[found.start() :][:40])
        pieces.append(Token(kind, asides[int(found[kind])] if kind == "aside" else found[kind]))
    if typed[at:].strip(TRIM):
        pieces.append(Token("words", typed[at:]))
    return [piece._replace(before_number=_number_follows(pieces[place + 1 :])) for place, piece in enumerate(pieces)]


def _number_follows(pieces: list[Token]) -> bool:
    following = next((piece for piece in pieces if piece.kind not in ("words", "aside")), None)
    return following is not None and following.kind == "number" and could_be_whole(following.text)


def could_be_whole(text: str) -> bool:
    """Whether digits are enough for a number, and no hours: 09.00-16.30."""
    return len(re.sub(r"\D", "", text)) >= 7 and not CLOCK.fullmatch(text)
