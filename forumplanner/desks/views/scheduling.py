"""What organisers decide about meetings: adding one, its days, whether it is announced, cancelled, taken up again."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.desks.rules import Work
from forumplanner.desks.services import begin_meeting, find_work, move_meeting, shown_days
from forumplanner.desks.views.board import place_words
from forumplanner.desks.views.doubts import day_warnings, loss_warnings
from forumplanner.desks.views.pages import blueprint
from forumplanner.desks.views.words import warning_words
from forumplanner.places.services import list_regions
from forumplanner.rounds.added_holidays import added_holidays
from forumplanner.rounds.calendar_days import date_warnings
from forumplanner.rounds.contradictions import list_contradictions
from forumplanner.rounds.forms import DatesForm, MeetingForm
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.planning import (
    MeetingPlan,
    check_days,
    check_meeting,
    remove_meeting,
    set_status,
)
from forumplanner.rounds.rules import (
    check_can_announce,
    check_can_cancel,
    check_can_move,
    check_can_remove,
    check_can_revive,
    days_between,
    default_title,
)
from forumplanner.rounds.services import get_meeting, get_round, lock_meeting, meeting_title
from forumplanner.rounds.views.words import contradiction_words, days_words
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language
from forumplanner.web.today import settings

PAGE = "/rounds/<code>/<meeting:slug>"


def _title(meeting: Meeting) -> str:
    return meeting_title(meeting, current_language())


@blueprint.route(PAGE + "/dates", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def dates(code: str, slug: str) -> ResponseReturnValue:
    """Move a meeting: the days as read, and what to think of, are shown before anything is saved."""
    session = db.session()
    meeting = get_meeting(session, code, slug)
    form = DatesForm()
    if request.method == "GET":
        form.days.data = (meeting.starts_on, meeting.ends_on)
        form.saw(shown_days(meeting))
    elif form.validate() and form.days.data and not form.is_changing:
        with form.showing_refusals():
            starts_on, ends_on = form.days.data
            check_days(meeting.round, meeting.kind, starts_on, ends_on)
            check_can_move(starts_on, clock.today(), was_held=_work_of(meeting).was_held(clock.today()))
            if not form.is_confirmed:
                return _check_dates_page(meeting, form, starts_on, ends_on)
            outside = move_meeting(session, meeting, starts_on, ends_on, acting(), seen=form.stamp)
            db.session.commit()
            flash(_("The dates were saved: %(days)s.", days=days_words(starts_on, ends_on)), "done")
            if outside:
                flash(_("Lines of the programme that fall outside the new days: %(count)s.", count=outside), "warning")
            return redirect(url_for("desks.meeting", code=code, slug=slug))
    contradictions = _contradictions_of(meeting)
    title = _title(meeting)
    page = render_template("desks/dates.html", meeting=meeting, title=title, form=form, contradictions=contradictions)
    return page, form.status


def _contradictions_of(meeting: Meeting) -> list[str]:
    """What cannot all be meant and other days of this meeting would mend."""
    found = get_round(db.session(), meeting.round.code)
    outside = {meeting.id: _work_of(meeting).programme.outside}
    return [
        contradiction_words(found, each)
        for each in list_contradictions(found, outside)
        if meeting in (each.meeting, each.other)
    ]


def _check_dates_page(meeting: Meeting, form: DatesForm, starts_on: date, ends_on: date) -> str:
    found = get_round(db.session(), meeting.round.code)
    typed = form.days.raw_data[0] if form.days.raw_data else ""
    work = _work_of(meeting)
    return render_template(
        "desks/check_dates.html",
        meeting=meeting,
        title=_title(meeting),
        form=form,
        starts_on=starts_on,
        ends_on=ends_on,
        days=[thai.format_full(day, lang=current_language()) for day in days_between(starts_on, ends_on)],
        warnings=[
            *loss_warnings(meeting, work, starts_on, ends_on),
            *day_warnings(
                found, meeting.kind, starts_on, ends_on, typed=typed, meeting=meeting, region_id=meeting.region_id
            ),
        ],
        is_public=meeting.status != MeetingStatus.PROPOSED,
        invited=work.invited,
    )


def _work_of(meeting: Meeting) -> Work:
    return find_work(db.session(), [meeting])[meeting.id]


@blueprint.route("/rounds/<code>/meetings/new", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def new_meeting(code: str) -> ResponseReturnValue:
    """Add a regional forum, the national meeting or a working meeting; it starts as proposed."""
    session = db.session()
    found = get_round(session, code)
    regions = {region.slug: region for region in list_regions(session, retired=False)}
    taken = {meeting.slug for meeting in found.meetings}
    form = MeetingForm()
    form.offer(list(regions.values()), taken)
    if request.method == "GET":
        form.region.data = request.args.get("region", "")
        form.kind.data = MeetingKind.REGIONAL.value
    elif form.validate() and form.days.data and not form.is_changing:
        with form.showing_refusals():
            plan = MeetingPlan(
                kind=MeetingKind(form.kind.data),
                starts_on=form.days.data[0],
                ends_on=form.days.data[1],
                region=regions.get(form.region.data or ""),
                title_th=form.title_th.data or None,
                title_en=form.title_en.data or None,
            )
            if not form.is_confirmed:
                check_meeting(found, plan)
                return _check_meeting_page(found, form, plan)
            meeting = begin_meeting(session, found, plan, acting(), host=settings().base_host)
            db.session.commit()
            words = _("Added: %(meeting)s. Only organisers and coordinators see it yet.", meeting=_title(meeting))
            flash(words, "done")
            return redirect(url_for("desks.meeting", code=code, slug=meeting.slug))
    return render_template("desks/new_meeting.html", round=found, form=form), form.status


def _check_meeting_page(found: Round, form: MeetingForm, plan: MeetingPlan) -> str:
    lang = current_language()
    region = plan.region.name(lang) if plan.region and plan.kind == MeetingKind.REGIONAL else None
    own = plan.title_en if lang == "en" else plan.title_th
    typed = form.days.raw_data[0] if form.days.raw_data else ""
    return render_template(
        "desks/check_meeting.html",
        round=found,
        form=form,
        plan=plan,
        meeting_title=own or default_title(plan.kind, region, lang),
        days=[thai.format_full(day, lang=lang) for day in days_between(plan.starts_on, plan.ends_on)],
        warnings=day_warnings(
            found,
            plan.kind,
            plan.starts_on,
            plan.ends_on,
            typed=typed,
            region_id=plan.region.id if plan.region and plan.kind == MeetingKind.REGIONAL else None,
        ),
    )


@blueprint.route(PAGE + "/announce", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def announce(code: str, slug: str) -> ResponseReturnValue:
    """Make a proposed meeting public."""
    return _change_status(code, slug, MeetingStatus.ANNOUNCED, _check_can_announce, "desks/announce.html")


@blueprint.route(PAGE + "/cancel", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def cancel(code: str, slug: str) -> ResponseReturnValue:
    """Cancel an announced meeting; it stays visible as cancelled."""
    return _change_status(code, slug, MeetingStatus.CANCELLED, _check_can_cancel, "desks/cancel.html")


@blueprint.route(PAGE + "/revive", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def revive(code: str, slug: str) -> ResponseReturnValue:
    """Take a cancellation back."""
    return _change_status(code, slug, MeetingStatus.ANNOUNCED, _check_can_revive, "desks/revive.html")


def _check_can_announce(meeting: Meeting) -> None:
    check_can_announce(meeting.status)


def _check_can_cancel(meeting: Meeting) -> None:
    check_can_cancel(meeting.status, meeting.ends_on, clock.today(), was_held=_work_of(meeting).was_held(clock.today()))


def _check_can_revive(meeting: Meeting) -> None:
    check_can_revive(meeting.status)


def _change_status(
    code: str, slug: str, status: MeetingStatus, check: Callable[[Meeting], None], template: str
) -> ResponseReturnValue:
    session = db.session()
    meeting = get_meeting(session, code, slug)
    form = PostForm()
    check(meeting)
    if form.validate_on_submit():
        set_status(session, meeting, status, check, acting())
        db.session.commit()
        done = {
            "desks/announce.html": _("The meeting is announced. Anyone can see it now."),
            "desks/cancel.html": _("The meeting is cancelled, and calendars show that it is."),
            "desks/revive.html": _("The cancellation was undone. Calendars show the meeting again."),
        }
        flash(done[template], "done")
        return redirect(url_for("desks.meeting", code=code, slug=slug))
    extra = added_holidays(session, meeting.starts_on, meeting.ends_on)
    warned = date_warnings(meeting.starts_on, meeting.ends_on, extra, region_id=meeting.region_id)
    warnings = [warning_words(warning) for warning in warned]
    return render_template(
        template,
        meeting=meeting,
        title=_title(meeting),
        place=place_words(meeting),
        form=form,
        work=_work_of(meeting),
        warnings=warnings,
    )


@blueprint.route(PAGE + "/remove", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def remove(code: str, slug: str) -> ResponseReturnValue:
    """Remove a proposed meeting nothing hangs on."""
    session = db.session()
    meeting = get_meeting(session, code, slug)
    work = _work_of(meeting)
    check_can_remove(meeting.status, work.has_records)
    form = PostForm()
    if form.validate_on_submit():
        title = _title(meeting)
        # Looked up again under the lock: an invitation made meanwhile would be deleted with the meeting.
        lock_meeting(session, meeting)
        remove_meeting(session, meeting, acting(), has_records=_work_of(meeting).has_records)
        db.session.commit()
        flash(_("Removed: %(meeting)s.", meeting=title), "done")
        return redirect(url_for("desks.board", code=code))
    return render_template("desks/remove.html", meeting=meeting, title=_title(meeting), form=form, work=work)
