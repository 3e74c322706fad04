"""What of a round cannot all be meant: it stays on the board and on the pages that can mend it until it is gone.

None of it is refused when it is saved, for the other half may be about to be changed; so it has to be seen until it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forumplanner.core import thai
from forumplanner.core.i18n import N_
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.rules import lies_far_off, lies_outside


class ContradictionKind(StrEnum):
    """What contradicts what."""

    CODE = "code"
    DUE_BEFORE_FORUM = "due before forum"
    DUE_AFTER_NATIONAL = "due after national"
    DUE_OUTSIDE = "due outside"
    FORUM_AFTER_NATIONAL = "forum after national"
    NO_NATIONAL = "no national"
    OUTSIDE = "outside"
    FAR_OFF = "far off"
    HOURS = "hours"
    PROGRAMME = "programme"


MESSAGES: Mapping[ContradictionKind, str] = {
    ContradictionKind.CODE: N_("The code %(code)s names another year than the days of the round, %(window)s."),
    ContradictionKind.DUE_BEFORE_FORUM: N_(
        "Outcomes are due by %(due)s, before the last day of this meeting: %(meeting)s, %(days)s."
    ),
    ContradictionKind.DUE_AFTER_NATIONAL: N_(
        "Outcomes are due by %(due)s, not before the meeting that hears them: %(meeting)s, %(days)s."
    ),
    ContradictionKind.DUE_OUTSIDE: N_("Outcomes are due by %(due)s, after the round has ended: %(window)s."),
    ContradictionKind.FORUM_AFTER_NATIONAL: N_(
        "%(meeting)s, %(days)s, does not end before the national meeting begins, %(national)s."
    ),
    ContradictionKind.NO_NATIONAL: N_("The round has announced forums and no national meeting that hears them."),
    ContradictionKind.OUTSIDE: N_("%(meeting)s, %(days)s, is outside the dates of the round, %(window)s."),
    ContradictionKind.FAR_OFF: N_("%(meeting)s, %(days)s, is far from the dates of the round, %(window)s."),
    ContradictionKind.HOURS: N_("%(meeting)s has hours for a day that it does not have: %(day)s."),
    ContradictionKind.PROGRAMME: N_("%(meeting)s has lines of the programme on days that it does not have."),
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One of them. `meeting` is the one to change, None where it is the round."""

    kind: ContradictionKind
    meeting: Meeting | None = None
    other: Meeting | None = None
    day: date | None = None


def list_contradictions(found: Round, outside: Mapping[int, int] | None = None) -> list[Contradiction]:
    """All of a round, those of the round itself first, then by meeting in date order.

    `outside`: by the id of a meeting, how many lines of its programme lie on other days. What was cancelled contradicts
    nothing.
    """
    meetings = [meeting for meeting in found.meetings if meeting.status != MeetingStatus.CANCELLED]
    national = next((meeting for meeting in meetings if meeting.kind == MeetingKind.NATIONAL), None)
    return [
        *_of_round(found, meetings, national),
        *(each for meeting in meetings for each in _of_meeting(found, meeting, national, outside or {})),
    ]


def _of_round(found: Round, meetings: list[Meeting], national: Meeting | None) -> Iterator[Contradiction]:
    years = range(thai.buddhist_year(found.starts_on), thai.buddhist_year(found.ends_on) + 1)
    if int(found.code.partition("-")[0]) not in years:
        yield Contradiction(ContradictionKind.CODE)
    announced = any(
        meeting.kind == MeetingKind.REGIONAL and meeting.status == MeetingStatus.ANNOUNCED for meeting in meetings
    )
    if national is None and announced:
        yield Contradiction(ContradictionKind.NO_NATIONAL)
    due = found.outcomes_due_on
    if due is not None and national is not None and due >= national.starts_on:
        yield Contradiction(ContradictionKind.DUE_AFTER_NATIONAL, other=national)
    elif due is not None and due > found.ends_on:
        yield Contradiction(ContradictionKind.DUE_OUTSIDE)


def _of_meeting(
    found: Round, meeting: Meeting, national: Meeting | None, outside: Mapping[int, int]
) -> Iterator[Contradiction]:
    days, window = (meeting.starts_on, meeting.ends_on), (found.starts_on, found.ends_on)
    if meeting.kind == MeetingKind.REGIONAL:
        due = found.outcomes_due_on
        if due is not None and due < meeting.ends_on:
            yield Contradiction(ContradictionKind.DUE_BEFORE_FORUM, meeting)
        if national is not None and meeting.ends_on >= national.starts_on:
            yield Contradiction(ContradictionKind.FORUM_AFTER_NATIONAL, meeting, other=national)
    if meeting.kind == MeetingKind.WORKING:
        if lies_far_off(*days, *window):
            yield Contradiction(ContradictionKind.FAR_OFF, meeting)
    elif lies_outside(*days, *window):
        yield Contradiction(ContradictionKind.OUTSIDE, meeting)
    for day in meeting.days:
        if not meeting.starts_on <= day.on <= meeting.ends_on:
            yield Contradiction(ContradictionKind.HOURS, meeting, day=day.on)
    if outside.get(meeting.id):
        yield Contradiction(ContradictionKind.PROGRAMME, meeting)
