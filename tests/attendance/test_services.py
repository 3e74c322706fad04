"""The three lists, filled from the answers and by hand; times and chair. On both databases."""

from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.attendance.models import AttendanceList
from forumplanner.attendance.placing import (
    Filled,
    fill_from_invitations,
    list_unplaced,
    place_invited,
)
from forumplanner.attendance.rules import Came, check_sitting, list_for
from forumplanner.attendance.services import (
    add_attendance,
    change_attendance,
    list_attendance,
    move_attendance,
    remove_attendance,
    shown_of_attendance,
)
from forumplanner.attendance.sittings import find_sitting, save_sitting, shown_of_sitting
from forumplanner.core.errors import Conflict, Invalid, NotFound, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.invitations.models import Answer, Capacity, Invitation
from forumplanner.rounds.models import Meeting
from tests.outcomes.sample_round import RECORDER, counted_queries, meeting_at

TODAY = date(2007, 3, 6)
CAME, ABSENT, PARTICIPANT = AttendanceList.CAME, AttendanceList.ABSENT, AttendanceList.PARTICIPANT


@pytest.mark.parametrize(
    ("capacity", "answer", "kind"),
    [
        ("member", "accepted", CAME),
        ("member", "delegate", CAME),
        ("member", "declined", ABSENT),
        ("member", None, None),
        ("participant", "accepted", PARTICIPANT),
        ("participant", "delegate", PARTICIPANT),
        ("participant", "declined", None),
        ("participant", None, None),
    ],
)
def test_which_list_an_answer_calls_for(capacity: str, answer: str | None, kind: AttendanceList | None) -> None:
    assert list_for(capacity, answer) == kind


def test_a_meeting_of_one_day_does_not_end_before_it_begins() -> None:
    with pytest.raises(Invalid) as refusal:
        check_sitting(time(9, 30), time(9, 30), days=1)
    assert refusal.value.field == "ended_at"


def test_a_meeting_of_two_days_may_end_earlier_in_the_day() -> None:
    check_sitting(time(13), time(12), days=2)


def emptied(session: Session, slug: str) -> Meeting:
    """A meeting of the sample with its invitations and nobody on the lists."""
    meeting = meeting_at(session, slug)
    for listed in list_attendance(session, meeting).values():
        for attendance in listed:
            session.delete(attendance)
    session.flush()
    return meeting


def lines(session: Session, meeting: Meeting, kind: AttendanceList) -> list[tuple[str | None, ...]]:
    return [(found.name, found.substitute_for, found.reason) for found in list_attendance(session, meeting)[kind]]


def fill(session: Session, meeting: Meeting) -> Filled:
    return fill_from_invitations(session, meeting, RECORDER, today=TODAY)


@pytest.mark.usefixtures("sample")
def test_the_lists_are_filled_from_the_answers_of_the_south(session: Session) -> None:
    meeting = emptied(session, "south")
    lungdam = session.scalar(
        select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.answer == Answer.DECLINED)
    )
    assert lungdam is not None
    lungdam.comment, lungdam.reason = "พ่อป่วยหนัก", "ติดภารกิจที่ตำบล"
    assert fill(session, meeting) == Filled(placed=7, unanswered=0, open=1)
    assert lines(session, meeting, CAME) == [
        ("นายฮาซัน สาและ", "นายยูโซะ สาและ", None),
        ("น.ส.วรรณา ทองคำ", None, None),
        ("นายสมชาย ใจดี", None, None),
        ("พระครูสังวรธรรมคุณ", None, None),
        ("นางอัมพร แก้วมณี", None, None),
    ]
    assert lines(session, meeting, ABSENT) == [("ลุงดำ", None, "ติดภารกิจที่ตำบล")]
    assert lines(session, meeting, PARTICIPANT) == [
        ("น.ส.พิมพ์ใจ รักชุมชน", "ผู้อำนวยการสถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)", None),
    ]


@pytest.mark.usefixtures("sample")
def test_a_delegate_not_named_yet_is_not_taken_for_the_invited(session: Session) -> None:
    meeting = emptied(session, "south")
    for invitation in list_unplaced(session, meeting):
        invitation.delegate_name = None
    assert fill(session, meeting).open == 3
    assert "นายยูโซะ สาและ" in {found.partner.shown_name("th") for found in list_unplaced(session, meeting)}


