"""Moving in a list, deleting from the agenda, lines of the programme."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forumplanner.agenda.models import ProgrammeEntry
from forumplanner.agenda.rules import check_can_delete, check_entry, is_outside, list_overlaps
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.rounds.rows import moved


@pytest.mark.parametrize(
    ("step", "order"),
    [(-1, [2, 1, 3, 4]), (1, [1, 3, 2, 4]), (5, [1, 3, 4, 2]), (-5, [2, 1, 3, 4]), (0, [1, 2, 3, 4])],
)
def test_one_moves_and_the_others_keep_their_order(step: int, order: list[int]) -> None:
    assert moved([1, 2, 3, 4], 2, step) == order


@given(st.lists(st.integers(), min_size=1, unique=True), st.data(), st.integers(-9, 9))
def test_moving_loses_and_doubles_nobody(order: list[int], data: st.DataObject, step: int) -> None:
    moving = data.draw(st.sampled_from(order))
    assert sorted(moved(order, moving, step)) == sorted(order)


@pytest.mark.parametrize(
    ("facts", "beginning"),
    [
        ({"children": 1}, "This agenda item has items below it."),
        ({"is_question": True}, "This agenda item carries a question"),
        ({"outcomes": 2}, "Outcomes are recorded under this agenda item."),
        ({"discussion": "พูดคุย"}, "A discussion is recorded under this agenda item."),
    ],
)
def test_an_item_on_which_something_hangs_is_not_deleted(facts: dict[str, object], beginning: str) -> None:
    with pytest.raises(Conflict) as refusal:
        check_can_delete(**({"children": 0, "is_question": False, "discussion": " ", "outcomes": 0} | facts))  # type: ignore[arg-type]
    assert refusal.value.message.startswith(beginning)


FIRST, LAST = date(2007, 1, 30), date(2007, 1, 31)


@pytest.mark.parametrize(
    ("on", "starts_at", "ends_at", "field"),
    [
        (date(2007, 2, 1), time(9), None, "on"),
        (FIRST, time(9), time(9), "ends_at"),
        (FIRST, time(16), time(9, 30), "ends_at"),
    ],
)
def test_a_line_of_the_programme_is_refused_beside_its_field(
    on: date, starts_at: time, ends_at: time | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        check_entry(on, starts_at, ends_at, FIRST, LAST)
    assert refusal.value.field == field


def line(starts_at: int, ends_at: int | None, room: str | None = None, on: date = FIRST) -> ProgrammeEntry:
    return ProgrammeEntry(on=on, starts_at=time(starts_at), ends_at=time(ends_at) if ends_at else None, room=room)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (line(9, 11), line(10, 12), True),
        (line(9, 12), line(10, 11, "ห้อง 2"), True),
        (line(9, 11, "ห้อง 2"), line(9, 11, "ห้อง 2"), True),
        (line(9, 11, "ห้อง 1"), line(9, 11, "ห้อง 2"), False),
        (line(9, 10), line(10, 11), False),
        (line(9, None), line(8, 11), False),
        (line(9, 11), line(9, 11, on=LAST), False),
    ],
)
def test_lines_overlap_that_share_a_time_and_may_share_a_room(
    one: ProgrammeEntry, other: ProgrammeEntry, found: bool
) -> None:
    lines = [one, other]
    assert (list_overlaps(one, lines), list_overlaps(other, lines)) == (([other], [one]) if found else ([], []))


@pytest.mark.parametrize(
    ("found", "outside"), [(line(9, 16), False), (line(8, 10), True), (line(15, 17), True), (line(17, None), True)]
)
def test_a_line_is_outside_the_hours_that_it_leaves_on_either_side(found: ProgrammeEntry, outside: bool) -> None:
    assert is_outside(found, time(9), time(16)) == outside
