"""More rounds of history: the sample round copied into other years, row by row."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forumplanner.core.db import Base
from forumplanner.rounds.models import Round

# Parents first; rows of these tables belong to a round, directly or through its meetings.
COPIED = (
    "rounds", "questions", "meetings", "meeting_days", "agenda_items", "programme_entries", "invitations", "replies",
    "attendances", "sittings", "outcomes", "submissions", "minutes",
)  # fmt: skip
YEAR = timedelta(days=364)


def add_history(session: Session, count: int) -> None:
    """Add `count` copies of the sample round, each a year further back."""
    (original,) = session.scalars(select(Round.id).where(Round.code == "2550-1"))
    for number in range(1, count + 1):
        _copy(session, original, number)
    session.commit()
    session.expire_all()


def _copy(session: Session, original: int, number: int) -> None:
    ids: dict[str, dict[int, int]] = {name: {} for name in COPIED}
    for name in COPIED:
        table = Base.metadata.tables[name]
        order = [table.c.id] if name != "agenda_items" else [table.c.parent_id.isnot(None), table.c.id]
        for row in session.execute(select(table).order_by(*order)).mappings().all():
            parents = [
                (key.parent.name, key.column.table.name)
                for key in table.foreign_keys
                if key.column.table.name in COPIED and row[key.parent.name] is not None
            ]
            if name == "rounds" and row["id"] != original:
                continue
            if any(row[column] not in ids[parent] for column, parent in parents):
                continue
            values = _shifted(dict(row), number)
            del values["id"]
            values |= {column: ids[parent][row[column]] for column, parent in parents}
            ids[name][row["id"]] = session.execute(insert(table).values(values).returning(table.c.id)).scalar_one()


def _shifted(values: dict[str, Any], number: int) -> dict[str, Any]:
    for name, value in values.items():
        if type(value) is date:
            values[name] = value - YEAR * number
        elif name == "year":
            values[name] = value - number
        elif name == "uid":
            values[name] = f"{number}-{value}"
        elif name == "code":
            values[name] = f"{2550 - number}-1"
        elif name == "slug" and value[:2] == "20":
            values[name] = (date.fromisoformat(value) - YEAR * number).isoformat()
    return values
