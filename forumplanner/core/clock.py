"""The only reader of the clock.

`now()` is the real instant, in UTC. `today()` is the calendar's day in Thailand; a sample database moves it (and only
it), so that the round of 2550 can be seen in its middle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

_moved: ContextVar[date | None] = ContextVar("moved_today", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC, whole microseconds."""
    return datetime.now(UTC)


def next_second(at: datetime) -> datetime:
    """The first whole second not before an instant: dates of HTTP have no fractions (RFC 9110, 5.6.7)."""
    return at if not at.microsecond else at.replace(microsecond=0) + timedelta(seconds=1)


@overload
def day_of(at: datetime) -> date: ...
@overload
def day_of(at: None) -> None: ...
def day_of(at: datetime | None) -> date | None:
    """The day of an instant in Thailand; None of none."""
    return at.astimezone(BANGKOK).date() if at is not None else None


def today() -> date:
    """The calendar's today in Thailand, or the moved one."""
    return _moved.get() or datetime.now(BANGKOK).date()


def move_today(day: date | None) -> None:
    """Move the calendar's today for this context (a request, a command); None undoes it."""
    _moved.set(day)


def moved_today() -> date | None:
    """The day the calendar was moved to, or None."""
    return _moved.get()


@contextmanager
def today_moved_to(day: date) -> Iterator[None]:
    """Move today inside a `with` block (tests)."""
    token = _moved.set(day)
    try:
        yield
    finally:
        _moved.reset(token)
