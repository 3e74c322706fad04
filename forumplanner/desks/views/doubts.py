"""What to think of before a meeting's days are set, in sentences; nothing of it forbids them."""

from datetime import date

from flask_babel import gettext as _

from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.desks.rules import Work
from forumplanner.desks.services import count_lost_lines
from forumplanner.desks.views.words import records_words, region_name, warning_words
from forumplanner.rounds.added_holidays import added_holidays
from forumplanner.rounds.calendar_days import date_warnings
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.planning import (
    find_clashes,
    list_lost_hours,
)
from forumplanner.rounds.rules import (
    lies_far_off,
)
from forumplanner.rounds.views.words import days_words
from forumplanner.web.locale import current_language


def day_warnings(
    found: Round,
    kind: MeetingKind,
    starts_on: date,
    ends_on: date,
    *,
    typed: str,
    meeting: Meeting | None = None,
    region_id: int | None = None,
) -> list[str]:
    """What to think of before these days are set; nothing of it forbids them."""
    said = []
    mismatch = thai.weekday_mismatch(typed, starts_on, ends_on)
    if mismatch is not None:
        said.append(_(mismatch.message, **mismatch.params))
    extra = added_holidays(db.session(), starts_on, ends_on)
    said += [warning_words(warning) for warning in date_warnings(starts_on, ends_on, extra, region_id=region_id)]
    said += [
        _("%(meeting)s falls on the same days: %(days)s.", meeting=region_name(other), days=_days_of(other))
        for other in find_clashes(found, starts_on, ends_on, meeting)
    ]
    said += _order_warnings(found, kind, starts_on, ends_on, meeting)
    if ends_on < clock.today():
        said.append(_("These days are over."))
    if lies_far_off(starts_on, ends_on, found.starts_on, found.ends_on):
        round_days = days_words(found.starts_on, found.ends_on)
        said.append(_("These days are far outside the round, %(days)s. Please check the year.", days=round_days))
    return said


def loss_warnings(meeting: Meeting, work: Work, starts_on: date, ends_on: date) -> list[str]:
    """What hangs on the days a meeting has, and what of it does not come along to these."""
    lang, said = current_language(), []
    if work.was_held(clock.today()):
        said.append(
            _(
                "This meeting was held and has records: %(records)s. They stay with it and will show these days.",
                records=records_words(work),
            )
        )
    for day in list_lost_hours(meeting, starts_on, ends_on):
        hours = thai.format_time_range(day.opens_at, day.closes_at, lang=lang)
        said.append(
            _("The hours of %(day)s will be removed: %(hours)s.", day=thai.format_full(day.on, lang=lang), hours=hours)
        )
    lines = count_lost_lines(db.session(), meeting, starts_on, ends_on)
    if lines:
        said.append(_("Lines of the programme that fall outside the new days: %(count)s.", count=lines))
    return said


def _order_warnings(
    found: Round, kind: MeetingKind, starts_on: date, ends_on: date, meeting: Meeting | None
) -> list[str]:
    """The national meeting hears all regions, so it comes after their forums."""
    others = [other for other in found.meetings if other is not meeting and other.status != MeetingStatus.CANCELLED]
    if kind == MeetingKind.NATIONAL:
        late = [other for other in others if other.kind == MeetingKind.REGIONAL and other.ends_on >= starts_on]
        return [
            _("%(meeting)s will not be over by then: %(days)s.", meeting=region_name(other), days=_days_of(other))
            for other in late
        ]
    if kind == MeetingKind.REGIONAL:
        early = [other for other in others if other.kind == MeetingKind.NATIONAL and other.starts_on <= ends_on]
        return [_("The national meeting is before that: %(days)s.", days=_days_of(other)) for other in early]
    return []


def _days_of(meeting: Meeting) -> str:
    return days_words(meeting.starts_on, meeting.ends_on)
