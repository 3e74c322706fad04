"""Agenda items and what was said under them are printed in the minutes of their meeting."""

from typing import Any

from sqlalchemy import ColumnElement, Table, select

from forumplanner.agenda.models import AgendaItem
from forumplanner.core.erasing import Erasing


def meeting_of_item(table: Table) -> ColumnElement[Any]:
    """The meeting of a row that belongs to an agenda item."""
    item = AgendaItem.__table__.c
    return select(item.meeting_id).where(item.id == table.c.agenda_item_id).scalar_subquery()


ERASING = Erasing(
    printed_in={"agenda_items": lambda table: table.c.meeting_id, "agenda_texts": meeting_of_item},
)
