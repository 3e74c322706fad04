from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forumplanner.desks.rules import Act, TaskName, TaskState, Work, list_tasks, next_act
from forumplanner.minutes.rules import MinutesState
from forumplanner.outcomes.rules import SubmissionState
from forumplanner.rounds.models import MeetingKind

# The part of `Work` that holds a count, by the count's name in these tests.
PARTS = {
    "accepted": "answers",
    "declined": "answers",
    "delegate": "answers",
    "unasked": "answers",
    "lines": "programme",
    "outside": "programme",
    "questions": "agenda",
    "in_the_room": "attendance",
    "outcomes": "concluded",
    "questions_answered": "concluded",
    "submission": "submitted",
    "minutes": "written",
}
FIELDS = {"submission": "state", "minutes": "state", "unasked": "invited"}


def but(work: Work, **values: Any) -> Work:
    """The same work with other facts."""
    for name, value in values.items():
        part = PARTS.get(name)
        told = replace(getattr(work, part), **{FIELDS.get(name, name): value}) if part else value
        work = replace(work, **{part or name: told})
    return work


FORUM = Work(MeetingKind.REGIONAL, "announced", date(2007, 3, 8), date(2007, 3, 9), hours_missing=2)
PLACED = but(FORUM, has_place=True)
READY = but(PLACED, hours_missing=0, accepted=2, declined=1, delegate=1, lines=8, questions=4)
RECORDED = but(READY, in_the_room=5, outcomes=7, questions_answered=4)
ACCEPTED = but(RECORDED, submission=SubmissionState.ACCEPTED)

BEFORE, FIRST_DAY, AFTER = date(2007, 3, 1), date(2007, 3, 8), date(2007, 3, 10)


@pytest.mark.parametrize(
    ("work", "today", "act"),
    [
        (but(FORUM, status="proposed"), BEFORE, Act.ANNOUNCE),
        (but(FORUM, status="cancelled"), BEFORE, None),
        (FORUM, BEFORE, Act.SET_PLACE),
        (PLACED, BEFORE, Act.SET_HOURS),
        (but(PLACED, hours_missing=0), BEFORE, Act.INVITE),
        (but(READY, lines=0), BEFORE, Act.PLAN_PROGRAMME),
        (but(READY, accepted=1, unasked=1), BEFORE, Act.CALL),
        (READY, BEFORE, Act.LIST_COMING),
        (READY, FIRST_DAY, Act.NOTE_ATTENDANCE),
        (but(READY, in_the_room=5), FIRST_DAY, Act.RECORD),
        (READY, AFTER, Act.RECORD),
        (but(READY, outcomes=1), AFTER, Act.SUBMIT),
        (but(RECORDED, submission=SubmissionState.SUBMITTED), AFTER, Act.DECIDE),
        (but(RECORDED, submission=SubmissionState.RETURNED), AFTER, Act.CORRECT),
        (but(ACCEPTED, in_the_room=0), AFTER, Act.NOTE_ATTENDANCE),
        (ACCEPTED, AFTER, Act.WRITE_MINUTES),
        (but(ACCEPTED, minutes=MinutesState.DRAFT), AFTER, Act.PRINT_MINUTES),
        (but(ACCEPTED, minutes=MinutesState.APPROVED), AFTER, None),
        (but(FORUM, kind=MeetingKind.WORKING), AFTER, None),
        (but(READY, kind=MeetingKind.NATIONAL), AFTER, Act.RECORD),
        (but(RECORDED, kind=MeetingKind.NATIONAL), AFTER, Act.WRITE_MINUTES),
    ],
)
def test_the_next_act_is_the_first_not_done_in_the_order_of_work(work: Work, today: date, act: Act | None) -> None:
    assert next_act(work, today) == act


def states(work: Work, today: date) -> str:
    """The tasks' states in their order, by first letters."""
    return " ".join(task.state.value for task in list_tasks(work, today))


@pytest.mark.parametrize(
    ("work", "today", "expected"),
    [
        (FORUM, BEFORE, "todo todo todo todo todo blocked blocked"),
        (READY, BEFORE, "done done done todo todo blocked blocked"),
        (but(READY, accepted=1, unasked=1), BEFORE, "done waiting done todo todo blocked blocked"),
        (READY, FIRST_DAY, "done done done todo todo blocked todo"),
        (but(READY, outcomes=1, questions_answered=1), AFTER, "done done done todo todo todo todo"),
        (RECORDED, AFTER, "done done done done done todo todo"),
        (
            but(READY, outcomes=1, submission=SubmissionState.SUBMITTED),
            AFTER,
            "done done done todo done waiting todo",
        ),
        (
            but(RECORDED, submission=SubmissionState.RETURNED),
            AFTER,
            "done done done done done problem todo",
        ),
        (but(ACCEPTED, minutes=MinutesState.DRAFT), AFTER, "done done done done done done waiting"),
        (but(ACCEPTED, minutes=MinutesState.APPROVED), AFTER, "done done done done done done done"),
        (but(READY, outside=1), BEFORE, "done done problem todo todo blocked blocked"),
        (but(PLACED, hours_missing=1), AFTER, "todo closed todo todo todo blocked todo"),
    ],
)
def test_tasks_say_how_far_the_work_is(work: Work, today: date, expected: str) -> None:
    assert states(work, today) == expected


def test_only_a_regional_forum_submits_outcomes() -> None:
    names = [task.name for task in list_tasks(but(READY, kind=MeetingKind.NATIONAL), BEFORE)]
    assert (TaskName.SUBMIT in names, TaskName.RECORD in names) == (False, True)


def test_tasks_stand_in_the_order_of_work() -> None:
    assert [task.name for task in list_tasks(FORUM, BEFORE)] == list(TaskName)


def test_a_blocked_task_is_no_task_to_do() -> None:
    assert list_tasks(FORUM, BEFORE)[-1].state == TaskState.BLOCKED


@pytest.mark.parametrize(
    ("work", "today", "expected"),
    [
        (FORUM, BEFORE, True),
        (but(FORUM, unasked=4), BEFORE, True),
        (FORUM, AFTER, False),
        (but(FORUM, in_the_room=1), FIRST_DAY, False),
        (but(FORUM, status="proposed"), BEFORE, False),
        (but(FORUM, status="cancelled"), BEFORE, False),
    ],
)
def test_what_is_announced_and_not_held_may_be_cancelled(work: Work, today: date, expected: bool) -> None:
    assert work.may_be_cancelled(today) is expected


@pytest.mark.parametrize(
    ("work", "today", "held"),
    [
        (but(READY, outcomes=1, in_the_room=3, minutes=MinutesState.DRAFT), BEFORE, False),
        (but(READY, outcomes=1), FIRST_DAY, False),
        (but(READY, in_the_room=3), FIRST_DAY, True),
        (but(READY, outcomes=1), AFTER, True),
        (READY, AFTER, False),
    ],
)
def test_what_was_prepared_beforehand_does_not_make_a_meeting_held(work: Work, today: date, held: bool) -> None:
    assert work.was_held(today) is held


def test_a_coming_meeting_with_prepared_outcomes_may_be_cancelled() -> None:
    assert but(READY, outcomes=1).may_be_cancelled(BEFORE)
