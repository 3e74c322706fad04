"""Databases with another number of regions, made by the services that organisers' pages use."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.stamps import make_stamp
from forumplanner.desks.services import begin_meeting
from forumplanner.history.services import SYSTEM
from forumplanner.places.models import Province, Region
from forumplanner.places.services import list_provinces, list_regions
from forumplanner.rounds.models import MeetingKind, MeetingStatus, Round
from forumplanner.rounds.planning import MeetingPlan, RoundPlan, create_round
from forumplanner.rounds.regions import (
    RegionNames,
    add_region,
    move_provinces,
    retire_region,
    shown_of_provinces,
)

CODE = "2551-1"
FIRST = date(2008, 1, 7)


def make_regions(session: Session, number: int) -> list[Region]:
    """Have that many regions, the first ones the movement's own; each that is added takes a province from another."""
    regions = list_regions(session)
    for region in regions[number:]:
        retire_region(session, region, SYSTEM)
    provinces = list_provinces(session)
    for _ in range(number - len(regions)):
        province = _spare_province(session, provinces)
        region = add_region(session, RegionNames(province.name_th, province.name_en), SYSTEM)
        seen = make_stamp(shown_of_provinces(provinces, list_regions(session)))
        move_provinces(session, [province.code], region, SYSTEM, seen=seen)
    session.commit()
    return list_regions(session, retired=False)


def _spare_province(session: Session, provinces: list[Province]) -> Province:
    """A province of the region that has most of them."""
    ids = [item.region_id for item in provinces]
    largest = max(sorted(set(ids)), key=ids.count)
    return next(item for item in provinces if item.region_id == largest)


def make_full_round(
    session: Session, regions: list[Region], *, status: MeetingStatus = MeetingStatus.ANNOUNCED
) -> Round:
    """A round in which each of these regions has a forum, two days from the one before, then the national meeting."""
    last = FIRST + timedelta(days=2 * len(regions) + 7)
    plan = RoundPlan("รอบทดลอง", "A round to try", FIRST, last)
    found = create_round(session, CODE, plan, [("คำถามหนึ่ง", "Question one")], SYSTEM, regions=regions)
    for place, region in enumerate(regions):
        day = FIRST + timedelta(days=2 * place)
        meeting = begin_meeting(
            session, found, MeetingPlan(MeetingKind.REGIONAL, day, day, region), SYSTEM, host="forum.example.org"
        )
        meeting.status = status
    national = begin_meeting(
        session, found, MeetingPlan(MeetingKind.NATIONAL, last, last), SYSTEM, host="forum.example.org"
    )
    national.status = status
    session.commit()
    session.expire_all()
    return session.scalars(select(Round).where(Round.code == CODE)).one()
