"""When a period ends: for every day of many years, both ways round."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forumplanner.core.errors import Invalid
from forumplanner.core.periods import ADJUSTABLE, FIXED, PERIODS, Unit
from forumplanner.desks.held import HELD
from forumplanner.retention.forms import PeriodsForm
from forumplanner.retention.rules import check_hold, check_number, end_of, latest_since

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
NUMBERS = st.integers(1, 36)
UNITS = st.sampled_from(list(Unit))


@pytest.mark.parametrize(
    ("since", "number", "unit", "end"),
    [
        (date(2007, 1, 31), 1, Unit.MONTHS, date(2007, 2, 28)),
        (date(2008, 2, 29), 1, Unit.YEARS, date(2009, 2, 28)),
        (date(2007, 12, 15), 12, Unit.MONTHS, date(2008, 12, 15)),
        (date(2007, 12, 1), 1, Unit.MONTHS, date(2008, 1, 1)),
        (date(2007, 3, 6), 30, Unit.DAYS, date(2007, 4, 5)),
        (date(2007, 3, 6), 5, Unit.YEARS, date(2012, 3, 6)),
    ],
)
def test_the_end_of_a_period(since: date, number: int, unit: Unit, end: date) -> None:
    assert end_of(since, number, unit) == end


@given(DAYS, NUMBERS, UNITS)
def test_no_later_day_ends_as_soon(end: date, number: int, unit: Unit) -> None:
    latest = latest_since(end, number, unit)
    assert end_of(latest + timedelta(days=1), number, unit) > end
    assert any(end_of(latest - timedelta(days=back), number, unit) <= end for back in range(6))


@given(DAYS, DAYS, NUMBERS, UNITS)
def test_what_is_later_ends_no_sooner(one: date, other: date, number: int, unit: Unit) -> None:
    first, second = sorted((one, other))
    assert end_of(first, number, unit) <= end_of(second, number, unit)


def test_every_kind_of_data_names_a_period_that_is_declared() -> None:
    assert {held.period.slug for held in HELD} <= set(PERIODS)
    assert {period.slug for period in ADJUSTABLE} <= {held.period.slug for held in HELD}


def test_a_period_says_all_that_pages_ask_of_it() -> None:
    for period in ADJUSTABLE:
        assert period.least is not None
        assert period.most is not None
        assert period.least <= (period.number or 0) <= period.most, period.slug
        assert "%(period)s" in period.until
    for period in FIXED:
        assert period.is_fixed
        assert (period.number is not None) == ("%(period)s" in period.until)
    assert all(period.why and period.name for period in PERIODS.values())


def test_the_form_has_a_field_for_each_that_may_be_set() -> None:
    fields = {name for name in vars(PeriodsForm) if name in PERIODS}
    assert fields == {period.slug for period in ADJUSTABLE}


@pytest.mark.parametrize("period", FIXED, ids=lambda period: period.slug)
def test_what_the_law_sets_nobody_sets(period: object) -> None:
    with pytest.raises(Invalid):
        check_number(period, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("until", [date(2007, 3, 6), date(2006, 1, 1), date(2012, 3, 7)])
def test_nobody_is_kept_until_a_day_that_is_over_or_for_ever(until: date) -> None:
    with pytest.raises(Invalid):
        check_hold(until, date(2007, 3, 6))
    assert check_hold(date(2012, 3, 6), date(2007, 3, 6)) == date(2012, 3, 6)
