"""Names of places name nobody."""

from forumplanner.core.erasing import Erasing

_A_PLACE = "the name or code of a place"

ERASING = Erasing(
    left={
        **{f"regions.{name}": _A_PLACE for name in ("slug", "name_th", "name_en")},
        **{f"provinces.{name}": _A_PLACE for name in ("code", "name_th", "name_en", "sort_key")},
    }
)
