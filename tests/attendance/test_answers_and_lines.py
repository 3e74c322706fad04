"""Lines and answers: what comes later is pointed out and followed, the rest in one act, who came for a seat."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.attendance.later import follow_reply, keep_line, list_later
from forumplanner.attendance.models import Attendance
from forumplanner.attendance.placing import (
    fill_from_invitations,
    list_unplaced,
    place_invited,
    place_rest_absent,
)
from forumplanner.attendance.rules import AttendanceList, Came, Who
from forumplanner.attendance.services import list_attendance
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.invitations.models import Answer, Capacity, Invitation, ReplyChannel
from forumplanner.invitations.services import GivenAnswer, record_reply
from forumplanner.minutes.compiling import compile_minutes
from forumplanner.minutes.documents import minutes_html
from forumplanner.rounds.models import Meeting
from tests.attendance.test_services import TODAY, emptied, lines
from tests.invitations.conftest import invitation_of
from tests.outcomes.sample_round import RECORDER, meeting_at
from tests.pages import PageClient, text_of

CAME, ABSENT, PARTICIPANT = AttendanceList.CAME, AttendanceList.ABSENT, AttendanceList.PARTICIPANT
SOUTH = "/rounds/2550-1/south/attendance"
pytestmark = pytest.mark.usefixtures("sample")


def say(session: Session, invitation: Invitation, answer: Answer, **said: str) -> None:
    """An answer that came while the meeting was on."""
    given = GivenAnswer(answer, **said)  # type: ignore[arg-type]
    today = invitation.meeting.starts_on
    record_reply(session, invitation, given, channel=ReplyChannel.TELEPHONE, taken_by="ผู้จด", today=today)


def line_of(session: Session, invitation: Invitation) -> Attendance:
    return session.scalars(select(Attendance).where(Attendance.invitation_id == invitation.id)).one()


def filled(session: Session, slug: str) -> Meeting:
    meeting = emptied(session, slug)
    fill_from_invitations(session, meeting, RECORDER, today=TODAY)
    return meeting


@pytest.mark.parametrize(
    ("answer", "said", "after"),
    [
        (Answer.DECLINED, {"reason": "ติดราชการ"}, (ABSENT, "นางมาลา วงศ์คำ", None, "ติดราชการ")),
        (Answer.DELEGATE, {"delegate_name": "นายคำ ใจงาม"}, (CAME, "นายคำ ใจงาม", "นางมาลา วงศ์คำ", None)),
    ],
)
def test_a_line_that_differs_from_a_later_answer_is_pointed_out_and_follows(
    session: Session, answer: Answer, said: dict[str, str], after: tuple[object, ...]
) -> None:
    meeting, mala = filled(session, "north"), invitation_of(session, "north", "มาลา วงศ์คำ")
    assert list_later(session, meeting) == []
    say(session, mala, answer, **said)
    (later,) = list_later(session, meeting)
    line = follow_reply(session, meeting, later.line.id, RECORDER, reply_id=later.reply_id)
    assert line is not None
    assert (line.list, line.name, line.shown_substitute, line.shown_reason) == after
    assert list_later(session, meeting) == []


def test_a_line_may_stay_as_it_is_and_is_pointed_out_no_more(session: Session) -> None:
    meeting, mala = filled(session, "north"), invitation_of(session, "north", "มาลา วงศ์คำ")
    say(session, mala, Answer.DECLINED)
    (later,) = list_later(session, meeting)
    keep_line(session, meeting, later.line.id, reply_id=later.reply_id)
    assert (list_later(session, meeting), later.line.list) == ([], CAME)


def test_an_answer_that_agrees_is_not_pointed_out(session: Session) -> None:
    meeting, mala = filled(session, "north"), invitation_of(session, "north", "มาลา วงศ์คำ")
    say(session, mala, Answer.ACCEPTED, comment="ไปแน่นอน")
    assert list_later(session, meeting) == []


def test_following_an_answer_beside_which_another_came_is_refused(session: Session) -> None:
    meeting, mala = filled(session, "north"), invitation_of(session, "north", "มาลา วงศ์คำ")
    say(session, mala, Answer.DECLINED)
    (later,) = list_later(session, meeting)
    say(session, mala, Answer.DELEGATE, delegate_name="นายคำ ใจงาม")
    with pytest.raises(Conflict):
        follow_reply(session, meeting, later.line.id, RECORDER, reply_id=later.reply_id)


def test_a_participant_who_declines_later_leaves_the_lists(session: Session) -> None:
    meeting = filled(session, "south")
    line = list_attendance(session, meeting)[PARTICIPANT][0]
    assert line.invitation is not None
    say(session, line.invitation, Answer.DECLINED)
    (later,) = list_later(session, meeting)
    assert follow_reply(session, meeting, later.line.id, RECORDER, reply_id=later.reply_id) is None


def test_all_that_remains_did_not_come_in_one_act(session: Session) -> None:
    meeting = emptied(session, "south")
    waiting = [found for found in list_unplaced(session, meeting) if found.capacity == Capacity.MEMBER]
    with pytest.raises(Conflict):
        place_rest_absent(session, meeting, RECORDER, expected=len(waiting) + 1, today=TODAY)
    assert place_rest_absent(session, meeting, RECORDER, expected=len(waiting), today=TODAY).placed == len(waiting) == 6
    left = list_unplaced(session, meeting)
    assert {found.capacity for found in left} == {Capacity.PARTICIPANT}
    assert list_attendance(session, meeting)[PARTICIPANT] == []


def codi(session: Session, slug: str = "south") -> Invitation:
    found = invitation_of(session, slug, "กรมการพัฒนาชุมชน")
    found.capacity = Capacity.MEMBER
    session.flush()
    return found


@pytest.mark.parametrize(
    ("came", "line"),
    [
        (Came(), ("อธิบดีกรมการพัฒนาชุมชน", None, None)),
        (Came(Who.HOLDER, "นายปรีชา ดี"), ("นายปรีชา ดี", "อธิบดีกรมการพัฒนาชุมชน", None)),
        (Came(Who.DELEGATE, "นางสาวอำไพ ดี"), ("นางสาวอำไพ ดี", None, "อธิบดีกรมการพัฒนาชุมชน")),
        (Came(Who.DELEGATE, "นางสาวอำไพ ดี", "นักวิชาการ"), ("นางสาวอำไพ ดี", "นักวิชาการ", "อธิบดีกรมการพัฒนาชุมชน")),
        (Came(Who.UNNAMED), ("ผู้แทนอธิบดีกรมการพัฒนาชุมชน", None, None)),
        (None, ("อธิบดีกรมการพัฒนาชุมชน", None, None)),
    ],
)
def test_a_seat_stands_as_whoever_came_and_its_agency_once(
    session: Session, came: Came | None, line: tuple[str | None, ...]
) -> None:
    meeting, invitation = emptied(session, "south"), codi(session)
    placed = place_invited(session, meeting, invitation.id, RECORDER, came=came, today=TODAY)
    assert (placed.name, placed.post, placed.shown_substitute) == line


def test_a_delegate_is_named_or_said_to_be_unknown(session: Session) -> None:
    meeting, invitation = emptied(session, "south"), codi(session)
    with pytest.raises(Invalid):
        place_invited(session, meeting, invitation.id, RECORDER, came=Came(Who.DELEGATE), today=TODAY)


def test_a_message_to_the_coordinator_is_never_the_reason_that_is_printed(session: Session) -> None:
    meeting = emptied(session, "south")
    invitation = invitation_of(session, "south", "ดำ")
    say(session, invitation, Answer.DECLINED, comment="ภรรยาป่วยหนักค่ะ")
    fill_from_invitations(session, meeting, RECORDER, today=TODAY)
    assert lines(session, meeting, ABSENT) == [("ลุงดำ", None, None)]
    assert "ภรรยาป่วยหนัก" not in minutes_html(compile_minutes(session, meeting_at(session, "south")))


# --- the page


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def test_who_came_for_a_seat_is_asked(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        emptied(db.session(), "south")
        number = codi(db.session()).id
        db.session.commit()
    place = f"{SOUTH}/invited/{number}"
    page = organiser.get(SOUTH)
    assert f"{place}/who" in page.links().values()
    page = organiser.submit(f"{place}/who", {"who": "delegate", "name": ""}, form=-1, status=422)
    assert page.errors() == ["ชื่อผู้ที่มา: กรุณากรอกชื่อผู้แทน หรือเลือกว่าไม่ทราบชื่อ"]
    page = organiser.submit(page, {"who": "delegate", "name": "นางสาวอำไพ ดี"}, form=-1, follow=True)
    assert ("นางสาวอำไพ ดี" in page.text, "(แทน) อธิบดีกรมการพัฒนาชุมชน" in page.text) == (True, True)


def test_a_later_answer_is_marked_on_the_page_and_followed_by_one_touch(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        lungdam = invitation_of(db.session(), "south", "ดำ")
        say(db.session(), lungdam, Answer.ACCEPTED)
        number = line_of(db.session(), lungdam).id
        db.session.commit()
    page = organiser.get(SOUTH)
    assert [text_of(node)[:32] for node in page.find_all("later")] == ["มีคำตอบภายหลังที่ไม่ตรงกัน ตอบว่"[:32]]
    page = organiser.submit(page, {}, form=f"{number}/follow", follow=True)
    assert page.find_all("later") == []


def test_the_rest_is_named_with_its_number(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        emptied(db.session(), "south")
        db.session.commit()
    page = organiser.get(SOUTH)
    assert "ที่เหลือไม่มา 6 ราย" in page.text
    page = organiser.submit(page, {}, form="rest", follow=True)
    assert "ที่เหลือไม่มา" not in page.text


def test_a_reason_given_later_is_not_called_missing(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        lungdam = invitation_of(db.session(), "south", "ดำ")
        line_of(db.session(), lungdam).reason = None
        db.session.commit()
    assert "ไม่ได้แจ้งเหตุ" in organiser.get(SOUTH).text
    with app.app_context():
        say(db.session(), invitation_of(db.session(), "south", "ดำ"), Answer.DECLINED, reason="ลา")
        db.session.commit()
    page = organiser.get(SOUTH)
    assert ("ไม่ได้แจ้งเหตุ" in page.text, "(ลา)" in page.text) == (False, True)
