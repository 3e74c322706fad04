"""What of the partners the signed-in person may see and change."""

from typing import Any

from flask_login import current_user

from forumplanner.accounts.access import is_coordinator, is_organiser
from forumplanner.core.errors import Invalid, NotAllowed
from forumplanner.core.i18n import N_
from forumplanner.partners import rules
from forumplanner.partners.facts import Facts
from forumplanner.partners.models import Partner
from forumplanner.partners.rules import Sight
from forumplanner.partners.services import is_in_sight
from forumplanner.partners.words import NO_OWN_REGION


def current_sight() -> Sight:
    """Whose names and numbers the signed-in person may see; nobody's for readers and visitors."""
    if is_organiser():
        return Sight(everything=True)
    user: Any = current_user
    return Sight(region_ids=frozenset(region.id for region in user.regions) if is_coordinator() else frozenset())


def check_in_sight(partner: Partner) -> None:
    """Refuse whoever may not see this partner."""
    if not is_in_sight(current_sight(), partner):
        raise NotAllowed(N_("Partners of another region are shown to its own coordinators and to organisers only."))


def may_change(partner: Partner) -> bool:
    """Whether the signed-in person may change this partner."""
    return rules.may_change_partner(current_sight(), [region.id for region in partner.regions])


def check_may_change(partner: Partner) -> None:
    """Refuse whoever may not change this partner."""
    if not may_change(partner):
        raise NotAllowed(
            N_("Only coordinators of this partner's regions and organisers may change it. Please ask an organiser.")
        )


def check_stays_in_reach(facts: Facts) -> None:
    """Refuse facts by which the person would lose the partner from their own list."""
    if not rules.may_change_partner(current_sight(), [region.id for region in facts.regions]):
        raise Invalid(NO_OWN_REGION, field="regions")
