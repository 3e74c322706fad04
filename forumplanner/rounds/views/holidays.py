"""Holidays kept by hand beside those the calendar knows."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.rounds.added_holidays import add_holiday, list_added_holidays
from forumplanner.rounds.added_holidays import remove_holiday as remove_added_holiday
from forumplanner.rounds.calendar_days import public_holidays
from forumplanner.rounds.forms import HolidayForm
from forumplanner.rounds.views.addresses import blueprint
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language


@blueprint.route("/holidays", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def holidays() -> ResponseReturnValue:
    """Holidays added by hand, beside those the calendar knows by itself."""
    session = db.session()
    form = HolidayForm()
    if form.validate_on_submit() and form.on.data is not None and form.is_confirmed:
        with form.showing_refusals():
            added = add_holiday(session, form.on.data, form.name_th.data or "", form.name_en.data or "", acting())
            day = thai.format_full(added.on, lang=current_language())
            db.session.commit()
            flash(_("%(day)s is kept as a public holiday.", day=day), "done")
            return redirect(url_for("rounds.holidays"))
    form.read.data = form.reading()
    year = clock.today().year
    known = public_holidays(date(year, 1, 1), date(year, 12, 31))
    added_before = list_added_holidays(session)
    return render_template("rounds/holidays.html", form=form, added=added_before, known=known), form.status


@blueprint.post("/holidays/<int(max=2147483647):holiday_id>/remove")
@opens_to(ORGANISERS)
def remove_holiday(holiday_id: int) -> ResponseReturnValue:
    """Take an added holiday away again."""
    form = PostForm()
    if form.validate():
        removed = remove_added_holiday(db.session(), holiday_id, acting())
        day = thai.format_full(removed.on, lang=current_language())
        db.session.commit()
        flash(_("%(day)s is no longer kept as a holiday.", day=day), "done")
    return redirect(url_for("rounds.holidays"))
