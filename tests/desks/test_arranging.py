"""What organisers arrange of a round as a whole: its questions, all dates at once, announcing all, removing it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.services import list_items
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.desks.questions import Wanted, change_questions, shown_of_questions
from forumplanner.history.services import SYSTEM, list_changes
from forumplanner.outcomes.models import Outcome, OutcomeKind, Submission
from forumplanner.places.services import list_regions
from forumplanner.rounds.models import Meeting, MeetingStatus, Question, Round
from forumplanner.rounds.services import get_round
from tests.pages import Page, PageClient, form_values
from tests.regions import CODE, make_full_round


@pytest.fixture
def planned(sample: Flask) -> Flask:
    """The sample with a second round, all of it proposed."""
    with sample.app_context():
        make_full_round(db.session(), list_regions(db.session()), status=MeetingStatus.PROPOSED)
        db.session.remove()
    return sample


def titles(session: Session, slug: str) -> list[str]:
    """The numbered agenda of a forum."""
    query = select(Meeting).join(Round).where(Round.code == CODE, Meeting.slug == slug)
    return [f"{number} {item.title_th}" for number, item in list_items(session, session.scalars(query).one())]


def ask(session: Session, *texts: str | int, code: str = CODE, seen: str | None = None) -> None:
    """Ask these: a number keeps the question of that number, a text is a new one, "1=..." words one otherwise."""
    found = get_round(session, code)
    by_number = {item.number: item for item in found.questions}
    wanted = []
    for text in texts:
        number, equals, words = str(text).partition("=")
        if isinstance(text, int) or equals:
            old = by_number[int(number)]
            wanted.append(Wanted(old.id, words or old.text_th, old.text_en))
        else:
            wanted.append(Wanted(None, str(text)))
    stamp = make_stamp(shown_of_questions(found)) if seen is None else seen
    change_questions(session, found, wanted, SYSTEM, seen=stamp)
    session.commit()
    session.expire_all()


@pytest.mark.both_databases
def test_agendas_of_all_forums_follow_the_questions(planned: Flask) -> None:
    with planned.app_context():
        session = db.session()
        assert titles(session, "south")[3:5] == ["4 เรื่องเสนอเพื่อพิจารณา", "4.1 คำถามหนึ่ง"]
        ask(session, 1, "คำถามสอง", "คำถามสาม")
        ask(session, "3=คำถามที่สามใหม่", "1=คำถามแรก", 2)
        for slug in ("south", "north", "national"):
            assert titles(session, slug)[3:] == [
                "4 เรื่องเสนอเพื่อพิจารณา",
                "4.1 คำถามที่สามใหม่",
                "4.2 คำถามแรก",
                "4.3 คำถามสอง",
                "5 เรื่องอื่น ๆ",
            ]
        ask(session, 2)
        assert titles(session, "south")[4:] == ["4.1 คำถามแรก", "5 เรื่องอื่น ๆ"]
        found = get_round(session, CODE)
        assert [(item.number, item.text_th) for item in found.questions] == [(1, "คำถามแรก")]
        change = list_changes(session, "round", found.id)[0]
        assert (change.field, change.new) == ("questions", "คำถามแรก")


def test_a_title_that_a_region_chose_stays(planned: Flask) -> None:
    with planned.app_context():
        session = db.session()
        query = select(AgendaItem).join(Meeting).join(Round)
        query = query.where(Round.code == CODE, Meeting.slug == "south", AgendaItem.question_id.is_not(None))
        session.scalars(query).one().title_th = "ของเราเอง"
        ask(session, "1=คำถามแรก")
        assert "4.1 ของเราเอง" in titles(session, "south")
        assert "4.1 คำถามแรก" in titles(session, "north")


def test_nothing_recorded_is_lost_with_a_question(planned: Flask) -> None:
    with planned.app_context():
        session = db.session()
        item = session.scalars(
            select(AgendaItem).join(Meeting).join(Round).where(Round.code == CODE, AgendaItem.question_id.is_not(None))
        ).first()
        assert item is not None
        session.add(Outcome(agenda_item_id=item.id, kind=OutcomeKind.PROGRESS, position=1, text="ก้าวหน้า"))
        session.flush()
        with pytest.raises(Conflict, match="Something is recorded"):
            ask(session, "คำถามอื่น")


def test_from_the_first_submission_on_the_questions_stand(planned: Flask, client: PageClient) -> None:
    with planned.app_context():
        session = db.session()
        meeting = get_round(session, CODE).meetings[0]
        session.add(Submission(meeting_id=meeting.id, submitted_at=meeting.created_at))
        session.commit()
        with pytest.raises(Conflict, match="has submitted"):
            ask(session, 1, "คำถามสอง")
    page = client.sign_in_as("organiser").get("/rounds/2550-1/questions")
    assert not list(page.root.iter("textarea"))
    assert "มีภาคส่งข้อสรุปแล้ว จึงแก้ไขประเด็นร่วมไม่ได้" in page.text


def test_questions_of_two_organisers_do_not_overwrite_each_other(planned: Flask) -> None:
    with planned.app_context():
        session = db.session()
        seen = make_stamp(shown_of_questions(get_round(session, CODE)))
        ask(session, "1=ของคนแรก")
        with pytest.raises(Stale):
            ask(session, "1=ของคนที่สอง", seen=seen)


def test_questions_are_changed_on_their_page(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.submit(
        f"/rounds/{CODE}/questions", {"th-0": "คำถามแรก", "th-1": "ข้อใหม่", "en-1": "New one"}, form=1, follow=True
    )
    assert page.status == 200
    with planned.app_context():
        found = get_round(db.session(), CODE)
        assert [(item.text_th, item.text_en) for item in found.questions] == [
            ("คำถามแรก", "Question one"),
            ("ข้อใหม่", "New one"),
        ]


def test_all_proposed_meetings_are_announced_at_once(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"/rounds/{CODE}/announce")
    assert "ประกาศการประชุม 8 ครั้ง" in page.text
    client.submit(page, {}, form=1, follow=True)
    with planned.app_context():
        states = {meeting.status for meeting in get_round(db.session(), CODE).meetings}
        assert states == {MeetingStatus.ANNOUNCED}
    client.get(f"/rounds/{CODE}/announce", status=409)


def test_what_was_moved_after_the_look_is_not_announced_unseen(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"/rounds/{CODE}/announce")
    with planned.app_context():
        meeting = get_round(db.session(), CODE).meetings[0]
        meeting.ends_on = date(2008, 1, 8)
        db.session.commit()
    refused = client.submit(page, {}, form=1, status=409)
    client.submit(refused, {}, form=1, follow=True)


def typed_dates(page: Page) -> dict[str, Any]:
    forms = [node for node in page.root.iter("form") if (node.get("method") or "").lower() == "post"]
    return form_values(forms[1])


def test_all_dates_of_a_round_are_set_on_one_form_with_one_check(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    with planned.app_context():
        gone = next(meeting for meeting in get_round(db.session(), CODE).meetings if meeting.slug == "east")
        db.session.delete(gone)
        db.session.commit()
    page = client.get(f"/rounds/{CODE}/dates")
    assert typed_dates(page)["days_east"] == ""
    new = {"days_south": "9-10 ม.ค. 2551", "days_east": "11 ม.ค. 2551", "days_national": "25 ม.ค. 2551"}
    check = client.submit(page, new, form=1, status=200)
    assert "วันพุธที่ 9 มกราคม 2551" in check.text
    assert "บันทึกวันประชุม 3 ครั้ง" in check.text
    client.submit(check, {}, form=1, follow=True)
    with planned.app_context():
        days = {item.slug: (item.starts_on, item.ends_on) for item in get_round(db.session(), CODE).meetings}
        assert (days["south"], days["east"], days["national"], len(days)) == (
            (date(2008, 1, 9), date(2008, 1, 10)),
            (date(2008, 1, 11), date(2008, 1, 11)),
            (date(2008, 1, 25), date(2008, 1, 25)),
            8,
        )


def test_every_fault_of_the_dates_is_said_at_once_and_nothing_typed_is_lost(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    new = {"days_south": "9 ม.ค. 2560", "days_north": "วันไหนดี", "days_west": "9 ม.ค. 2561"}
    page = client.submit(f"/rounds/{CODE}/dates", new, form=1, status=422)
    assert typed_dates(page)["days_north"] == "วันไหนดี"
    client_errors = page.find_all("field-error")
    assert len(client_errors) >= 1
    new["days_north"] = "9 ม.ค. 2551"
    again = client.submit(page, new, form=1, status=422)
    assert len(again.find_all("field-error")) == 2
    assert typed_dates(again)["days_south"] == "9 ม.ค. 2560"


def test_dates_that_somebody_moved_meanwhile_are_shown_with_both(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"/rounds/{CODE}/dates")
    check = client.submit(page, {"days_north": "9-10 ม.ค. 2551"}, form=1, status=200)
    with planned.app_context():
        meeting = next(item for item in get_round(db.session(), CODE).meetings if item.slug == "north")
        meeting.starts_on = meeting.ends_on = date(2008, 1, 12)
        db.session.commit()
    refused = client.submit(check, {}, form=1, status=409)
    assert "12 ม.ค. 2551" in refused.text
    again = client.submit(refused, {"days_north": "9-10 ม.ค. 2551"}, form=1, status=200)
    client.submit(again, {}, form=1, follow=True)


def test_a_mistaken_round_is_removed_after_a_page_that_names_what_goes(planned: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"/rounds/{CODE}/remove")
    assert ("ภาคใต้" in page.text, "ประเด็นร่วม 1 ข้อ" in page.text) == (True, True)
    with planned.app_context():
        number = db.session.scalars(select(Round.id).where(Round.code == CODE)).one()
    client.submit(page, {}, form=1, follow=True)
    with planned.app_context():
        left = [db.session.scalar(select(func.count()).select_from(model)) for model in (Round, Question)]
        assert left == [1, 4]
        changes = [(item.field, item.old) for item in list_changes(db.session(), "round", number)]
        assert ("code", CODE) in changes
    client.get(f"/rounds/{CODE}", status=404)


@pytest.mark.parametrize("status", [MeetingStatus.ANNOUNCED, MeetingStatus.CANCELLED])
def test_a_round_of_which_somebody_was_told_stays(planned: Flask, client: PageClient, status: MeetingStatus) -> None:
    with planned.app_context():
        get_round(db.session(), CODE).meetings[0].status = status
        db.session.commit()
    client.sign_in_as("organiser").get(f"/rounds/{CODE}/remove", status=409)
    assert "ลบรอบนี้" not in client.get(f"/rounds/{CODE}").links()
