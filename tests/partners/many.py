"""Organisations by the thousand, added without pages."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from forumplanner.partners.models import Organisation, PartnerKind
from forumplanner.partners.services import refresh_keys


def add_organisations(session: Session, names: Iterable[str]) -> list[Organisation]:
    """One organisation a name, in their order."""
    added = [Organisation(kind=PartnerKind.ORGANISATION, name=name) for name in names]
    for one in added:
        refresh_keys(one)
    session.add_all(added)
    session.flush()
    return added
