"""Counting the statements a page runs, for the guard and the bench, and the rows of every table."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection, event, func, select

from forumplanner.core.db import Base, db
from forumplanner.upkeep.backup import Counts

PAGES = {
    "home": "/",
    "rounds": "/rounds",
    "board": "/rounds/2550-1",
    "meeting": "/rounds/2550-1/south",
    "invitations": "/rounds/2550-1/south/invitations",
    "outcomes": "/rounds/2550-1/south/outcomes",
    "attendance": "/rounds/2550-1/south/attendance",
    "minutes": "/rounds/2550-1/south/minutes",
    "partners": "/partners",
    "choose": "/rounds/2550-1/west/invitations/add",
    "agenda": "/rounds/2550-1/south/agenda",
    "programme": "/rounds/2550-1/south/programme",
    "submission": "/rounds/2550-1/south/submission",
    "figures": "/figures",
    "brief": "/rounds/2550-1/brief",
    "feed": "/feeds/regions/south.ics",
}


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements that are run inside the block."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def count_rows(connection: Connection) -> Counts:
    """Rows per table, now."""
    return Counts(
        {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }
    )
