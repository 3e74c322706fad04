"""Rounds and meetings: facts in, answers out."""

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

from forumplanner.core import thai
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.thai import after_word

# Last parts of addresses that no meeting may take.
# A region's slug is one of them, and its body's slug stands beside those of the other bodies.
RESERVED_SLUGS = frozenset(
    "all regions m p national working brief meetings edit remove questions dates announce new".split()
)
NATIONAL_SLUG = "national"
_DAY = re.compile(r"\d{4}-\d\d-\d\d(-\d)?", re.ASCII)
CODE_SHAPE = re.compile(r"25\d\d-\d{1,2}", re.ASCII)
LONGEST_MEETING_DAYS = 14
LONGEST_CONTACT_PHONES = 300
LONGEST_ROUND_DAYS = 732
# Both texts stand beside each other, and the form may be checked and saved again.
STALE_CHECKED = N_(
    "Somebody else saved this while you were writing. Both texts are shown below; nothing is lost. "
    "If you check and save once more, yours replaces what is saved now."
)
# A working meeting may lie before or after its round; further away than this somebody mistyped the year.
FAR_FROM_ROUND_DAYS = 120
MOST_QUESTIONS = 20
# For so long after its last day a round's minutes and decisions are waited for.
LATE_WORK_DAYS = 120


class MeetingKind(StrEnum):
    """What a meeting is in its round."""

    REGIONAL = "regional"
    NATIONAL = "national"
    WORKING = "working"


class MeetingStatus(StrEnum):
    """What was decided about a meeting; "held" follows from an announced meeting's date (`meeting_state`)."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


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
        if kind == MeetingKind.REGIONAL:
            return f"Regional forum: {region_name}"
        return "National meeting" if kind == MeetingKind.NATIONAL else "Working meeting"
    if kind == MeetingKind.REGIONAL:
        return f"ประชุมวงภาค{after_word(region_name or '')}"
    return "ประชุมระดับประเทศ" if kind == MeetingKind.NATIONAL else "ประชุมหารือ"


def check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse a range that runs backwards or lasts longer than any forum does."""
    if ends_on < starts_on:
        raise Invalid(N_("The last day is before the first. Please check both dates."), field="days")
    if (ends_on - starts_on).days >= LONGEST_MEETING_DAYS:
        raise Invalid(
            N_("A meeting lasts %(days)s days at most. Please check the dates."),
            field="days",
            days=LONGEST_MEETING_DAYS,
        )


def lies_outside(starts_on: date, ends_on: date, opens_on: date, closes_on: date) -> bool:
    """Whether a day of the first range lies outside the second."""
    return starts_on < opens_on or ends_on > closes_on


def check_in_window(starts_on: date, ends_on: date, opens_on: date, closes_on: date) -> None:
    """Refuse a forum outside its round's window."""
    if lies_outside(starts_on, ends_on, opens_on, closes_on):
        raise Invalid(
            N_(
                "These dates are outside the round. "
                "Please choose days within it, or ask an organiser to move the round."
            ),
            field="days",
        )


def lies_far_off(starts_on: date, ends_on: date, opens_on: date, closes_on: date) -> bool:
    """Whether days lie so far outside a round's window that its year was probably mistyped."""
    far = timedelta(days=FAR_FROM_ROUND_DAYS)
    return ends_on < opens_on - far or starts_on > closes_on + far


def check_can_move(starts_on: date, today: date, *, was_held: bool) -> None:
    """Refuse days to come for a meeting of which outcomes, attendance or minutes exist: they say that it was held."""
    if was_held and starts_on > today:
        raise Conflict(
            N_(
                "Outcomes, attendance or minutes of this meeting are recorded, so it cannot begin after today. "
                "Please check the dates, or add another meeting."
            ),
            field="days",
        )


def check_code(code: str) -> None:
    """Refuse a round's code that is not a Buddhist year and a running number: 2550-1."""
    if not CODE_SHAPE.fullmatch(code):
        raise Invalid(
            N_("A code is the Buddhist year and a number, for example 2550-1. Please write it like that."),
            field="code",
        )


def check_window(starts_on: date, ends_on: date, meetings: Sequence[tuple[date, date]] = ()) -> None:
    """Refuse a window that is longer than two years, or that leaves out a forum it has: `meetings` are their days."""
    if (ends_on - starts_on).days >= LONGEST_ROUND_DAYS:
        raise Invalid(N_("A round lasts two years at most. Please check both dates."), field="window")
    if any(lies_outside(first, last, starts_on, ends_on) for first, last in meetings):
        raise Invalid(
            N_("Meetings of this round would be outside these dates. Please move those meetings first."),
            field="window",
        )


def check_due(due_on: date | None, starts_on: date) -> None:
    """Refuse a day for submitting outcomes that lies before the round."""
    if due_on is not None and due_on < starts_on:
        raise Invalid(
            N_("Outcomes cannot be due before the round begins. Please check the day."), field="outcomes_due_on"
        )


