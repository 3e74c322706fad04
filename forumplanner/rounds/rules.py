"""Rounds and meetings: facts in, answers out."""

import re
from datetime import date
from enum import StrEnum

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

# Last parts of addresses that no meeting may take.
RESERVED_SLUGS = frozenset({"all", "regions", "m", "p", "national", "brief", "meetings"})
NATIONAL_SLUG = "national"
CODE_SHAPE = re.compile(r"25\d\d-\d{1,2}", re.ASCII)
LONGEST_MEETING_DAYS = 14


class MeetingState(StrEnum):
    """How a meeting stands today."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"


def meeting_state(status: str, ends_on: date, today: date) -> MeetingState:
    """An announced meeting is held once its last day has passed."""
    if status == MeetingState.ANNOUNCED and ends_on < today:
        return MeetingState.HELD
    return MeetingState(status)


def is_public(status: str) -> bool:
    """Proposed meetings are for organisers and coordinators alone; a cancelled one stays visible as cancelled."""
    return status != MeetingState.PROPOSED


def default_title(kind: str, region_name: str | None, lang: str) -> str:
    """A meeting's title where it has none of its own."""
    if lang == "en":
        if kind == "regional":
            return f"Regional forum: {region_name}"
        return "National meeting" if kind == "national" else "Working meeting"
    if kind == "regional":
        return f"ประชุมวงภาค{region_name}"
    return "ประชุมระดับประเทศ" if kind == "national" else "ประชุมหารือ"


def check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse a range that runs backwards or lasts longer than any forum does."""
    if ends_on < starts_on:
        raise Invalid(N_("The last day lies before the first. Please check both dates."), field="ends_on")
    if (ends_on - starts_on).days >= LONGEST_MEETING_DAYS:
        raise Invalid(
            N_("A meeting lasts %(days)s days at most. Please check the dates."),
            field="ends_on",
            days=LONGEST_MEETING_DAYS,
        )


def check_in_window(starts_on: date, ends_on: date, opens_on: date, closes_on: date) -> None:
    """Refuse a forum outside its round's window."""
    if starts_on < opens_on or ends_on > closes_on:
        raise Invalid(
            N_("These dates lie outside the round. Please choose days within it, or have an organiser move the round."),
            field="starts_on",
        )


def calendar_sequence_rises(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """Whether a change must raise SEQUENCE (RFC 5545, 3.8.7.4): start, end, status or place, not a corrected typo.

    Both are what `services.calendar_facts` gives.
    """
    return before != after
