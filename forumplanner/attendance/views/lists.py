"""The page of the three lists, times and chair; the pages of a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.attendance.forms import LIST_WORDS, AttendanceForm, SittingForm
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.attendance.overview import LINES_SHOWN, PARTS, Overview, look_over
from forumplanner.attendance.services import (
    add_attendance,
    change_attendance,
    get_attendance,
    list_alike,
    list_attendance,
    move_attendance,
    remove_attendance,
    shown_of_attendance,
)
from forumplanner.attendance.sittings import find_chair, find_sitting, list_named, save_sitting, shown_of_sitting
from forumplanner.attendance.views.addresses import ATTENDANCE, LINE, blueprint, title_of
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Removed
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import make_stamp
from forumplanner.invitations.models import Answer
from forumplanner.invitations.speaking import said_to
from forumplanner.partners.search import clean_text
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting
from forumplanner.web.errors import show_removed
from forumplanner.web.saying import say_at

STEPS = {"up": -1, "down": 1}
# Names offered while the chair's is typed: the chair stands high on the list.
CHAIRS_OFFERED = 100
LAST_PAGE = 10_000


def whole_number(text: str | None) -> int:
    """A number from a form or an address; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page's address asks for, as its links carry it on: words, the page of each part, one form alone."""

    meeting: Meeting
    q: str
    pages: Mapping[str, int]
    form: str = ""

    def turned(self, part: str, number: int) -> str:
        """The address with another page of one part."""
        asked: dict[str, Any] = {name: page for name, page in {**self.pages, part: number}.items() if page > 1}
        if self.q:
            asked["q"] = self.q
        return meeting_url(self.meeting, "attendance.attendance", **asked)

    def whereabouts(self, line: Attendance, shown: Overview) -> str:
        """The address of the page a line stands on, and the line."""
        order = [found.id for found in shown.everybody[line.list]]
        page = order.index(line.id) // LINES_SHOWN + 1
        return replace(self, q="").turned(line.list.value, page) + f"#line-{line.id}"


def read_asked(meeting: Meeting) -> Asked:
    """Read the address; what it names wrongly is not asked for."""
    pages = {part: min(max(whole_number(request.args.get(part)), 1), LAST_PAGE) for part in PARTS}
    form = request.args.get("form", "")
    return Asked(meeting, clean_text(request.args.get("q", "")), pages, form if form in ("add", "sitting") else "")


@blueprint.get(ATTENDANCE)
@opens_to(COORDINATORS)
def attendance(code: str, slug: str) -> ResponseReturnValue:
    """The three lists, times and chair, and who was invited and stands on none."""
    return attendance_page(meeting_to_change(code, slug))


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
            say_at("add", _("%(name)s was added to the list.", name=added.name))
            # The next one mostly comes to the same list.
            return redirect(meeting_url(meeting, "attendance.attendance", form="add", to=added.list.value) + "#name")
    return attendance_page(meeting, form=form), form.status


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
    return attendance_page(meeting, sitting_form=form), form.status


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
            say_at(f"line-{attendance_id}", _("The line is saved."))
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
        flash(_("%(name)s was removed from the lists.", name=name), "done")
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
        "attendance/line.html", meeting=meeting, title=title_of(meeting), line=line, form=form, alike=alike
    )


def _alike(
    lists: Mapping[AttendanceList, Sequence[Attendance]], form: AttendanceForm, besides: int | None = None
) -> list[tuple[Attendance, str]]:
    """The lines that bear the name of a form that was refused for it, each with its list."""
    if not (form.is_another.errors or form.is_another.data):
        return []
    return [(line, _(LIST_WORDS[line.list])) for line in list_alike(lists, form.name.data or "", besides=besides)]


# What somebody answered, beside the name of who is placed on the lists.
ANSWERED_WORDS = {Answer.ACCEPTED: N_("answered: coming"), Answer.DECLINED: N_("answered: not coming")}


def attendance_page(
    meeting: Meeting, *, form: AttendanceForm | None = None, sitting_form: SittingForm | None = None
) -> str:
    """The whole page, with the form that was refused, if any.

    Lists that are too long for one page come in pages, and the forms on pages of their own (`form` in the address):
    nothing typed can be lost by turning a page.
    """
    session = db.session()
    asked = read_asked(meeting)
    shown = look_over(session, meeting, text=asked.q, pages=asked.pages)
    to = request.args.get("to", "")
    line_form = form or AttendanceForm(
        formdata=None, list=AttendanceList(to) if to in set(AttendanceList) else AttendanceList.PARTICIPANT
    )
    refused_sitting = sitting_form
    if sitting_form is None:
        sitting = find_sitting(session, meeting)
        sitting_form = SittingForm(formdata=None, obj=sitting, seen=make_stamp(shown_of_sitting(sitting)))
        chair = find_chair(sitting, shown.everybody)
        if chair is not None:  # as the line is written now
            sitting_form.chair.data, sitting_form.chair_line_id.data = chair.name, chair.id
    named = list_named(shown.everybody, sitting_form.chair.data)
    sitting_form.offer_lines((line.id, ", ".join(filter(None, (line.name, line.post)))) for line in named)
    focus = asked.form
    if refused_sitting:
        focus = "sitting"
    elif request.method == "POST" and request.endpoint == "attendance.add_line":
        focus = "add"
    return render_template(
        "attendance/attendance.html",
        meeting=meeting,
        title=title_of(meeting),
        asked=asked,
        shown=shown,
        whereabouts=lambda line: asked.whereabouts(line, shown),
        focus=focus if shown.is_paged else "",
        list_words={kind: _(words) for kind, words in LIST_WORDS.items()},
        has_begun=meeting.starts_on <= clock.today(),
        line_form=line_form,
        alike=_alike(shown.everybody, line_form),
        chairs=[found.name for found in shown.everybody[AttendanceList.CAME][:CHAIRS_OFFERED]],
        sitting_form=sitting_form,
        said_to=said_to,
        answered_words=ANSWERED_WORDS,
    )
