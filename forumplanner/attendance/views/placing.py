"""Placing the invited on the lists: by their answers, by what was seen, and after a later answer."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.attendance import later as later_answers
from forumplanner.attendance import placing
from forumplanner.attendance.forms import AttendanceForm, WhoForm
from forumplanner.attendance.models import Attendance
from forumplanner.attendance.placing import Filled
from forumplanner.attendance.rules import Came
from forumplanner.attendance.views.addresses import ATTENDANCE, INVITED, LINE, blueprint, title_of
from forumplanner.attendance.views.lists import attendance_page, whole_number
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.invitations.models import Invitation
from forumplanner.partners.models import PartnerKind
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting
from forumplanner.web.locale import current_language
from forumplanner.web.saying import say_at


@blueprint.post(ATTENDANCE + "/fill")
@opens_to(COORDINATORS)
def fill(code: str, slug: str) -> ResponseReturnValue:
    """Fill the lists from the answers to the invitations."""
    meeting = meeting_to_change(code, slug)
    form = AttendanceForm(formdata=None)
    with form.showing_refusals():
        filled = placing.fill_from_invitations(db.session(), meeting, acting(), today=clock.today())
        db.session.commit()
        flash(_filled_words(filled), "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance"))
    return attendance_page(meeting, form=form), form.status


@blueprint.post(ATTENDANCE + "/rest")
@opens_to(COORDINATORS)
def rest(code: str, slug: str) -> ResponseReturnValue:
    """All members on no list did not come."""
    meeting = meeting_to_change(code, slug)
    form = AttendanceForm(formdata=None)
    with form.showing_refusals():
        filled = placing.place_rest_absent(
            db.session(), meeting, acting(), expected=whole_number(request.form.get("count")), today=clock.today()
        )
        db.session.commit()
        flash(_filled_words(filled), "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance"))
    return attendance_page(meeting, form=form), form.status


def _filled_words(filled: Filled) -> str:
    words: str = ngettext(
        "%(num)s person was added to the lists.", "%(num)s people were added to the lists.", filled.placed
    )
    if filled.open:
        words += " " + ngettext(
            "Please say who came for %(num)s seat or delegate.",
            "Please say who came for %(num)s seats or delegates.",
            filled.open,
        )
    if filled.unanswered:
        words += " " + ngettext(
            "%(num)s invitation has no answer.", "%(num)s invitations have no answer.", filled.unanswered
        )
    if filled.alike:
        words += " " + ngettext(
            "%(num)s name is on a list already; please add it by hand if it is somebody else.",
            "%(num)s names are on a list already; please add them by hand if they are somebody else.",
            filled.alike,
        )
    return words


@blueprint.post(INVITED)
@opens_to(COORDINATORS)
def place(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Put one invited partner on a list by what was seen in the room; of a seat it is asked first who came."""
    meeting = meeting_to_change(code, slug)
    form = AttendanceForm(formdata=None)
    with form.showing_refusals():
        came = None
        if request.form.get("came") == "yes":
            invitation = placing.get_invited(db.session(), meeting, invitation_id)
            if placing.must_ask(invitation) or invitation.partner.kind == PartnerKind.ORGANISATION:
                return redirect(meeting_url(meeting, "attendance.who", invitation_id=invitation_id), 303)
            came = placing.came_by_answer(invitation)
        placed = placing.place_invited(db.session(), meeting, invitation_id, acting(), came=came, today=clock.today())
        say_at("unplaced", _("%(name)s was added to the list.", name=placed.name))
        db.session.commit()
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance") + "#unplaced")
    return attendance_page(meeting, form=form), form.status


@blueprint.route(INVITED + "/who", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def who(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Who came for a seat, or in somebody's place; also where a later answer changes a line."""
    session = db.session()
    meeting = meeting_to_change(code, slug)
    invitation = placing.get_invited(session, meeting, invitation_id)
    line = placing.find_line(session, invitation)
    form = WhoForm(is_person=invitation.partner.kind == PartnerKind.PERSON)
    if not form.is_submitted():
        form.show(placing.came_by_answer(invitation))
        form.reply.data = str(placing.newest_replies(session, [invitation.id]).get(invitation.id, 0))
    elif form.validate():
        with form.showing_refusals():
            if line is None:
                placed = placing.place_invited(
                    session, meeting, invitation_id, acting(), came=form.came(), today=clock.today()
                )
            else:
                placed = _follow(meeting, line.id, reply_id=whole_number(form.reply.data), came=form.came()) or line
            say_at("unplaced", _("%(name)s was added to the list.", name=placed.name))
            db.session.commit()
            return redirect(meeting_url(meeting, "attendance.attendance") + "#unplaced", 303)
    return _who_page(meeting, invitation, form), form.status


def _who_page(meeting: Meeting, invitation: Invitation, form: WhoForm) -> str:
    return render_template(
        "attendance/who.html",
        meeting=meeting,
        title=title_of(meeting),
        invitation=invitation,
        name=invitation.addressee(current_language()),
        form=form,
    )


def _follow(meeting: Meeting, line_id: int, *, reply_id: int, came: Came | None = None) -> Attendance | None:
    return later_answers.follow_reply(db.session(), meeting, line_id, acting(), reply_id=reply_id, came=came)


@blueprint.post(LINE + "/follow")
@opens_to(COORDINATORS)
def follow(code: str, slug: str, attendance_id: int) -> ResponseReturnValue:
    """Bring a line to what a later answer says, or leave it as it is."""
    session, meeting = db.session(), meeting_to_change(code, slug)
    form = AttendanceForm(formdata=None)
    with form.showing_refusals():
        reply_id = whole_number(request.form.get("reply"))
        if request.form.get("keep"):
            name = later_answers.keep_line(session, meeting, attendance_id, reply_id=reply_id).name
            words = _("%(name)s was left unchanged.", name=name)
        else:
            later = next(iter(later_answers.list_later(session, meeting, [attendance_id])), None)
            if later and later.line.list != placing.by_answer(later.invitation) and placing.must_ask(later.invitation):
                return redirect(meeting_url(meeting, "attendance.who", invitation_id=later.invitation.id), 303)
            followed = _follow(meeting, attendance_id, reply_id=reply_id)
            words = (
                _("%(name)s now follows the latest answer.", name=followed.name)
                if followed
                else _("Following the latest answer, this participant was removed from the lists.")
            )
        db.session.commit()
        say_at(f"line-{attendance_id}", words)
    if form.refusal is None:
        return redirect(meeting_url(meeting, "attendance.attendance") + f"#line-{attendance_id}")
    return attendance_page(meeting, form=form), form.status
