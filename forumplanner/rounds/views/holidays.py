"""Holidays kept by hand beside those the calendar knows."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.places.services import list_regions
from forumplanner.rounds.added_holidays import add_holiday, list_added_holidays
from forumplanner.rounds.added_holidays import remove_holiday as remove_added_holiday
from forumplanner.rounds.added_holidays import withdraw_holiday as withdraw
from forumplanner.rounds.calendar_days import public_holidays
from forumplanner.rounds.forms import HolidayForm
from forumplanner.rounds.views.addresses import blueprint
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language
from forumplanner.web.saying import say_at

YEARS_AHEAD = 4


@blueprint.route("/holidays", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def holidays() -> ResponseReturnValue:
    """Holidays kept by hand, beside those the calendar knows by itself, for this year and the coming ones."""
    session = db.session()
    regions = {region.slug: region for region in list_regions(session, retired=False)}
    form = HolidayForm()
    form.offer(list(regions.values()))
    if form.validate_on_submit() and form.on.data is not None and form.is_confirmed:
        with form.showing_refusals():
            added = add_holiday(
                session,
                form.on.data,
                form.name_th.data or "",
                form.name_en.data or "",
                acting(),
                region=regions.get(form.region.data or ""),
            )
            day = thai.format_full(added.on, lang=current_language())
            db.session.commit()
            say_at("add", _("%(day)s was added as a public holiday.", day=day))
            return redirect(url_for("rounds.holidays") + "#on")
    form.read.data = form.reading()
    return _page(form), form.status


def _page(form: HolidayForm) -> str:
    years = range(clock.today().year, clock.today().year + YEARS_AHEAD + 1)
    year = next((each for each in years if str(each) == request.args.get("year")), years[0])
    kept = list_added_holidays(db.session())
    withdrawn = {day.on for day in kept if day.is_withdrawn}
    return render_template(
        "rounds/holidays.html",
        form=form,
        added=[day for day in kept if not day.is_withdrawn],
        withdrawn=[day for day in kept if day.is_withdrawn],
        known=[day for day in public_holidays(date(year, 1, 1), date(year, 12, 31)) if day.date not in withdrawn],
        year=year,
        years=[(each, thai.buddhist_year(date(each, 1, 1)) if current_language() == "th" else each) for each in years],
    )


@blueprint.route("/holidays/withdraw/<day>", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def withdraw_holiday(day: str) -> ResponseReturnValue:
    """Say that a holiday the planner knows by itself is none, after a question."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise NotFound from error
    known = next(iter(public_holidays(on, on)), None)
    if known is None:
        raise NotFound(N_("That day is not one of the built-in holidays."))
    if PostForm().validate_on_submit():
        withdraw(db.session(), on, acting())
        db.session.commit()
        flash(
            _("%(day)s was removed from the list of holidays.", day=thai.format_full(on, lang=current_language())),
            "done",
        )
        return redirect(url_for("rounds.holidays", year=on.year))
    return render_template("rounds/withdraw_holiday.html", holiday=known)


@blueprint.post("/holidays/<int(max=2147483647):holiday_id>/remove")
@opens_to(ORGANISERS)
def remove_holiday(holiday_id: int) -> ResponseReturnValue:
    """Take a holiday kept by hand away again; one that was withdrawn is a holiday again."""
    form = PostForm()
    if form.validate():
        removed = remove_added_holiday(db.session(), holiday_id, acting())
        day = thai.format_full(removed.on, lang=current_language())
        words = _("%(day)s is a holiday again.", day=day) if removed.is_withdrawn else None
        db.session.commit()
        flash(words or _("%(day)s was removed from the list of holidays.", day=day), "done")
    return redirect(url_for("rounds.holidays"))
