"""What the font of paper cannot print, told before it is printed. Text in Thai or English needs no font to be sure."""

import re
from functools import lru_cache
from pathlib import Path

from forumplanner.printing.glyphs import Coverage

FONT = Path(__file__).parent / "fonts" / "FPSarabun-Regular.ttf"
MOST_NAMED = 8
_SURELY_PRINTED = re.compile(
    "[\t\n\r -~\u00a0-\u00ac\u00ae-\u00ff\u0e01-\u0e3a\u0e3f-\u0e5b\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*"
)


@lru_cache(maxsize=1)
def coverage() -> Coverage:
    """The characters of the font of paper, read once."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(FONT, lazy=True) as font:
        return Coverage(font.getBestCmap())


def find_unprintable(text: object) -> tuple[str, ...]:
    """The characters of a text that would be printed as □, each once, in their order; at most eight."""
    if not isinstance(text, str) or _SURELY_PRINTED.fullmatch(text):
        return ()
    return tuple(dict.fromkeys(coverage().lost(text)))[:MOST_NAMED]
