"""Reads of regions and provinces."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.places.gazetteer import Place
from forumplanner.places.models import Province, Region

NO_REGION = N_("There is no region %(region)s. Please check the address.")


def list_regions(session: Session, *, retired: bool = True) -> list[Region]:
    """The regions in the order in which people list them; `retired`: those too that are offered for nothing new."""
    query = select(Region).order_by(Region.list_order)
    return list(session.scalars(query if retired else query.where(Region.retired_at.is_(None))))


def get_region(session: Session, slug: str) -> Region:
    """The region of that slug, retired or not; NotFound where there is none."""
    found = session.scalar(select(Region).where(Region.slug == slug))
    if found is None:
        raise NotFound(NO_REGION, region=slug[:40])
    return found


def find_region_of(session: Session, place: Place | None) -> Region | None:
    """The region that the place's province belongs to."""
    return (
        session.scalar(select(Region).join(Region.provinces).where(Province.code == place.province_code))
        if place
        else None
    )


def list_provinces(session: Session) -> list[Province]:
    """All provinces in Thai alphabetical order."""
    return list(session.scalars(select(Province).order_by(Province.sort_key, Province.code)))
