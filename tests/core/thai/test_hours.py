"""Times of day as typed."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.thai import hours


@pytest.mark.parametrize(
    "text",
    ["9.30", "09.30", "9:30", "09:30 น.", "9.30น.", "๐๙.๓๐ น.", "เวลา 9.30 น", "09:30:00", "9.30 นาฬิกา", "9:30 am"],
)
def test_usual_spellings_of_a_time_are_read(text: str) -> None:
    assert thai.parse_time(text) == time(9, 30)


@pytest.mark.parametrize(("text", "value"), [("9 น.", time(9)), ("4.30 pm", time(16, 30)), ("12 am", time(0))])
def test_hours_alone_are_read_with_their_unit(text: str, value: time) -> None:
    assert thai.parse_time(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", hours.UNREADABLE_TIME),
        ("9", hours.UNREADABLE_TIME),
        ("9.3", hours.UNREADABLE_TIME),
        ("สักบ่าย", hours.UNREADABLE_TIME),
        ("9" * 1000, hours.UNREADABLE_TIME),
        ("24.30", hours.NO_SUCH_TIME),
        ("13 โมง", hours.NO_SUCH_TIME),
        ("บ่าย 9", hours.NO_SUCH_TIME),
        ("9.60", hours.NO_SUCH_TIME),
        ("13.00 pm", hours.NO_SUCH_TIME),
        ("9.30-16.30", hours.ONE_TIME),
    ],
)
def test_each_cause_has_its_own_sentence(text: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_time(text)
    assert refused.value.message == message


@pytest.mark.parametrize(
    "text",
    ["9.30-16.30", "09.30-16.30 น.", "9.30 – 16.30", "09:30 - 16:30 น.", "9.30 น. ถึง 16.30 น.", "9:30 am to 4:30 pm"],
)
def test_usual_spellings_of_a_range_are_read(text: str) -> None:
    assert thai.parse_time_range(text) == (time(9, 30), time(16, 30))


def test_the_unit_at_the_end_serves_both_hours() -> None:
    assert thai.parse_time_range("9-12 น.") == (time(9), time(12))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("16.30-9.30", hours.TIMES_BACKWARDS),
        ("9.30-9.30", hours.TIMES_BACKWARDS),
        ("9.30", hours.UNREADABLE_HOURS),
        ("9.30-12.00-13.00", hours.UNREADABLE_HOURS),
        ("9-4", hours.TIMES_BACKWARDS),
        ("บ่ายๆ-เย็น", hours.UNREADABLE_HOURS),
    ],
)
def test_each_cause_has_its_own_sentence_in_a_range(text: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_time_range(text)
    assert refused.value.message == message


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.times(), st.sampled_from(["th", "en"]))
def test_every_minute_reads_back(value: time, lang: str) -> None:
    value = value.replace(second=0, microsecond=0)
    assert thai.parse_time(thai.format_time(value, lang)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("๙ โมงเช้า", time(9)),
        ("9 โมง", time(9)),
        ("เก้าโมงครึ่ง", time(9, 30)),
        ("9 โมง 15 นาที", time(9, 15)),
        ("2 โมงเช้า", time(8)),
        ("สิบเอ็ดโมง", time(11)),
        ("เที่ยง", time(12)),
        ("เที่ยงวัน", time(12)),
        ("เที่ยงครึ่ง", time(12, 30)),
        ("บ่ายโมง", time(13)),
        ("บ่ายสองโมง", time(14)),
        ("บ่าย 3", time(15)),
        ("บ่ายสามโมงครึ่ง", time(15, 30)),
        ("4 โมง", time(16)),
        ("สี่โมงเย็น", time(16)),
        ("ทุ่มหนึ่ง", time(19)),
        ("ทุ่มครึ่ง", time(19, 30)),
        ("2 ทุ่ม", time(20)),
        ("ตีห้า", time(5)),
        ("เวลา ๐๙๓๐ น.", time(9, 30)),
        ("0930", time(9, 30)),
        ("24.00 น.", time(23, 59)),
        ("เที่ยงคืน", time(23, 59)),
    ],
)
def test_hours_are_read_as_people_say_them(text: str, value: time) -> None:
    assert thai.parse_time(text) == value


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9-16", time(9), time(16)),
        ("๙-๑๖ น.", time(9), time(16)),
        ("0900-1630 น.", time(9), time(16, 30)),
        ("0830-1200", time(8, 30), time(12)),
        ("ตั้งแต่เวลา 09.00 น. ถึงเวลา 16.30 น.", time(9), time(16, 30)),
        ("ระหว่างเวลา ๐๙.๐๐ - ๑๖.๓๐ น.", time(9), time(16, 30)),
        ("9 โมง - บ่าย 3", time(9), time(15)),
        ("9 โมงเช้าถึง 4 โมงเย็น", time(9), time(16)),
        ("09.00 น. - เที่ยง", time(9), time(12)),
        ("บ่ายโมงถึงบ่ายสาม", time(13), time(15)),
        ("บ่าย 1 ถึง 3", time(13), time(15)),
        ("9-11 โมง", time(9), time(11)),
        ("1-3 ทุ่ม", time(19), time(21)),
        ("18.00-24.00", time(18), time(23, 59)),
    ],
)
def test_hours_of_notices_are_read(text: str, start: time, end: time) -> None:
    assert thai.parse_time_range(text) == (start, end)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.times(), st.times(), st.sampled_from(["th", "en"]))
def test_every_range_reads_back(one: time, other: time, lang: str) -> None:
    start, end = sorted(value.replace(second=0, microsecond=0) for value in (one, other))
    if start < end:
        assert thai.parse_time_range(thai.format_time_range(start, end, lang)) == (start, end)
