"""Dates, times and amounts as shown."""

import json
import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from forumplanner.core import thai

VECTORS = json.loads(Path(__file__).with_name("thai-dates.json").read_text(encoding="utf-8"))
JAN_30, JAN_31 = date(2007, 1, 30), date(2007, 1, 31)
FEB_28, MAR_1 = date(2007, 2, 28), date(2007, 3, 1)
DEC_30, JAN_2 = date(2006, 12, 30), date(2007, 1, 2)


@pytest.mark.parametrize(("start", "end", "shown"), VECTORS["shown"])
def test_vector_is_shown(start: str, end: str, shown: str) -> None:
    assert thai.format_range_short(date.fromisoformat(start), date.fromisoformat(end)) == shown


@pytest.mark.parametrize(
    ("form", "shown", "english"),
    [
        (thai.format_numeric, "30/01/2550", "30/01/2007"),
        (thai.format_short, "30 ม.ค. 2550", "30 Jan 2007"),
        (thai.format_long, "30 มกราคม 2550", "30 January 2007"),
        (thai.format_full, "วันอังคารที่ 30 มกราคม 2550", "Tuesday 30 January 2007"),
        (thai.format_days, "อังคาร 30 ม.ค. 2550", "Tue 30 Jan 2007"),
        (thai.format_month, "มกราคม 2550", "January 2007"),
    ],
)
def test_one_day_is_shown(form: Callable[..., str], shown: str, english: str) -> None:
    assert (form(JAN_30), form(JAN_30, lang="en")) == (shown, english)


@pytest.mark.parametrize(
    ("form", "days", "shown", "english"),
    [
        (thai.format_range_short, (JAN_30, JAN_31), "30-31 ม.ค. 2550", "30-31 Jan 2007"),
        (thai.format_span, (FEB_28, MAR_1), "28 ก.พ. - 1 มี.ค. 2550", "28 Feb - 1 Mar 2007"),
        (thai.format_span, (JAN_30, None), "ตั้งแต่ 30 ม.ค. 2550", "from 30 Jan 2007"),
        (thai.format_span, (None, JAN_30), "ถึง 30 ม.ค. 2550", "until 30 Jan 2007"),
        (thai.format_span, (None, None), "", ""),
        (thai.format_range_long, (JAN_30, JAN_31), "30-31 มกราคม 2550", "30-31 January 2007"),
        (thai.format_range_long, (FEB_28, MAR_1), "28 กุมภาพันธ์ - 1 มีนาคม 2550", "28 February - 1 March 2007"),
        (
            thai.format_range_long,
            (DEC_30, JAN_2),
            "30 ธันวาคม 2549 - 2 มกราคม 2550",
            "30 December 2006 - 2 January 2007",
        ),
        (thai.format_days, (JAN_30, JAN_31), "อังคาร 30 - พุธ 31 ม.ค. 2550", "Tue 30 - Wed 31 Jan 2007"),
        (thai.format_days, (FEB_28, MAR_1), "พุธ 28 ก.พ. - พฤหัสบดี 1 มี.ค. 2550", "Wed 28 Feb - Thu 1 Mar 2007"),
        (
            thai.format_days,
            (DEC_30, JAN_2),
            "เสาร์ 30 ธ.ค. 2549 - อังคาร 2 ม.ค. 2550",
            "Sat 30 Dec 2006 - Tue 2 Jan 2007",
        ),
        (thai.format_days, (date(2007, 3, 29), date(2007, 3, 29)), "พฤหัสบดี 29 มี.ค. 2550", "Thu 29 Mar 2007"),
        (
            thai.format_range_full,
            (JAN_30, JAN_31),
            "วันอังคารที่ 30 - วันพุธที่ 31 มกราคม 2550",
            "Tuesday 30 - Wednesday 31 January 2007",
        ),
    ],
)
def test_a_range_is_shown(form: Callable[..., str], days: tuple[date, date], shown: str, english: str) -> None:
    assert (form(*days), form(*days, lang="en")) == (shown, english)


def test_the_buddhist_year_of_a_date_and_of_a_year() -> None:
    assert (thai.buddhist_year(JAN_30), thai.buddhist_year(2007)) == (2550, 2550)


def test_thai_digits_go_out_and_come_back() -> None:
    assert thai.to_thai_digits("30 ม.ค. 2550") == "๓๐ ม.ค. ๒๕๕๐"
    assert thai.from_thai_digits("๓๐ ม.ค. ๒๕๕๐") == "30 ม.ค. 2550"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (75525, "75,525"),
        (0, "0"),
        (Decimal("83077.50"), "83,077.50"),
        (Decimal("83077.5"), "83,077.50"),
        (Decimal("0.005"), "0.01"),
        (Decimal(500), "500.00"),
        (90462.13, "90,462.13"),
        (-1234, "-1,234"),
    ],
)
def test_amounts_have_commas_and_counts_no_decimals(value: Decimal | int | float, shown: str) -> None:
    assert thai.format_amount(value) == shown


def test_amounts_take_the_decimals_asked_for() -> None:
    assert (thai.format_amount(101563, 2), thai.format_amount(Decimal("83077.50"), 0)) == ("101,563.00", "83,078")


def test_times_are_shown() -> None:
    assert (thai.format_time(time(9, 30)), thai.format_time(time(9, 30), lang="en")) == ("09.30 น.", "09:30")


@pytest.mark.parametrize(
    ("end", "shown", "english"),
    [(time(16, 30), "09.30-16.30 น.", "09:30-16:30"), (None, "09.30 น. เป็นต้นไป", "from 09:30")],
)
def test_time_ranges_are_shown(end: time | None, shown: str, english: str) -> None:
    start = time(9, 30)
    assert (thai.format_time_range(start, end), thai.format_time_range(start, end, lang="en")) == (shown, english)


def test_nothing_outside_the_package_knows_the_offset_of_the_eras(project: Path) -> None:
    package = project / "forumplanner"
    elsewhere = [
        str(path.relative_to(project))
        for path in sorted(package.rglob("*.py"))
        if package / "core" / "thai" not in path.parents and re.search(r"\b543\b", path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []
