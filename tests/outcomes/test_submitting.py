"""The way of a region's outcomes to the organisers, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from forumplanner.core.errors import Conflict, Invalid, Stale
from forumplanner.outcomes.models import OutcomeKind, Submission, SubmissionState
from forumplanner.outcomes.rules import Act
from forumplanner.outcomes.services import (
    TypedOutcome,
    decide,
    find_submission,
    find_submissions,
    list_round_outcomes,
    review,
    save_item,
    submit,
)
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_round
from tests.outcomes.sample_round import (
    CODE,
    ORGANISER,
    RECORDER,
    as_typed,
    counted_queries,
    history_of,
    item_at,
    meeting_at,
    seen_discussion,
)

pytestmark = pytest.mark.usefixtures("sample")
TODAY = date(2007, 3, 6)


def send(session: Session, meeting: Meeting, seen: str | None = None) -> Submission:
    seen = review(session, meeting).seen if seen is None else seen
    return submit(session, meeting, RECORDER, today=TODAY, seen=seen)


def judge(session: Session, meeting: Meeting, act: Act, remark: str = "", seen: str | None = None) -> Submission:
    seen = review(session, meeting).seen if seen is None else seen
    return decide(session, meeting, ORGANISER, act, remark=remark, seen=seen)


def change_one(session: Session, meeting: Meeting) -> None:
    item = item_at(session, meeting, "4.1")
    [row, *rest] = as_typed(session, item)
    save_item(
        session,
        meeting,
        item.id,
        RECORDER,
        discussion=item.discussion,
        discussion_seen=seen_discussion(item),
        outcomes=[replace(row, text=row.text + " แก้แล้ว"), *rest],
    )


def test_the_whole_way_leaves_its_states_in_the_history(session: Session) -> None:
    meeting = meeting_at(session, "bangkok")
    send(session, meeting)
    judge(session, meeting, Act.RETURN, "ขอรายละเอียดข้อ 1")
    change_one(session, meeting)
    send(session, meeting)
    submission = judge(session, meeting, Act.ACCEPT)
    session.flush()
    states = [new for field, _old, new in history_of(session, "submission", submission.id) if field == "state"]
    assert states == ["submitted", "returned", "submitted", "accepted"]
    assert (submission.submitted_by, submission.decided_by, submission.remark) == ("ผู้บันทึก", "ส่วนกลาง", None)


def test_what_is_sent_is_counted_by_kind_and_empty_questions_are_named(session: Session) -> None:
    found = review(session, meeting_at(session, "north"))
    assert (found.total, [(kind.value, count) for kind, count in found.counts]) == (
        2,
        [("progress", 1), ("proposal", 1)],
    )
    assert [number for number, _item in found.empty_questions] == ["4.2", "4.3"]


def test_a_resubmission_keeps_the_remark_until_the_organisers_decide(session: Session) -> None:
    submission = send(session, meeting_at(session, "north"))
    assert submission.remark is not None
    assert (submission.state, submission.decided_at) == (SubmissionState.SUBMITTED, None)


def test_nothing_is_sent_twice(session: Session) -> None:
    with pytest.raises(Conflict, match="submitted already"):
        send(session, meeting_at(session, "northeast"))


def test_nothing_is_sent_of_a_meeting_that_lies_ahead(session: Session) -> None:
    with pytest.raises(Conflict, match="not been held yet"):
        send(session, meeting_at(session, "west"))


def test_nothing_is_sent_where_nothing_is_recorded(session: Session) -> None:
    with pytest.raises(Conflict, match="No outcome is recorded"):
        send(session, meeting_at(session, "2007-01-23"))


def test_what_changed_after_it_was_checked_is_not_sent(session: Session) -> None:
    meeting = meeting_at(session, "bangkok")
    seen = review(session, meeting).seen
    change_one(session, meeting)
    with pytest.raises(Stale):
        send(session, meeting, seen)
    assert find_submission(session, meeting) is None


def test_what_has_just_changed_is_not_accepted(session: Session) -> None:
    meeting = meeting_at(session, "northeast")
    seen = review(session, meeting).seen
    judge(session, meeting, Act.RETURN, "ขอแก้ข้อ 1")
    change_one(session, meeting)
    send(session, meeting)
    with pytest.raises(Stale):
        judge(session, meeting, Act.ACCEPT, seen=seen)
    found = find_submission(session, meeting)
    assert found is not None
    assert found.state == SubmissionState.SUBMITTED


def test_nothing_is_returned_without_a_remark(session: Session) -> None:
    with pytest.raises(Invalid) as refusal:
        judge(session, meeting_at(session, "northeast"), Act.RETURN, "  ")
    assert refusal.value.field == "remark"


def test_an_accepted_record_is_opened_again_by_returning_it(session: Session) -> None:
    meeting = meeting_at(session, "south")
    judge(session, meeting, Act.RETURN, "พบข้อความผิด")
    change_one(session, meeting)
    assert review(session, meeting).state == SubmissionState.RETURNED


def test_a_draft_is_decided_upon_by_nobody(session: Session) -> None:
    with pytest.raises(Conflict, match="not been submitted"):
        judge(session, meeting_at(session, "bangkok"), Act.ACCEPT)


def test_the_brief_reads_accepted_outcomes_with_meeting_and_question(session: Session) -> None:
    rows = list_round_outcomes(session, get_round(session, CODE), [SubmissionState.ACCEPTED])
    assert [
        (row.meeting.slug, row.question.number if row.question else None, row.outcome.kind.value) for row in rows
    ] == [
        ("south", None, "resolution"),
        ("south", 1, "progress"),
        ("south", 1, "resolution"),
        ("south", 2, "problem"),
        ("south", 2, "proposal"),
        ("south", 3, "commitment"),
        ("south", 4, "proposal"),
        ("south", 4, "progress"),
    ]


def test_meetings_that_never_submitted_are_drafts(session: Session) -> None:
    rows = list_round_outcomes(session, get_round(session, CODE), [SubmissionState.DRAFT])
    assert {row.meeting.slug for row in rows} == {"bangkok"}


def test_the_round_is_read_in_one_query_whatever_it_holds(session: Session) -> None:
    in_round = get_round(session, CODE)
    with counted_queries() as few:
        list_round_outcomes(session, in_round, [SubmissionState.ACCEPTED])
    meeting = meeting_at(session, "bangkok")
    item = item_at(session, meeting, "4.3")
    rows = [TypedOutcome(OutcomeKind.PROBLEM, f"ข้อ {number}") for number in range(40)]
    save_item(
        session,
        meeting,
        item.id,
        RECORDER,
        discussion="",
        discussion_seen=seen_discussion(item),
        outcomes=rows,
    )
    session.expire_all()
    session.refresh(in_round)
    with counted_queries() as many:
        found = list_round_outcomes(session, in_round, list(SubmissionState))
        assert all(row.meeting.region for row in found)
    assert (len(few), len(many)) == (1, 1)


def test_submissions_of_a_round_come_by_meeting(session: Session) -> None:
    found = find_submissions(session, get_round(session, CODE))
    by_slug = {submission.meeting.slug: submission.state.value for submission in found.values()}
    assert by_slug == {"south": "accepted", "northeast": "submitted", "north": "returned"}
