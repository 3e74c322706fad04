"""One person who is kept longer than their period, and why."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.retention import services
from forumplanner.retention.forms import HoldForm
from forumplanner.retention.kinds import PEOPLE
from forumplanner.retention.reading import find_announcement
from forumplanner.retention.views.addresses import blueprint
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language

PAGE = "/settings/retention/people/<int(max=2147483647):partner_id>"


@blueprint.route(PAGE, methods=["GET", "POST"])
@opens_to(ORGANISERS)
def keep(partner_id: int) -> ResponseReturnValue:
    """Say until when somebody is kept, and why."""
    session = db.session()
    person = services.get_person(session, partner_id)
    form = HoldForm()
    if not form.is_submitted():
        form.show_hold(services.shown_of_hold(services.find_hold(session, partner_id)))
    elif form.validate():
        with form.showing_refusals():
            services.keep_longer(session, person, form.given(), acting(), seen=form.stamp, today=clock.today())
            said = {
                "name": person.shown_name(current_language()),
                "day": thai.format_long(form.given().until, lang=current_language()),
            }
            db.session.commit()
            flash(_("%(name)s is kept until %(day)s.", **said), "done")
            return redirect(url_for("retention.coming"))
    page = render_template(
        "retention/keep.html",
        form=form,
        person=services.get_person(session, partner_id),
        hold=services.find_hold(session, partner_id),
        announced=find_announcement(session, PEOPLE.slug, partner_id),
    )
    return page, form.status


@blueprint.post(PAGE + "/release")
@opens_to(ORGANISERS)
def release(partner_id: int) -> ResponseReturnValue:
    """Let the period alone decide again."""
    session = db.session()
    person = services.get_person(session, partner_id)
    if PostForm().validate():
        name = person.shown_name(current_language())
        services.keep_no_longer(session, person, acting(), today=clock.today())
        db.session.commit()
        flash(_("%(name)s is no longer kept beyond the period.", name=name), "done")
    return redirect(url_for("retention.coming"))
