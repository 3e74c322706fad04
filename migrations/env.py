"""How Alembic reaches the database: through the running application."""

import click
from alembic import context
from flask import current_app
from sqlalchemy import Connection, inspect

from forumplanner.partners.trigrams import ensure_index
from forumplanner.web.database import keep_to_ourselves, make_database

migrate = current_app.extensions["migrate"]


def last_numbers(connection: Connection) -> dict[str, int]:
    """The last number SQLite gave to a row of each table, also where that row is gone."""
    if not inspect(connection).has_table("sqlite_sequence"):
        return {}
    found = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").fetchall()
    return {row.name: row.seq for row in found}


def keep_numbers(connection: Connection, before: dict[str, int]) -> None:
    """A batch rebuild counts on from the highest row that is left: let each table count on from where it was."""
    after, tables = last_numbers(connection), inspect(connection).get_table_names()
    for name, last in before.items():
        if after and name in tables and last > after.get(name, 0):
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))


def run(connection: Connection) -> None:
    """Migrate in one transaction, so that a migration that fails, or orphans rows, changes nothing."""
    sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.dbapi_connection
    if sqlite:
        # A batch rebuild of a parent table would cascade its children away while foreign keys are on; the pragma
        # has no effect inside a transaction, so it goes straight to the driver.
        driver.execute("PRAGMA foreign_keys=OFF")
    numbers: dict[str, int] = {}

    def count_on(**_: object) -> None:
        """After each migration: the next one may make anew what this one has counted on."""
        if sqlite:
            keep_numbers(connection, numbers)
            numbers.clear()
            numbers.update(last_numbers(connection))

    # SQLite undoes DDL too, for the engine begins transactions itself; Alembic thinks of the driver's own ways.
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transactional_ddl=True,
        on_version_apply=count_on,
        **migrate.configure_args,
    )
    try:
        with context.begin_transaction():
            if sqlite:
                numbers.update(last_numbers(connection))
            context.run_migrations()
            # Derived from the rows, and gone where a migration made their table anew.
            ensure_index(connection)
            if sqlite:
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if orphans:
                    tables = ", ".join(sorted({row[0] for row in orphans}))
                    raise click.ClickException(
                        f"The migration would leave rows of {tables} without what they refer to. Nothing was changed."
                    )
    finally:
        if sqlite:
            connection.rollback()
            driver.execute("PRAGMA foreign_keys=ON")


make_database(current_app.config["SETTINGS"])
with migrate.db.engine.connect() as connection:
    run(connection)
keep_to_ourselves(current_app.config["SETTINGS"])
