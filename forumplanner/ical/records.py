"""What a calendar says, as values: one meeting, one feed's heading, a feed read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from forumplanner.core.i18n import Lang

EventStatus = Literal["confirmed", "tentative", "cancelled"]

BANGKOK = "Asia/Bangkok"


class Day(NamedTuple):
    """One day of a meeting: local opening and closing hours, None while unknown."""

    day: date
    opens: time | None = None
    closes: time | None = None


class Span(NamedTuple):
    """From the first start to the last end: two days (the last inclusive), or two naive local times."""

    starts: date | datetime
    ends: date | datetime


def span_of(days: Iterable[Day]) -> Span | None:
    """The one stretch of time that a meeting of these days takes; None without days.

    Whole days while the first opening or the last closing is unknown, local times afterwards.
    """
    ordered = sorted(days, key=lambda each: each.day)
    if not ordered:
        return None
    first, last = ordered[0], ordered[-1]
    if first.opens is None or last.closes is None:
        return Span(first.day, last.day)
    return Span(datetime.combine(first.day, first.opens), datetime.combine(last.day, last.closes))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEvent:
    """One meeting as one VEVENT (RFC 5545, 3.6.1), in one language.

    All texts are ready to read: the mark of a cancelled meeting in `summary` and each day's hours in
    `description_lines` are the caller's. The page's address `url` becomes the last line of DESCRIPTION by itself.
    """

    uid: str
    """`<stable>@<own domain>`, stored, never reused."""
    starts: date | datetime
    """The first day, or a naive local time in `timezone`."""
    ends: date | datetime
    """The last day, inclusive, or a naive local time; of the same kind as `starts`."""
    summary: str
    url: str
    created_at: datetime
    """Aware; from the stored row, never now."""
    changed_at: datetime
    """Aware; DTSTAMP and LAST-MODIFIED, from the stored row, never now."""
    sequence: int = 0
    status: EventStatus = "confirmed"
    timezone: str = BANGKOK
    """IANA name of the hours; days without hours have no zone in a calendar."""
    location: str = ""
    description_lines: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    lang: Lang = "th"
    geo: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""
    conference: str | None = None
    """Address of a call with sound and picture."""
    free: bool = False
    """Leaves the reader's time free; whole days and cancelled meetings always do."""

    @property
    def all_day(self) -> bool:
        """Whether the hours are unknown."""
        return not isinstance(self.starts, datetime)


class FeedColour(NamedTuple):
    """A colour twice: RFC 7986 COLOR takes a CSS3 name, Apple's property a hexadecimal value."""

    css_name: str
    hexadecimal: str


TEAL = FeedColour("teal", "#0B5A5E")
OKABE_ITO = (
    FeedColour("orange", "#E69F00"),
    FeedColour("skyblue", "#56B4E9"),
    FeedColour("mediumseagreen", "#009E73"),
    FeedColour("khaki", "#F0E442"),
    FeedColour("steelblue", "#0072B2"),
    FeedColour("chocolate", "#D55E00"),
    FeedColour("palevioletred", "#CC79A7"),
)
"""The colours of the first seven regions in list order."""
# CSS3's names of colours that are neither pale nor nearly black; RFC 7986 takes no other spelling of a colour.
CSS_COLOURS = {
    "brown": "#A52A2A", "cadetblue": "#5F9EA0", "chocolate": "#D2691E", "cornflowerblue": "#6495ED",
    "crimson": "#DC143C", "darkcyan": "#008B8B", "darkgoldenrod": "#B8860B", "darkkhaki": "#BDB76B",
    "darkorange": "#FF8C00", "darkorchid": "#9932CC", "darkseagreen": "#8FBC8F", "deeppink": "#FF1493",
    "dodgerblue": "#1E90FF", "goldenrod": "#DAA520", "gray": "#808080", "hotpink": "#FF69B4", "indianred": "#CD5C5C",
    "lightseagreen": "#20B2AA", "limegreen": "#32CD32", "mediumorchid": "#BA55D3", "mediumpurple": "#9370DB",
    "mediumseagreen": "#3CB371", "mediumslateblue": "#7B68EE", "olivedrab": "#6B8E23", "orchid": "#DA70D6",
    "palevioletred": "#DB7093", "peru": "#CD853F", "rosybrown": "#BC8F8F", "royalblue": "#4169E1", "sienna": "#A0522D",
    "slateblue": "#6A5ACD", "steelblue": "#4682B4", "tomato": "#FF6347", "yellowgreen": "#9ACD32",
}  # fmt: skip


def feed_colour(hexadecimal: str) -> FeedColour:
    """A colour as #rrggbb, with the nearest of CSS's names for programs that take no other."""
    wanted = _parts(hexadecimal)

    def distance(name: str) -> tuple[int, str]:
        found = _parts(CSS_COLOURS[name])
        return sum((one - other) ** 2 for one, other in zip(wanted, found, strict=True)), name

    return FeedColour(min(CSS_COLOURS, key=distance), hexadecimal.upper())


def _parts(hexadecimal: str) -> tuple[int, int, int]:
    red, green, blue = (int(hexadecimal[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says about itself; the name is what a subscriber sees in the list of calendars."""

    name: str
    description: str = ""
    colour: FeedColour = TEAL
    timezone: str = BANGKOK


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed read back."""

    head: FeedHead
    events: tuple[MeetingEvent, ...]
