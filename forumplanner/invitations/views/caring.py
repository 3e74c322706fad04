"""Food and help that those who come need: noted by whoever took the call, counted for the kitchen."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, noting_look, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.invitations import services, words
from forumplanner.invitations.forms.needs import TakenNeedsForm
from forumplanner.invitations.models import ReplyChannel
from forumplanner.invitations.rules import needs_end
from forumplanner.invitations.views.pages import address_of, blueprint, invitation_page, own_invitation, own_meeting
from forumplanner.invitations.views.showing import show_meeting
from forumplanner.web.locale import current_language


@blueprint.get("/rounds/<code>/<meeting:slug>/invitations/needs")
@opens_to(COORDINATORS)
def needs(code: str, slug: str) -> ResponseReturnValue:
    """For the kitchen numbers without names; names of those alone who need help."""
    lang, meeting = current_language(), own_meeting(code, slug)
    kitchen = services.list_kitchen(db.session(), meeting)
    page = render_template(
        "invitations/needs.html",
        meeting=meeting,
        shown=show_meeting(meeting, lang),
        kitchen=kitchen,
        foods=[(_(words.FOODS[food]), count) for food, count in kitchen.foods],
        until=thai.format_long(needs_end(meeting.ends_on), lang=lang),
        addressee=lambda invitation: invitation.addressee(lang),
    )
    return noting_look(page, "meeting", meeting.id, whose=[each.partner_id for each in kitchen.invitations])


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/needs")
@opens_to(COORDINATORS)
def note_needs(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Note what somebody told, with their consent."""
    found = own_invitation(code, slug, invitation_id, to_change=True)
    form = TakenNeedsForm(found.meeting.ends_on)
    if form.validate():
        with form.showing_refusals():
            services.keep_needs(
                db.session(),
                acting(),
                found,
                form.given(),
                channel=ReplyChannel(form.told_by.data),
                today=clock.today(),
            )
            db.session.commit()
            flash(_("Food and help are noted, with the consent."), "done")
            return redirect(address_of(found), 303)
    return invitation_page(found, needs_form=form)


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/needs/forget")
@opens_to(COORDINATORS)
def forget_needs(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """The consent was taken back: remove it at once."""
    found = own_invitation(code, slug, invitation_id, to_change=True)
    removed = services.forget_needs(db.session(), acting(), found)
    db.session.commit()
    flash(
        _("What was noted of food and help is removed.") if removed else _("Nothing of food and help was noted."),
        "done",
    )
    return redirect(address_of(found), 303)
