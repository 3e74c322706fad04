"""Periods in words: as pages, the record of processing and the lines about keeping say them."""

from flask import g, has_request_context
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.core.db import db
from forumplanner.core.periods import PERIODS, Period, Unit
from forumplanner.core.personal import Held
from forumplanner.retention.reading import Numbers, numbers_in_force


def current_numbers() -> Numbers:
    """The numbers in force, read once a request."""
    if not has_request_context():
        return numbers_in_force(db.session())
    if "retention_numbers" not in g:
        g.retention_numbers = numbers_in_force(db.session())
    found: Numbers = g.retention_numbers
    return found


def amount_words(number: int, unit: Unit) -> str:
    """5 years, 12 months, 30 days."""
    if unit == Unit.YEARS:
        words = ngettext("%(num)s year", "%(num)s years", number)
    elif unit == Unit.MONTHS:
        words = ngettext("%(num)s month", "%(num)s months", number)
    else:
        words = ngettext("%(num)s day", "%(num)s days", number)
    return str(words).replace(" ", "\N{NO-BREAK SPACE}")


def sentences(first: str, second: str = "") -> str:
    """Two sentences one after the other; Thai parts them by a space alone."""
    return str(_("%(first)s. %(second)s", first=first.rstrip("."), second=second)) if second else first


def until_words(period: Period, number: int | None = None) -> str:
    """The period in force, and from when it is counted."""
    number = number if number is not None else current_numbers()[period.slug]
    if number is None:
        return str(_(period.until))
    return str(_(period.until, period=amount_words(number, period.unit)))


def held_until(held: Held) -> str:
    """How long a kind of data is kept, and what ends it sooner."""
    return sentences(until_words(held.period), _(held.sooner) if held.sooner else "")


def kept_for(slug: str) -> str:
    """How long the period of that name is now, for templates."""
    period, number = PERIODS[slug], current_numbers()[slug]
    assert number is not None, slug
    return amount_words(number, period.unit)
