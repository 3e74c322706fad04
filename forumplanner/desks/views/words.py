"""What is done and what is next about a meeting, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import gettext, ngettext

from forumplanner.core import thai
from forumplanner.core.i18n import N_
from forumplanner.desks.rules import Act, Task, TaskName, TaskState, Work
from forumplanner.minutes.rules import MinutesState
from forumplanner.minutes.words import WORDS as NUMBERING
from forumplanner.outcomes.rules import STATE_WORDS, SubmissionState
from forumplanner.rounds.calendar_days import DateWarning
from forumplanner.rounds.models import Meeting, MeetingKind
from forumplanner.rounds.rules import MeetingState
from forumplanner.rounds.services import meeting_title
from forumplanner.web.locale import current_language

# A meeting's state: the shape it is drawn with, and the word.
STATES = {
    MeetingState.PROPOSED: ("todo", N_("Proposed, not public yet")),
    MeetingState.ANNOUNCED: ("waiting", N_("Announced")),
    MeetingState.HELD: ("done", N_("Held")),
    MeetingState.CANCELLED: ("problem", N_("Cancelled")),
}

STAGES = {
    SubmissionState.DRAFT: ("todo", N_("Outcomes not submitted")),
    SubmissionState.SUBMITTED: ("waiting", N_("Outcomes await a decision")),
    SubmissionState.RETURNED: ("problem", N_("Outcomes returned")),
    SubmissionState.ACCEPTED: ("done", N_("Outcomes accepted")),
}

# The sentence after "Next:", and the text of the button.
ACTS = {
    Act.ANNOUNCE: (N_("The organisers announce the meeting."), N_("Announce this meeting")),
    Act.SET_PLACE: (N_("Set the place."), N_("Set the place")),
    Act.SET_HOURS: (N_("Set the hours of each day."), N_("Set the hours")),
    Act.INVITE: (N_("Choose the partners to invite."), N_("Invite partners")),
    Act.PLAN_PROGRAMME: (N_("Set up the programme."), N_("Set up the programme")),
    Act.CALL: (N_("Ask those who have not answered: %(count)s."), N_("Ask for answers (%(count)s)")),
    Act.LIST_COMING: (N_("Everybody has answered. Print the list of those who come."), N_("Print the list of answers")),
    Act.NOTE_ATTENDANCE: (N_("List who came."), N_("List who came")),
    Act.RECORD: (N_("Record what the meeting concluded."), N_("Record the outcomes")),
    Act.SUBMIT: (N_("Record every question, then submit the outcomes."), N_("Record and submit")),
    Act.DECIDE: (
        N_("The organisers read the outcomes, then accept or return them."),
        N_("Decide on outcomes (%(count)s)"),
    ),
    Act.CORRECT: (
        N_("The region corrects the outcomes as the remark says and submits them again."),
        N_("Correct and resubmit"),
    ),
    Act.WRITE_MINUTES: (N_("Write the minutes."), N_("Write the minutes")),
    Act.PRINT_MINUTES: (N_("Print the minutes."), N_("Open the minutes")),
}

# The same to those whose act it is; the sentences above speak of them to others.
OWN_ACTS = {
    Act.ANNOUNCE: N_("Announce the meeting."),
    Act.DECIDE: N_("Read the outcomes, then accept or return them."),
    Act.CORRECT: N_("Please correct the outcomes as the remark says, then submit them again."),
}

# The button of an organiser about a region's own work: they read, the region does it.
READS = {
    Act.SUBMIT: N_("Read the draft"),
    Act.CORRECT: N_("Read what was returned"),
}

TASKS = {
    TaskName.DATE_AND_PLACE: N_("Set place and hours"),
    TaskName.INVITE: N_("Invite partners"),
    TaskName.PROGRAMME: N_("Set up the programme"),
    TaskName.ATTENDANCE: N_("List who came"),
    TaskName.RECORD: N_("Record the outcomes"),
    TaskName.SUBMIT: N_("Submit the outcomes"),
    TaskName.MINUTES: N_("Prepare the minutes"),
}


def _(message: str, **params: object) -> str:
    text: str = gettext(message, **params)
    return text


def region_name(meeting: Meeting) -> str:
    """What a meeting is called among the others of its round: ภาคใต้, กทม.และปริมณฑล, ประชุมระดับประเทศ."""
    if meeting.region is None:
        return meeting_title(meeting, current_language())
    name = meeting.region.name(current_language())
    # An abbreviation cannot stand straight after ภาค.
    return name if "." in name else _("%(region)s region", region=name)


def days_without_year(start: date, end: date) -> str:
    """A range on a picture whose months say the year: 30-31 ม.ค."""
    return thai.format_range_short(start, end, lang=current_language()).rpartition(" ")[0]


def warning_words(warning: DateWarning) -> str:
    """A warning about a day, as a sentence."""
    return _(warning.message, **warning.params(current_language()))


def _day(day: date | None) -> str:
    return thai.format_short(day, lang=current_language()) if day else ""


def act_words(act: Act, work: Work, *, is_mine: bool = True) -> tuple[str, str]:
    """The sentence after "Next:" and the text of the button; `is_mine`: the act is for the reader to do."""
    count = work.outcomes if act == Act.DECIDE else work.unanswered
    sentence, button = ACTS[act]
    if is_mine:
        sentence = OWN_ACTS.get(act, sentence)
    else:
        button = READS.get(act, button)
    return _(sentence, count=count), _(button, count=count)


def invited_words(work: Work) -> str:
    """How many were invited and have answered."""
    if not work.invited:
        return _("Nobody is invited yet.")
    words = _("%(invited)s invited, %(answered)s answered.", invited=work.invited, answered=work.answered)
    return f"{words} {other_days_words(work)}" if work.answers.other_days else words


def other_days_words(work: Work) -> str:
    """How many answered for days before a move, and wait to be asked again."""
    return str(
        ngettext(
            "%(num)d answered for other days: please ask again.",
            "%(num)d answered for other days: please ask again.",
            work.answers.other_days,
        )
    )


def outcomes_words(work: Work) -> str:
    """Where the outcomes of a forum stand."""
    if work.submission == SubmissionState.ACCEPTED:
        return _("Outcomes: %(count)s, accepted on %(day)s.", count=work.outcomes, day=_day(work.decided_on))
    if work.submission == SubmissionState.SUBMITTED:
        return _("Outcomes: %(count)s, submitted on %(day)s.", count=work.outcomes, day=_day(work.submitted_on))
    if work.submission == SubmissionState.RETURNED:
        return _(
            "Outcomes returned on %(day)s: “%(remark)s”", day=_day(work.decided_on), remark=work.submitted.remark or ""
        )
    if work.outcomes:
        return _("Outcomes: %(count)s recorded, not submitted.", count=work.outcomes)
    return _("No outcomes recorded yet.")


def minutes_words(work: Work) -> str:
    """Where the minutes stand."""
    if work.minutes is None:
        return _("No minutes yet.")
    return _("The minutes are approved.") if work.minutes == MinutesState.APPROVED else _("The minutes are a draft.")


def outside_words(work: Work) -> str:
    """That lines of the programme lie on days the meeting does not have."""
    return _(
        "Lines of the programme on days the meeting does not have: %(count)s. Please move or delete them.",
        count=work.programme.outside,
    )


def records_words(work: Work) -> str:
    """What says that a meeting was held: its outcomes, who came, the number of its minutes."""
    said = []
    if work.outcomes:
        said.append(ngettext("%(num)d outcome", "%(num)d outcomes", work.outcomes))
    if work.in_the_room:
        said.append(ngettext("%(num)d person in the room", "%(num)d people in the room", work.in_the_room))
    if work.minutes_number:
        number, year = work.minutes_number
        numbered = NUMBERING[current_language()].numbered(number, thai.buddhist_year(year), year)
        said.append(_("minutes %(number)s", number=numbered))
    return ", ".join(said)


def done_words(work: Work, today: date) -> str:
    """What is done, in one or two sentences, for those who work on the round."""
    said = [invited_words(work)]
    if today >= work.starts_on and work.status == MeetingState.ANNOUNCED:
        if work.kind != MeetingKind.WORKING:
            said.append(outcomes_words(work))
        if work.submission == SubmissionState.ACCEPTED or work.minutes:
            said.append(minutes_words(work))
    return " ".join(said)


def task_item(task: Task, work: Work, href: str | None, today: date) -> dict[str, str | None]:
    """A task as templates/components/task_list.html draws it."""
    if task.state in (TaskState.BLOCKED, TaskState.CLOSED):
        closed = _("Closed") if task.state == TaskState.CLOSED else None
        said = {"href": None, "kind": "blocked", "word": closed, "hint": _blocked_hint(task, work)}
    else:
        word = _TASK_WORDS[task.name](work)
        said = {"href": href, "kind": task.state.value, "word": word, "hint": _task_hint(task, work, today)}
    return {"title": _(TASKS[task.name]), **said}


def _place_word(work: Work) -> str:
    if not work.has_place:
        return _("No place yet")
    return _("No hours yet") if work.hours_missing else _("Place and hours are set")


def _invite_word(work: Work) -> str:
    if not work.invited:
        return _("Nobody invited yet")
    return _("%(answered)s of %(invited)s answered", answered=work.answered, invited=work.invited)


def _programme_word(work: Work) -> str:
    if work.programme.outside:
        return _("On other days: %(count)s", count=work.programme.outside)
    if not work.programme.lines:
        return _("No programme yet")
    return str(ngettext("%(num)d line", "%(num)d lines", work.programme.lines))


def _attendance_word(work: Work) -> str:
    if not work.in_the_room:
        return _("Nobody noted yet")
    return str(ngettext("%(num)d person in the room", "%(num)d people in the room", work.in_the_room))


def _record_word(work: Work) -> str:
    if not work.agenda.questions:
        return str(ngettext("%(num)d outcome", "%(num)d outcomes", work.outcomes))
    return _("%(done)s of %(all)s questions", done=work.concluded.questions_answered, all=work.agenda.questions)


def _submit_word(work: Work) -> str:
    return _(STATE_WORDS[work.submission])


def _minutes_word(work: Work) -> str:
    if work.minutes is None:
        return _("No minutes yet")
    return _("Approved") if work.minutes == MinutesState.APPROVED else _("Draft")


_TASK_WORDS: Mapping[TaskName, Callable[[Work], str]] = {
    TaskName.DATE_AND_PLACE: _place_word,
    TaskName.INVITE: _invite_word,
    TaskName.PROGRAMME: _programme_word,
    TaskName.ATTENDANCE: _attendance_word,
    TaskName.RECORD: _record_word,
    TaskName.SUBMIT: _submit_word,
    TaskName.MINUTES: _minutes_word,
}


def _task_hint(task: Task, work: Work, today: date) -> str | None:
    if task.name == TaskName.RECORD and today < work.starts_on:
        return _("Can be prepared beforehand. It can be submitted from the first day of the meeting on.")
    if task.name == TaskName.ATTENDANCE and today < work.starts_on:
        return _("Names can be added by hand beforehand. Answers fill the lists from the first day of the meeting on.")
    if task.name == TaskName.INVITE and work.invited:
        words = _(
            "Coming %(accepted)s, not coming %(declined)s, sending a delegate %(delegates)s, no answer %(none)s.",
            accepted=work.answers.accepted,
            declined=work.answers.declined,
            delegates=work.answers.delegate,
            none=work.unanswered - work.answers.other_days,
        )
        return f"{words} {other_days_words(work)}" if work.answers.other_days else words
    if task.name == TaskName.PROGRAMME and work.programme.outside:
        return outside_words(work)
    if task.name == TaskName.SUBMIT and work.submission == SubmissionState.RETURNED:
        return _("The organisers' remark: %(remark)s", remark=work.submitted.remark or "")
    return None


def _blocked_hint(task: Task, work: Work) -> str:
    if task.name == TaskName.INVITE:
        return _("The meeting was held, so nobody can be invited any more.")
    if task.name == TaskName.SUBMIT:
        return _("Can start once the meeting has begun and at least one outcome is recorded.")
    first = thai.format_days(work.starts_on, lang=current_language())
    return _("Can start on the first day of the meeting, %(day)s.", day=first)
