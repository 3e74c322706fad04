"""Who may do what: facts in, answers out."""

from collections.abc import Collection
from enum import StrEnum

from forumplanner.core.errors import Conflict, NotAllowed
from forumplanner.core.i18n import N_


class Role(StrEnum):
    """What an account is for."""

    ORGANISER = "organiser"
    COORDINATOR = "coordinator"
    READER = "reader"


def may_change_region(role_names: Collection[str], own_region_ids: Collection[int], region_id: int | None) -> bool:
    """Organisers change every region; coordinators change their own; `region_id` None is the national level."""
    if Role.ORGANISER in role_names:
        return True
    return Role.COORDINATOR in role_names and region_id is not None and region_id in own_region_ids


def check_may_change_region(
    role_names: Collection[str], own_region_ids: Collection[int], region_id: int | None
) -> None:
    """Refuse whoever may not change that region's things."""
    if not may_change_region(role_names, own_region_ids, region_id):
        raise NotAllowed(N_("Only this region's coordinator or an organiser may change this."))


def may_see_people(role_names: Collection[str], own_region_ids: Collection[int], region_id: int | None) -> bool:
    """Names and numbers are for organisers and for the coordinators of that region; readers see none."""
    return may_change_region(role_names, own_region_ids, region_id)


def needs_two_factor(role_names: Collection[str], *, real: bool) -> bool:
    """Whether an account must have a second step: organisers, where the data are `real`."""
    return real and Role.ORGANISER in role_names


def check_leaves_an_organiser(*, is_organiser: bool, others: int) -> None:
    """Refuse to take an organiser away who is the last; `others` can sign in."""
    if is_organiser and not others:
        raise Conflict(
            N_(
                "Nobody else could organise: no other organiser has chosen a password yet. "
                "Please add another organiser first, and have them sign in."
            )
        )


def same_address(email: str) -> str:
    """The address as accounts are told apart by it: capitals and blanks around it do not count."""
    return email.strip().casefold()[:320]
