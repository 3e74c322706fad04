"""Migrations and models say the same, up, down and up again, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

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


def table_names() -> set[str]:
    with db.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_migrated_schema_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert differences() == []
        assert table_names() == set(Base.metadata.tables)


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
