"""The programme's pages."""

from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import (
    ANYONE,
    COORDINATORS,
    acting,
    is_coordinator,
    may_change_region,
    opens_to,
)
from forumplanner.agenda.forms import ProgrammeEntryForm
from forumplanner.agenda.models import ProgrammeEntry
from forumplanner.agenda.programme import add_entry as add_programme_entry
from forumplanner.agenda.programme import change_entry, get_entry, shown_of_entry
from forumplanner.agenda.programme import delete_entry as delete_programme_entry
from forumplanner.agenda.rules import is_outside, list_overlaps
from forumplanner.agenda.services import list_programme
from forumplanner.agenda.views.addresses import ENTRY, PROGRAMME, blueprint
from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.core.stamps import make_stamp
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.describing import describe_days, name_place
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rules import is_public
from forumplanner.rounds.services import get_meeting, meeting_title
from forumplanner.web.locale import current_language
from forumplanner.web.saying import say_at


@blueprint.get(PROGRAMME)
@opens_to(ANYONE)
def programme(code: str, slug: str) -> ResponseReturnValue:
    """The programme, as it hangs on the wall; whoever may change it finds a form below it."""
    meeting = get_meeting(db.session(), code, slug)
    if not (is_public(meeting.status) or is_coordinator()):
        raise NotFound
    entries = list_programme(db.session(), meeting)
    form = _entry_form(meeting, entries) if may_change_region(meeting.region_id) else None
    return _programme_page(meeting, entries, form)


@blueprint.post(PROGRAMME)
@opens_to(COORDINATORS)
def add_entry(code: str, slug: str) -> ResponseReturnValue:
    """Add a line."""
    meeting = meeting_to_change(code, slug)
    form = _entry_form(meeting, [])
    if form.validate():
        with form.showing_refusals():
            entry = add_programme_entry(db.session(), meeting, acting(), **_typed(form))
            db.session.commit()
            say_at("add", _("Added to the programme: %(activity)s", activity=entry.activity(current_language())))
            # The next line begins where the day's last one ends, as far as that is known.
            first = "starts_at" if _last_end(list_programme(db.session(), meeting), entry.on) is None else "ends_at"
            return redirect(meeting_url(meeting, "agenda.programme", on=entry.on.isoformat()) + f"#{first}")
    return _programme_page(meeting, list_programme(db.session(), meeting), form), form.status


@blueprint.route(ENTRY, methods=["GET", "POST"])
@opens_to(COORDINATORS)
def entry(code: str, slug: str, entry_id: int) -> ResponseReturnValue:
    """Change a line."""
    meeting = meeting_to_change(code, slug)
    found = get_entry(db.session(), meeting, entry_id)
    form = ProgrammeEntryForm(obj=found, seen=make_stamp(shown_of_entry(found)))
    _offer_days(form, meeting, found)
    if form.validate_on_submit():
        with form.showing_refusals():
            change_entry(db.session(), meeting, entry_id, acting(), **_typed(form), seen=form.stamp)
            db.session.commit()
            flash(_("The line is saved."), "done")
            return redirect(meeting_url(meeting, "agenda.programme"))
    return _entry_page(meeting, found, form), form.status


@blueprint.post(ENTRY + "/delete")
@opens_to(COORDINATORS)
def delete_entry(code: str, slug: str, entry_id: int) -> ResponseReturnValue:
    """Delete a line."""
    meeting = meeting_to_change(code, slug)
    seen = request.form.get("seen", "")
    found = get_entry(db.session(), meeting, entry_id)
    form = ProgrammeEntryForm(formdata=None, obj=found, seen=make_stamp(shown_of_entry(found)))
    with form.showing_refusals():
        activity = found.activity(current_language())
        delete_programme_entry(db.session(), meeting, entry_id, acting(), seen=seen)
        db.session.commit()
        flash(_("Deleted from the programme: %(activity)s", activity=activity), "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "agenda.programme"))
    _offer_days(form, meeting, found)
    return _entry_page(meeting, found, form), form.status


def _entry_page(meeting: Meeting, entry: ProgrammeEntry, form: ProgrammeEntryForm) -> str:
    return render_template("agenda/entry.html", meeting=meeting, title=_title(meeting), entry=entry, form=form)


def _offer_days(form: ProgrammeEntryForm, meeting: Meeting, entry: ProgrammeEntry) -> None:
    days = sorted({*_days(meeting), entry.on})
    form.offer_days(((day, _day_words(day)) for day in days), meeting.starts_on, meeting.ends_on)


def _programme_page(meeting: Meeting, entries: list[ProgrammeEntry], form: ProgrammeEntryForm | None) -> str:
    by_day = {day: list(lines) for day, lines in groupby(entries, key=lambda line: line.on)}
    days = sorted({*_days(meeting), *by_day})
    return render_template(
        "agenda/programme.html",
        meeting=meeting,
        title=_title(meeting),
        when=describe_days(meeting, current_language()),
        place=name_place(meeting, current_language()),
        days=[(day, by_day.get(day, []), meeting.starts_on <= day <= meeting.ends_on) for day in days],
        doubts={line.id: _doubts(meeting, line, entries) for line in entries} if form else {},
        has_entries=bool(entries),
        form=form,
    )


def _doubts(meeting: Meeting, line: ProgrammeEntry, lines: list[ProgrammeEntry]) -> list[str]:
    """What whoever changes the programme should look at; all of it may be meant, so none of it is refused."""
    doubts = []
    others = list_overlaps(line, lines)
    if others:
        names = ", ".join(other.activity(current_language()) for other in others)
        doubts.append(
            _("Overlaps with: %(others)s. If they are in different rooms, please name both rooms.", others=names)
        )
    hours = next((day for day in meeting.days if day.on == line.on), None)
    if hours and is_outside(line, hours.opens_at, hours.closes_at):
        words = thai.format_time_range(hours.opens_at, hours.closes_at, current_language())
        doubts.append(_("Outside the hours set for this day, %(hours)s.", hours=words))
    return doubts


def _entry_form(meeting: Meeting, entries: list[ProgrammeEntry]) -> ProgrammeEntryForm:
    """A form for one more line, which begins where the chosen day's last one ends."""
    days = _days(meeting)
    chosen = next((day for day in days if day.isoformat() == request.args.get("on")), days[0])
    form = ProgrammeEntryForm(on=chosen, starts_at=_last_end(entries, chosen))
    form.offer_days(((day, _day_words(day)) for day in days), meeting.starts_on, meeting.ends_on)
    return form


def _last_end(entries: list[ProgrammeEntry], day: date) -> time | None:
    return max((line.ends_at for line in entries if line.on == day and line.ends_at), default=None)


def _typed(form: ProgrammeEntryForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("on", "starts_at", "ends_at", "activity_th", "activity_en", "room")}


def _days(meeting: Meeting) -> list[date]:
    count = (meeting.ends_on - meeting.starts_on).days + 1
    return [meeting.starts_on + timedelta(days=offset) for offset in range(count)]


def _day_words(day: date) -> str:
    return thai.format_full(day, lang=current_language())


def _title(meeting: Meeting) -> str:
    return meeting_title(meeting, current_language())
