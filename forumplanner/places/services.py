"""Reads of regions and provinces."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.places.models import Province, Region


def list_regions(session: Session) -> list[Region]:
    """The regions in the order in which people list them."""
    return list(session.scalars(select(Region).order_by(Region.list_order)))


def list_provinces(session: Session) -> list[Province]:
    """All provinces in Thai alphabetical order."""
    return list(session.scalars(select(Province).order_by(Province.sort_key, Province.code)))
