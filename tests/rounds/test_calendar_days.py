"""Holidays and observance days around the meetings of 2550 and beyond."""

import json
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from forumplanner.rounds.calendar_days import (
    DateWarningKind,
    Holiday,
    date_warnings,
    is_in_songkran_week,
    observance_days,
    public_holidays,
)

DATA = Path(__file__).parents[2] / "forumplanner" / "data"
KNOWN = json.loads((DATA / "thai-lunar-years.json").read_text(encoding="utf-8"))["known_2550"]
ROUND = json.loads((DATA / "round-2550.json").read_text(encoding="utf-8"))
MEETINGS = [
    (date.fromisoformat(meeting["start"]), date.fromisoformat(meeting["end"]))
    for meeting in [*ROUND["regional_forums"], ROUND["national_meeting"]]
]
BANGKOK = (date(2007, 3, 4), date(2007, 3, 5))


@cache
def every_observance_day() -> frozenset[date]:
    return frozenset(observance_days(date(1941, 1, 1), date(2100, 12, 31)))


def days_called(name: str, first: int, last: int) -> list[date]:
    holidays = public_holidays(date(first, 1, 1), date(last, 12, 31))
    return [holiday.date for holiday in holidays if name in holiday.name_th.split(", ")]


def test_observance_days_of_early_2550_are_the_known_ones() -> None:
    found = observance_days(date(2007, 1, 26), date(2007, 4, 2))
    assert [day.isoformat() for day in found] == KNOWN["wan_phra_26_jan_to_2_april"]


def test_no_meeting_of_2550_falls_on_an_observance_day() -> None:
    assert [observance_days(start, end) for start, end in MEETINGS] == [[]] * 8


@pytest.mark.parametrize(
    ("name", "first", "last", "how_many"),
    [
        # The package knows Visakha Bucha as a holiday from 1957 on, Asalha Bucha from 1962 on.
        ("วันมาฆบูชา", 1950, 2050, 101),
        ("วันวิสาขบูชา", 1957, 2050, 94),
        ("วันอาสาฬหบูชา", 1962, 2050, 89),
    ],
)
def test_bucha_days_are_observance_days(name: str, first: int, last: int, how_many: int) -> None:
    days = days_called(name, first, last)
    assert (len(days), [day for day in days if day not in every_observance_day()]) == (how_many, [])


def test_buddhist_lent_begins_the_day_after_a_full_moon() -> None:
    lent = days_called("วันเข้าพรรษา", 1962, 2050)
    asalha = days_called("วันอาสาฬหบูชา", 1962, 2050)
    assert {(after - before).days for before, after in zip(asalha, lent, strict=True)} == {1}


def test_observance_days_come_four_to_a_month_seven_or_eight_days_apart() -> None:
    days = observance_days(date(1941, 1, 1), date(2100, 12, 31))
    assert {(after - before).days for before, after in pairwise(days)} == {6, 7, 8}


def test_a_day_outside_the_known_lunar_years_is_no_observance_day() -> None:
    assert observance_days(date(2300, 1, 1), date(2300, 12, 31)) == []


def test_the_second_day_of_the_bangkok_forum_is_a_substitute_holiday() -> None:
    substitute = Holiday(date(2007, 3, 5), "ชดเชยวันมาฆบูชา", "Makha Bucha (in lieu)", is_substitute=True)
    assert public_holidays(*BANGKOK) == [substitute]


def test_makha_bucha_of_2550_is_no_substitute() -> None:
    makha = Holiday(date(2007, 3, 3), "วันมาฆบูชา", "Makha Bucha")
    assert public_holidays(date(2007, 3, 3), date(2007, 3, 3)) == [makha]


def test_several_holidays_of_one_day_are_one_entry() -> None:
    assert [holiday.date for holiday in public_holidays(date(2025, 12, 5), date(2025, 12, 5))] == [date(2025, 12, 5)]


def test_childrens_day_is_no_day_off() -> None:
    assert public_holidays(date(2007, 1, 13), date(2007, 1, 13)) == []


def test_a_holiday_added_by_hand_counts_and_replaces_the_known_one() -> None:
    added = [
        Holiday(date(2007, 3, 5), "วันหยุดพิเศษ", "Special holiday"),
        Holiday(date(2007, 3, 4), "วันเลือกตั้ง", "Election"),
    ]
    assert public_holidays(*BANGKOK, extra=added) == sorted(added)


def test_a_holiday_added_outside_the_days_is_left_out() -> None:
    assert public_holidays(*BANGKOK, extra=[Holiday(date(2007, 3, 6), "วันหยุด", "Day off")])[0].date == date(2007, 3, 5)


def test_a_range_over_new_year_has_the_holidays_of_both_years() -> None:
    found = [holiday.date for holiday in public_holidays(date(2006, 12, 30), date(2007, 1, 2))]
    assert found == [date(2006, 12, 31), date(2007, 1, 1), date(2007, 1, 2)]


def test_only_the_bangkok_forum_of_2550_is_warned_of() -> None:
    assert [meeting for meeting in MEETINGS if date_warnings(*meeting)] == [BANGKOK]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("th", "จันทร์ 5 มี.ค. 2550 is a public holiday: ชดเชยวันมาฆบูชา."),
        ("en", "Mon 5 Mar 2007 is a public holiday: Makha Bucha (in lieu)."),
    ],
)
def test_the_warning_names_day_and_holiday_in_the_readers_language(lang: str, sentence: str) -> None:
    assert [warning.message % warning.params(lang) for warning in date_warnings(*BANGKOK)] == [sentence]


def test_a_weekend_day_alone_warns_of_nothing() -> None:
    assert date_warnings(date(2007, 2, 17), date(2007, 2, 17)) == []


def test_warnings_stand_by_day_then_holiday_before_observance_day() -> None:
    found = [(warning.date.day, warning.kind) for warning in date_warnings(date(2007, 3, 3), date(2007, 3, 5))]
    assert found == [
        (3, DateWarningKind.HOLIDAY),
        (3, DateWarningKind.OBSERVANCE),
        (5, DateWarningKind.HOLIDAY),
    ]


def test_songkran_week_is_warned_of_beyond_its_holidays() -> None:
    found = [(warning.date.day, warning.kind) for warning in date_warnings(date(2007, 4, 11), date(2007, 4, 14))]
    assert found == [
        (11, DateWarningKind.SONGKRAN),
        (12, DateWarningKind.SONGKRAN),
        (13, DateWarningKind.HOLIDAY),
        (14, DateWarningKind.HOLIDAY),
    ]


@pytest.mark.parametrize(("day", "expected"), [(10, False), (11, True), (17, True), (18, False)])
def test_songkran_week_is_the_eleventh_to_the_seventeenth_of_april(day: int, expected: bool) -> None:
    assert is_in_songkran_week(date(2007, 4, day)) is expected
