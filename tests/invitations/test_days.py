"""An answer is for the days it was given for: after a move it is kept, marked, and asked for again."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.agenda.counting import ProgrammeCounts
from forumplanner.core.db import db
from forumplanner.desks.rules import Act, next_act
from forumplanner.desks.services import find_work
from forumplanner.feeds.rules import Kind, Scope
from forumplanner.feeds.services import read_content
from forumplanner.history.services import Actor
from forumplanner.invitations.counting import count_answers
from forumplanner.invitations.lists import list_page, state_of
from forumplanner.invitations.models import Answer, ReplyChannel
from forumplanner.invitations.services import GivenAnswer, record_reply
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.planning import set_days
from tests.invitations.conftest import TODAY, invitation_of
from tests.invitations.replying import SIRIPORN, LinkOf, answer_of, buttons, replies
from tests.pages import PageClient

ACTOR = Actor(None, "ผู้ทดสอบ")
NEW = (date(2007, 3, 15), date(2007, 3, 16))
AKACHAI = "เอกชัย ไทรงาม"
WEST = "/rounds/2550-1/west/invitations"
pytestmark = pytest.mark.usefixtures("sample")


def move(session: Session, days: tuple[date, date] = NEW) -> Meeting:
    """The western forum of 8-9 March moves; Ekkachai had answered that he comes."""
    meeting = invitation_of(session, "west", AKACHAI).meeting
    set_days(session, meeting, *days, ACTOR)
    session.flush()
    return meeting


def test_a_moved_meetings_answers_are_kept_and_counted_apart(session: Session) -> None:
    before = count_answers(session, invitation_of(session, "west", AKACHAI).meeting)
    meeting = move(session)
    after, invitation = count_answers(session, meeting), invitation_of(session, "west", AKACHAI)
    assert (before.accepted, before.other_days) == (1, 0)
    assert (after.accepted, after.other_days, after.total) == (0, 1, before.total)
    assert (invitation.answer, invitation.answer_now, state_of(invitation)) == (Answer.ACCEPTED, None, "other_days")
    assert [found.id for found in list_page(session, meeting, state="other_days").invitations] == [invitation.id]


def test_a_move_that_is_taken_back_leaves_the_answers_in_force(session: Session) -> None:
    meeting = move(session)
    set_days(session, meeting, date(2007, 3, 8), date(2007, 3, 9), ACTOR)
    assert count_answers(session, meeting).other_days == 0


def test_the_next_act_asks_again_whoever_answered_for_other_days(session: Session) -> None:
    meeting = move(session)
    for invitation in list_page(session, meeting).invitations:
        if invitation.answer is None:
            invitation.revoked_at = invitation.created_at
    session.flush()
    work = find_work(session, [meeting])[meeting.id]
    assert (work.unanswered, work.answers.other_days, work.answered) == (1, 1, 0)
    assert next_act(replace(work, programme=ProgrammeCounts(lines=1)), TODAY) == Act.CALL


def test_the_answer_anew_is_for_the_new_days_and_the_earlier_one_stays_in_the_history(session: Session) -> None:
    move(session)
    invitation = invitation_of(session, "west", AKACHAI)
    given = GivenAnswer(Answer.ACCEPTED)
    record_reply(session, invitation, given, channel=ReplyChannel.TELEPHONE, taken_by="ผู้จด", today=TODAY)
    days = [(reply.for_starts_on, reply.for_ends_on) for reply in invitation.replies]
    assert days == [(date(2007, 3, 8), date(2007, 3, 9)), NEW]
    assert invitation.answer_now == Answer.ACCEPTED


def test_a_calendar_shows_no_answer_that_was_for_other_days(session: Session) -> None:
    meeting, invitation = move(session), invitation_of(session, "west", AKACHAI)
    content, *_days = read_content(session, Scope(Kind.PERSON, partner_id=invitation.partner_id), TODAY)
    assert content.own is not None
    own = content.own[meeting.id]
    assert (own.answer, own.is_for_other_days) == (None, True)


@pytest.mark.parametrize("channel", list(ReplyChannel))
def test_an_answer_by_any_channel_means_that_the_invitation_arrived(session: Session, channel: ReplyChannel) -> None:
    invitation = invitation_of(session, *SIRIPORN)
    invitation.reached_at = None
    record_reply(session, invitation, GivenAnswer(Answer.DECLINED), channel=channel, taken_by="ผู้จด", today=TODAY)
    assert invitation.reached_at is not None


# --- pages


def moved(app: Flask) -> None:
    with app.app_context():
        move(db.session())
        db.session.commit()


def test_the_reply_page_asks_again_beside_the_earlier_answer(app: Flask, client: PageClient, link_of: LinkOf) -> None:
    own = link_of("west", AKACHAI)
    moved(app)
    page = client.get(own)
    assert buttons(page) == ["มาร่วมประชุม", "ไม่สามารถมาได้", "ส่งผู้แทน"]
    assert ("8-9 มี.ค. 2550" in page.text, "กรุณาตอบอีกครั้งสำหรับวันใหม่" in page.text) == (True, True)
    assert client.get(f"{own}/done", status=302).response.headers["Location"] == own


def test_an_answer_to_days_that_are_no_more_is_not_taken(app: Flask, client: PageClient, own: str) -> None:
    page = client.get(own)
    before = replies(app)
    moved(app)
    refused = client.submit(page, {"answer": "accepted"}, form="reply", status=409)
    assert "การประชุมนี้เปลี่ยนวันหลังจากเปิดหน้านี้" in refused.text
    assert replies(app) == before


def test_the_coordinator_sees_whom_to_ask_again(app: Flask, client: PageClient) -> None:
    moved(app)
    organiser = client.sign_in_as("organiser")
    page = organiser.get(WEST)
    assert "มีคำตอบที่ตอบไว้สำหรับวันอื่น 1 ราย" in page.text
    assert "(ตอบไว้สำหรับวันที่ 8-9 มี.ค. 2550)" in page.text
    assert "ตอบไว้สำหรับวันอื่น 1" in organiser.get("/rounds/2550-1").text


def test_the_page_of_the_person_marks_the_answer_for_other_days(app: Flask, client: PageClient) -> None:
    moved(app)
    with app.app_context():
        number = invitation_of(db.session(), "west", AKACHAI).partner_id
        db.session.remove()
    page = client.sign_in_as("organiser").get(f"/partners/{number}")
    assert ("ตอบไว้สำหรับวันอื่น" in page.text, "(ตอบไว้สำหรับวันที่ 8-9 มี.ค. 2550)" in page.text) == (True, True)
    assert "ประชุมวงภาคตะวันตก" in page.links()


def test_a_reason_is_asked_for_apart_and_says_where_it_appears(app: Flask, client: PageClient, own: str) -> None:
    page = client.submit(own, {"answer": "declined"}, form="reply", follow=True)
    assert "เหตุผลที่ท่านเลือกจะปรากฏในรายงานการประชุม" in page.text
    chosen = {"reason": "ติดภารกิจ", "own_words": "ที่ตำบล"}
    page = client.submit(page, chosen, form="reason", follow=True)
    page = client.submit(page, {"comment": "แม่ป่วย ฝากบอกพี่สมชายด้วย"}, form="comment", follow=True)
    with app.app_context():
        found = invitation_of(db.session(), *SIRIPORN)
        assert (found.reason, found.comment) == ("ติดภารกิจ ที่ตำบล", "แม่ป่วย ฝากบอกพี่สมชายด้วย")
    assert answer_of(app, SIRIPORN)[0] == Answer.DECLINED


def test_a_reason_goes_when_somebody_comes_after_all(app: Flask, client: PageClient, own: str) -> None:
    page = client.submit(own, {"answer": "declined"}, form="reply", follow=True)
    client.submit(page, {"reason": "ลา"}, form="reason", follow=True)
    client.submit(own, {"answer": "accepted"}, form="reply", follow=True)
    with app.app_context():
        assert invitation_of(db.session(), *SIRIPORN).reason is None
