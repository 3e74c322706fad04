"""Dates as real notices write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.thai import reading

THIRD, FOURTH = date(2007, 3, 3), date(2007, 3, 4)  # Saturday and Sunday


@pytest.mark.parametrize(
    "text",
    [
        "วันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550",
        "วันเสาร์ - วันอาทิตย์ที่ ๓ - ๔ มีนาคม ๒๕๕๐",
        "ระหว่างวันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550",
        "วันเสาร์และอาทิตย์ที่ 3 และ 4 มีนาคม 2550",
        "ส.-อา. 3-4 มี.ค. 2550",
        "ส-อา 3-4 มี.ค. 2550",
        "เสาร์-อาทิตย์ 3-4 มี.ค. 2550",
        "3-4 มี.ค. 2550 (ส.-อา.)",
        "3-4 มีนาคม 2550 (วันเสาร์-อาทิตย์)",
        "วันที่ 3-4 มี.ค. 2550 เวลา 09.00-16.30 น.",
        "วันที่ 3-4 มีนาคม 2550 ตั้งแต่เวลา 09.00 น. เป็นต้นไป",
        "Sat-Sun 3-4 Mar 2007",
    ],
)
def test_two_days_with_their_weekdays_or_hours(text: str) -> None:
    found = thai.parse_range(text)
    assert (found, thai.weekday_mismatch(text, *found)) == ((THIRD, FOURTH), None)


@pytest.mark.parametrize(
    "text",
    [
        "3 มีนาคม 2550 (วันเสาร์)",
        "3 มี.ค. 2550 (ส.)",
        "วันที่ 3 มี.ค. 2550 เวลา 09.00 น.",
        "3 มี.ค. 2550 09.00 น.",
        "3 มี.ค. 2550 เวลา 9 โมงเช้า",
        "ลงวันที่ 3 มีนาคม 2550",
        "ณ วันที่ ๓ มีนาคม ๒๕๕๐",
        "ประจำวันที่ 3 มีนาคม 2550",
        "เมื่อวันที่ 3 มีนาคม 2550",
    ],
)
def test_one_day_with_what_notices_write_around_it(text: str) -> None:
    assert (thai.parse_date(text), thai.weekday_mismatch(text, THIRD)) == (THIRD, None)


@pytest.mark.parametrize(
    "text", ["วันจันทร์-อังคารที่ 3-4 มีนาคม 2550", "ส.-จ. 3-4 มี.ค. 2550", "3-4 มี.ค. 2550 (ศ.-ส.)", "3 มี.ค. 2550 (ศ.)"]
)
def test_weekdays_that_do_not_fit_are_pointed_out(text: str) -> None:
    assert thai.weekday_mismatch(text, *thai.parse_range(text)) is not None


@pytest.mark.parametrize(
    "text", ["1-3, 5 มี.ค. 2570", "1, 3 และ 5 มีนาคม 2570", "1-2 และ 4-5 มี.ค. 2570", "๑, ๒, ๔ มี.ค. ๒๕๗๐"]
)
def test_separate_days_have_a_sentence_of_their_own(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_range(text)
    assert refused.value.message == reading.SEPARATE_DAYS


@pytest.mark.parametrize("text", ["1, 2, 3 มี.ค. 2570", "1-2 และ 3 มี.ค. 2570", "1, 2 และ 3 มีนาคม 2570"])
def test_days_named_one_by_one_that_follow_each_other_are_a_range(text: str) -> None:
    assert thai.parse_range(text) == (date(2027, 3, 1), date(2027, 3, 3))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.dates(date(1942, 1, 1), date(2099, 12, 1)), st.integers(1, 20), st.sampled_from(["th", "en"]))
def test_every_range_with_its_weekdays_reads_back(start: date, days: int, lang: str) -> None:
    end = start + timedelta(days)
    for write in (thai.format_range_short, thai.format_range_long, thai.format_days, thai.format_range_full):
        text = write(start, end, lang)
        found = thai.parse_range(text)
        assert (found, thai.weekday_mismatch(text, *found)) == ((start, end), None)


@pytest.mark.parametrize(
    ("text", "last", "day", "shown"),
    [
        ("2545", True, date(2002, 12, 31), "2545"),
        ("๒๕๔๕", False, date(2002, 1, 1), "2545"),
        ("พ.ศ. 2545", True, date(2002, 12, 31), "2545"),
        ("ปี 2545", True, date(2002, 12, 31), "2545"),
        ("2002", True, date(2002, 12, 31), "2545"),
        ("ต.ค. 2545", True, date(2002, 10, 31), "31 ต.ค. 2545"),
        ("2 ต.ค. 2545", True, date(2002, 10, 2), "2 ต.ค. 2545"),
    ],
)
def test_a_year_or_a_month_is_enough_where_nobody_knows_the_day(text: str, last: bool, day: date, shown: str) -> None:
    assert thai.parse_day_or_year(text, last=last) == day
    assert thai.format_day_or_year(day, last=last) == shown
