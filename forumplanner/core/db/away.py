"""A database that does not answer, and a file that is no longer the one that was opened: noticed soon, and told.

A request gives its questions a deadline; without one (commands, the worker) they may take what they need. An SQLite
database is opened only where its file is, and never made by being opened: an empty one in place of a lost one would
look like a fresh start. Whatever stood open when a file was moved would go on writing where nobody reads.
"""

import os
import sqlite3
import time
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

# After a database did not answer, nobody waits for it again before this many seconds are over.
PAUSE = 2
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class DatabaseGone(SQLAlchemyError):
    """The file of the database is gone, or another one lies in its place."""


def set_patience(seconds: float | None) -> None:
    """How long this context's questions to the database may take from now on, all together; None: for ever."""
    _deadline.set(None if seconds is None else time.monotonic() + seconds)


def is_away(error: BaseException) -> bool:
    """Whether this says that the database cannot be read or written now, and not that a question was wrong."""
    if isinstance(error, (DatabaseGone, OperationalError, InterfaceError, PoolTimeout, DisconnectionError)):
        return True
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    names = {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(error).__mro__}
    # Calendars ask the driver itself.
    return bool(names & {"sqlite3.OperationalError", "psycopg.OperationalError", "psycopg.InterfaceError"})


def make_database_file(path: Path) -> None:
    """Make an empty SQLite file that is ours alone, unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def listen_for_away(engine: Engine) -> None:
    """Watch over an engine's connections."""
    if engine.dialect.name == "sqlite":
        if engine.url.database not in (None, "", ":memory:"):
            _watch_file(engine, Path(str(engine.url.database)))
    else:
        _watch_server(engine)


def _watch_file(engine: Engine, path: Path) -> None:
    opened: list[tuple[int, int]] = []

    def look() -> None:
        try:
            found = os.stat(path)
        except OSError as error:
            raise DatabaseGone("the file of the database is gone") from error
        if opened and opened[0] != (found.st_dev, found.st_ino):
            raise DatabaseGone("another file lies where the database was; serving it needs a restart")
        if not opened:
            opened.append((found.st_dev, found.st_ino))

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, _arguments: Any, named: dict[str, Any]) -> DBAPIConnection:
        look()
        address = f"file:{quote(str(path.absolute()))}?mode=rw"
        connection: Any = sqlite3.connect(address, uri=True, **named)
        return connection  # type: ignore[no-any-return]

    @event.listens_for(engine, "checkout")
    def check(_connection: DBAPIConnection, _record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        look()

    @event.listens_for(engine, "engine_disposed")
    def forget(_engine: Engine) -> None:
        opened.clear()


def _watch_server(engine: Engine) -> None:
    import psycopg

    again_at = 0.0

    class Patient(psycopg.Connection[Any]):
        """Waits for an answer no longer than this context's patience lasts."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            nonlocal again_at
            until = _deadline.get()
            if until is not None and timeout is None:
                timeout = max(0.1, until - time.monotonic())
            try:
                return super().wait(gen, interval=interval, timeout=timeout)
            except psycopg.OperationalError:
                if until is not None and time.monotonic() >= until:
                    # Whatever comes over this connection later belongs to a question nobody waits for.
                    self.pgconn.finish()
                    again_at = time.monotonic() + PAUSE
                raise

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, named: dict[str, Any]) -> DBAPIConnection:
        nonlocal again_at
        if _deadline.get() is not None and time.monotonic() < again_at:
            raise psycopg.OperationalError("the database did not answer a moment ago")
        try:
            return Patient.connect(*arguments, **named)  # type: ignore[return-value]
        except psycopg.OperationalError:
            again_at = time.monotonic() + PAUSE
            raise
