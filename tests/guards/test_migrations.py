"""Migrations and models say the same, up, down and up again, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect

from forumplanner.core.db import Base, db
from forumplanner.web.database import render_item

pytestmark = pytest.mark.both_databases


def differences() -> list[object]:
    """What autogenerate would change."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_item": render_item}
        )
        return list(compare_metadata(context, Base.metadata))


def checks_and_counters() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """CHECK constraints by table, and on SQLite "AUTOINCREMENT": what autogenerate does not compare. Found, wanted."""
    found: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    with db.engine.connect() as connection:
        inspector = inspect(connection)
        for table in Base.metadata.tables.values():
            found[table.name] = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
            wanted[table.name] = {str(item.name) for item in table.constraints if isinstance(item, CheckConstraint)}
            if connection.dialect.name == "sqlite":
                query = "SELECT sql FROM sqlite_master WHERE name = ?"
                if "AUTOINCREMENT" in connection.exec_driver_sql(query, (table.name,)).scalar_one():
                    found[table.name].add("AUTOINCREMENT")
                if table.dialect_options["sqlite"]["autoincrement"]:
                    wanted[table.name].add("AUTOINCREMENT")
    return found, wanted


def table_names() -> set[str]:
    with db.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_migrated_schema_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert differences() == []
        assert table_names() == set(Base.metadata.tables)


def test_migrated_checks_and_counters_equal_the_models(app: Flask) -> None:
    with app.app_context():
        found, wanted = checks_and_counters()
        assert found == wanted
        assert sum(map(len, wanted.values())) > 5


def test_down_leaves_nothing_and_up_again_equals_the_models(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        downgrade(revision="base")
        assert table_names() == set()
        upgrade()
        assert differences() == []


def test_sqlite_checks_foreign_keys_and_writes_ahead(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30000
        else:
            assert connection.exec_driver_sql("SHOW server_version_num").scalar() is not None
