"""The agencies named for the national meeting, and invented community representatives."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forumplanner.partners.models import (
    Partner,
    PartnerKind,
    Person,
    PersonClass,
    Phone,
    Sector,
)
from forumplanner.partners.reference import add_agencies
from forumplanner.partners.services import refresh_keys
from forumplanner.places.models import Region


def add_partners(
    session: Session, sample: dict[str, Any], regions: dict[str, Region], at: datetime
) -> dict[str, Partner]:
    """Add them; returns them by short name or sample id."""
    partners: dict[str, Partner] = {**add_agencies(session, at)}
    for entry in sample["people"]:
        person = Person(
            kind=PartnerKind.PERSON,
            honorific=entry["honorific"],
            given_name=entry["given"],
            surname=entry["surname"],
            person_class=PersonClass(entry.get("class", "lay")),
            post=entry["post"],
            organisation_text=entry["organisation"],
            place_code=entry["province"],
            email=entry.get("email"),
            sector=Sector.COMMUNITY,
            is_sample=True,
            created_at=at,
        )
        person.regions = [regions[entry["region"]]]
        person.phones = [Phone(number=entry["phone"], position=1)]
        refresh_keys(person)
        session.add(person)
        partners[entry["id"]] = person
    session.flush()
    return partners
