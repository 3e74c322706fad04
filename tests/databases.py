"""Real databases for tests: an SQLite file and a PostgreSQL server, each as its template is when a test begins.

Most tests get a database copied from the template (`fresh_app`). On PostgreSQL that costs much, so a test that works in
one session alone gets an outer transaction instead, which is rolled back behind it (`rolled_back_app`).
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, RootTransaction, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from forumplanner.config import Settings
from forumplanner.core.db import db
from forumplanner.factory import create_app
from tests.processes import run

ENVIRONMENT = {"FORUMPLANNER_ENV": "test", "FORUMPLANNER_SECRET_KEY": "s" * 40, "FORUMPLANNER_LINK_KEY": "l" * 40}


def make_settings(data_dir: Path, database_url: str, **changes: Any) -> Settings:
    """Settings for a test."""
    values: dict[str, Any] = {
        "env": "test",
        "data_dir": data_dir,
        "secret_key": "test-secret-key-" + "s" * 32,
        "link_key": "test-link-key-" + "l" * 32,
        "database_url": database_url,
        "queue_url": f"sqlite:///{data_dir / 'queue.sqlite3'}",
        "base_url": "http://localhost",
        "smtp_url": None,
        "mail_from": "forum@example.org",
        "demo": True,
        "today": None,
    }
    return Settings(**(values | changes))


def command(data_dir: Path, database_url: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `forumplanner` as a process of its own, as a person would."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")},
        **ENVIRONMENT,
        "FORUMPLANNER_DATA_DIR": str(data_dir),
        "FORUMPLANNER_DATABASE_URL": database_url,
        **variables,
    }
    return run([Path(sys.executable).with_name("forumplanner"), *arguments], env=environment)


# A session bound to a connection that is in a transaction already commits and rolls back to a savepoint of its own.
db.session.session_factory.configure(join_transaction_mode="create_savepoint")


class NotIsolated(AssertionError):
    """A test that got an outer transaction did what only a database of its own can bear."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: please ask for the fixture `real_commits`")


# What is asked of an engine for another connection or transaction; the outer connection stands where the engine stood.
_OF_ENGINES = ("begin", "connect", "raw_connection")


def _refuse(*_: object, **__: object) -> None:
    raise NotIsolated("Another connection is asked for inside an outer transaction")


@dataclass
class Outer:
    """A database that nobody else may enter, on the one connection we have to it."""

    app: Flask
    connection: Connection

    @contextmanager
    def transaction(self) -> Iterator[Flask]:
        """The application inside a transaction that is rolled back at the end of the block."""
        owner = threading.get_ident()

        def check_thread(*_: object) -> None:
            if threading.get_ident() != owner:
                raise NotIsolated("Another thread works on the connection of an outer transaction")

        event.listen(self.connection, "before_cursor_execute", check_thread)
        transaction = self.connection.begin()
        self.connection.exec_driver_sql("SAVEPOINT beginning")
        for name in _OF_ENGINES:
            setattr(self.connection, name, _refuse)
        with self.app.app_context():
            db.engines[None] = self.connection  # type: ignore[assignment]
        try:
            yield self.app
        finally:
            event.remove(self.connection, "before_cursor_execute", check_thread)
            for name in _OF_ENGINES:
                delattr(self.connection, name)
            whole = False
            with suppress(SQLAlchemyError):
                whole = self._is_whole(transaction)
            if not whole:
                self.close()
                raise NotIsolated("The outer transaction was ended by the test")
            transaction.rollback()

    def _is_whole(self, transaction: RootTransaction) -> bool:
        """Whether the transaction is still the one we began: it alone knows its first savepoint."""
        with self.app.app_context():
            db.session.remove()
        self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT beginning")
        return transaction.is_active

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(Exception):
            self.connection.close()
        self.connection.engine.dispose()


