"""Regions: facts in, answers out."""

import re
from collections.abc import Collection

from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_

SLUG_SHAPE = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)


def region_slug(words: str, number: int, taken: Collection[str]) -> str:
    """A free slug for a region of these words (its name in ASCII, maybe empty), the number-th in the list."""
    base = words[:36].strip("-")
    if not SLUG_SHAPE.fullmatch(base):
        base = f"region-{base}"[:36].rstrip("-") if base else f"region-{number}"
    slugs = (base, *(f"{base}-{count}" for count in range(2, 1000)))
    return next(slug for slug in slugs if slug not in taken)


def bare_region_name(name: str) -> str:
    """A region's name without ภาค before it, which is said wherever the name is: ภาคกลาง is กลาง."""
    bare = name.strip()
    rest = bare.removeprefix("ภาค").strip()
    # ภาคี is another word.
    return rest if rest and not rest.startswith("ี") else bare


def check_can_retire(*, is_retired: bool, others: int) -> None:
    """Refuse to retire a region twice, or the only one."""
    if is_retired:
        raise Conflict(N_("This region is retired already."))
    if not others:
        raise Conflict(N_("This is the only region, so it cannot be retired. Please add another first."))


def check_can_revive(*, is_retired: bool) -> None:
    """Only what is retired can be taken up again."""
    if not is_retired:
        raise Conflict(N_("This region is not retired."))
