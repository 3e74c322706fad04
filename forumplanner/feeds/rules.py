"""Which calendars there are, how far they reach, how long an ended address explains itself: values in, values out."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.rounds.rules import CODE_SHAPE

MONTHS_BACK = 6
MONTHS_AHEAD = 24
CANCELLED_STAYS = timedelta(days=30)
EXPLAINS = timedelta(days=28)
NOTED_EVERY = timedelta(hours=1)

_SLUG = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class Kind(StrEnum):
    """What a calendar holds."""

    ALL = "all"
    REGION = "region"
    ROUND = "round"
    REGION_OF_ROUND = "region of round"
    MEETING = "meeting"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Scope:
    """One calendar: its kind, and what of that kind. `slug` is a region's, or a meeting's."""

    kind: Kind
    code: str = ""
    slug: str = ""
    partner_id: int = 0

    @property
    def is_windowed(self) -> bool:
        """Whether it shows some months around today; a round and a single meeting are always whole."""
        return self.kind in (Kind.ALL, Kind.REGION, Kind.PERSON)


ALL = Scope(Kind.ALL)


def parse_scope(text: str) -> Scope:
    """Read `all`, `region/south`, `round/2550-1`, `round/2550-1/south`, `meeting/2550-1/south`, `person/ID`.

    Raises NotFound with a sentence that names these forms.
    """
    match text.split("/"):
        case ["all"]:
            return ALL
        case ["region", slug] if _SLUG.fullmatch(slug):
            return Scope(Kind.REGION, slug=slug)
        case ["round", code] if CODE_SHAPE.fullmatch(code):
            return Scope(Kind.ROUND, code=code)
        case ["round", code, slug] if CODE_SHAPE.fullmatch(code) and _SLUG.fullmatch(slug):
            return Scope(Kind.REGION_OF_ROUND, code=code, slug=slug)
        case ["meeting", code, slug] if CODE_SHAPE.fullmatch(code) and _SLUG.fullmatch(slug):
            return Scope(Kind.MEETING, code=code, slug=slug)
        case ["person", number] if _NUMBER.fullmatch(number):
            return Scope(Kind.PERSON, partner_id=int(number))
    raise NotFound(
        N_(
            "There is no calendar %(scope)s. Please name all, region/south, round/2550-1, round/2550-1/south,"
            " meeting/2550-1/south or person/ID."
        ),
        scope=text[:80],
    )


class Window(NamedTuple):
    """The days a calendar shows: from `opens` to the day before `closes`, both first days of a month."""

    opens: date
    closes: date

    def shows(self, starts_on: date, ends_on: date) -> bool:
        """Whether a meeting has a day in it."""
        return ends_on >= self.opens and starts_on < self.closes


def window_of(today: date) -> Window:
    """6 months back to 24 ahead, whole months, so that calendars change by the clock on the first of a month only."""
    return Window(month_start(today, -MONTHS_BACK), month_start(today, MONTHS_AHEAD + 1))


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month that many months later (earlier where negative)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def has_left(ends_on: date, today: date) -> bool:
    """Whether a cancelled meeting has stood long enough: 30 days after its last day."""
    return today - ends_on > CANCELLED_STAYS


def leaves_on(ends_on: date) -> date:
    """The first day on which a cancelled meeting is no longer shown."""
    return min(ends_on, date(9000, 1, 1)) + CANCELLED_STAYS + timedelta(days=1)


class LinkState(StrEnum):
    """What a genuine personal address is good for."""

    IN_FORCE = "in force"
    # The newest address of a calendar its person has stopped: its page still opens, and can start it anew.
    STOPPED = "stopped"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


def link_state(version: int, current: int, revoked_at: datetime | None) -> LinkState:
    """How the address of that version stands, where `current` is the newest."""
    if version == current:
        return LinkState.STOPPED if revoked_at else LinkState.IN_FORCE
    return LinkState.REPLACED if version < current else LinkState.UNKNOWN


def still_explains(ended_at: datetime | None, now: datetime) -> bool:
    """Whether an address that ended then still answers with an event that says so: for 28 days."""
    return ended_at is not None and now - ended_at < EXPLAINS


def is_worth_noting(last_fetched_at: datetime | None, now: datetime) -> bool:
    """Whether a fetch is noted: once an hour at most."""
    return last_fetched_at is None or now - last_fetched_at >= NOTED_EVERY
