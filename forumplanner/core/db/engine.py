"""Engine settings, as measured: SQLite waits instead of failing, and never loses an update."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from forumplanner.core.db.away import listen_for_away

_reading: ContextVar[bool] = ContextVar("reading", default=False)


def engine_options(url: str) -> dict[str, Any]:
    """Options for `create_engine` by the address's kind. Values never stand in error messages: logs would keep them."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30, "check_same_thread": False}, "hide_parameters": True}
    return {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 10,
        "pool_timeout": 10,
        "connect_args": {"connect_timeout": 4},
        "hide_parameters": True,
    }


def _set_sqlite_pragmas(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling loses updates; SQLAlchemy begins transactions itself (below).
    connection.isolation_level = None
    # What was deleted leaves the file too.
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Taking the write lock at once makes two read-modify-writes queue instead of one failing as "locked".
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")


def listen_to_engine(engine: Engine) -> None:
    """Attach the SQLite settings, and what notices a database that is away."""
    listen_for_away(engine)
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _set_sqlite_pragmas):
        event.listen(engine, "connect", _set_sqlite_pragmas)
        event.listen(engine, "begin", _begin_sqlite)


@contextmanager
def read_only() -> Iterator[None]:
    """Begin transactions inside the block without taking SQLite's write lock (GET requests, reports)."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def set_reading(reading: bool) -> None:
    """The same for a context that has no block, such as a request."""
    _reading.set(reading)


def dialect_name(session: Session) -> str:
    """`sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def is_answering(session: Session) -> bool:
    """Whether the database answers a trivial question."""
    return session.execute(select(1)).scalar() == 1
