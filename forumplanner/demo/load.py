"""Fills an empty database with the round of 2550 and what the sample adds to it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.config import PACKAGE, Settings
from forumplanner.core.db import SAMPLE, Mark, is_sample
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.demo import accounts, content, people
from forumplanner.partners.reference import has_own_partners
from forumplanner.places.models import Region
from forumplanner.rounds.models import Round
from forumplanner.upkeep.reference import ensure_reference

# The day after the meeting in Bangkok that agreed on the round.
MADE_AT = datetime(2007, 1, 24, 3, 0, tzinfo=UTC)


def read_data(name: str) -> Any:
    """A data file of the package, parsed."""
    return json.loads((Path(PACKAGE) / "data" / name).read_text(encoding="utf-8"))


def is_empty(session: Session) -> bool:
    """Whether nobody has put anything in yet; what every database begins with is nobody's."""
    has_rounds = session.scalar(select(Round.id).limit(1)) is not None
    return not (has_rounds or has_own_partners(session) or accounts.has_accounts(session))


def load_sample(session: Session, settings: Settings) -> bool:
    """Load the sample into an empty database; False where it is there already, Conflict in a real one."""
    if settings.is_production:
        raise Conflict(N_("The sample is not for production, because its today is not the real one."))
    if is_sample(session):
        accounts.ensure_accounts(session, settings)
        return False
    if not is_empty(session):
        raise Conflict(N_("This database holds real data. The sample is loaded into an empty one only."))
    real, sample = read_data("round-2550.json"), read_data("sample-2550.json")
    regions = {region.slug: region for region in session.scalars(select(Region))}
    today = date.fromisoformat(sample["today"])
    session.add(Mark(name=SAMPLE, number=1, value=today.isoformat(), changed_at=MADE_AT))
    ensure_reference(session, MADE_AT)
    accounts.ensure_accounts(session, settings)
    partners = people.add_partners(session, sample, regions, MADE_AT)
    meetings = content.add_round(session, real, sample, regions, settings.base_host, MADE_AT)
    content.add_records(session, sample, meetings, partners, MADE_AT)
    return True