def check_questions(questions: Sequence[tuple[str, str]]) -> None:
    """Refuse more questions than a matrix has room for, and the same one twice."""
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(
            N_("A round has %(most)s questions at most. Please leave some out."),
            field="questions_th",
            most=MOST_QUESTIONS,
        )
    texts = [text for text, _ in questions]
    twice = next((text for place, text in enumerate(texts) if text in texts[:place]), None)
    if twice is not None:
        raise Invalid(N_("“%(text)s” appears here twice. Please delete one."), field="questions_th", text=twice[:80])


def check_has_regions(regions: Collection[object]) -> None:
    """Refuse a round in which no region takes part."""
    if not regions:
        raise Invalid(N_("Please tick at least one region that takes part."), field="regions")


def check_is_offered(*, is_retired: bool) -> None:
    """Refuse a new forum of a region that takes part in nothing new."""
    if is_retired:
        raise Conflict(
            N_("This region is retired. Please choose another, or have it used again on the page of regions."),
            field="region",
        )


def check_has_no_forum(region_slug: str, taken: Collection[str]) -> None:
    """Refuse a second forum of one region in a round; `taken` are the slugs of the round's meetings."""
    if region_slug in taken:
        raise Conflict(
            N_("This region has a forum in this round already. Please change the dates of that one instead."),
            field="region",
        )


def check_has_no_national(taken: Collection[str]) -> None:
    """Refuse a second national meeting in a round."""
    if NATIONAL_SLUG in taken:
        raise Conflict(
            N_("This round has a national meeting already. Please change the dates of that one instead."),
            field="kind",
        )


def is_working_slug(slug: str) -> bool:
    """Whether a slug is a working meeting's, which is a day: 2006-11-19, 2006-11-19-2."""
    return _DAY.fullmatch(slug) is not None


def slug_in_address(slug: str) -> str:
    """The slug as it stands in addresses, behind the round's: a working meeting's below `meetings/`."""
    return f"meetings/{slug}" if is_working_slug(slug) else slug


def working_slug(starts_on: date, taken: Collection[str]) -> str:
    """The last part of a working meeting's address: its first day, with a number where that day has one already."""
    slugs = [starts_on.isoformat(), *(f"{starts_on.isoformat()}-{number}" for number in range(2, 10))]
    free = next((slug for slug in slugs if slug not in taken), None)
    if free is None:
        raise Conflict(N_("There are nine working meetings on that day already."), field="days")
    return free


def check_contact_phones(typed: str) -> str:
    """The numbers in our one way of writing; refuses what is none: participants will dial them."""
    numbers = thai.join_phones(thai.read_phones(typed, field="contact_phone"))
    if len(numbers) > LONGEST_CONTACT_PHONES:
        raise Invalid(N_("These are too many numbers and notes. Please shorten them."), field="contact_phone")
    return numbers


def check_can_announce(status: str) -> None:
    """Only what is proposed can be announced."""
    if status == MeetingState.CANCELLED:
        raise Conflict(N_("This meeting is cancelled. Please undo the cancellation instead."))
    if status != MeetingState.PROPOSED:
        raise Conflict(N_("This meeting is announced already."))


def check_can_cancel(status: str, ends_on: date, today: date, *, was_held: bool) -> None:
    """Only what is announced and not held can be cancelled: the public knows of nothing else, what was held stays."""
    if status == MeetingState.CANCELLED:
        raise Conflict(N_("This meeting is cancelled already."))
    if status != MeetingState.ANNOUNCED:
        raise Conflict(N_("Nobody was told of this meeting yet. Please change its dates, or remove it."))
    if was_held or ends_on < today:
        raise Conflict(N_("This meeting was held, so it cannot be cancelled any more."))


def check_can_revive(status: str) -> None:
    """Only what is cancelled can be taken up again."""
    if status != MeetingState.CANCELLED:
        raise Conflict(N_("This meeting is not cancelled."))


def check_can_remove(status: str, has_records: bool) -> None:
    """Only a proposed meeting nothing hangs on can be removed without a trace."""
    if status != MeetingState.PROPOSED:
        raise Conflict(N_("This meeting was announced. Please cancel it instead, so that everybody learns of it."))
    if has_records:
        raise Conflict(
            N_(
                "Partners were invited or something was recorded, so this meeting cannot be removed. Please move it to"
                " other days, or announce it and then cancel it."
            )
        )


def days_between(starts_on: date, ends_on: date) -> list[date]:
    """Every day of a meeting, in order."""
    return [starts_on + timedelta(days=offset) for offset in range((ends_on - starts_on).days + 1)]


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two ranges share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def calendar_sequence_rises(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """Whether a change must raise SEQUENCE (RFC 5545, 3.8.7.4): start, end, status or place, not a corrected typo.

    Both are what `services.calendar_facts` gives.
    """
    return before != after
