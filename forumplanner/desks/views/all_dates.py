"""The days of all meetings of a round on one form, with one page that shows how they were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.core.stamps import check_fresh, make_stamp
from forumplanner.desks.services import begin_meeting, find_work, move_meeting, shown_days
from forumplanner.desks.views.pages import blueprint
from forumplanner.desks.views.words import warning_words
from forumplanner.places.models import Region
from forumplanner.rounds.added_holidays import added_holidays
from forumplanner.rounds.calendar_days import date_warnings
from forumplanner.rounds.fields import DaysField
from forumplanner.rounds.forms import CheckedForm
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.planning import MeetingPlan, check_days, lock_round
from forumplanner.rounds.regions import list_taking_part
from forumplanner.rounds.rules import NATIONAL_SLUG, STALE_CHECKED, check_can_move, days_between, overlap
from forumplanner.rounds.services import get_round
from forumplanner.rounds.views.words import days_words
from forumplanner.web.locale import current_language
from forumplanner.web.today import settings

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Line:
    """A forum or the national meeting, or where there is none yet the place for one: its slug, name and region."""

    slug: str
    name: str
    meeting: Meeting | None = None
    region: Region | None = None

    @property
    def kind(self) -> MeetingKind:
        return MeetingKind.NATIONAL if self.slug == NATIONAL_SLUG else MeetingKind.REGIONAL


def _lines_of(found: Round) -> list[Line]:
    """In the order in which people list regions, then the national meeting; what was cancelled has its own page."""
    meetings = {meeting.slug: meeting for meeting in found.meetings}
    lang = current_language()
    lines = [
        Line(part.region.slug, part.region.called(lang), meetings.get(part.region.slug), part.region)
        for part in list_taking_part(db.session(), found)
        if part.region.slug in meetings or part.region.retired_at is None
    ]
    lines.append(Line(NATIONAL_SLUG, str(_("National meeting")), meetings.get(NATIONAL_SLUG)))
    return [line for line in lines if line.meeting is None or line.meeting.status != MeetingStatus.CANCELLED]


def _form_for(lines: Sequence[Line]) -> CheckedForm:
    """A form with a field of days for each line; one that stays empty changes nothing."""
    fields: dict[str, Any] = {f"days_{line.slug}": DaysField(line.name) for line in lines}
    made: type[CheckedForm] = type("AllDatesForm", (CheckedForm,), {**fields, "reading": _reading})
    return made()


def _reading(form: CheckedForm) -> str:
    read = (box for name, box in form._fields.items() if name.startswith("days_"))
    return "/".join("+".join(day.isoformat() for day in box.data or ()) for box in read)


def _days_typed(form: CheckedForm, lines: Sequence[Line]) -> dict[str, Days]:
    """The days of each line that differ from what it has, by slug."""
    typed = {line.slug: form[f"days_{line.slug}"].data for line in lines}
    now = {line.slug: (line.meeting.starts_on, line.meeting.ends_on) for line in lines if line.meeting}
    return {slug: days for slug, days in typed.items() if days and days != now.get(slug)}


@blueprint.route("/rounds/<code>/dates", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def all_dates(code: str) -> ResponseReturnValue:
    """Set or move the days of every forum and the national meeting; forums that are missing are added."""
    session = db.session()
    found = get_round(session, code)
    lines = _lines_of(found)
    form = _form_for(lines)
    if request.method == "GET":
        for line in lines:
            if line.meeting:
                form[f"days_{line.slug}"].data = (line.meeting.starts_on, line.meeting.ends_on)
        form.saw(_shown_of(lines))
    elif form.validate() and not form.is_changing:
        changed = _days_typed(form, lines)
        if _refuse_beside(form, found, lines, changed):
            return render_template("desks/all_dates.html", round=found, lines=lines, form=form), 422
        if not changed:
            flash(_("No day was changed."), "info")
            return redirect(url_for("desks.board", code=code))
        if not form.is_confirmed:
            checks = _checks_of(lines, changed)
            return render_template("desks/check_all_dates.html", round=found, checks=checks, form=form)
        with form.showing_refusals():
            _save(code, form, changed)
            db.session.commit()
            flash(_("The dates of %(count)s meetings are saved.", count=len(changed)), "done")
            return redirect(url_for("desks.board", code=code))
    return render_template("desks/all_dates.html", round=found, lines=lines, form=form), form.status


def _shown_of(lines: Sequence[Line]) -> dict[str, Any]:
    return {f"days_{line.slug}": shown_days(line.meeting)["days"] if line.meeting else None for line in lines}


def _refuse_beside(form: CheckedForm, found: Round, lines: Sequence[Line], changed: Mapping[str, Days]) -> bool:
    """Put every refusal beside its field, all at once; whether there is any."""
    today = clock.today()
    work = find_work(db.session(), [line.meeting for line in lines if line.meeting])
    refused = False
    for line in lines:
        if line.slug not in changed:
            continue
        try:
            check_days(found, line.kind, *changed[line.slug])
            if line.meeting:
                check_can_move(changed[line.slug][0], today, was_held=work[line.meeting.id].was_held(today))
        except Refused as refusal:
            refusal.field = f"days_{line.slug}"
            form.show_refusal(refusal)
            refused = True
    return refused


@dataclass(frozen=True, slots=True)
class Check:
    """What was read for a line, and what to think of before it is saved."""

    line: Line
    days: Days
    written: Sequence[str]
    warnings: Sequence[str]


def _checks_of(lines: Sequence[Line], changed: Mapping[str, Days]) -> list[Check]:
    now = {line.slug: (line.meeting.starts_on, line.meeting.ends_on) for line in lines if line.meeting}
    planned = {**now, **changed}
    names = {line.slug: line.name for line in lines}
    first, last = min(days[0] for days in changed.values()), max(days[1] for days in changed.values())
    extra, lang = added_holidays(db.session(), first, last), current_language()
    checks = []
    for line in lines:
        if line.slug not in changed:
            continue
        days = changed[line.slug]
        region_id = line.region.id if line.region else None
        said = [warning_words(each) for each in date_warnings(*days, extra, region_id=region_id)]
        said += [
            _("%(meeting)s falls on the same days: %(days)s.", meeting=names[slug], days=days_words(*other))
            for slug, other in planned.items()
            if slug != line.slug and overlap(days, other)
        ]
        said += _order_warnings(line, days, planned, names)
        if days[1] < clock.today():
            said.append(_("These days are over."))
        written = [thai.format_full(day, lang=lang) for day in days_between(*days)]
        checks.append(Check(line, days, written, said))
    return checks


def _order_warnings(line: Line, days: Days, planned: Mapping[str, Days], names: Mapping[str, str]) -> list[str]:
    """The national meeting hears all regions, so it comes after their forums."""
    national = planned.get(NATIONAL_SLUG)
    if line.kind == MeetingKind.REGIONAL:
        if national is None or national[0] > days[1]:
            return []
        return [_("The national meeting is before that: %(days)s.", days=days_words(*national))]
    return [
        _("%(meeting)s will not be over by then: %(days)s.", meeting=names[slug], days=days_words(*other))
        for slug, other in planned.items()
        if slug != NATIONAL_SLUG and other[1] >= days[0]
    ]


def _save(code: str, form: CheckedForm, changed: Mapping[str, Days]) -> None:
    """Move or add every meeting of those days; Stale where somebody moved one of them since the form was drawn."""
    session = db.session()
    found = get_round(session, code)
    lock_round(session, found)
    lines = _lines_of(get_round(session, code))
    typed = {f"days_{line.slug}": form[f"days_{line.slug}"].data for line in lines if f"days_{line.slug}" in form}
    check_fresh(form.stamp, _shown_of(lines), typed, STALE_CHECKED)
    for line in lines:
        if line.slug not in changed:
            continue
        days = changed[line.slug]
        if line.meeting is None:
            plan = MeetingPlan(line.kind, *days, region=line.region)
            begin_meeting(session, found, plan, acting(), host=settings().base_host)
        else:
            move_meeting(session, line.meeting, *days, acting(), seen=make_stamp(shown_days(line.meeting)))
