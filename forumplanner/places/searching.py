"""Finds places while somebody types: the beginnings of names, in any order, of a place and of what it lies in."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.places.gazetteer import Level, Place, places
from forumplanner.places.mentions import parts_of
from forumplanner.places.names import key_of, names, sound_key
from forumplanner.places.reading import read_place

MOST_FOUND = 8


def search_places(typed: str) -> list[Place]:
    """Places for what was typed so far, the likeliest first: what it reads as, what begins so, what is nearly so."""
    try:
        reading = read_place(typed)
    except Invalid:
        return []
    words = _words_of(thai.repair(typed))
    found = [reading.place] if reading.place else []
    found += sorted(_beginning(words), key=lambda place: _rank(place, words)) if words else []
    return list(dict.fromkeys(found or reading.choices))[:MOST_FOUND]


Words = Sequence[tuple[str, Level | None]]


def _words_of(typed: str) -> Words:
    """The words of a text as they sound, and the level that a word before each says."""
    parts = parts_of(typed)
    levels = [None, *(part.level for part in parts)]
    found = [
        (sound_key(key_of(typed[part.start : part.end])), level)
        for part, level in zip(parts, levels, strict=False)
        if not part.kind
    ]
    return [(word, level) for word, level in found if word][-4:]


@cache
def _in_order() -> Sequence[tuple[str, Place]]:
    """Every name as it sounds, in order, with its place."""
    sounds = names().sounds
    return sorted(((name, place) for place in places().values() for name in sounds[place.code]), key=itemgetter(0))


def _named(beginning: str) -> Iterator[Place]:
    known = _in_order()
    for name, place in islice(known, bisect_left(known, beginning, key=itemgetter(0)), None):
        if not name.startswith(beginning):
            return
        yield place


def _beginning(words: Words) -> set[Place]:
    """The places of whose line every word begins a name, one of them the place's own."""
    sounds = names().sounds

    def begins(place: Place, word: str, level: Level | None) -> bool:
        return level in (None, place.level) and any(name.startswith(word) for name in sounds[place.code])

    def fits(place: Place) -> bool:
        return all(any(begins(each, word, level) for each in place.line) for word, level in words)

    return {place for word, level in words for place in _named(word) if level in (None, place.level) and fits(place)}


def _rank(place: Place, words: Words) -> tuple[bool, int, str]:
    """Whole names before beginnings, provinces before what lies in them."""
    is_whole = any(word in names().sounds[place.code] for word, _level in words)
    return not is_whole, place.level, place.code
