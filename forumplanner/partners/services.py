"""Reads and changes of partners."""

from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.partners.models import Organisation, Partner, Person


def refresh_keys(partner: Partner) -> None:
    """Derive name, sort key and search text from the parts; call after every change of them."""
    if isinstance(partner, Person):
        partner.name = " ".join(part for part in (partner.given_name, partner.surname) if part)
        searched = [partner.honorific, partner.name, partner.post, partner.organisation_text]
    else:
        assert isinstance(partner, Organisation)
        searched = [partner.short_name, partner.name, partner.name_en]
        searched += [text for former in partner.names for text in (former.short_name, former.full_name, former.name_en)]
    searched += [phone.number for phone in partner.phones]
    partner.sort_key = thai.sort_key(partner.name)[:400]
    partner.search_text = thai.search_key(" ".join(text for text in searched if text))


def get_partner(session: Session, partner_id: int) -> Partner:
    """A partner by its number; NotFound where there is none."""
    from forumplanner.core.errors import NotFound

    found = session.get(Partner, partner_id)
    if found is None:
        raise NotFound
    return found
