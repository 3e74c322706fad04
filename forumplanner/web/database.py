"""Ties the database to the application: engine, migrations, read-only requests, health."""

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask, current_app, request
from flask_migrate import Migrate
from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from forumplanner.config import Settings, migrations_dir, own_database_url
from forumplanner.core.db import (
    SAMPLE,
    Mark,
    db,
    engine_options,
    is_answering,
    is_away,
    listen_to_engine,
    make_database_file,
    set_patience,
    set_reading,
)
from forumplanner.core.db.types import UTCDateTime
from forumplanner.web.access import for_bare_too

# Seconds that a request, and a look at our health, wait for the database.
PATIENCE = 12
HEALTH_PATIENCE = 3
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def init_database(app: Flask, settings: Settings) -> None:
    """Attach the session, the engine's settings and Flask-Migrate."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        listen_to_engine(db.engine)
    Migrate(
        app,
        db,
        directory=str(migrations_dir()),
        render_as_batch=True,
        include_name=_is_ours_to_migrate,
        compare_type=True,
        compare_server_default=True,
        render_item=render_item,
    )
    app.before_request(_read_only_when_safe)
    app.before_request(_read_body_first)


def _is_ours_to_migrate(name: str | None, *_: object) -> bool:
    """Whether migrations keep it: not what belongs to an index of pieces, which is derived (`partners.trigrams`)."""
    return name is None or "_trigrams" not in name


@for_bare_too
def _read_only_when_safe() -> None:
    set_reading(request.method in SAFE_METHODS)
    set_patience(PATIENCE)


@for_bare_too
def _read_body_first() -> None:
    # Before the first query, which on SQLite takes the write lock: a body arrives as slowly as its sender likes.
    if request.method not in SAFE_METHODS:
        request.get_data(parse_form_data=True)


def render_item(kind: str, item: object, context: object) -> str | bool:
    """Migrations import nothing of ours."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


@lru_cache(maxsize=1)
def newest_revision() -> str:
    """The revision the code expects."""
    return ScriptDirectory(str(migrations_dir())).get_current_head() or ""


def found_revision(connection: Connection | None = None) -> str | None:
    """The revision the database (the session's unless given) stands at; None for an empty one, or none at all."""
    if connection is None:
        path = sqlite_file(current_app.config["SQLALCHEMY_DATABASE_URI"])
        if path is not None and not path.exists():
            return None
    connection = connection or db.session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def fault_of_database(settings: Settings) -> str | None:
    """A sentence where this database cannot be served; needs no application, makes and changes nothing."""
    missing = missing_database(settings)
    if missing:
        return missing
    engine = create_engine(settings.database_url, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            if found_revision(connection) != newest_revision():
                return "The database is not up to date. Please run: forumplanner db upgrade"
            if settings.is_production and connection.scalar(select(Mark.name).where(Mark.name == SAMPLE)):
                return (
                    "The database holds the sample, whose people and sign-ins are invented. Please name an empty one by"
                    " FORUMPLANNER_DATA_DIR or FORUMPLANNER_DATABASE_URL."
                )
    except SQLAlchemyError:
        return "The database does not answer. Please check FORUMPLANNER_DATABASE_URL and the server."
    return None


def keep_to_ourselves(settings: Settings) -> None:
    """Take the SQLite files of the data folder from everybody else (mode 600), with what SQLite keeps beside them."""
    for path in filter(None, map(sqlite_file, (settings.database_url, settings.queue_url))):
        for file in (path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")):
            if settings.data_dir in file.parents and file.is_file() and file.stat().st_uid == os.geteuid():
                file.chmod(0o600)


def sqlite_file(address: str) -> Path | None:
    """The file of an SQLite database by its address; None for PostgreSQL."""
    url = make_url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def missing_database(settings: Settings) -> str | None:
    """A sentence where the database's file does not exist; opening it would make an empty one."""
    path = sqlite_file(settings.database_url)
    if path is None or path.exists():
        return None
    own = settings.database_url == own_database_url(settings.data_dir)
    variable = "FORUMPLANNER_DATA_DIR" if own else "FORUMPLANNER_DATABASE_URL"
    return (
        f"There is no database {path}. Please set {variable} to where yours lies;"
        " to make a new one there, run: forumplanner db upgrade"
    )


def make_database(settings: Settings) -> None:
    """Make the file of an SQLite database that is to be: opening one never does."""
    path = sqlite_file(settings.database_url)
    if path is not None:
        make_database_file(path)


def health() -> dict[str, bool]:
    """Whether the database answers and its schema is the code's."""
    set_patience(HEALTH_PATIENCE)
    try:
        answers = is_answering(db.session())
        return {"database": answers, "schema": answers and found_revision() == newest_revision()}
    except Exception as error:
        if not is_away(error):
            raise
        forget_session()
        return {"database": False, "schema": False}


def forget_session() -> None:
    """Let go of the session, also where its connection is dead or its file gone."""
    with suppress(Exception):
        db.session.rollback()
        return
    with suppress(Exception):
        db.session().invalidate()
    db.session.remove()
