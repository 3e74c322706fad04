"""How wide a label is, in CSS pixels: read off the fonts of pages, not guessed.

`tools/label_widths.py` writes `data/label_widths.json` from the fonts in `static/fonts`; a test keeps it up to date.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Weight = Literal["Regular", "SemiBold", "Bold"]

# A character that the font lacks comes from another one, which draws nothing wider than a square.
UNKNOWN = 1000


def text_width(text: str, size: float = 16, weight: Weight = "Regular") -> float:
    """The width of one line of text at that size. Pairs that the font moves together are not moved here."""
    widths = _widths()[weight]
    return round(sum(widths.get(each, _of_unknown(each)) for each in text) * size / 1000, 2)


def fitting(text: str, width: float, size: float = 16, weight: Weight = "Regular") -> str:
    """The text, or as much of its beginning as has room before an ellipsis; no letter loses its vowels or marks."""
    if text_width(text, size, weight) <= width:
        return text
    end, room = len(text), width - text_width("…", size, weight)
    while end > 1 and (text_width(text[:end], size, weight) > room or _parts(text, end)):
        end -= 1
    return text[:end].rstrip() + "…"


def _parts(text: str, at: int) -> bool:
    """Whether a cut there would part a letter from what is written with it."""
    behind = text[at : at + 1]
    return bool(behind) and (not _of_unknown(behind) or behind in "ะาำๅๆฯ" or text[at - 1] in "เแโใไ")


def _of_unknown(character: str) -> int:
    """Marks stand above or below what they follow."""
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else UNKNOWN


@lru_cache(maxsize=1)
def _widths() -> Mapping[Weight, Mapping[str, int]]:
    """Widths of characters in thousandths of the size. The file lists characters by width."""
    text = (files("forumplanner") / "data" / "label_widths.json").read_text("utf-8")
    return {
        weight: {character: int(width) for width, characters in found.items() for character in characters}
        for weight, found in json.loads(text).items()
    }
