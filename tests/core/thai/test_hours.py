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
        ("บ่ายสอง", hours.UNREADABLE_TIME),
        ("9" * 1000, hours.UNREADABLE_TIME),
        ("24.00", hours.NO_SUCH_TIME),
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
        ("9-12", hours.UNREADABLE_HOURS),
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
