"""The sort key: Thai dictionary order that any database keeps when it compares code points."""

import re
import unicodedata

from forumplanner.core.thai.digits import from_thai_digits
from forumplanner.core.thai.repairing import repair

SORT_KEY_LENGTH = 200

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_NUMBER = re.compile("[0-9]+")
# Text the first two levels describe wholly; anything else is appended, so that different texts differ.
_WHOLLY_THAI = re.compile("[ก-ฮะ-ฺเ-ไ็-ํ ]*")
# Between two words, below every digit and letter; the levels themselves are parted by a space, lower still.
_WORD_GAP = "!"
_NO_MARK = "0"
_MARKS = {"็": "1", "่": "2", "้": "3", "๊": "4", "๋": "5", "์": "6", "๎": "7"}
# Letters whose code point lies elsewhere than their place: ํ before ะ, ฺ after ไ, ๅ with า.
_MOVED = {"ํ": "ฯ", "ฺ": "ๅ", "ๅ": "า"}
# Latin after Thai, as CLDR has it for Thai readers: full-width letters, whose code points lie above.
_LATIN = {chr(code): chr(code - ord("a") + ord("ａ")) for code in range(ord("a"), ord("z") + 1)}
_PLACE = _MOVED | _LATIN
# The two levels of a text that is wholly Thai, each in one go.
_LETTERS = str.maketrans({**dict.fromkeys(_MARKS), **_MOVED, " ": _WORD_GAP})
_LEVELS = str.maketrans({**{chr(code): _NO_MARK for code in (*range(0xE01, 0xE4F), 0x20)}, **_MARKS})


def _number(match: re.Match[str]) -> str:
    """A number as its length and its digits, so that หมู่ 2 comes before หมู่ 10."""
    digits = match[0].lstrip("0") or "0"
    return f"{min(len(digits), 9)}{digits}"


def sort_key(text: str) -> str:
    """The column by which Thai names are sorted, at most SORT_KEY_LENGTH characters, compared by code point.

    First the letters without ็ ่ ้ ๊ ๋ ์, each leading vowel (เแโใไ) swapped with the consonant after it, word by
    word; then the marks; then, where needed, the text itself. Numbers sort by value, before Thai, Thai before Latin;
    punctuation and letter case count last. PostgreSQL must compare it with collation "C"; SQLite does so by itself.
    """
    text = repair(text)
    is_thai = _WHOLLY_THAI.fullmatch(text) is not None
    if is_thai and text and text[0] not in _MARKS:
        swapped = _LEADING_VOWEL.sub(r"\2\1", text)
        letters_of_all = swapped.translate(_LETTERS)
        if "!!" not in letters_of_all:
            key = f"{letters_of_all.strip(_WORD_GAP)} {swapped.translate(_LEVELS).rstrip(_NO_MARK)}"
            return key[:SORT_KEY_LENGTH].rstrip()
    folded = unicodedata.normalize("NFD", from_thai_digits(text).casefold())
    folded = _NUMBER.sub(_number, _LEADING_VOWEL.sub(r"\2\1", folded))
    letters: list[str] = []
    marks: list[str] = []
    for char in folded:
        if char in _MARKS:
            marks.append(_MARKS[char])
        elif char == " ":
            if letters and letters[-1] != _WORD_GAP:
                letters.append(_WORD_GAP)
                marks.append(_NO_MARK)
        elif (char.isalnum() or "ะ" <= char <= "ฺ" or char == "ํ") and char != "ๆ":
            letters.append(_PLACE.get(char, char))
            marks.append(_NO_MARK)
    rest = "" if is_thai else text
    key = f"{''.join(letters).strip(_WORD_GAP)} {''.join(marks).rstrip(_NO_MARK)} {rest}"
    return key[:SORT_KEY_LENGTH].rstrip()
