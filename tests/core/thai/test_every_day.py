"""Every day from 2484 to 2643 BE reads back from every form in which it is shown."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from forumplanner.core import thai

FIRST, LAST = date(1941, 1, 1), date(2100, 12, 31)
EVERY_DAY = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]

Form = Callable[..., str]
SHOWN = [thai.format_numeric, thai.format_short, thai.format_long, thai.format_full, thai.format_days]


def test_the_days_are_all_there() -> None:
    assert len(EVERY_DAY) == 58_439


@pytest.mark.parametrize("shown", SHOWN, ids=lambda form: form.__name__)
def test_every_day_reads_back_in_thai_with_either_digits(shown: Form) -> None:
    misread = []
    for day in EVERY_DAY:
        text = shown(day)
        if thai.parse_date(text) != day or thai.parse_date(thai.to_thai_digits(text)) != day:
            misread.append(text)
    assert misread == []


@pytest.mark.parametrize("shown", SHOWN, ids=lambda form: form.__name__)
def test_every_day_reads_back_in_english(shown: Form) -> None:
    assert [day for day in EVERY_DAY if thai.parse_date(shown(day, lang="en")) != day] == []


def test_every_day_reads_back_from_iso_of_either_era() -> None:
    def buddhist_iso(day: date) -> str:
        return f"{thai.buddhist_year(day)}-{day:%m-%d}"

    # 29 February stands in Buddhist leap years as a browser with a Thai calendar writes it.
    assert [
        day for day in EVERY_DAY if thai.parse_date(day.isoformat()) != day or thai.parse_date(buddhist_iso(day)) != day
    ] == []