class Databases:
    """One working database per kind, and templates (`empty`: migrated; `sample`: with the round of 2550).

    The templates lie in a folder that the workers share: who needs one first makes it.
    """

    def __init__(self, folder: Path, shared: Path, worker: str, postgres_uri: Callable[[], str]) -> None:
        self.folder = folder
        self.shared = shared
        self.worker = worker
        self._postgres_uri = postgres_uri
        self._apps: dict[str, Flask] = {}
        self._outers: dict[str, Outer] = {}

    def fresh_app(self, kind: str, content: str) -> Flask:
        """The application of that kind on a database just copied from the template."""
        app = self._apps.get(kind)
        if app is not None:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        self._copy(kind, content)
        if app is None:
            name = "work" if kind == "sqlite" else self._own("work")
            app = self._apps[kind] = create_app(make_settings(self.folder, self._url(kind, name)))
        app.extensions.get("feed_cache", {}).clear()
        return app

    @contextmanager
    def rolled_back_app(self, content: str) -> Iterator[Flask]:
        """The application on PostgreSQL inside an outer transaction; nobody else can connect to its database."""
        outer = self._outers.get(content)
        if outer is None or outer.connection.closed:
            outer = self._outers[content] = self._make_outer(content)
        outer.app.extensions.get("feed_cache", {}).clear()
        with outer.transaction() as app:
            yield app

    def copy_of(self, content: str, folder: Path) -> str:
        """The address of an SQLite database of one's own in that folder, a copy of the template."""
        path = folder / "forumplanner.sqlite3"
        shutil.copyfile(self._template("sqlite", content), path)
        return f"sqlite:///{path}"

    def prepared(self, folder: Path, **variables: str) -> str:
        """The address of the database in a data folder as `prepare` makes it with these settings: a copy."""
        ready = self.shared / f"prepared-{sha256(repr(sorted(variables.items())).encode()).hexdigest()[:16]}"
        with self._made_once(ready) as made:
            if made is not None:
                done = command(made, f"sqlite:///{made / 'forumplanner.sqlite3'}", "prepare", **variables)
                assert done.returncode == 0, done.stderr
        shutil.copytree(ready, folder, dirs_exist_ok=True)
        return f"sqlite:///{folder / 'forumplanner.sqlite3'}"

    def made_once(self, name: str, make: Callable[[Path], None]) -> Path:
        """A folder that all workers read, filled by whoever needs it first."""
        ready = self.shared / name
        with self._made_once(ready) as folder:
            if folder is not None:
                make(folder)
        return ready

    def check_postgres(self) -> None:
        """Fail where the server does not answer."""
        self._postgres(("SELECT 1",))

    def close(self) -> None:
        """Let go of all connections."""
        for outer in self._outers.values():
            outer.close()
        for app in self._apps.values():
            with app.app_context():
                db.session.remove()
                db.engine.dispose()

    def _url(self, kind: str, name: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        address = make_url(self._postgres_uri()).set(drivername="postgresql+psycopg", database=name)
        return address.render_as_string(hide_password=False)

    def _own(self, name: str) -> str:
        return f"{self.worker}_{name}"

    def _make_outer(self, content: str) -> Outer:
        name = self._own(f"outer_{content}")
        self._template("postgresql", content)
        self._postgres(
            ("DROP DATABASE IF EXISTS {} WITH (FORCE)", name), ("CREATE DATABASE {} TEMPLATE {}", name, content)
        )
        app = create_app(make_settings(self.folder, self._url("postgresql", name)))
        with app.app_context():
            connection = db.engine.connect()
        self._postgres(("ALTER DATABASE {} ALLOW_CONNECTIONS false", name))
        return Outer(app, connection)

    def _postgres(self, *statements: tuple[str, *tuple[str, ...]]) -> None:
        """Statements about whole databases: a text and the names in it."""
        with psycopg.connect(self._postgres_uri(), autocommit=True) as admin:
            for text, *names in statements:
                admin.execute(sql.SQL(text).format(*map(sql.Identifier, names)))

    def _template(self, kind: str, content: str) -> Path:
        """The file of that template (on PostgreSQL one that says that the database is there), made if need be."""
        ready = self.shared / f"{kind}-{content}"
        with self._made_once(ready) as folder:
            if folder is not None:
                self._make_template(kind, content, folder / "made")
        return ready / "made"

    @contextmanager
    def _made_once(self, ready: Path) -> Iterator[Path | None]:
        """A folder to make what all workers share in, or None where it has been made."""
        if ready.exists():
            yield None
            return
        with ready.with_name(f"{ready.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if ready.exists():
                yield None
                return
            folder = Path(tempfile.mkdtemp(dir=self.shared))
            yield folder
            folder.rename(ready)

    def _make_template(self, kind: str, content: str, made: Path) -> None:
        source = None if content == "empty" else self._template(kind, "empty")
        if kind == "sqlite":
            url = f"sqlite:///{made}"
            if source is not None:
                shutil.copyfile(source, made)
        else:
            made.touch()
            url = self._url(kind, content)
            copied = () if source is None else ("empty",)
            text = "CREATE DATABASE {} TEMPLATE {}" if copied else "CREATE DATABASE {}"
            self._postgres(("DROP DATABASE IF EXISTS {}", content), (text, content, *copied))
        words = ("db", "upgrade") if source is None else ("demo", "load")
        done = command(made.parent, url, *words)
        assert done.returncode == 0, done.stderr

    def _copy(self, kind: str, content: str) -> None:
        template = self._template(kind, content)
        if kind == "sqlite":
            for suffix in ("-wal", "-shm"):
                (self.folder / f"work.sqlite3{suffix}").unlink(missing_ok=True)
            shutil.copyfile(template, self.folder / "work.sqlite3")
            return
        work = self._own("work")
        self._postgres(
            ("DROP DATABASE IF EXISTS {} WITH (FORCE)", work), ("CREATE DATABASE {} TEMPLATE {}", work, content)
        )
