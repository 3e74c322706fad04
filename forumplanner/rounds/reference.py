"""The movement's seven regions as published, with their provinces and bodies: real, so they outlive the sample."""

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forumplanner.config import PACKAGE
from forumplanner.places.models import Province, Region
from forumplanner.rounds.models import Body, MeetingKind
from forumplanner.rounds.regions import body_id_of, name_body


def put_back_regions(session: Session) -> None:
    """Undo what was changed on regions and provinces; those that were added go. Nothing may refer to them any more."""
    published = {entry["slug"]: entry for entry in _read("regions.json")}
    regions = {region.slug: region for region in session.scalars(select(Region))}
    for slug, entry in published.items():
        region = regions[slug]
        region.name_th, region.name_en, region.retired_at = entry["th"], entry["en"], None
        body = session.get_one(Body, body_id_of(session, region, MeetingKind.REGIONAL))
        name_body(body, region, MeetingKind.REGIONAL)
    for entry in _read("provinces.json"):
        province = session.get_one(Province, entry["code"])
        province.region, province.please_check = regions[entry["region"]], entry.get("please_check", False)
    session.flush()
    added = [region.id for slug, region in regions.items() if slug not in published]
    session.execute(delete(Body).where(Body.region_id.in_(added)))
    session.execute(delete(Region).where(Region.id.in_(added)))


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((PACKAGE / "data" / name).read_text(encoding="utf-8"))
    return found
