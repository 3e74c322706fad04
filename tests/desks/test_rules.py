from dataclasses import replace
from datetime import date

import pytest

from forumplanner.desks.rules import Act, TaskName, TaskState, Work, list_tasks, next_act
from forumplanner.outcomes.rules import SubmissionState
from forumplanner.rounds.models import MeetingKind

FORUM = Work(MeetingKind.REGIONAL, "announced", date(2007, 3, 8), date(2007, 3, 9), hours_missing=2)
PLACED = replace(FORUM, has_place=True)
READY = replace(PLACED, hours_missing=0, invited=4, accepted=2, declined=1, delegates=1, programme_lines=8, questions=4)
RECORDED = replace(READY, in_the_room=5, outcomes=7, questions_answered=4)
ACCEPTED = replace(RECORDED, submission=SubmissionState.ACCEPTED)

BEFORE, FIRST_DAY, AFTER = date(2007, 3, 1), date(2007, 3, 8), date(2007, 3, 10)


@pytest.mark.parametrize(
    ("work", "today", "act"),
    [
        (replace(FORUM, status="proposed"), BEFORE, Act.ANNOUNCE),
        (replace(FORUM, status="cancelled"), BEFORE, None),
        (FORUM, BEFORE, Act.SET_PLACE),
        (PLACED, BEFORE, Act.SET_HOURS),
        (replace(PLACED, hours_missing=0), BEFORE, Act.INVITE),
        (replace(READY, programme_lines=0), BEFORE, Act.PLAN_PROGRAMME),
        (replace(READY, accepted=1), BEFORE, Act.CALL),
        (READY, BEFORE, Act.LIST_COMING),
        (READY, FIRST_DAY, Act.NOTE_ATTENDANCE),
        (replace(READY, in_the_room=5), FIRST_DAY, Act.RECORD),
        (READY, AFTER, Act.RECORD),
        (replace(READY, outcomes=1), AFTER, Act.SUBMIT),
        (replace(RECORDED, submission=SubmissionState.SUBMITTED), AFTER, Act.DECIDE),
        (replace(RECORDED, submission=SubmissionState.RETURNED), AFTER, Act.CORRECT),
        (replace(ACCEPTED, in_the_room=0), AFTER, Act.NOTE_ATTENDANCE),
        (ACCEPTED, AFTER, Act.WRITE_MINUTES),
        (replace(ACCEPTED, minutes="draft"), AFTER, Act.PRINT_MINUTES),
        (replace(ACCEPTED, minutes="approved"), AFTER, None),
        (replace(FORUM, kind=MeetingKind.WORKING), AFTER, None),
        (replace(READY, kind=MeetingKind.NATIONAL), AFTER, Act.RECORD),
        (replace(RECORDED, kind=MeetingKind.NATIONAL), AFTER, Act.WRITE_MINUTES),
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
        (replace(READY, accepted=1), BEFORE, "done waiting done todo todo blocked blocked"),
        (READY, FIRST_DAY, "done done done todo todo blocked todo"),
        (replace(READY, outcomes=1, questions_answered=1), AFTER, "done done done todo todo todo todo"),
        (RECORDED, AFTER, "done done done done done todo todo"),
        (
            replace(READY, outcomes=1, submission=SubmissionState.SUBMITTED),
            AFTER,
            "done done done todo done waiting todo",
        ),
        (
            replace(RECORDED, submission=SubmissionState.RETURNED),
            AFTER,
            "done done done done done problem todo",
        ),
        (replace(ACCEPTED, minutes="draft"), AFTER, "done done done done done done waiting"),
        (replace(ACCEPTED, minutes="approved"), AFTER, "done done done done done done done"),
        (replace(READY, programme_outside=1), BEFORE, "done done problem todo todo blocked blocked"),
        (replace(PLACED, hours_missing=1), AFTER, "todo closed todo todo todo blocked todo"),
    ],
)
def test_tasks_say_how_far_the_work_is(work: Work, today: date, expected: str) -> None:
    assert states(work, today) == expected


def test_only_a_regional_forum_submits_outcomes() -> None:
    names = [task.name for task in list_tasks(replace(READY, kind=MeetingKind.NATIONAL), BEFORE)]
    assert (TaskName.SUBMIT in names, TaskName.RECORD in names) == (False, True)


def test_tasks_stand_in_the_order_of_work() -> None:
    assert [task.name for task in list_tasks(FORUM, BEFORE)] == list(TaskName)


def test_a_blocked_task_is_no_task_to_do() -> None:
    assert list_tasks(FORUM, BEFORE)[-1].state == TaskState.BLOCKED


@pytest.mark.parametrize(
    ("work", "today", "expected"),
    [
        (FORUM, BEFORE, True),
        (replace(FORUM, invited=4), BEFORE, True),
        (FORUM, AFTER, False),
        (replace(FORUM, in_the_room=1), FIRST_DAY, False),
        (replace(FORUM, status="proposed"), BEFORE, False),
        (replace(FORUM, status="cancelled"), BEFORE, False),
    ],
)
def test_what_is_announced_and_not_held_may_be_cancelled(work: Work, today: date, expected: bool) -> None:
    assert work.may_be_cancelled(today) is expected


@pytest.mark.parametrize(
    ("work", "today", "held"),
    [
        (replace(READY, outcomes=1, in_the_room=3, minutes="draft"), BEFORE, False),
        (replace(READY, outcomes=1), FIRST_DAY, False),
        (replace(READY, in_the_room=3), FIRST_DAY, True),
        (replace(READY, outcomes=1), AFTER, True),
        (READY, AFTER, False),
    ],
)
def test_what_was_prepared_beforehand_does_not_make_a_meeting_held(work: Work, today: date, held: bool) -> None:
    assert work.was_held(today) is held


def test_a_coming_meeting_with_prepared_outcomes_may_be_cancelled() -> None:
    assert replace(READY, outcomes=1).may_be_cancelled(BEFORE)
