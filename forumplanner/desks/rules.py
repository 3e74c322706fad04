"""What is done and what is next about a meeting: facts in, answers out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forumplanner.outcomes.rules import SubmissionState
from forumplanner.rounds.models import MeetingKind
from forumplanner.rounds.rules import MeetingState, meeting_state


@dataclass(frozen=True, slots=True)
class Work:
    """How far the work on a meeting is. Numbers of people are of invitations in force; `in_the_room` counts those who
    came and the participants. `other_days`: answers given before the meeting moved, which count as not answered.

    hours_missing: days without hours; programme_lines: those on its days, programme_outside those on others; questions:
    those of the round that its agenda carries; minutes: the state of the minutes, None where there are none, and their
    number and Gregorian year; submitted_on and decided_on are days in Thailand; records: what was done or written down,
    in force or not: invitations, lines of the attendance lists, its sitting, agenda items with a discussion, outcomes,
    submission, minutes.
    """

    kind: MeetingKind
    status: str
    starts_on: date
    ends_on: date
    has_place: bool = False
    hours_missing: int = 0
    invited: int = 0
    accepted: int = 0
    declined: int = 0
    delegates: int = 0
    other_days: int = 0
    programme_lines: int = 0
    programme_outside: int = 0
    agenda_items: int = 0
    records: int = 0
    in_the_room: int = 0
    outcomes: int = 0
    questions: int = 0
    questions_answered: int = 0
    submission: SubmissionState = SubmissionState.DRAFT
    submitted_on: date | None = None
    decided_on: date | None = None
    remark: str | None = None
    minutes: str | None = None
    minutes_number: tuple[int, int] | None = None

    @property
    def answered(self) -> int:
        return self.accepted + self.declined + self.delegates

    @property
    def unanswered(self) -> int:
        return self.invited - self.answered

    @property
    def has_records(self) -> bool:
        """Whether anything hangs on the meeting that would be lost with it and cannot be planned anew."""
        return bool(self.records)

    def was_held(self, today: date) -> bool:
        """Whether it began and outcomes, attendance or minutes say that it was held.

        Before its first day they are preparations; on that day only attendance tells.
        """
        if self.starts_on == today:
            return bool(self.in_the_room)
        return self.starts_on < today and bool(self.in_the_room or self.outcomes or self.minutes)

    def may_be_cancelled(self, today: date) -> bool:
        """Whether it is announced and not held."""
        return self.state(today) == MeetingState.ANNOUNCED and not self.was_held(today)

    def state(self, today: date) -> MeetingState:
        """How the meeting stands."""
        return meeting_state(self.status, self.ends_on, today)


class Act(StrEnum):
    """What somebody does next about a meeting."""

    ANNOUNCE = "announce"
    SET_PLACE = "set place"
    SET_HOURS = "set hours"
    INVITE = "invite"
    PLAN_PROGRAMME = "plan programme"
    CALL = "call"
    LIST_COMING = "list coming"
    NOTE_ATTENDANCE = "note attendance"
    RECORD = "record"
    SUBMIT = "submit"
    DECIDE = "decide"
    CORRECT = "correct"
    WRITE_MINUTES = "write minutes"
    PRINT_MINUTES = "print minutes"


# Acts that wait for the organisers; all others wait for whoever looks after the meeting.
ORGANISERS_ACTS = frozenset({Act.ANNOUNCE, Act.DECIDE})


def next_act(work: Work, today: date) -> Act | None:
    """The first thing in the order of work that is not done; None where nothing is left, and once cancelled."""
    state = work.state(today)
    if state == MeetingState.CANCELLED:
        return None
    if state == MeetingState.PROPOSED:
        return Act.ANNOUNCE
    if today < work.starts_on:
        return _before(work)
    if state == MeetingState.ANNOUNCED and not work.in_the_room:
        return Act.NOTE_ATTENDANCE
    return _after(work)


def _before(work: Work) -> Act:
    if not work.has_place:
        return Act.SET_PLACE
    if work.hours_missing:
        return Act.SET_HOURS
    if not work.invited:
        return Act.INVITE
    if not work.programme_lines:
        return Act.PLAN_PROGRAMME
    return Act.CALL if work.unanswered else Act.LIST_COMING


_OF_SUBMISSION = {
    SubmissionState.SUBMITTED: Act.DECIDE,
    SubmissionState.RETURNED: Act.CORRECT,
    SubmissionState.DRAFT: Act.SUBMIT,
}


def _after(work: Work) -> Act | None:
    if work.kind != MeetingKind.WORKING and work.submission == SubmissionState.DRAFT and not work.outcomes:
        return Act.RECORD
    if work.kind == MeetingKind.REGIONAL and work.submission in _OF_SUBMISSION:
        return _OF_SUBMISSION[work.submission]
    if not work.in_the_room:
        # Nobody goes back to list who came to a working meeting of long ago.
        return None if work.kind == MeetingKind.WORKING else Act.NOTE_ATTENDANCE
    if work.minutes is None:
        return Act.WRITE_MINUTES
    return None if work.minutes == "approved" else Act.PRINT_MINUTES


class TaskName(StrEnum):
    """The work of one forum, in its order."""

    DATE_AND_PLACE = "date and place"
    INVITE = "invite"
    PROGRAMME = "programme"
    ATTENDANCE = "attendance"
    RECORD = "record"
    SUBMIT = "submit"
    MINUTES = "minutes"


class TaskState(StrEnum):
    """How a task stands: blocked, it cannot start yet; closed, it cannot be done any more."""

    DONE = "done"
    WAITING = "waiting"
    PROBLEM = "problem"
    TODO = "todo"
    BLOCKED = "blocked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Task:
    """One task and how it stands."""

    name: TaskName
    state: TaskState


def list_tasks(work: Work, today: date) -> list[Task]:
    """The tasks of a meeting in the order of work; only a regional forum submits its outcomes."""
    tasks = [
        Task(TaskName.DATE_AND_PLACE, _done(work.has_place and not work.hours_missing)),
        Task(TaskName.INVITE, _inviting(work, today)),
        Task(TaskName.PROGRAMME, TaskState.PROBLEM if work.programme_outside else _done(bool(work.programme_lines))),
        Task(TaskName.ATTENDANCE, _done(bool(work.in_the_room))),
        Task(TaskName.RECORD, _done(_is_recorded(work))),
        Task(TaskName.SUBMIT, _submitting(work, today)),
        Task(TaskName.MINUTES, _minutes(work, today)),
    ]
    return [task for task in tasks if task.name != TaskName.SUBMIT or work.kind == MeetingKind.REGIONAL]


def _done(done: bool) -> TaskState:
    return TaskState.DONE if done else TaskState.TODO


def _inviting(work: Work, today: date) -> TaskState:
    if work.state(today) == MeetingState.HELD:
        return TaskState.DONE if work.invited else TaskState.CLOSED
    if not work.invited:
        return TaskState.TODO
    return TaskState.WAITING if work.unanswered else TaskState.DONE


def _minutes(work: Work, today: date) -> TaskState:
    if work.minutes is None:
        return TaskState.TODO if today >= work.starts_on else TaskState.BLOCKED
    return TaskState.DONE if work.minutes == "approved" else TaskState.WAITING


def _is_recorded(work: Work) -> bool:
    closed = work.submission in (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    return closed or (bool(work.outcomes) and work.questions_answered >= work.questions)


def _submitting(work: Work, today: date) -> TaskState:
    if work.submission == SubmissionState.ACCEPTED:
        return TaskState.DONE
    if work.submission == SubmissionState.SUBMITTED:
        return TaskState.WAITING
    if work.submission == SubmissionState.RETURNED:
        return TaskState.PROBLEM
    return TaskState.TODO if work.outcomes and today >= work.starts_on else TaskState.BLOCKED
