"""What was done is said where it was done: beside the form or the line that the page is opened at.

An address with a fragment opens a page in its middle, where nobody sees its top. So a view that leads to one says at
which place of that page its sentence stands (`say_at`); the page draws it there (`said_at`). What no place of the page
has taken up is said at the top: the line may stand on another page of the list by now.
"""

from flask import Flask, flash, g, get_flashed_messages

Said = list[tuple[str, str]]


def say_at(place: str, words: str, category: str = "done") -> None:
    """Say it at that place of the page to come, which is named as its element is."""
    flash(words, f"{category}@{place}")


def said_at(place: str) -> Said:
    """What is to be said at this place of the page being drawn."""
    g.setdefault("said_at", set()).add(place)
    return [(category, words) for category, its_place, words in _said() if its_place == place]


def said_elsewhere() -> Said:
    """What is to be said at no place that was drawn so far."""
    taken = g.get("said_at", set())
    return [(category, words) for category, place, words in _said() if not place or place not in taken]


def _said() -> list[tuple[str, str, str]]:
    found = []
    for message in get_flashed_messages(with_categories=True):
        category, _at, place = message[0].partition("@")
        found.append((category, place, message[1]))
    return found


def init_saying(app: Flask) -> None:
    """Templates ask for it."""
    app.jinja_env.globals.update(said_at=said_at, said_elsewhere=said_elsewhere)
