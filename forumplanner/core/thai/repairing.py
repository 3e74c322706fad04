"""Repairs Thai text on the way in, so that what looks the same is the same; refuses what nobody can read."""

import re
import unicodedata
from functools import lru_cache

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.thai.digits import from_thai_digits

_TONES = "่-๋"
_VOWELS = "ัิ-ฺ"  # above and below the consonant; phinthu (ฺ) moves with them, so that NFC agrees

# Marks a person can neither see nor find: zero-width spaces and joiners, soft hyphen, direction marks and overrides.
# Phones and word processors leave them around pasted names, numbers and dates.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
# None of these patterns can backtrack: what strangers type must be read in linear time.
_TONES_AND_VOWELS = re.compile(f"[{_TONES}{_VOWELS}]{{2,}}")
_SPLIT_SARA_AM = re.compile(f"ํ([{_TONES}]*)า")
_TONES_AND_SARA_AM = re.compile(f"ำ[ำ{_TONES}]+")
# A heap of marks that no writing has: only noise, and slow to normalise.
_HEAP = re.compile(r"[^\w\s!-~]{33,}")
_MOST_MARKS = 32
_ANY_TONE = re.compile(f"[{_TONES}]")
_NO_TONE = re.compile(f"[^{_TONES}]")
# Each mark on its consonant, in its order, none twice: as nearly all text is. Only blanks may have to go.
_NEEDS_NO_REPAIR = re.compile("(?:[ -~ะาใไโแฯๆ๐-๙]|เ(?!เ)|[ก-ฮ](?:[ัิ-ู][่-๋์]?|[่-๋]?ำ|[่-๋็์])?)*")
# Codes by which old fonts drew shifted marks (Windows F700-F71A, Macintosh F884-F89E), and bullets of Symbol fonts.
_FONT_CODES = {
    **dict(zip(range(0xF700, 0xF71B), "ฐ\u0e34\u0e35\u0e36\u0e37่้๊๋์่้๊๋์ญัํ็่้๊๋์\u0e38\u0e39\u0e3a", strict=True)),
    **dict(zip(range(0xF884, 0xF89F), "ั\u0e34\u0e35\u0e36\u0e37็่่่้้้๊๊๊๋๋๋์์์ํญ\u0e38\u0e39\u0e3aฐ", strict=True)),
    0xF0B7: "•",
    0xF0A7: "•",
    0xF076: "•",
    0xF0D8: "•",
    0xF0FC: "✓",
    0xF0FE: "☑",
    0xF06F: "□",
    0xF0A8: "□",
    0xF0E0: "→",
}
_FONT_CODE = re.compile("[\uf06f-\uf0fe\uf700-\uf71a\uf884-\uf89e]")
_MARK = f"{_VOWELS}{_TONES}็์ํ๎"
# A mark torn off its consonant, and ำ of which an old PDF left a blank and า: no word begins with them.
_TORN_MARK = re.compile(f"(?<=[ก-ฮ{_MARK}]) +(?=[{_MARK}ำ])|(?<=ํ) +(?=า)|(?<=ำ) +า")
_TORN_WATER = re.compile("(?<=น) +้า")
_TORN_SARA_AM = re.compile("(?<=[ก-ฮ]) +า")
# Every letter set apart: there the blank before า stands for nothing.
_SPACED_OUT = re.compile("(?:(?:^| )[ก-ฮเ-ไ])(?: [ก-ฮะาเ-ไ]){3}")
_DOUBLED = re.compile(f"([{_MARK}ำ])\\1+")
_BLANK_BEFORE_REPEAT = re.compile(" +(?=[ๆฯ])")
_LESSER_MARKS = str.maketrans("", "", "็่้๊๋์๎")
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

TOO_LONG = N_(
    "This text has %(length)s characters, but at most %(max_length)s fit here. Please shorten it. Nothing was lost."
)
CONTROL_CHARACTERS = N_(
    "This text contains characters that cannot be shown (code %(code)s). "
    "Please type it anew, or paste it as plain text."
)


def _tones_last(match: re.Match[str]) -> str:
    return _ANY_TONE.sub("", match[0]) + _NO_TONE.sub("", match[0])


def _tones_first(match: re.Match[str]) -> str:
    return _NO_TONE.sub("", match[0]) + _ANY_TONE.sub("", match[0])