@pytest.mark.usefixtures("sample")
def test_filling_again_puts_nobody_on_a_list_twice(session: Session) -> None:
    meeting = emptied(session, "south")
    fill(session, meeting)
    assert fill(session, meeting) == Filled(placed=0, unanswered=0, open=1)


@pytest.mark.usefixtures("sample")
def test_filling_leaves_alone_who_was_put_on_a_list_by_hand(session: Session) -> None:
    meeting = emptied(session, "north")
    mala = next(found for found in list_unplaced(session, meeting) if found.partner.name == "มาลา วงศ์คำ")
    place_invited(session, meeting, mala.id, RECORDER, came=None, today=TODAY)
    fill(session, meeting)
    assert [name for name, *_rest in lines(session, meeting, ABSENT)] == ["นางมาลา วงศ์คำ"]


@pytest.mark.usefixtures("sample")
def test_who_gave_no_answer_stands_on_no_list_and_is_counted(session: Session) -> None:
    meeting = emptied(session, "north")
    for invitation in list_unplaced(session, meeting):
        invitation.answer = None
    assert fill(session, meeting) == Filled(placed=0, unanswered=3)


@pytest.mark.usefixtures("sample")
def test_a_revoked_invitation_puts_nobody_on_a_list(session: Session) -> None:
    meeting = emptied(session, "north")
    for invitation in list_unplaced(session, meeting):
        invitation.revoked_at = invitation.created_at
    session.flush()
    assert fill(session, meeting) == Filled(placed=0, unanswered=0)


@pytest.mark.usefixtures("sample")
def test_nobody_has_come_before_the_first_day(session: Session) -> None:
    with pytest.raises(Conflict, match="has not begun"):
        fill(session, meeting_at(session, "west"))


@pytest.mark.usefixtures("sample")
def test_a_participant_who_is_in_the_room_is_a_participant_whatever_was_answered(session: Session) -> None:
    meeting = emptied(session, "north")
    invitation = list_unplaced(session, meeting)[0]
    invitation.capacity, invitation.answer = Capacity.PARTICIPANT, Answer.DECLINED
    assert place_invited(session, meeting, invitation.id, RECORDER, came=Came(), today=TODAY).list == PARTICIPANT


@pytest.mark.usefixtures("sample")
def test_nobody_is_placed_twice(session: Session) -> None:
    meeting = emptied(session, "north")
    invitation = list_unplaced(session, meeting)[0]
    place_invited(session, meeting, invitation.id, RECORDER, came=Came(), today=TODAY)
    with pytest.raises(Conflict, match="is on a list already"):
        place_invited(session, meeting, invitation.id, RECORDER, came=None, today=TODAY)


@pytest.mark.usefixtures("sample")
def test_an_invitation_to_another_meeting_is_not_found(session: Session) -> None:
    stranger = list_unplaced(session, emptied(session, "north"))[0]
    with pytest.raises(NotFound):
        place_invited(session, meeting_at(session, "south"), stranger.id, RECORDER, came=Came(), today=TODAY)


def walk_in(session: Session, meeting: Meeting, **changes: object) -> int:
    values = {"list": "participant", "name": "นางจำเนียร น้ำใส", "post": "ผู้สังเกตการณ์"} | changes
    return add_attendance(session, meeting, RECORDER, values).id


@pytest.mark.usefixtures("sample")
def test_a_walk_in_stands_at_the_end_of_the_list(session: Session) -> None:
    meeting = meeting_at(session, "north")
    walk_in(session, meeting)
    assert lines(session, meeting, PARTICIPANT)[-1] == ("นางจำเนียร น้ำใส", None, None)


@pytest.mark.usefixtures("sample")
def test_a_line_that_moves_to_another_list_and_back_brings_all_of_its_text_back(session: Session) -> None:
    meeting = meeting_at(session, "south")
    line = list_attendance(session, meeting)[ABSENT][0]
    values = {"name": line.name, "post": line.post, "reason": "ติดราชการ", "substitute_for": "นายยูโซะ สาและ"}
    shown = []
    for kind in ("came", "participant", "absent"):
        change_attendance(
            session, meeting, line.id, RECORDER, values | {"list": kind}, seen=make_stamp(shown_of_attendance(line))
        )
        shown.append((line.list, line.shown_substitute, line.shown_reason))
    assert shown == [(CAME, "นายยูโซะ สาและ", None), (PARTICIPANT, None, None), (ABSENT, None, "ติดราชการ")]


