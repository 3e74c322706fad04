"""The database: one declarative base, UTC instants, engine settings, marks."""

from forumplanner.core.db.away import DatabaseGone, is_away, make_database_file, set_patience
from forumplanner.core.db.base import Base, Versioned, db
from forumplanner.core.db.engine import (
    dialect_name,
    engine_options,
    is_answering,
    listen_to_engine,
    read_only,
    set_reading,
)
from forumplanner.core.db.marks import CALENDAR, SAMPLE, Mark, bump_mark, find_mark, is_sample
from forumplanner.core.db.types import BLANKED, SENSITIVE, SORT_KEY, UTCDateTime, one_of

__all__ = [
    "BLANKED",
    "CALENDAR",
    "SAMPLE",
    "SENSITIVE",
    "SORT_KEY",
    "Base",
    "DatabaseGone",
    "Mark",
    "UTCDateTime",
    "Versioned",
    "bump_mark",
    "db",
    "dialect_name",
    "engine_options",
    "find_mark",
    "is_answering",
    "is_away",
    "is_sample",
    "listen_to_engine",
    "make_database_file",
    "one_of",
    "read_only",
    "set_patience",
    "set_reading",
]
