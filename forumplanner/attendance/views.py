"""Pages of `attendance`: who came, who did not, who else was in the room."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.attendance.forms import LIST_WORDS, AttendanceForm, SittingForm
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.attendance.rules import list_for
from forumplanner.attendance.services import (
    add_attendance,
    change_attendance,
    fill_from_invitations,
    get_attendance,
    list_alike,
    list_attendance,
    list_unplaced,
    move_attendance,
    place_invited,
    remove_attendance,
    shown_of_attendance,
)
from forumplanner.attendance.sittings import find_chair, find_sitting, list_named, save_sitting, shown_of_sitting
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Removed
from forumplanner.core.stamps import make_stamp
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title
from forumplanner.web.errors import show_removed
from forumplanner.web.locale import current_language

blueprint = Blueprint("attendance", __name__)

ATTENDANCE = "/rounds/<code>/<meeting:slug>/attendance"
# The largest key both databases take.
LINE = ATTENDANCE + "/<int(max=2147483647):attendance_id>"
INVITED = ATTENDANCE + "/invited/<int(max=2147483647):invitation_id>"
STEPS = {"up": -1, "down": 1}


@blueprint.get(ATTENDANCE)
@opens_to(COORDINATORS)
def attendance(code: str, slug: str) -> ResponseReturnValue:
    """The three lists, times and chair, and who was invited and stands on none."""
    return _attendance_page(meeting_to_change(code, slug))


@blueprint.post(ATTENDANCE)
@opens_to(COORDINATORS)
def add_line(code: str, slug: str) -> ResponseReturnValue:
    """Add somebody who simply came."""
    meeting = meeting_to_change(code, slug)
    form = AttendanceForm()
    if form.validate():
        with form.showing_refusals():
            added = add_attendance(db.session(), meeting, acting(), form.typed(), is_another=bool(form.is_another.data))
            db.session.commit()
            flash(_("%(name)s stands on the list now.", name=added.name), "done")
            return redirect(meeting_url(meeting, "attendance.attendance") + f"#line-{added.id}")
    return _attendance_page(meeting, form=form), form.status


@blueprint.post(ATTENDANCE + "/fill")
@opens_to(COORDINATORS)
def fill(code: str, slug: str) -> ResponseReturnValue:
    """Fill the lists from the answers to the invitations."""
    meeting = meeting_to_change(code, slug)
    form = AttendanceForm(formdata=None)
    with form.showing_refusals():
        filled = fill_from_invitations(db.session(), meeting, acting(), today=clock.today())
        db.session.commit()
        words = ngettext("%(num)s person was put on the lists.", "%(num)s people were put on the lists.", filled.placed)
        if filled.unanswered:
            words += " " + ngettext(
                "%(num)s invitation has no answer.", "%(num)s invitations have no answer.", filled.unanswered
            )
        if filled.alike:
            words += " " + ngettext(
                "%(num)s name stands on a list already; please place it by hand if it is somebody else.",
                "%(num)s names stand on a list already; please place them by hand if they are somebody else.",
                filled.alike,
            )
        flash(words, "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance"))
    return _attendance_page(meeting, form=form), form.status


@blueprint.post(INVITED)
@opens_to(COORDINATORS)
def place(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Put one invited partner on a list by what was seen in the room."""
    meeting = meeting_to_change(code, slug)
    form = AttendanceForm(formdata=None)
    with form.showing_refusals():
        came = request.form.get("came") == "yes"
        placed = place_invited(db.session(), meeting, invitation_id, acting(), came=came, today=clock.today())
        flash(_("%(name)s stands on the list now.", name=placed.name), "done")
        db.session.commit()
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance") + "#unplaced")
    return _attendance_page(meeting, form=form), form.status


@blueprint.post(ATTENDANCE + "/sitting")
@opens_to(COORDINATORS)
def record_sitting(code: str, slug: str) -> ResponseReturnValue:
    """Record when the meeting began and ended, and who chaired it."""
    meeting = meeting_to_change(code, slug)
    form = SittingForm()
    if form.validate():
        with form.showing_refusals():
            save_sitting(
                db.session(),
                meeting,
                acting(),
                began_at=form.began_at.data,
                ended_at=form.ended_at.data,
                chair=form.chair.data,
                chair_line_id=form.chair_line_id.data,
                seen=form.stamp,
            )
            db.session.commit()
            flash(_("Times and chair are saved."), "done")
            return redirect(meeting_url(meeting, "attendance.attendance"))
    return _attendance_page(meeting, sitting_form=form), form.status


