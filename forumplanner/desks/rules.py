"""What is done and what is next about a meeting: facts in, answers out."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from forumplanner.agenda.counting import AgendaCounts, ProgrammeCounts
from forumplanner.attendance.counting import AttendanceCounts
from forumplanner.core.clock import day_of
from forumplanner.invitations.counting import AnswerCounts
from forumplanner.minutes.counting import MinutesFacts
from forumplanner.minutes.rules import MinutesState
from forumplanner.outcomes.counting import OutcomeCounts, SubmissionFacts
from forumplanner.outcomes.rules import SubmissionState
from forumplanner.rounds.models import MeetingKind
from forumplanner.rounds.rules import MeetingState, meeting_state


@dataclass(frozen=True, slots=True)
class Work:
    """How far the work on a meeting is, put together of what each feature counts.

    Numbers of people are of invitations in force. hours_missing: days without hours.
    """

    kind: MeetingKind
    status: str
    starts_on: date
    ends_on: date
    has_place: bool = False
    hours_missing: int = 0
    answers: AnswerCounts = field(default_factory=AnswerCounts)
    programme: ProgrammeCounts = field(default_factory=ProgrammeCounts)
    agenda: AgendaCounts = field(default_factory=AgendaCounts)
    attendance: AttendanceCounts = field(default_factory=AttendanceCounts)
    concluded: OutcomeCounts = field(default_factory=OutcomeCounts)
    submitted: SubmissionFacts = field(default_factory=SubmissionFacts)
    written: MinutesFacts = field(default_factory=MinutesFacts)

    @property
    def invited(self) -> int:
        return self.answers.total

    @property
    def answered(self) -> int:
        return self.answers.answered

    @property
    def unanswered(self) -> int:
        """Also those who answered before the meeting moved."""
        return self.answers.unanswered

    @property
    def in_the_room(self) -> int:
        """Those who came and the participants."""
        return self.attendance.in_the_room

    @property
    def outcomes(self) -> int:
        return self.concluded.outcomes

    @property
    def submission(self) -> SubmissionState:
        return self.submitted.state

    @property
    def submitted_on(self) -> date | None:
        """In Thailand."""
        return day_of(self.submitted.submitted_at)

    @property
    def decided_on(self) -> date | None:
        """In Thailand."""
        return day_of(self.submitted.decided_at)

    @property
    def minutes(self) -> MinutesState | None:
        return self.written.state

    @property
    def minutes_number(self) -> tuple[int, int] | None:
        """Their number and Gregorian year."""
        if self.written.number is None or self.written.year is None:
            return None
        return self.written.number, self.written.year

    @property
    def records(self) -> int:
        """What was done or written down, in force or not."""
        done = self.answers.ever + self.attendance.listed + self.attendance.sittings + self.agenda.discussed
        return done + self.outcomes + self.submitted.submissions + (self.minutes is not None)

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
    if not work.programme.lines:
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
    return None if work.minutes == MinutesState.APPROVED else Act.PRINT_MINUTES


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
        Task(TaskName.PROGRAMME, TaskState.PROBLEM if work.programme.outside else _done(bool(work.programme.lines))),
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
    return TaskState.DONE if work.minutes == MinutesState.APPROVED else TaskState.WAITING


def _is_recorded(work: Work) -> bool:
    closed = work.submission in (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    return closed or (bool(work.outcomes) and work.concluded.questions_answered >= work.agenda.questions)


def _submitting(work: Work, today: date) -> TaskState:
    if work.submission == SubmissionState.ACCEPTED:
        return TaskState.DONE
    if work.submission == SubmissionState.SUBMITTED:
        return TaskState.WAITING
    if work.submission == SubmissionState.RETURNED:
        return TaskState.PROBLEM
    return TaskState.TODO if work.outcomes and today >= work.starts_on else TaskState.BLOCKED
