"""Addresses of other features' pages about a meeting, for those who may open them."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forumplanner.accounts.access import is_organiser, may_change_region
from forumplanner.core.i18n import N_
from forumplanner.desks.rules import ORGANISERS_ACTS, Act, TaskName, Work
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.contradictions import Contradiction, ContradictionKind
from forumplanner.rounds.models import Meeting, Round
from forumplanner.web.access import access_of

_ACTS = {
    Act.ANNOUNCE: "desks.announce",
    Act.SET_PLACE: "rounds.details",
    Act.SET_HOURS: "rounds.details",
    Act.INVITE: "invitations.invitations",
    Act.PLAN_PROGRAMME: "agenda.programme",
    Act.CALL: "invitations.invitations",
    Act.LIST_COMING: "invitations.invitations",
    Act.NOTE_ATTENDANCE: "attendance.attendance",
    Act.RECORD: "outcomes.outcomes",
    Act.SUBMIT: "outcomes.outcomes",
    Act.DECIDE: "outcomes.submission",
    Act.CORRECT: "outcomes.submission",
    Act.WRITE_MINUTES: "minutes.minutes",
    Act.PRINT_MINUTES: "minutes.minutes",
}
_TASKS = {
    TaskName.DATE_AND_PLACE: "rounds.details",
    TaskName.INVITE: "invitations.invitations",
    TaskName.PROGRAMME: "agenda.programme",
    TaskName.ATTENDANCE: "attendance.attendance",
    TaskName.RECORD: "outcomes.outcomes",
    TaskName.SUBMIT: "outcomes.submission",
    TaskName.MINUTES: "minutes.minutes",
}


_MENDING = {
    ContradictionKind.HOURS: ("rounds.details", N_("Set the hours")),
    ContradictionKind.PROGRAMME: ("agenda.programme", N_("Open the programme")),
}


def may_open(endpoint: str) -> bool:
    """Whether there is such a page and this person's account may open it; regions are the page's own matter."""
    if endpoint not in current_app.view_functions:
        return False
    access = access_of(current_app, endpoint)
    return access is not None and (access.admits is None or access.admits(current_user))


def find_way(endpoint: str, meeting: Meeting) -> str | None:
    """The address of a page about a meeting, or None where this person cannot open it."""
    return meeting_url(meeting, endpoint) if may_open(endpoint) else None


def way_to_mend(found: Round, each: Contradiction) -> tuple[str | None, str]:
    """Where a contradiction is mended, and the words of that link; None where it is not for this person."""
    if each.kind in _MENDING and each.meeting is not None:
        endpoint, words = _MENDING[each.kind]
        return (find_way(endpoint, each.meeting) if may_change_region(each.meeting.region_id) else None), _(words)
    if not is_organiser():
        return None, ""
    if each.kind == ContradictionKind.NO_NATIONAL:
        return url_for("desks.new_meeting", code=found.code), _("Add a meeting")
    if each.meeting is not None and each.kind != ContradictionKind.DUE_BEFORE_FORUM:
        return find_way("desks.dates", each.meeting), _("Change the dates")
    return url_for("rounds.edit_round", code=found.code), _("Change name and dates")


def way_of_task(name: TaskName, meeting: Meeting) -> str | None:
    """Where a task is done."""
    return find_way(_TASKS[name], meeting)


def may_do(act: Act, meeting: Meeting) -> bool:
    """Whether this act is the signed-in person's to do."""
    return is_organiser() if act in ORGANISERS_ACTS else may_change_region(meeting.region_id)


def way_of_act(act: Act, meeting: Meeting, work: Work) -> str | None:
    """Where the next act is done, or None where it is not for this person."""
    if not may_do(act, meeting):
        return None
    if act == Act.SUBMIT and work.concluded.questions_answered >= work.agenda.questions:
        return find_way("outcomes.submission", meeting)
    return find_way(_ACTS[act], meeting)