@pytest.mark.usefixtures("sample")
def test_a_stale_change_of_a_line_carries_both(session: Session) -> None:
    meeting = meeting_at(session, "south")
    line = list_attendance(session, meeting)[CAME][0]
    seen = make_stamp(shown_of_attendance(line))
    line.post = "ประธาน"
    session.flush()
    with pytest.raises(Stale) as stale:
        change_attendance(
            session, meeting, line.id, RECORDER, {"list": "came", "name": line.name, "post": "กรรมการ"}, seen=seen
        )
    assert (stale.value.theirs, stale.value.yours) == ({"post": "ประธาน"}, {"post": "กรรมการ"})


@pytest.mark.usefixtures("sample")
def test_a_line_moves_within_its_list(session: Session) -> None:
    meeting = meeting_at(session, "south")
    second = list_attendance(session, meeting)[CAME][1]
    move_attendance(session, meeting, second.id, step=-1)
    assert list_attendance(session, meeting)[CAME][0].id == second.id


@pytest.mark.usefixtures("sample")
def test_a_removed_line_is_free_to_be_placed_again(session: Session) -> None:
    meeting = meeting_at(session, "north")
    line = list_attendance(session, meeting)[CAME][0]
    remove_attendance(session, meeting, line.id, RECORDER, seen=make_stamp(shown_of_attendance(line)))
    assert [found.id for found in list_unplaced(session, meeting)] == [line.invitation_id]


@pytest.mark.usefixtures("sample")
def test_times_and_chair_are_recorded(session: Session) -> None:
    meeting = meeting_at(session, "bangkok")
    save_sitting(
        session,
        meeting,
        RECORDER,
        began_at=time(9, 15),
        ended_at=time(15, 10),
        chair="นายประเสริฐ มั่นคง",
        seen=make_stamp(shown_of_sitting(find_sitting(session, meeting))),
    )
    found = find_sitting(session, meeting)
    assert found is not None
    assert (found.began_at, found.ended_at, found.chair) == (time(9, 15), time(15, 10), "นายประเสริฐ มั่นคง")


@pytest.mark.usefixtures("sample")
def test_stale_times_carry_both(session: Session) -> None:
    meeting = meeting_at(session, "south")
    with pytest.raises(Stale) as stale:
        save_sitting(session, meeting, RECORDER, began_at=time(9), ended_at=None, chair=None, seen="old")
    assert (stale.value.theirs["began_at"], stale.value.yours["began_at"]) == (time(9, 30), time(9))


@pytest.mark.usefixtures("sample")
def test_the_lists_are_read_in_one_query(session: Session) -> None:
    meeting = meeting_at(session, "south")
    with counted_queries() as sent:
        assert list_attendance(session, meeting)[CAME]
    assert len(sent) == 1


@pytest.mark.usefixtures("sample")
def test_the_unplaced_are_read_in_as_many_queries_for_one_as_for_eight(session: Session) -> None:
    counts = []
    for slug in ("bangkok", "south"):
        meeting = emptied(session, slug)
        session.expire_all()
        _ = meeting.id
        with counted_queries() as sent:
            names = [found.partner.shown_name("th") for found in list_unplaced(session, meeting)]
        counts.append((len(names) > 2, len(sent) <= 3))
    assert counts == [(False, True), (True, True)]


@pytest.mark.usefixtures("sample")
def test_whose_name_was_written_by_hand_is_not_filled_in_beside_it(session: Session) -> None:
    meeting = meeting_at(session, "north")
    line = list_attendance(session, meeting)[CAME][0]
    invited = line.name
    remove_attendance(session, meeting, line.id, RECORDER, seen=make_stamp(shown_of_attendance(line)))
    add_attendance(session, meeting, RECORDER, {"list": "came", "name": invited})
    filled = fill_from_invitations(session, meeting, RECORDER, today=TODAY)
    assert filled.alike == 1
    assert [found.name for listed in list_attendance(session, meeting).values() for found in listed].count(invited) == 1
