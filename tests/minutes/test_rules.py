from dataclasses import replace
from datetime import date

import pytest

from forumplanner.core.errors import Conflict
from forumplanner.minutes.rules import Contents, Gap, check_can_start, next_number

DAY = date(2007, 1, 30)
WHOLE = Contents(
    began=True,
    ended=True,
    chair=True,
    place=True,
    recorder=True,
    checker=True,
    present=5,
    absent=1,
    participants=3,
    items=8,
    outcomes=8,
)


@pytest.mark.parametrize(("highest", "number"), [(None, 1), (1, 2), (41, 42)])
def test_numbers_begin_at_one_and_follow_each_other(highest: int | None, number: int) -> None:
    assert next_number(highest) == number


def test_minutes_can_be_started_from_the_first_day_on() -> None:
    check_can_start(starts_on=DAY, today=DAY, is_cancelled=False)


@pytest.mark.parametrize(
    ("today", "is_cancelled", "said"), [(date(2007, 1, 29), False, "has not begun"), (DAY, True, "was cancelled")]
)
def test_a_meeting_that_is_not_held_gets_no_number(today: date, is_cancelled: bool, said: str) -> None:
    with pytest.raises(Conflict, match=said):
        check_can_start(starts_on=DAY, today=today, is_cancelled=is_cancelled)


@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({}, []),
        ({"began": False, "ended": False}, [Gap.BEGAN, Gap.ENDED]),
        ({"present": 0, "chair": False}, [Gap.PRESENT, Gap.CHAIR]),
        ({"absent": 0, "participants": 0, "outcomes": 0}, []),
        ({"recorder": False}, [Gap.RECORDER]),
        ({"checker": False}, [Gap.CHECKER]),
        ({"place": False}, [Gap.PLACE]),
        ({"items": 0}, [Gap.AGENDA]),
        # Matters arising and other matters are often none; a question of the round is not.
        ({"empty_items": ("3", "5")}, []),
        ({"empty_items": ("3", "4.2"), "unanswered": ("4.2",)}, [Gap.TEXT]),
        ({"items": 2, "empty_items": ("1", "2")}, [Gap.TEXT]),
    ],
)
def test_what_is_missing_is_found(changes: dict[str, object], gaps: list[Gap]) -> None:
    assert replace(WHOLE, **changes).gaps() == gaps