def _thin_out(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in match[0]:
        is_mark = unicodedata.category(char) == "Mn" and not "\ufe00" <= char <= "\ufe0f"  # emoji need theirs
        marks += is_mark
        if not is_mark or marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _reorder(text: str) -> str:
    """Bring marks into the one order that reads right; repeated until nothing changes, since each may free another."""
    while True:
        before = text
        text = unicodedata.normalize("NFC", _HEAP.sub(_thin_out, text))
        text = _TONES_AND_VOWELS.sub(_tones_last, text)
        text = _SPLIT_SARA_AM.sub(r"\1ำ", text)
        text = _TONES_AND_SARA_AM.sub(_tones_first, text)
        text = _DOUBLED.sub(r"\1", text.replace("เเ", "แ"))
        if text == before:
            return text


def drop_invisible(text: str) -> str:
    """The text without characters that nobody can see: U+200B-200F, U+FEFF, soft hyphens, direction marks."""
    return _INVISIBLE.sub("", text)


def repair(text: str) -> str:
    """Make one line of Thai text canonical; repairing twice changes nothing more.

    Letters that old fonts kept elsewhere come back, as do marks that an old PDF doubled or tore off: ส านัก to สำนัก.
    NFC (never NFKC: it splits ำ), เเ to แ, ํา to ำ, ํ้า, ้ํา and ำ้ to ้ำ, a tone typed before an upper or lower vowel
    moved after it, invisible marks dropped, white space of any kind collapsed to single spaces, ends trimmed.
    More than 32 marks in a row are cut short.
    """
    return _repaired_once(text) if len(text) <= _REMEMBERED else _repaired(text)


def _repaired(text: str) -> str:
    if _NEEDS_NO_REPAIR.fullmatch(text) and " า" not in text:
        return " ".join(text.split())
    text = _FONT_CODE.sub(lambda found: _FONT_CODES.get(ord(found[0]), found[0]), drop_invisible(text))
    return _reorder(" ".join(_mended(_reorder(text)).split()))


# One name is repaired by each of those who split, compare and sort it, and lists say one place a thousand times.
_REMEMBERED = 120
_repaired_once = lru_cache(maxsize=4096)(_repaired)


def _mended(text: str) -> str:
    """Torn marks back on their letters: ส านัก, น ้า, ที ่. Blanks of other kinds count too."""
    text = " ".join(text.split())
    if not _SPACED_OUT.search(text):
        text = _TORN_SARA_AM.sub("ำ", _TORN_WATER.sub("้ำ", text))
    return _TORN_MARK.sub("", text)


def repair_lines(text: str) -> str:
    """Repair each line of a longer text; line ends become \\n, blank lines at either end go, those between stay."""
    return "\n".join(repair(line) for line in _LINE_END.split(text)).strip("\n")


def search_key(text: str) -> str:
    """What is compared when searching: repaired, Thai digits folded, letter case folded. Also for the query."""
    key = unicodedata.normalize("NFC", repair(from_thai_digits(text)).casefold())
    return _BLANK_BEFORE_REPEAT.sub("", key)


def searchable(*texts: str | None) -> str:
    """What is stored to be searched: each text as it is compared, and once more without the marks people leave out.

    A query without tone marks finds a name that has them (แจว: แจ๋ว); one with them finds those alone.
    """
    key = search_key(" ".join(text for text in texts if text))
    bare = key.translate(_LESSER_MARKS)
    return key if bare == key else f"{key}\n{bare}"


def check_plain_text(text: str, max_length: int, multiline: bool = False) -> str:
    """Repair text that somebody typed or pasted, or refuse it.

    Invisible formatting characters are dropped; line ends stay where `multiline`, and are spaces otherwise.
    `max_length` counts characters after the repair. Raises Invalid for control characters and for oversize text.
    """
    if len(text) > 2 * max_length + 1000:  # not worth repairing first
        raise Invalid(TOO_LONG, length=len(text), max_length=max_length)
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        raise Invalid(CONTROL_CHARACTERS, code=f"U+{ord(unreadable[0]):04X}")
    text = repair_lines(text) if multiline else repair(text)
    if len(text) > max_length:
        raise Invalid(TOO_LONG, length=len(text), max_length=max_length)
    return text
