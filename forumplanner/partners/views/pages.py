"""What the pages of partners share: the blueprint, and which regions the signed-in person keeps."""

from collections.abc import Collection

from flask import Blueprint
from flask_babel import gettext as _

from forumplanner.core.db import db
from forumplanner.partners.access import current_sight
from forumplanner.partners.duplicates.alike import Why
from forumplanner.partners.duplicates.words import REASONS
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions

blueprint = Blueprint("partners", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own_regions() -> list[Region]:
    """The regions whose partners the signed-in person keeps, in list order."""
    sight = current_sight()
    regions = list_regions(db.session())
    return [region for region in regions if sight.everything or region.id in sight.region_ids]


def offered_regions(kept: Collection[Region] = ()) -> list[Region]:
    """Of those, what a form offers: no retired region, but for what the partner has, or a coordinator has alone."""
    own, ids = own_regions(), {region.id for region in kept}
    return [region for region in own if region.retired_at is None or region.id in ids] or own


def in_words(why: Collection[Why]) -> str:
    """Why two partners may be the same, as one phrase."""
    return ", ".join(_(REASONS[each]) for each in why)
