"""Names and addresses of partners: text in, answers out."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

LONGEST_EMAIL = 254
LAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class SplitName:
    """A person's name in its parts. A surname is optional: many lists have none."""

    honorific: str | None
    given_name: str
    surname: str | None


class TitleMeans(StrEnum):
    """What a person says of that which may be a title: ก.ก.ส. สมชาย."""

    TITLE = "title"
    NAME = "name"


def split_name(full_name: str, means: TitleMeans | None = None) -> SplitName:
    """Split a name written in one line; a guess, to be shown and corrected. `means` settles what is in doubt."""
    honorific, rest = thai.split_honorific(full_name)
    doubt = thai.find_doubt(full_name)
    if doubt and means == TitleMeans.TITLE:
        honorific, rest = doubt
    elif doubt and means == TitleMeans.NAME and "." not in doubt.title:
        honorific, rest = "", thai.repair(full_name)
    given, _, surname = rest.partition(" ")
    return SplitName(honorific or None, given, surname or None)


def check_full_name(full_name: str) -> None:
    """Refuse a name in one line of which a part is longer than can be kept."""
    name = split_name(full_name)
    for part, longest in ((name.honorific, 60), (name.given_name, 150), (name.surname, 150)):
        if part and len(part) > longest:
            raise Invalid(N_("This name is too long. Please shorten it."), field="full_name")


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose names and numbers somebody may see: everybody's, or those of some regions and of agencies of no region."""

    everything: bool = False
    region_ids: frozenset[int] = frozenset()


def may_see_partner(sight: Sight, is_organisation: bool, region_ids: Collection[int]) -> bool:
    """Organisers see all; coordinators their own regions' partners, and agencies, which belong to no region."""
    if sight.everything:
        return True
    if not sight.region_ids:
        return False
    return not sight.region_ids.isdisjoint(region_ids) or (is_organisation and not region_ids)


def may_change_partner(sight: Sight, region_ids: Collection[int]) -> bool:
    """Organisers change all; coordinators their own regions' partners. Agencies of no region are the organisers'."""
    return sight.everything or not sight.region_ids.isdisjoint(region_ids)


def phones_agree(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether two people of one name may be the same: a number ends alike, or one of them has none known."""
    if not ours or not theirs:
        return True
    return not {number[-LAST_DIGITS:] for number in ours}.isdisjoint(number[-LAST_DIGITS:] for number in theirs)
