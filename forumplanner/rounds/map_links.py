"""Links to maps: which are taken, and the place they point to."""

import re
from urllib.parse import urlsplit

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_


def check_map_url(url: str) -> None:
    """Refuse a link to a map that is not a whole web address."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", url)
    except ValueError:
        whole = False
    if not whole:
        raise Invalid(
            N_("A link to a map begins with https:// or http://. Please copy the whole address."), field="map_url"
        )


# Where maps write latitude and longitude: a pin before the middle of what was in view.
_DEGREES = r"(-?\d{1,3}\.\d{1,12})"
_POSITIONS = [
    re.compile(pattern.format(_DEGREES))
    for pattern in (
        r"!3d{0}!4d{0}",
        r"[?&](?:q|query|ll|daddr|destination)=(?:loc:)?{0}(?:,|%2C)(?:\+|%20| )?{0}",
        r"[?&]mlat={0}&mlon={0}",
        r"/@{0},{0}",
        r"#map=\d{{1,2}}/{0}/{0}",
    )
]


def position_on_map(url: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, where a link to Google's or OpenStreetMap's maps says them; else None."""
    for pattern in _POSITIONS:
        found = pattern.search(url)
        if found:
            latitude, longitude = float(found[1]), float(found[2])
            return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
    return None
