"""How Alembic reaches the database: through the running application."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

migrate = current_app.extensions["migrate"]


def run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # A batch rebuild of a parent table would cascade its children away while foreign keys are on; the pragma
        # has no effect inside a transaction, so it goes straight to the driver.
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=migrate.db.metadata, **migrate.configure_args)
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        orphans = connection.connection.dbapi_connection.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"the migration left rows without their parents: {orphans[:5]}")
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


with migrate.db.engine.connect() as connection:
    run(connection)
