"""When a period ends, and how long before that it is announced."""

from datetime import date, timedelta

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.periods import Period, Unit

# So long before anything is removed it stands on a page for organisers.
NOTICE = timedelta(days=30)
# A hold is looked at anew in time: no person is kept for ever by a word.
LONGEST_HOLD_YEARS = 5
# A month that is shorter by that many days at most draws several days together.
_SHORTER = timedelta(days=3)


def end_of(since: date, number: int, unit: Unit) -> date:
    """The day on which a period ends that is counted from that day; the last of a month where it has no such day."""
    if unit == Unit.DAYS:
        return since + timedelta(days=number)
    return _moved(since, number * (12 if unit == Unit.YEARS else 1))


def latest_since(end: date, number: int, unit: Unit) -> date:
    """No later day can a period be counted from that ends on `end` or before."""
    if unit == Unit.DAYS:
        return end - timedelta(days=number)
    return _moved(end, -number * (12 if unit == Unit.YEARS else 1)) + _SHORTER


def _moved(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def check_number(period: Period, number: int | None) -> int:
    """The number as it may be set; Invalid says what may be."""
    if period.least is None or period.most is None:
        raise Invalid(N_("The law sets this period: it cannot be changed."), field=period.slug)
    if number is None or not period.least <= number <= period.most:
        raise Invalid(
            N_("Please write a whole number from %(least)s to %(most)s."),
            field=period.slug,
            least=period.least,
            most=period.most,
        )
    return number


def check_hold(until: date, today: date) -> date:
    """The day as it may be set: ahead, and not for ever."""
    if until <= today:
        raise Invalid(N_("That day is over. Please write a day that lies ahead."), field="until")
    if until > end_of(today, LONGEST_HOLD_YEARS, Unit.YEARS):
        raise Invalid(
            N_("Please write a day within the next %(years)s years. It can be put off again then."),
            field="until",
            years=LONGEST_HOLD_YEARS,
        )
    return until
