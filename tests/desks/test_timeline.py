"""Places on the timeline: the round of 2550 and the shapes that go wrong."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from forumplanner.desks.timeline import DayMark, Timeline, lay_out
from forumplanner.desks.timeline_bars import Entry
from tests.look.gallery import entries, model


def lay(*meetings: Entry, **more: object) -> Timeline:
    return lay_out(meetings, month_name=lambda first: first.strftime("%Y-%m"), **more)  # type: ignore[arg-type]


def meeting(start: date, days: int = 1, label: str = "ใต้") -> Entry:
    return Entry(label, start, start + timedelta(days=days - 1), "1 มี.ค.", 1)


def test_round_of_2550_stands_on_three_whole_months():
    assert [(month.text, month.x) for month in model().months] == [("ม.ค. 2550", 0), ("ก.พ.", 34.444), ("มี.ค.", 65.556)]


def test_meetings_keep_the_order_of_their_dates():
    assert [bar.entry.label for bar in model().bars] == [entry.label for entry in entries()]


def test_a_day_of_march_2550_lies_where_it_falls_in_ninety_days():
    (bar,) = lay(meeting(date(2007, 3, 4), 2), first=date(2007, 1, 1)).bars
    assert (bar.x, bar.width, bar.top, bar.height) == (68.889, 2.222, 62 * 4, 2 * 4)


def test_a_meeting_across_two_months_is_one_bar():
    (bar,) = lay(meeting(date(2007, 2, 28), 2)).bars
    assert (bar.x, bar.width) == (round(100 * 27 / 59, 3), round(100 * 2 / 59, 3))


def test_parallel_meetings_take_their_own_lane_and_column():
    bars = lay(meeting(date(2007, 1, 23), label="การเงิน"), meeting(date(2007, 1, 23), label="สวัสดิการ")).bars
    assert [(bar.y - bars[0].y > 0, bar.column) for bar in bars] == [(False, 0), (True, 1)]


def test_a_label_at_the_end_of_the_months_stands_left_of_its_bar():
    assert [bar.left for bar in lay(meeting(date(2007, 1, 2)), meeting(date(2007, 3, 31))).bars] == [False, True]


def test_labels_of_the_tall_form_keep_their_distance():
    days = [bar.label_y for bar in lay(*(meeting(date(2007, 3, day)) for day in (4, 5, 6, 7))).bars]
    assert all(later - earlier >= 28 for earlier, later in pairwise(days))


def test_the_tall_form_is_high_enough_for_the_last_label():
    plan = lay(*(meeting(date(2007, 3, 31)) for _ in range(5)))
    assert plan.tall_height >= plan.bars[-1].label_y + 14


def test_entries_outside_the_months_are_left_out():
    plan = lay(meeting(date(2006, 11, 19)), first=date(2007, 1, 1), last=date(2007, 3, 31))
    assert plan.bars == []


def test_an_entry_across_the_edge_is_cut():
    (bar,) = lay(meeting(date(2006, 12, 30), 4), first=date(2007, 1, 1), last=date(2007, 1, 31)).bars
    assert (bar.x, bar.width) == (0, round(100 * 2 / 31, 3))


def test_weeks_begin_on_monday():
    assert [week.text for week in lay(meeting(date(2007, 2, 8))).weeks] == ["5", "12", "19", "26"]


def test_a_year_keeps_its_week_lines_without_their_numbers():
    plan = lay(meeting(date(2007, 1, 1)), meeting(date(2007, 12, 31)))
    assert (len(plan.weeks), {week.text for week in plan.weeks}) == (53, {""})


def test_today_outside_the_months_is_not_drawn():
    assert lay(meeting(date(2007, 2, 8)), today=date(2026, 1, 1)).today is None


def test_the_word_today_steps_aside_for_the_name_of_a_month():
    plan = lay(meeting(date(2007, 2, 8)), today=date(2007, 2, 3), today_text="วันนี้")
    assert plan.today_word_y == 14 + 22


def test_holidays_of_other_months_are_left_out():
    marks = [DayMark(date(2007, 3, 5), "5 มี.ค."), DayMark(date(2007, 4, 13), "13 เม.ย.")]
    assert lay(meeting(date(2007, 3, 4)), holidays=marks).sentences == ["5 มี.ค."]


def test_nothing_to_show_is_refused():
    with pytest.raises(ValueError, match="entries"):
        lay()
