"""How rounds and meetings forget a person: whom to ask becomes empty, all else keeps its words but for the name."""

from forumplanner.core.erasing import Erasing

_A_CODE = "a code, an address or a zone"

ERASING = Erasing(
    left={
        **{f"bodies.{name}": "the name of a body" for name in ("slug", "name_th", "name_en")},
        **{f"meetings.{name}": _A_CODE for name in ("slug", "timezone", "province_code", "map_url", "uid")},
        "rounds.code": _A_CODE,
        "round_regions.province_codes": _A_CODE,
    },
    emptied={"meetings.contact_name", "meetings.contact_phone", "meetings.contact_email"},
)
