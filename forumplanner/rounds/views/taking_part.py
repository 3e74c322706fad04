"""Which regions take part in a round."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core.db import db
from forumplanner.places.services import list_regions
from forumplanner.rounds.regions import list_taking_part, set_taking_part
from forumplanner.rounds.services import get_round
from forumplanner.rounds.views.addresses import blueprint
from forumplanner.rounds.views.region_forms import TakingPartForm


@blueprint.route("/rounds/<code>/regions", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def taking_part(code: str) -> ResponseReturnValue:
    """Choose the regions of a round; those that have a forum stay."""
    session = db.session()
    found = get_round(session, code)
    now = [part.region for part in list_taking_part(session, found)]
    ids = {region.id for region in now}
    offered = [region for region in list_regions(session) if region.retired_at is None or region.id in ids]
    form = TakingPartForm()
    form.offer(offered, now)
    if form.validate_on_submit():
        with form.showing_refusals():
            ticked = set(form.regions.data or ())
            chosen = [each for each in offered if each.slug in ticked]
            set_taking_part(session, found, chosen, acting(), seen=form.stamp)
            db.session.commit()
            flash(_("The regions of round %(code)s are saved.", code=code), "done")
            return redirect(url_for("desks.board", code=code))
    return render_template("rounds/taking_part.html", form=form, round=found), form.status
