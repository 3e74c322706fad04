"""What two versions of a long text differ in, and back again: pure, without loss.

Whoever writes minutes saves often. Both whole texts with each save would grow with the square of the work; what differs
grows with the work.
"""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# A shorter text is kept whole: both versions are read at a glance.
LONG = 200
# Pieces are a few words long, and comparing them stays a matter of milliseconds.
_PIECE = 16
_MOST_PAIRS = 300_000


class Edit(NamedTuple):
    """`removed` stood at that place of the older text, counted in characters; `inserted` stands there instead."""

    place: int
    removed: str
    inserted: str


def digest(text: str) -> str:
    """A short mark of a text, by which the next difference knows what it follows."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_edits(old: str, new: str) -> list[Edit]:
    """What made `new` of `old`, in order of place; a letter and the marks on it stay together."""
    first, last = _common(old, new)
    older, newer = old[first : len(old) - last], new[first : len(new) - last]
    ours, theirs = list(_pieces(older)), list(_pieces(newer))
    counts = Counter(theirs)
    if sum(counts[piece] for piece in ours) > _MOST_PAIRS:
        return [Edit(first, older, newer)]
    starts = [first, *(first + place for place in _ends(ours))]
    edits = []
    for tag, begin, end, their_begin, their_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            removed, inserted = "".join(ours[begin:end]), "".join(theirs[their_begin:their_end])
            before, after = _common(removed, inserted)
            edits.append(
                Edit(
                    starts[begin] + before,
                    removed[before : len(removed) - after],
                    inserted[before : len(inserted) - after],
                )
            )
    return edits


def apply_edits(old: str, edits: Sequence[Edit]) -> str:
    """The newer text."""
    parts, place = [], 0
    for edit in edits:
        parts += [old[place : edit.place], edit.inserted]
        place = edit.place + len(edit.removed)
    return "".join([*parts, old[place:]])


def write_edits(old: str, new: str) -> str:
    """The difference as one line of text, with marks of both versions."""
    return json.dumps([digest(old), digest(new), find_edits(old, new)], ensure_ascii=False, separators=(",", ":"))


def read_edits(line: str) -> tuple[str, str, list[Edit]]:
    """The marks of the older and the newer text, and the edits between them."""
    before, after, edits = json.loads(line)
    return before, after, [Edit(*edit) for edit in edits]


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters both begin with, and end with besides."""
    shortest = min(len(old), len(new))
    first = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    while first and (_is_mark(old[first : first + 1]) or _is_mark(new[first : first + 1])):
        first -= 1
    rest = shortest - first
    last = next((count for count in range(rest) if old[-1 - count] != new[-1 - count]), rest)
    while last and _is_mark(old[len(old) - last]):
        last -= 1
    return first, last


def _is_mark(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) == "Mn"


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces whose ends follow from the letters beside them: the same words are cut alike anywhere."""
    begin = 0
    for place in range(2, len(text)):
        one, two, three = (ord(letter) for letter in text[place - 2 : place + 1])
        if text[place] == "\n" or (one * 961 + two * 31 + three) % _PIECE == 0:
            yield text[begin : place + 1]
            begin = place + 1
    if begin < len(text):
        yield text[begin:]


def _ends(pieces: Sequence[str]) -> Iterator[int]:
    place = 0
    for piece in pieces:
        place += len(piece)
        yield place
