"""Holidays kept by hand beside those that `calendar_days` knows: declared late, of one region, or withdrawn."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from forumplanner.core.errors import Conflict, NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.places.models import Region
from forumplanner.rounds.calendar_days import Holiday, public_holidays
from forumplanner.rounds.models import AddedHoliday


def list_added_holidays(session: Session, start: date | None = None, end: date | None = None) -> list[AddedHoliday]:
    """The holidays organisers added, by day; between two days where given."""
    query = select(AddedHoliday).options(joinedload(AddedHoliday.region)).order_by(AddedHoliday.on, AddedHoliday.id)
    if start is not None and end is not None:
        query = query.where(AddedHoliday.on.between(start, end))
    return list(session.scalars(query))


def added_holidays(session: Session, start: date, end: date) -> list[Holiday]:
    """The same, as `calendar_days` takes them."""
    return [
        Holiday(
            day.on,
            day.name_th,
            day.name_en or day.name_th,
            region_id=day.region_id,
            is_withdrawn=day.is_withdrawn,
        )
        for day in list_added_holidays(session, start, end)
    ]


def add_holiday(
    session: Session, on: date, name_th: str, name_en: str, actor: Actor, *, region: Region | None = None
) -> AddedHoliday:
    """Add a public holiday the cabinet declared late, of the whole country or one region.

    Refused where that day was added before, for the country or for that region.
    """
    taken = N_("A holiday was added for that day already. Please remove that one first.")
    return _keep(session, AddedHoliday(on=on, name_th=name_th, name_en=name_en, region=region), taken, actor)


def withdraw_holiday(session: Session, on: date, actor: Actor) -> AddedHoliday:
    """Let a day be none that the calendar knows as a holiday: the cabinet withdrew it. NotFound where it is none."""
    known = next(iter(public_holidays(on, on)), None)
    if known is None:
        raise NotFound(N_("That day is not one of the built-in holidays."))
    taken = N_("A holiday was added for that day already. Please remove that one first.")
    row = AddedHoliday(on=on, name_th=known.name_th, name_en=known.name_en, is_withdrawn=True)
    return _keep(session, row, taken, actor)


def _keep(session: Session, row: AddedHoliday, taken: str, actor: Actor) -> AddedHoliday:
    same_place = AddedHoliday.region_id == row.region.id if row.region else AddedHoliday.region_id.is_(None)
    if session.scalar(select(AddedHoliday.id).where(AddedHoliday.on == row.on, same_place)):
        raise Conflict(taken, field="on")
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise Conflict(taken, field="on") from error
    record_change(session, actor, "holiday", row.id, "on", None, _words(row))
    return row


def _words(row: AddedHoliday) -> str:
    where = f" ({row.region.name_th})" if row.region else ""
    return f"{row.on} {row.name_th}{where}{' -' if row.is_withdrawn else ''}"


def remove_holiday(session: Session, holiday_id: int, actor: Actor) -> AddedHoliday:
    """Take an added holiday away again; NotFound where it is gone."""
    holiday = session.get(AddedHoliday, holiday_id)
    if holiday is None:
        raise NotFound(N_("That holiday is not in the list any more."))
    record_change(session, actor, "holiday", holiday.id, "on", _words(holiday), None)
    session.delete(holiday)
    session.flush()
    return holiday
