"""The page that says what would become of a person's data, and takes it out."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forumplanner.accounts.access import COORDINATORS, acting, is_organiser, may_change_region, noting_look, opens_to
from forumplanner.core.db import db
from forumplanner.core.i18n import N_
from forumplanner.desks.erasing import Erased, Forecast, erase_person, foresee
from forumplanner.desks.held import HELD
from forumplanner.desks.views.pages import blueprint
from forumplanner.partners import services
from forumplanner.partners.access import check_in_sight, check_may_change
from forumplanner.rounds.describing import describe_days_short
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language

MOST_DOUBTS = 20
# What stands in tables that the record of processing does not name.
_OTHERS = {
    "agenda_texts": N_("What was said under an agenda item"),
    "agenda_items": N_("An agenda item"),
    "outcomes": N_("Outcomes"),
    "programme_entries": N_("The programme"),
    "meetings": N_("A meeting's particulars"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where the given name stands alone: in which kind of text, of which meeting, and what stands around it."""

    kind: str
    meeting: str
    href: str
    around: str


@blueprint.route("/partners/<int(max=2147483647):partner_id>/erase", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def erase_partner(partner_id: int) -> ResponseReturnValue:
    """What goes, what stays and why; then it is done. For organisers, and coordinators of the person's regions."""
    session, form = db.session(), PostForm()
    found = services.get_partner(session, partner_id)
    check_in_sight(found)
    check_may_change(found)
    if form.validate_on_submit():
        done = erase_person(session, found.id, by=acting(), withdrawing=True)
        session.commit()
        flash(_said(done), "done")
        return redirect(url_for("partners.partners"), 303)
    forecast = foresee(session, found.id)
    doubts, elsewhere = _doubts(forecast)
    page = render_template(
        "desks/erase_partner.html",
        form=form,
        partner=found,
        forecast=forecast,
        doubts=doubts[:MOST_DOUBTS],
        more_doubts=max(0, len(doubts) - MOST_DOUBTS),
        elsewhere=elsewhere,
        upcoming=[_upcoming(invitation.meeting, invitation.id) for invitation in forecast.upcoming],
    )
    return noting_look(page, services.HISTORY, found.id), 422 if form.errors else 200


def _said(done: Erased) -> str:
    replaced = ngettext(
        "In %(num)s text about others the name was replaced.",
        "In %(num)s texts about others the name was replaced.",
        done.texts,
    )
    kept = _("Approved minutes keep the name.") if done.kept else ""
    return " ".join(part for part in (_("The person's data is removed."), replaced if done.texts else "", kept) if part)


def _upcoming(meeting: Meeting, invitation_id: int) -> dict[str, str | None]:
    """An invitation that is withdrawn with it, and its page."""
    lang = current_language()
    href = url_for("invitations.invitation", code=meeting.round.code, slug=meeting.slug, invitation_id=invitation_id)
    return {
        "title": meeting_title(meeting, lang),
        "days": describe_days_short(meeting, lang),
        "href": href if may_change_region(meeting.region_id) else None,
    }


def _doubts(forecast: Forecast) -> tuple[list[Doubt], int]:
    """The texts to look at that the signed-in person may read, and how many there are besides."""
    lang = current_language()
    kinds = _OTHERS | {table: held.name for held in HELD for table in held.columns if table not in _OTHERS}
    ids = {each.meeting_id for each in forecast.doubtful if each.meeting_id is not None}
    query = select(Meeting).where(Meeting.id.in_(ids)).options(joinedload(Meeting.round), joinedload(Meeting.region))
    meetings = {meeting.id: meeting for meeting in db.session.scalars(query)} if ids else {}
    found: list[Doubt] = []
    for each in forecast.doubtful:
        meeting = meetings.get(each.meeting_id or 0)
        if meeting is None and not is_organiser():
            continue
        if meeting is not None and not may_change_region(meeting.region_id):
            continue
        href = url_for("desks.meeting", code=meeting.round.code, slug=meeting.slug) if meeting else ""
        title = meeting_title(meeting, lang) if meeting else ""
        found.append(Doubt(_(kinds.get(each.table, N_("Another text"))), title, href, each.around))
    return found, len(forecast.doubtful) - len(found)
