"""Characters that the font of paper lacks, and what is printed in their place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

PLACEHOLDER = "□"
JOINER = "\u200d"
# Soft hyphens: the font has them, Thai has none.
UNPRINTED = {"\u00ad"}
LAYOUT = "\t\n\f\r"
STAND_INS = {
    "✔": "✓", "✅": "☑", "☒": "[×]", "✗": "×", "✘": "×", "❌": "×", "⬜": "□", "◻": "□",
    "★": "*", "☆": "*", "▪": "■", "◦": "○", "‣": "•",
}  # fmt: skip


class Coverage:
    """The characters a font can print."""

    def __init__(self, characters: Iterable[int]) -> None:
        # Fonts map some controls too, to nothing.
        visible = {chr(code) for code in characters if unicodedata.category(chr(code)) != "Cc"}
        self._printed = visible - UNPRINTED | set(LAYOUT)
        self._foreign = re.compile(f"[^{re.escape(''.join(sorted(self._printed)))}]+")

    def printable(self, text: str) -> str:
        """The text with what the font lacks replaced: by an equivalent it has, by nothing if it is invisible, else
        by one □; what a joiner ties together (a family emoji) counts as one."""
        return self._foreign.sub(self._replacement, text)

    def lost(self, text: str) -> Iterator[str]:
        """The characters of a text in whose place □ is printed, in their order."""
        for found in self._foreign.finditer(text):
            yield from (
                char for char in found[0] if char not in (JOINER, *STAND_INS) and self._instead(char) == PLACEHOLDER
            )

    def _replacement(self, found: re.Match[str]) -> str:
        printed = []
        joined = False
        for character in found[0]:
            if character == JOINER:
                joined = True
                continue
            if not joined:
                printed.append(self._instead(character))
            joined = False
        return "".join(printed)

    def _instead(self, character: str) -> str:
        if character in STAND_INS:
            return STAND_INS[character]
        category = unicodedata.category(character)
        if category in ("Cf", "Cc", "Mn", "Me", "Sk"):
            return ""
        if category in ("Zl", "Zp"):
            return " "
        # One character at a time, and only those the font lacks: the text's own ำ is never taken apart.
        equivalent = unicodedata.normalize("NFKC", character)
        return equivalent if set(equivalent) <= self._printed else PLACEHOLDER
