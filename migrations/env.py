"""How Alembic reaches the database: through the running application."""

import click
from alembic import context
from flask import current_app
from sqlalchemy import Connection

from forumplanner.web.database import keep_to_ourselves

migrate = current_app.extensions["migrate"]


def run(connection: Connection) -> None:
    """Migrate in one transaction, so that a migration that fails, or orphans rows, changes nothing."""
    sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.dbapi_connection
    if sqlite:
        # A batch rebuild of a parent table would cascade its children away while foreign keys are on; the pragma
        # has no effect inside a transaction, so it goes straight to the driver.
        driver.execute("PRAGMA foreign_keys=OFF")
    # SQLite undoes DDL too, for the engine begins transactions itself; Alembic thinks of the driver's own ways.
    context.configure(
        connection=connection, target_metadata=migrate.db.metadata, transactional_ddl=True, **migrate.configure_args
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
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


with migrate.db.engine.connect() as connection:
    run(connection)
keep_to_ourselves(current_app.config["SETTINGS"])
