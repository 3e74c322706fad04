"""Withdrawing an invitation, and putting it into force again."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.invitations import services
from forumplanner.invitations.views.pages import address_of, blueprint, own_invitation
from forumplanner.invitations.views.showing import show_meeting
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language


@blueprint.route(
    "/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/revoke", methods=["GET", "POST"]
)
@opens_to(COORDINATORS)
def revoke(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Withdraw an invitation, after one question."""
    form = PostForm()
    found = own_invitation(code, slug, invitation_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        services.revoke_invitation(db.session(), acting(), found)
        db.session.commit()
        flash(_("The invitation is withdrawn. Its link says so."), "done")
        return redirect(address_of(found), 303)
    page = render_template(
        "invitations/revoke.html",
        form=form,
        invitation=found,
        meeting=found.meeting,
        shown=show_meeting(found.meeting, current_language()),
        addressee=found.addressee(current_language()),
        back=address_of(found),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/restore")
@opens_to(COORDINATORS)
def restore(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Put a withdrawn invitation into force again."""
    found = own_invitation(code, slug, invitation_id, to_change=True)
    services.restore_invitation(db.session(), acting(), found, today=clock.today())
    db.session.commit()
    flash(_("The invitation is in force again, under the same link."), "done")
    return redirect(address_of(found), 303)
