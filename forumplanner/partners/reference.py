"""CODI and the agencies named for the national meeting: real, so they outlive the sample."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.config import PACKAGE
from forumplanner.partners.models import Organisation, OrganisationName, PartnerKind, Person, Seat, Sector
from forumplanner.partners.services import refresh_keys


def add_agencies(session: Session, at: datetime) -> dict[str, Organisation]:
    """Add those that are not there yet, by their short or full name; returns all of them by short name."""
    agencies: dict[str, Organisation] = {}
    known = {
        name: found
        for found in session.scalars(select(Organisation).order_by(Organisation.id.desc()))
        for name in (found.name, found.short_name)
        if name
    }
    for entry in _entries():
        there = known.get(entry["short"]) or known.get(entry["full"])
        if there is not None:
            agencies[entry["short"]] = there
            continue
        agency = Organisation(
            kind=PartnerKind.ORGANISATION,
            name=entry["full"],
            name_en=entry["en"],
            short_name=entry["short"],
            sector=Sector(entry["sector"]),
            note=entry.get("note"),
            created_at=at,
        )
        agency.names = [OrganisationName(short_name=entry["short"], full_name=entry["full"], name_en=entry["en"])]
        agency.seats = [Seat(post_th=entry["seat"], post_en=entry["seat_en"], position=1)]
        refresh_keys(agency)
        session.add(agency)
        agencies[entry["short"]] = agency
    session.flush()
    return agencies


def has_own_partners(session: Session) -> bool:
    """Whether there are partners besides these agencies."""
    published = [entry["full"] for entry in _entries()]
    people = select(Person.id).limit(1)
    others = select(Organisation.id).where(Organisation.name.not_in(published)).limit(1)
    return any(session.scalar(query) is not None for query in (people, others))


def _entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((PACKAGE / "data" / "agencies.json").read_text(encoding="utf-8"))
    return found
