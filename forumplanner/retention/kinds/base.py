"""What a kind is, and the days its rows are counted by."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import dialect_name
from forumplanner.core.periods import Period
from forumplanner.history.services import Actor

Eraser = Callable[[Session, int, Actor], object]
"""Erases all that is kept of the person of that number; a refusal says why it cannot be done."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing of a kind: its period is counted from `since`; `count` is what it stands for.

    `held_until`: not to be removed before that day.
    """

    item: int
    since: date
    count: int = 1
    held_until: date | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """What one call removed: the items that are done, what they stood for, and those something stands against."""

    items: Collection[int]
    count: int
    refused: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data that ends. `name` and `how` are untranslated sentences.

    `find` lists what counts from a day on or before the one it is given, and still says something. `remove` takes those
    items away, once and for all, `at_once` in a transaction: others wait for SQLite's write lock meanwhile.
    """

    slug: str
    period: Period
    name: str
    how: str
    find: Callable[[Session, date], list[Due]]
    remove: Callable[[Session, Sequence[int], Eraser | None], Removed]
    at_once: int = 200


def instant_after(day: date) -> datetime:
    """When that day ends in Thailand."""
    return datetime.combine(day + timedelta(days=1), time(), clock.BANGKOK)


def instant_of(day: date) -> datetime:
    """When that day begins in Thailand."""
    return datetime.combine(day, time(), clock.BANGKOK)


def thai_day(session: Session, at: Any) -> ColumnElement[Any]:
    """The day of an instant in Thailand, which has had one time since 1941; text or a date (`as_day`)."""
    if dialect_name(session) == "postgresql":
        return cast(func.timezone("Asia/Bangkok", at), Date)
    return func.date(at, "+7 hours")


def as_day(value: object) -> date:
    """What `thai_day` gave, as a date."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
