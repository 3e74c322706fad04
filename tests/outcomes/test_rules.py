"""What moves outcomes on, what closes them, who reads them, what a commitment needs."""

from datetime import date

import pytest

from forumplanner.core.errors import Conflict, Invalid
from forumplanner.outcomes.rules import (
    CLOSED,
    Act,
    OutcomeKind,
    SubmissionState,
    can_act,
    check_can_submit,
    check_commitment,
    check_open,
    check_remark,
    is_open,
    may_read_outcomes,
    next_state,
)

DRAFT, SUBMITTED = SubmissionState.DRAFT, SubmissionState.SUBMITTED
RETURNED, ACCEPTED = SubmissionState.RETURNED, SubmissionState.ACCEPTED
HELD_ON, TODAY = date(2007, 1, 30), date(2007, 3, 6)


def test_the_transition_table_is_this() -> None:
    table = {
        (state.value, act.value): next_state(state, act).value
        for state in SubmissionState
        for act in Act
        if can_act(state, act)
    }
    assert table == {
        ("draft", "submit"): "submitted",
        ("returned", "submit"): "submitted",
        ("submitted", "accept"): "accepted",
        ("submitted", "return"): "returned",
        ("accepted", "return"): "returned",
    }


@pytest.mark.parametrize(("state", "act"), [(s, a) for s in SubmissionState for a in Act if not can_act(s, a)])
def test_every_other_act_is_refused_with_its_own_reason(state: SubmissionState, act: Act) -> None:
    with pytest.raises(Conflict) as refusal:
        next_state(state, act)
    assert refusal.value.message.startswith("These outcomes")


def submit_refusal(**changes: object) -> str:
    facts: dict[str, object] = {"outcomes": 3, "starts_on": HELD_ON, "today": TODAY, "is_cancelled": False}
    with pytest.raises(Conflict) as refusal:
        check_can_submit(DRAFT, **(facts | changes))  # type: ignore[arg-type]
    return refusal.value.message


def test_nothing_recorded_cannot_be_submitted() -> None:
    assert submit_refusal(outcomes=0).startswith("No outcome is recorded yet.")


def test_a_meeting_whose_first_day_lies_ahead_cannot_submit() -> None:
    assert submit_refusal(starts_on=date(2007, 3, 7)).startswith("This meeting has not been held yet.")


def test_a_cancelled_meeting_cannot_submit() -> None:
    assert submit_refusal(is_cancelled=True).startswith("This meeting was cancelled")


def test_a_meeting_can_submit_on_its_first_day() -> None:
    after = check_can_submit(RETURNED, outcomes=1, starts_on=TODAY, today=TODAY, is_cancelled=False)
    assert after == SUBMITTED


def test_a_record_is_open_as_a_draft_and_when_returned() -> None:
    assert [state.value for state in SubmissionState if is_open(state)] == ["draft", "returned"]


@pytest.mark.parametrize("state", [SUBMITTED, ACCEPTED])
def test_a_closed_record_says_that_an_organiser_opens_it_by_returning(state: SubmissionState) -> None:
    with pytest.raises(Conflict) as refusal:
        check_open(state)
    assert refusal.value.message == CLOSED[state]
    assert "an organiser returns them" in refusal.value.message


@pytest.mark.parametrize(
    ("changes_region", "has_role", "readable"),
    [
        (True, True, [DRAFT, SUBMITTED, RETURNED, ACCEPTED]),  # the region's coordinator, an organiser
        (False, True, [ACCEPTED]),  # a reader, a coordinator of another region
        (False, False, []),  # nobody signed in
    ],
)
def test_who_reads_which_outcomes(changes_region: bool, has_role: bool, readable: list[SubmissionState]) -> None:
    found = [
        state for state in SubmissionState if may_read_outcomes(state, changes_region=changes_region, has_role=has_role)
    ]
    assert found == readable


@pytest.mark.parametrize(
    ("owner", "due_on", "fields"),
    [
        ("นายสมชาย", date(2007, 3, 15), []),
        ("นายสมชาย", HELD_ON, []),
        (None, date(2007, 3, 15), ["owner"]),
        ("  ", None, ["owner", "due_on"]),
        ("นายสมชาย", date(2007, 1, 29), ["due_on"]),
    ],
)
def test_what_a_commitment_lacks(owner: str | None, due_on: date | None, fields: list[str]) -> None:
    lacking = check_commitment(OutcomeKind.COMMITMENT, owner, due_on, HELD_ON)
    assert [refusal.field for refusal in lacking] == fields


def test_an_outcome_of_another_kind_needs_neither_owner_nor_date() -> None:
    assert check_commitment(OutcomeKind.PROBLEM, None, None, HELD_ON) == []


@pytest.mark.parametrize(("owner", "due_on"), [("นางมาลา วงศ์คำ", None), (None, TODAY)])
def test_an_outcome_of_another_kind_is_refused_while_it_holds_either(owner: str | None, due_on: date | None) -> None:
    assert [refusal.field for refusal in check_commitment(OutcomeKind.PROBLEM, owner, due_on, HELD_ON)] == ["kind"]


def test_returning_needs_a_remark() -> None:
    with pytest.raises(Invalid) as refusal:
        check_remark(Act.RETURN, " \n ")
    assert refusal.value.field == "remark"


def test_accepting_needs_no_remark() -> None:
    check_remark(Act.ACCEPT, "")
