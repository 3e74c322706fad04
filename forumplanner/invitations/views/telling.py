"""A participant tells what they eat and what help they need, by their own consent, and takes it back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.history.actors import BY_LINK
from forumplanner.invitations import services
from forumplanner.invitations.forms.needs import OwnNeedsForm
from forumplanner.invitations.models import ReplyChannel
from forumplanner.invitations.views.replying import blueprint, done_page, is_confirmed, opened, refused, show
from forumplanner.web.access import PRIVATE_LINK, opens_to
from forumplanner.web.forms import LinkPostForm, checked_by_link


@blueprint.post("/<link>/needs")
@checked_by_link
@opens_to(PRIVATE_LINK)
def needs(link: str) -> ResponseReturnValue:
    """Keep them; without consent nothing of it is kept, and the answer stays as it is."""
    invitation = opened(link)
    form = OwnNeedsForm(invitation.meeting.ends_on)
    if form.validate():
        try:
            services.keep_needs(
                db.session(), BY_LINK, invitation, form.given(), channel=ReplyChannel.LINK, today=clock.today()
            )
            db.session.commit()
        except Conflict as refusal:
            return refused(link, refusal)
        except Invalid as refusal:
            db.session.rollback()
            invitation = opened(link)
            form.show_refusal(refusal)
        else:
            return redirect(url_for("reply.done", link=link, needs="kept") + "#needs", 303)
    if is_confirmed(invitation):
        return done_page(invitation, link, needs_form=form)
    return show("reply", invitation, link, form=form, typed=form.texts), form.refusal_status()


@blueprint.post("/<link>/needs/forget")
@checked_by_link
@opens_to(PRIVATE_LINK)
def forget_needs(link: str) -> ResponseReturnValue:
    """Take the consent back: what was kept is removed at once, also after the meeting."""
    form = LinkPostForm()
    valid = form.validate()
    invitation = opened(link)
    if not valid:
        return show("reply", invitation, link, form=form), form.refusal_status()
    services.forget_needs(db.session(), BY_LINK, invitation)
    db.session.commit()
    target = "reply.done" if is_confirmed(invitation) else "reply.reply"
    return redirect(url_for(target, link=link, needs="removed") + "#needs", 303)
