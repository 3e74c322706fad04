"""Text that may stand in a calendar, and the lines that carry it."""

import re
import unicodedata

from icalendar import vText

LONGEST_LINE = 500
LONGEST_TEXT = 8000
"""Characters; the page, whose address ends every description, has the rest."""

_LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_SPACES = re.compile("[ \t\n]+")
_TO_ESCAPE = re.compile(r"[\\;,\n]")
_ESCAPED = re.compile(r"\\([\\;,nN])")

_FOLD_AT = 75
_ZERO_WIDTH_JOINER = "\u200d"
# Letters by their Unicode class that nevertheless hang on the letter before them: Thai and Lao sara am.
_SARA_AM = "\u0e33\u0eb3"


def clean_text(text: str) -> str:
    """Text of several lines without what breaks calendar readers; lines end in LF, none in a blank.

    C0 and C1 controls, byte-order marks and lone surrogates go; every kind of line break becomes LF, U+2028, U+2029
    and U+0085 among them, which some readers take for the end of a content line; a tab becomes a blank.
    """
    text = _DROPPED.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " "))
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip("\n ")


def clean_line(text: str) -> str:
    """Text of one line: as `clean_text`, breaks and runs of blanks collapsed into one blank."""
    return _SPACES.sub(" ", clean_text(text)).strip(" ")


def shorten(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis, of at most `longest` characters, marks left on their letters."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > longest // 2 and not _may_break(text[:end], text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


class Text(vText):
    """A TEXT value (RFC 5545, 3.3.11) that escapes exactly backslash, semicolon, comma and newline.

    icalendar's own turns a typed backslash before a capital N into a newline.
    """

    __slots__ = ()

    def to_ical(self) -> bytes:
        return _TO_ESCAPE.sub(lambda found: r"\n" if found[0] == "\n" else "\\" + found[0], self).encode()


def unescape(value: str) -> str:
    """The text of a raw TEXT value, where a reader does not know that a property holds one."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def fold(line: str) -> bytes:
    """A content line in UTF-8 with its CRLF, no piece longer than 75 octets (RFC 5545, 3.1).

    Never cut inside a character, and where the limit allows neither between a letter and its marks, inside an
    escape, a joined emoji or a flag, nor beside a blank: some readers unfold or trim before they decode.
    """
    octets = line.encode()
    if len(octets) <= _FOLD_AT:
        return octets + b"\r\n"
    pieces = []
    start, room = 0, _FOLD_AT
    while len(octets) - start > room:
        end = start + _piece_length(octets[start : start + room + 4], room)
        pieces.append(octets[start:end])
        start, room = end, _FOLD_AT - 1  # continuation lines begin with a blank
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _piece_length(octets: bytes, room: int) -> int:
    """How many of the first `room` octets stand on this line; the four more show the character after them."""
    kept = octets[:room].decode(errors="ignore")
    hard_end = len(kept.encode())
    following = octets[hard_end:].decode(errors="ignore")[0]
    end = len(kept)
    while end > len(kept) // 2:
        if _may_break(kept[:end], kept[end] if end < len(kept) else following):
            return len(kept[:end].encode())
        end -= 1
    return hard_end


def _may_break(before: str, after: str) -> bool:
    """Whether a line may be cut between these without tearing what belongs together."""
    last = before[-1]
    if last == " " or after == " " or last == _ZERO_WIDTH_JOINER or _hangs_on(after):
        return False
    if last == "\\":
        return (len(before) - len(before.rstrip("\\"))) % 2 == 0
    if _is_flag_half(last) and _is_flag_half(after):
        return sum(1 for _ in _trailing_flag_halves(before)) % 2 == 0
    return True


def _hangs_on(character: str) -> bool:
    """Whether a character belongs to the one before it."""
    return (
        unicodedata.category(character)[0] == "M"
        or character in _SARA_AM
        or character == _ZERO_WIDTH_JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _trailing_flag_halves(text: str) -> list[str]:
    halves = []
    for character in reversed(text):
        if not _is_flag_half(character):
            break
        halves.append(character)
    return halves
