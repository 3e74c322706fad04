"""Finding a stale save: a stamp of what somebody saw, compared with what is saved when they save.

What a form shows is a mapping of its fields' names to their values. The form carries a stamp of it, a short mark for
each field, and whoever saves compares: a field is somebody else's change where its value bears another mark now. The
mark is of the value as it is stored, so that no browser, blank, line end or empty field can make it another. A row's
version would not do: it rises too when the row is moved or renamed beside what the form is about, which is nobody's
loss.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import Enum
from typing import Any

from forumplanner.core import thai
from forumplanner.core.errors import SAVED_MEANWHILE, Conflict, Stale
from forumplanner.core.i18n import N_

Shown = Mapping[str, Any]
"""Values by the names of the fields that show them."""


def make_stamp(shown: Shown) -> str:
    """`name:mark` of each field, parted by blanks: letters, digits, hyphens and underscores, whatever the values."""
    return " ".join(f"{name}:{_mark(value)}" for name, value in shown.items())


def is_same(one: object, other: object) -> bool:
    """Whether two values read the same: nothing and an empty text do, and so do texts whose line ends or blanks at
    either end differ."""
    return _plain(one) == _plain(other)


def is_seen(seen: str, shown: Shown) -> bool:
    """Whether this stamp is of just these values."""
    return not _changed(seen, shown)


def list_differing(shown: Shown, typed: Shown) -> list[str]:
    """The fields that read otherwise than what was typed into them."""
    return [name for name in shown if name in typed and not is_same(shown[name], typed[name])]


def check_fresh(seen: str, now: Shown, typed: Shown, message: str = SAVED_MEANWHILE) -> None:
    """Refuse to overwrite what was saved since `seen` and reads otherwise than what was typed.

    The Stale holds both values of every field that reads otherwise, the stamp to save again with, and `untouched`: what
    is saved now in fields that this person had left as they were, for the form to take over.
    """
    differing = list_differing(now, typed)
    if _changed(seen, now).isdisjoint(differing):
        return
    marks = _marks(seen)
    raise Stale(
        message,
        theirs={name: now[name] for name in differing},
        yours={name: typed[name] for name in differing},
        untouched={name: now[name] for name in differing if marks.get(name, _NOTHING) == _mark(typed[name])},
        seen=make_stamp(now),
    )


def check_removal(seen: str, now: Shown) -> None:
    """Refuse to remove what was changed since somebody saw it."""
    if not is_seen(seen, now):
        raise Conflict(
            N_("Somebody changed this since you opened it, so it was not removed. It is shown as it is now.")
        )


def _changed(seen: str, shown: Shown) -> set[str]:
    marks = _marks(seen)
    return {name for name in shown if marks.get(name) != _mark(shown[name])}


def _marks(seen: str) -> dict[str, str]:
    return dict(part.partition(":")[::2] for part in seen.split())


def _mark(value: object) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:16]


def _plain(value: object) -> str:
    """A value as text that two values have in common where nobody could tell them apart on a page."""
    if value is None or value is False:
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return thai.repair_lines(value)
    if isinstance(value, Iterable):
        return "".join(f"{len(text)}:{text}" for text in map(_plain, value))
    return value.isoformat() if isinstance(value, date | time) else str(value)


# What was not there to be seen, and nobody typed, was left as it was.
_NOTHING = _mark(None)
