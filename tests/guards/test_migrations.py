"""Migrations and models say the same, up, down and up again, on both databases."""

import click
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, text

from forumplanner.core.db import Base, db
from forumplanner.web.database import found_revision, newest_revision
from tests.counting import count_rows

pytestmark = pytest.mark.both_databases


def differences() -> list[object]:
    """What autogenerate would change."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=current_app.extensions["migrate"].configure_args)
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
        # What is derived is made beside the models (`partners.trigrams`).
        assert {name for name in table_names() if "_trigrams" not in name} == set(Base.metadata.tables)


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


def test_a_way_down_that_would_take_what_rows_refer_to_is_refused(sample: Flask, app: Flask) -> None:
    with app.app_context():
        before = count_rows(db.session.connection())
        db.session.remove()
        with pytest.raises(click.ClickException, match="refer to the regions"):
            downgrade(revision="0001")
        assert (found_revision(), count_rows(db.session.connection())) == (newest_revision(), before)


def test_a_way_up_that_leaves_orphans_changes_nothing(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL checks each row itself")
        db.session.remove()
        downgrade(revision="0001")
        with db.engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("INSERT INTO account_roles (user_id, role_id) VALUES (1, 99)")
            driver.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(click.ClickException, match="account_roles"):
            upgrade()
        assert found_revision() == "0001"
        assert db.session.scalar(text("SELECT count(*) FROM regions")) == 0
        assert db.session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_name_of_bangkoks_forum_in_an_older_database_is_mended(app: Flask) -> None:
    with app.app_context():
        names = text("SELECT name_th FROM bodies WHERE slug IN ('bangkok', 'north') ORDER BY slug")
        wanted = list(db.session.scalars(names))
        db.session.remove()
        downgrade(revision="0005")
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE bodies SET name_th = 'ประชุมวงภาคกทม.และปริมณฑล' WHERE slug = 'bangkok'"))
        upgrade()
        assert list(db.session.scalars(names)) == wanted == ["ประชุมวงภาค กทม.และปริมณฑล", "ประชุมวงภาคเหนือ"]


def test_sqlite_checks_foreign_keys_and_writes_ahead(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30000
        else:
            assert connection.exec_driver_sql("SHOW server_version_num").scalar() is not None
