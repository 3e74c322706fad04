"""What files hold still of removed rows, after somebody was erased: printed papers, and SQLite's file itself.

SQLite zeroes what it deletes (`core.db.engine`), yet copies stay where it has moved rows about, and its index of pieces
notes a removal instead of removing. So the file is written anew, for which everybody who writes has to wait: a small
one at once, a large one at night. A mark in the database says that it is to be done; a server's database does it by
itself.
"""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, delete
from sqlalchemy.exc import SQLAlchemyError

from forumplanner.core import clock
from forumplanner.core.db import Mark, db, find_mark
from forumplanner.partners import trigrams

TIDY = "tidy"
UNTIDY = "untidy"
"""The mark that is there while something is to be tidied."""

SMALL = 60_000_000
"""Bytes. Writing so much anew takes about a second."""

NIGHT = range(1, 5)


def tidy_if_due(data_dir: Path) -> None:
    """Tidy where somebody was erased since; the worker asks every minute."""
    session = db.session()
    waits = find_mark(session, UNTIDY) is not None
    engine = db.engine
    db.session.remove()
    if waits and is_time(engine, clock.now()):
        tidy(engine, data_dir)


def is_time(engine: Engine, now: datetime) -> bool:
    """Whether nobody would wait long for it."""
    path = Path(str(engine.url.database))
    is_small = engine.dialect.name != "sqlite" or not path.exists() or path.stat().st_size <= SMALL
    return is_small or now.astimezone(clock.BANGKOK).hour in NIGHT


def tidy(engine: Engine, data_dir: Path) -> None:
    """Remove papers that were printed before, and what the database's file holds still of what was removed."""
    for paper in (data_dir / "papers").glob("*.pdf"):
        paper.unlink(missing_ok=True)
    # Somebody may be reading or writing: then the next minute tries again.
    with suppress(SQLAlchemyError, sqlite3.Error):
        if engine.dialect.name == "sqlite":
            with closing(engine.raw_connection()) as raw:
                # Past SQLAlchemy, which begins a transaction of its own.
                for statement in (trigrams.FORGET_REMOVED, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    raw.cursor().execute(statement).fetchall()
        with engine.begin() as connection:
            connection.execute(delete(Mark).where(Mark.name == UNTIDY))


def list_backups(data_dir: Path) -> list[Path]:
    """The backups in the data folder: they cannot be changed."""
    return sorted(data_dir.glob("*.zip"))
