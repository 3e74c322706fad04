"""Figures name nobody."""

from forumplanner.core.erasing import Erasing

ERASING = Erasing(
    left={
        "observations.as_of": "a year or a month",
        **{f"finance_kinds.{name}": "the name of a kind of group" for name in ("name_th", "name_en")},
    }
)