@blueprint.route(LINE, methods=["GET", "POST"])
@opens_to(COORDINATORS)
def line(code: str, slug: str, attendance_id: int) -> ResponseReturnValue:
    """Correct a line, or put it on another list."""
    meeting = meeting_to_change(code, slug)
    found = get_attendance(db.session(), meeting, attendance_id)
    form = AttendanceForm(obj=found, seen=make_stamp(shown_of_attendance(found)))
    if form.validate_on_submit():
        with form.showing_refusals():
            change_attendance(
                db.session(),
                meeting,
                attendance_id,
                acting(),
                form.typed(),
                seen=form.stamp,
                is_another=bool(form.is_another.data),
            )
            db.session.commit()
            flash(_("The line is saved."), "done")
            return redirect(meeting_url(meeting, "attendance.attendance") + f"#line-{attendance_id}")
    return _line_page(meeting, found, form), form.status


@blueprint.post(LINE + "/move")
@opens_to(COORDINATORS)
def move_line(code: str, slug: str, attendance_id: int) -> ResponseReturnValue:
    """Move a line up or down within its list."""
    meeting = meeting_to_change(code, slug)
    move_attendance(db.session(), meeting, attendance_id, step=STEPS.get(request.form.get("direction", ""), 0))
    db.session.commit()
    return redirect(meeting_url(meeting, "attendance.attendance") + f"#line-{attendance_id}")


@blueprint.post(LINE + "/remove")
@opens_to(COORDINATORS)
def remove_line(code: str, slug: str, attendance_id: int) -> ResponseReturnValue:
    """Take a line off the lists."""
    meeting = meeting_to_change(code, slug)
    seen = request.form.get("seen", "")
    found = get_attendance(db.session(), meeting, attendance_id)
    form = AttendanceForm(formdata=None, obj=found, seen=make_stamp(shown_of_attendance(found)))
    with form.showing_refusals():
        name = remove_attendance(db.session(), meeting, attendance_id, acting(), seen=seen).name
        db.session.commit()
        flash(_("%(name)s no longer stands on a list.", name=name), "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance"))
    return _line_page(meeting, found, form), form.status


@blueprint.errorhandler(Removed)
def removed(refusal: Removed) -> ResponseReturnValue:
    """Somebody took off the line that this person changes."""
    place = {name: (request.view_args or {})[name] for name in ("code", "slug")}
    return show_removed(refusal, url_for("attendance.attendance", **place), _("Attendance"))


def _line_page(meeting: Meeting, line: Attendance, form: AttendanceForm) -> str:
    lists = list_attendance(db.session(), meeting)
    alike = _alike(lists, form, besides=line.id)
    return render_template(
        "attendance/line.html", meeting=meeting, title=_title(meeting), line=line, form=form, alike=alike
    )


def _alike(
    lists: Mapping[AttendanceList, list[Attendance]], form: AttendanceForm, besides: int | None = None
) -> list[tuple[Attendance, str]]:
    """The lines that bear the name of a form that was refused for it, each with its list."""
    if not (form.is_another.errors or form.is_another.data):
        return []
    return [(line, _(LIST_WORDS[line.list])) for line in list_alike(lists, form.name.data or "", besides=besides)]


def _attendance_page(
    meeting: Meeting, *, form: AttendanceForm | None = None, sitting_form: SittingForm | None = None
) -> str:
    lists = list_attendance(db.session(), meeting)
    line_form = form or AttendanceForm(formdata=None)
    if sitting_form is None:
        sitting = find_sitting(db.session(), meeting)
        sitting_form = SittingForm(formdata=None, obj=sitting, seen=make_stamp(shown_of_sitting(sitting)))
        chair = find_chair(sitting, lists)
        if chair is not None:  # as the line is written now
            sitting_form.chair.data, sitting_form.chair_line_id.data = chair.name, chair.id
    named = list_named(lists, sitting_form.chair.data)
    sitting_form.offer_lines((line.id, ", ".join(filter(None, (line.name, line.post)))) for line in named)
    unplaced = list_unplaced(db.session(), meeting)
    placeable = [list_for(invitation.capacity, invitation.answer) is not None for invitation in unplaced]
    # Participants who declined stand on no list, so nobody need be asked about them.
    asked = [found for found, by_answer in zip(unplaced, placeable, strict=True) if by_answer or found.answer is None]
    return render_template(
        "attendance/attendance.html",
        meeting=meeting,
        title=_title(meeting),
        lists=[(kind, _(words), lists[kind]) for kind, words in LIST_WORDS.items()],
        unplaced=asked,
        placeable=sum(placeable),
        has_begun=meeting.starts_on <= clock.today(),
        chairs=[found.name for found in lists[AttendanceList.CAME]],
        line_form=line_form,
        alike=_alike(lists, line_form),
        sitting_form=sitting_form,
    )


def _title(meeting: Meeting) -> str:
    return meeting_title(meeting, current_language())
