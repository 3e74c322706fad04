"""The page of the three lists."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from forumplanner.attendance.models import Attendance, Sitting
from forumplanner.attendance.rules import AttendanceList
from forumplanner.core.db import db
from forumplanner.rounds.models import Meeting
from tests.outcomes.sample_round import counted_queries
from tests.pages import Page, PageClient, form_values, text_of

pytestmark = pytest.mark.usefixtures("sample")
NORTH = "/rounds/2550-1/north/attendance"
SOUTH = "/rounds/2550-1/south/attendance"


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def clear(app: Flask, slug: str) -> None:
    """Nobody on the lists of that meeting, no times."""
    with app.app_context():
        meeting_id = db.session.scalar(select(Meeting.id).where(Meeting.slug == slug))
        for model in (Attendance, Sitting):
            db.session.execute(delete(model).where(model.meeting_id == meeting_id))
        db.session.commit()


def names(page: Page) -> list[list[str]]:
    """The names of each list."""
    return [
        [text_of(node) for node in section.iter() if (node.get("class") or "") == "people-name"]
        for section in page.find_all("attendance")
    ]


def test_the_three_lists_stand_in_their_order_with_substitute_and_reason(organiser: PageClient) -> None:
    page = organiser.get(SOUTH)
    assert [len(found) for found in names(page)] == [5, 1, 3]
    assert "(แทน) นายยูโซะ สาและ" in page.text
    assert "ติดภารกิจประชุมกองทุนหมู่บ้าน" in page.text


def test_the_lists_are_filled_in_one_act(app: Flask, organiser: PageClient) -> None:
    clear(app, "south")
    page = organiser.submit(SOUTH, {}, form="fill", follow=True)
    assert [len(found) for found in names(page)] == [5, 1, 1]
    assert "เพิ่มชื่อในบัญชีรายชื่อแล้ว 7 คน" in page.text
    assert "มี 1 รายที่ต้องระบุว่าผู้ใดมา" in page.text


def test_one_who_answered_otherwise_is_placed_by_what_was_seen(app: Flask, organiser: PageClient) -> None:
    clear(app, "north")
    page = organiser.get(NORTH)
    action = next(
        node.get("action") or "" for node in page.root.iter("form") if "invited" in (node.get("action") or "")
    )
    page = organiser.submit(page, {"came": "no"}, form=action, follow=True)
    assert [len(found) for found in names(page)] == [0, 1, 0]


def test_a_meeting_ahead_offers_no_filling_and_says_from_when(organiser: PageClient) -> None:
    page = organiser.get("/rounds/2550-1/west/attendance")
    assert "ยังไม่ถึงวันประชุม" in page.text
    assert [node for node in page.root.iter("form") if "fill" in (node.get("action") or "")] == []


def test_a_walk_in_is_a_participant_unless_said_otherwise(organiser: PageClient) -> None:
    page = organiser.submit(NORTH, {"name": "นางคำ ใจงาม"}, form="attendance#add", follow=True)
    assert names(page)[2] == ["นางคำ ใจงาม"]


def test_a_walk_in_without_a_name_is_refused_and_the_rest_stays(organiser: PageClient) -> None:
    page = organiser.submit(NORTH, {"post": "ผู้สังเกตการณ์"}, form="attendance#add", status=422)
    assert page.errors() == ["ชื่อ: กรุณากรอกช่องนี้"]
    assert "ผู้สังเกตการณ์" in [node.get("value") for node in page.root.iter("input")]


def test_markup_in_a_name_is_text(organiser: PageClient) -> None:
    page = organiser.submit(NORTH, {"name": "<b>นางคำ</b>"}, form="attendance#add", follow=True)
    assert names(page)[2] == ["<b>นางคำ</b>"]


def line_path(page: Page, name: str) -> str:
    return next(href for words, href in page.links().items() if words == f"แก้ไข {name}")


def test_a_line_is_corrected_and_taken_off(organiser: PageClient) -> None:
    path = line_path(organiser.get(NORTH), "นางมาลา วงศ์คำ")
    page = organiser.submit(path, {"list": "absent", "reason": "ป่วย"}, form=1, follow=True)
    assert (names(page)[1], "ป่วย" in page.text) == (["นางมาลา วงศ์คำ"], True)
    assert names(organiser.submit(path, {}, form="remove", follow=True))[1] == []


def test_a_reason_is_shown_where_it_belongs_and_is_there_again_when_the_line_returns(organiser: PageClient) -> None:
    path = line_path(organiser.get(NORTH), "นางมาลา วงศ์คำ")
    shown = []
    for changes in ({"list": "absent", "reason": "ไปต่างประเทศ"}, {"list": "came"}, {"list": "absent"}):
        shown.append("ไปต่างประเทศ" in organiser.submit(path, changes, form=1, follow=True).text)
    assert shown == [True, False, True]


def test_of_two_who_correct_a_line_the_second_sees_both_and_can_save_deliberately(
    app: Flask, organiser: PageClient
) -> None:
    path = line_path(organiser.get(NORTH), "นางมาลา วงศ์คำ")
    page = organiser.get(path)
    PageClient(app).sign_in_as("organiser").submit(path, {"post": "ของคนแรก"}, form=1)
    stale = organiser.submit(page, {"post": "ของคนที่สอง"}, form=1, status=409)
    assert [("ของคนแรก" in stale.text), ("ของคนที่สอง" in stale.text)] == [True, True]
    saved = organiser.submit(stale, {}, form=1, follow=True)
    assert "ของคนที่สอง" in saved.text


def test_a_line_moves_by_its_button(organiser: PageClient) -> None:
    page = organiser.get(NORTH)
    before = names(page)[0]
    move = line_path(page, before[1]) + "/move"
    after = names(organiser.submit(page, {}, form=move, follow=True))[0]
    assert after == [before[1], before[0], before[2]]


def test_times_are_typed_as_people_type_them(app: Flask, organiser: PageClient) -> None:
    clear(app, "north")
    values = {"began_at": "9.15", "ended_at": "๑๕.๓๐", "chair": "นางมาลา วงศ์คำ"}
    page = organiser.submit(NORTH, values, form="sitting", follow=True)
    shown = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert (shown["began_at"], shown["ended_at"], shown["chair"]) == ("09.15", "15.30", "นางมาลา วงศ์คำ")


def test_a_time_that_cannot_be_read_is_refused_beside_its_field(organiser: PageClient) -> None:
    page = organiser.submit(NORTH, {"began_at": "เช้า ๆ"}, form="sitting", status=422)
    assert [error.split(" ")[0] for error in page.errors()] == ["เริ่มประชุมเวลา:"]
    assert "เช้า ๆ" in [node.get("value") for node in page.root.iter("input")]


def test_stale_times_show_both_and_can_be_saved_deliberately(app: Flask, organiser: PageClient) -> None:
    page = organiser.get(NORTH)
    PageClient(app).sign_in_as("organiser").submit(NORTH, {"began_at": "8.00"}, form="sitting")
    stale = organiser.submit(page, {"began_at": "8.30"}, form="sitting", status=409)
    assert "08.00" in stale.text
    saved = organiser.submit(stale, {}, form="sitting", follow=True)
    assert "08.30" in [node.get("value") for node in saved.root.iter("input")]


def test_a_line_of_another_meeting_is_not_found(organiser: PageClient) -> None:
    path = line_path(organiser.get(NORTH), "นางมาลา วงศ์คำ").replace("north", "south")
    organiser.get(path, 404)


def test_the_page_takes_as_many_queries_with_forty_people_as_with_three(app: Flask, organiser: PageClient) -> None:
    with app.app_context(), counted_queries() as few:
        before = organiser.get(NORTH)
    with app.app_context():
        meeting_id = db.session.scalars(select(Meeting.id).where(Meeting.slug == "north")).one()
        db.session.add_all(
            Attendance(meeting_id=meeting_id, list=AttendanceList.CAME, position=100 + number, name=f"ผู้มา {number}")
            for number in range(37)
        )
        db.session.commit()
    with app.app_context(), counted_queries() as many:
        after = organiser.get(NORTH)
    assert len(names(after)[0]) == len(names(before)[0]) + 37
    assert len(many) == len(few)


def test_a_line_taken_off_while_it_is_corrected_shows_what_was_typed(organiser: PageClient) -> None:
    path = line_path(organiser.get(NORTH), "นางมาลา วงศ์คำ")
    page = organiser.get(path)
    organiser.submit(path, {}, form="remove")
    refused = organiser.submit(page, {"post": "ประธานเครือข่ายที่พิมพ์ไว้"}, form=1, status=409)
    assert ("นำรายชื่อนี้ออกจากบัญชีรายชื่อแล้ว" in refused.text, "ประธานเครือข่ายที่พิมพ์ไว้" in refused.text) == (True, True)
    assert refused.links()["บัญชีรายชื่อการประชุม"] == NORTH


def test_a_line_corrected_meanwhile_is_not_taken_off_unasked(organiser: PageClient) -> None:
    path = line_path(organiser.get(NORTH), "นางมาลา วงศ์คำ")
    page = organiser.get(path)
    organiser.submit(path, {"post": "เพิ่งแก้ตำแหน่ง"}, form=1)
    refused = organiser.submit(page, {}, form="remove", status=409)
    assert "เพิ่งแก้ตำแหน่ง" in [node.get("value") for node in refused.root.iter("input")]
    assert "นางมาลา วงศ์คำ" not in organiser.submit(refused, {}, form="remove", follow=True).text.split("บันทึกเวลา")[1]


def test_a_name_that_stands_on_a_list_is_added_again_only_on_purpose(organiser: PageClient) -> None:
    refused = organiser.submit(NORTH, {"name": "มาลา วงศ์คำ"}, form="attendance#add", status=422)
    assert ("อาจมีรายนี้อยู่แล้ว" in refused.text, refused.errors()) == (
        True,
        ["ชื่อนี้อยู่ในบัญชีรายชื่อแล้ว จึงยังไม่ได้บันทึก หากเป็นคนละรายกัน กรุณาเลือกว่าเป็นคนละรายกัน แล้วกดปุ่มเดิมอีกครั้ง"],
    )
    assert [len(found) for found in names(refused)] == [3, 0, 0]
    added = organiser.submit(refused, {"is_another": "y"}, form="attendance#add", follow=True)
    assert names(added)[2] == ["มาลา วงศ์คำ"]


def test_of_two_people_of_one_name_the_chair_is_chosen(app: Flask, organiser: PageClient) -> None:
    page = organiser.submit(NORTH, {"name": "นางมาลา วงศ์คำ"}, form="attendance#add", status=422)
    again = {"is_another": "y", "list": "came", "post": "อีกคนหนึ่ง"}
    page = organiser.submit(page, again, form="attendance#add", follow=True)
    with app.app_context():
        query = select(Attendance).where(Attendance.name == "นางมาลา วงศ์คำ").order_by(Attendance.id.desc())
        second = db.session.scalars(query).first()
        assert second is not None
        second_id = str(second.id)
    asked = organiser.submit(NORTH, {"chair": "นางมาลา วงศ์คำ", "chair_line_id": ""}, form="sitting", status=422)
    organiser.submit(asked, {"chair_line_id": second_id}, form="sitting")
    assert form_values(organiser._form(organiser.get(NORTH), "sitting"))["chair_line_id"] == second_id
