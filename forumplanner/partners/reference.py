"""CODI and the agencies named for the national meeting: real, so they outlive the sample."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from forumplanner.config import PACKAGE
from forumplanner.partners.models import Organisation, OrganisationName, PartnerKind, Seat, Sector
from forumplanner.partners.services import refresh_keys


def add_agencies(session: Session, at: datetime) -> dict[str, Organisation]:
    """Add them where there are none yet; returns them by short name."""
    entries = json.loads((PACKAGE / "data" / "agencies.json").read_text(encoding="utf-8"))
    agencies: dict[str, Organisation] = {}
    for entry in entries:
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
