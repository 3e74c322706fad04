"""What a forum concluded and the way it takes to the organisers: facts in, answers out."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_


class OutcomeKind(StrEnum):
    PROGRESS = "progress"
    PROBLEM = "problem"
    PROPOSAL = "proposal"
    RESOLUTION = "resolution"
    COMMITMENT = "commitment"


KIND_WORDS: Mapping[OutcomeKind, str] = {
    OutcomeKind.PROGRESS: N_("Progress"),
    OutcomeKind.PROBLEM: N_("Problem"),
    OutcomeKind.PROPOSAL: N_("Proposal"),
    OutcomeKind.RESOLUTION: N_("Resolution"),
    OutcomeKind.COMMITMENT: N_("Commitment"),
}

# The words official minutes resolve in (handbook to the regulation on correspondence B.E. 2526); a record's own text,
# Thai in every language. มอบหมาย wants more words and is typed.
RESOLUTION_WORDS = ("รับทราบ", "เห็นชอบ", "อนุมัติ", "รับรองโดยไม่มีการแก้ไข", "รับรองโดยมีการแก้ไข")

MOST_OUTCOMES = 100  # under one agenda item


class SubmissionState(StrEnum):
    """Where a forum's outcomes stand between the region and the organisers."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


STATE_WORDS: Mapping[SubmissionState, str] = {
    SubmissionState.DRAFT: N_("Draft, not submitted yet"),
    SubmissionState.SUBMITTED: N_("Submitted, waiting for the organisers"),
    SubmissionState.RETURNED: N_("Returned to the region"),
    SubmissionState.ACCEPTED: N_("Accepted"),
}


class Act(StrEnum):
    """What moves outcomes from one state to the next; the region submits, organisers accept and return."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"


TRANSITIONS: Mapping[tuple[SubmissionState, Act], SubmissionState] = {
    (SubmissionState.DRAFT, Act.SUBMIT): SubmissionState.SUBMITTED,
    (SubmissionState.RETURNED, Act.SUBMIT): SubmissionState.SUBMITTED,
    (SubmissionState.SUBMITTED, Act.ACCEPT): SubmissionState.ACCEPTED,
    (SubmissionState.SUBMITTED, Act.RETURN): SubmissionState.RETURNED,
    # An accepted one is opened again by returning it.
    (SubmissionState.ACCEPTED, Act.RETURN): SubmissionState.RETURNED,
}

_NOT_SUBMITTED = N_("These outcomes have not been submitted, so there is nothing to decide yet.")
_WITH_THE_REGION = N_("These outcomes went back to the region. They can be decided once the region submits them again.")
_REFUSALS: Mapping[tuple[SubmissionState, Act], str] = {
    (SubmissionState.DRAFT, Act.ACCEPT): _NOT_SUBMITTED,
    (SubmissionState.DRAFT, Act.RETURN): _NOT_SUBMITTED,
    (SubmissionState.RETURNED, Act.ACCEPT): _WITH_THE_REGION,
    (SubmissionState.RETURNED, Act.RETURN): _WITH_THE_REGION,
    (SubmissionState.SUBMITTED, Act.SUBMIT): N_(
        "These outcomes have been submitted already. The organisers will accept or return them."
    ),
    (SubmissionState.ACCEPTED, Act.SUBMIT): N_("These outcomes have been accepted already. Nothing needs to be sent."),
    (SubmissionState.ACCEPTED, Act.ACCEPT): N_("These outcomes have been accepted already."),
}


def can_act(state: SubmissionState, act: Act) -> bool:
    """Whether the transition table has this act in this state."""
    return (state, act) in TRANSITIONS


def next_state(state: SubmissionState, act: Act) -> SubmissionState:
    """The state after an act; Conflict with the reason where the table has none."""
    if not can_act(state, act):
        raise Conflict(_REFUSALS[state, act])
    return TRANSITIONS[state, act]


def check_can_submit(
    state: SubmissionState, *, outcomes: int, starts_on: date, today: date, is_cancelled: bool
) -> SubmissionState:
    """The state after submitting; refused when already sent, cancelled, not yet held, or with nothing to send."""
    after = next_state(state, Act.SUBMIT)
    if is_cancelled:
        raise Conflict(N_("This meeting was cancelled, so it has no outcomes to submit."))
    if starts_on > today:
        raise Conflict(N_("This meeting has not been held yet. Its outcomes can be submitted from its first day on."))
    if outcomes == 0:
        raise Conflict(N_("No outcome is recorded yet. Please record what the meeting concluded, then submit."))
    return after


def check_remark(act: Act, remark: str) -> None:
    """Returning needs a remark: the region must know what to do."""
    if act == Act.RETURN and not remark.strip():
        raise Invalid(N_("Please write what the region should change or add."), field="remark")


def is_open(state: SubmissionState) -> bool:
    """Whether agenda, discussion and outcomes can be changed."""
    return state in (SubmissionState.DRAFT, SubmissionState.RETURNED)


# Why nothing can be changed now, and what lifts it.
CLOSED: Mapping[SubmissionState, str] = {
    SubmissionState.SUBMITTED: N_(
        "The outcomes have been submitted, so agenda, discussion and outcomes cannot be changed. "
        "They can be changed again once an organiser returns them."
    ),
    SubmissionState.ACCEPTED: N_(
        "The outcomes have been accepted, so agenda, discussion and outcomes cannot be changed. "
        "They can be changed again once an organiser returns them with a remark."
    ),
}


def check_open(state: SubmissionState) -> None:
    """Refuse a change of agenda, discussion or outcomes while they are submitted or accepted."""
    if not is_open(state):
        raise Conflict(CLOSED[state])


def may_read_outcomes(state: SubmissionState, *, changes_region: bool, has_role: bool) -> bool:
    """Whether somebody may read a meeting's outcomes.

    Organisers and the region's own coordinators (`changes_region`) always; every other account, readers and
    coordinators of other regions alike, once they are accepted; nobody else.
    """
    return changes_region or (has_role and state == SubmissionState.ACCEPTED)


_COMMITMENT_ALONE = N_(
    "Only a commitment has an owner and a due date. Please clear both, or choose Commitment as the kind."
)


def check_commitment(kind: OutcomeKind, owner: str | None, due_on: date | None, held_on: date) -> list[Invalid]:
    """What a commitment lacks, each with its field; an outcome of another kind has neither owner nor due date.

    A due date before the meeting's first day (`held_on`) is refused, not warned of: nobody promises the past, so it is
    a slip of the year, and would come back at once as overdue.
    """
    if kind != OutcomeKind.COMMITMENT:
        return [Invalid(_COMMITMENT_ALONE, field="kind")] if (owner or "").strip() or due_on else []
    found = []
    if not (owner or "").strip():
        found.append(Invalid(N_("Please name who is responsible for it."), field="owner"))
    if due_on is None:
        found.append(Invalid(N_("Please give the date by which it will be done."), field="due_on"))
    elif due_on < held_on:
        found.append(
            Invalid(N_("This due date is before the meeting. Please check day, month and year."), field="due_on")
        )
    return found
