"""Write how wide the characters of the pages' fonts are, for labels that are placed before anything is drawn.

    label_widths.py [FILE]         writes forumplanner/data/label_widths.json, or FILE

Run it after the fonts were built anew (`make fonts` does).
"""

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent / "forumplanner"
WEIGHTS = ("Regular", "SemiBold", "Bold")


def widths(weight: str) -> dict[str, str]:
    """Characters by their width in thousandths of the size."""
    font = TTFont(PROJECT / "static" / "fonts" / f"Sarabun-{weight}.woff2")
    scale = 1000 / font["head"].unitsPerEm
    found: dict[int, str] = {}
    for character, glyph in sorted(font.getBestCmap().items()):
        width = round(font["hmtx"][glyph][0] * scale)
        found[width] = found.get(width, "") + chr(character)
    return {str(width): characters for width, characters in sorted(found.items())}


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "data" / "label_widths.json"
    found = {weight: widths(weight) for weight in WEIGHTS}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
