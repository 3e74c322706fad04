"""How long each kind of data is kept: read, and set by organisers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.periods import ADJUSTABLE, FIXED, Period, Unit
from forumplanner.retention import services
from forumplanner.retention.forms import PeriodsForm
from forumplanner.retention.reading import numbers_in_force
from forumplanner.retention.views.addresses import blueprint
from forumplanner.retention.views.coming import coming_notice
from forumplanner.retention.views.words import amount_words, sentences, until_words

FIELDS = {period.slug: period.name for period in ADJUSTABLE}


@blueprint.route("/settings/retention", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def periods() -> ResponseReturnValue:
    """Every period with what it is counted from and why it is as long as it is."""
    session = db.session()
    form = PeriodsForm()
    if not form.is_submitted():
        form.show_numbers(services.shown_of_numbers(numbers_in_force(session)))
    elif form.validate():
        with form.showing_refusals():
            changed = services.set_numbers(session, form.numbers(), acting(), seen=form.stamp, today=clock.today())
            db.session.commit()
            flash(_("The periods are saved.") if changed else _("Nothing was changed."), "done")
            return redirect(url_for("retention.periods"))
    numbers = numbers_in_force(session)
    rows = [
        {
            "field": form[period.slug],
            "hint": sentences(until_words(period, numbers[period.slug]), _range_words(period)),
            "default": amount_words(period.number or 0, period.unit),
            "period": period,
        }
        for period in ADJUSTABLE
    ]
    page = render_template(
        "retention/periods.html",
        form=form,
        rows=rows,
        fixed=[(_(period.name), sentences(until_words(period), _(period.why))) for period in FIXED],
        notice=coming_notice(),
        changes=services.list_period_changes(session),
        fields=FIELDS,
    )
    return page, form.status


def _range_words(period: Period) -> str:
    bounds = {"least": period.least, "most": period.most}
    if period.unit == Unit.YEARS:
        return str(_("The number of years, from %(least)s to %(most)s", **bounds))
    return str(_("The number of months, from %(least)s to %(most)s", **bounds))
