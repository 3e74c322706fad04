"""Values of columns as a backup writes and reads them: nothing comes back that no column of ours could have given."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Column
from sqlalchemy.types import JSON, Boolean, Date, Enum, Integer, Numeric, String, Time, TypeEngine

from forumplanner.core.db import UTCDateTime

LARGEST_INTEGER = 2**31 - 1
# Half of what rows can be numbered by: behind it the same number is left for new ones.
LARGEST_NUMBER = 2**30
# Whatever is planned or happened lies between: a Buddhist year typed as a Gregorian one does not.
YEARS = range(1800, 2400)


def to_json(value: Any) -> Any:
    """A column's value as a line of a backup holds it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_READERS: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (UTCDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (Numeric, Decimal),
)


def from_json(column: Column[Any], value: Any) -> Any:
    """The value as the column holds it; ValueError and its like for one that no column of ours could have given."""
    if value is None or isinstance(column.type, JSON):
        return value
    read = next((read for kind, read in _READERS if isinstance(column.type, kind)), None)
    found = read(value) if read else value
    if not _fits(column, found):
        raise ValueError(f"{column}: no such value")
    return found


def _fits(column: Column[Any], value: Any) -> bool:
    kind, fits = column.type, False
    match value:
        case bool():
            fits = isinstance(kind, Boolean)
        case int():
            most = LARGEST_NUMBER if column.primary_key else LARGEST_INTEGER
            fits = isinstance(kind, Integer) and abs(value) <= most
        case str():
            among = value in kind.enums if isinstance(kind, Enum) else "\0" not in value
            fits = isinstance(kind, String) and among and len(value) <= (kind.length or len(value))
        case Decimal():
            whole = (kind.precision or 0) - (kind.scale or 0) if isinstance(kind, Numeric) else 0
            fits = value.is_finite() and abs(value) < 10**whole
        case time():
            fits = value.tzinfo is None
        case date():
            fits = value.year in YEARS and (not isinstance(value, datetime) or value.tzinfo is not None)
    return fits
