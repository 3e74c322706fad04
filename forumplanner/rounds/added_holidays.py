"""Public holidays the cabinet declared late, kept by hand beside those that `calendar_days` knows."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core.errors import Conflict, NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.rounds.calendar_days import Holiday
from forumplanner.rounds.models import AddedHoliday


def list_added_holidays(session: Session, start: date | None = None, end: date | None = None) -> list[AddedHoliday]:
    """The holidays organisers added, by day; between two days where given."""
    query = select(AddedHoliday).order_by(AddedHoliday.on)
    if start is not None and end is not None:
        query = query.where(AddedHoliday.on.between(start, end))
    return list(session.scalars(query))


def added_holidays(session: Session, start: date, end: date) -> list[Holiday]:
    """The same, as `calendar_days` takes them."""
    return [
        Holiday(day.on, day.name_th, day.name_en or day.name_th) for day in list_added_holidays(session, start, end)
    ]


def add_holiday(session: Session, on: date, name_th: str, name_en: str, actor: Actor) -> AddedHoliday:
    """Add a public holiday the cabinet declared late; refused where that day was added before."""
    taken = N_("A holiday was added for that day already. Please remove that one first.")
    if session.scalar(select(AddedHoliday.id).where(AddedHoliday.on == on)):
        raise Conflict(taken, field="on")
    holiday = AddedHoliday(on=on, name_th=name_th, name_en=name_en)
    try:
        with session.begin_nested():
            session.add(holiday)
            session.flush()
    except IntegrityError as error:
        raise Conflict(taken, field="on") from error
    record_change(session, actor, "holiday", holiday.id, "on", None, f"{on} {name_th}")
    return holiday


def remove_holiday(session: Session, holiday_id: int, actor: Actor) -> AddedHoliday:
    """Take an added holiday away again; NotFound where it is gone."""
    holiday = session.get(AddedHoliday, holiday_id)
    if holiday is None:
        raise NotFound(N_("That holiday is not in the list any more."))
    record_change(session, actor, "holiday", holiday.id, "on", f"{holiday.on} {holiday.name_th}", None)
    session.delete(holiday)
    session.flush()
    return holiday
