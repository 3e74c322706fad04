"""The agenda's and the programme's pages."""

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import update

from forumplanner.agenda.models import AgendaItem
from forumplanner.core.db import db
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.services import set_hours
from tests.outcomes.sample_round import counted_queries, item_at, meeting_at, numbered_titles
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
WEST = "/rounds/2550-1/west"
WORKING = "/rounds/2550-1/meetings/2006-11-19"


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def item_id(app: Flask, slug: str, number: str) -> int:
    with app.app_context():
        return item_at(db.session(), meeting_at(db.session(), slug), number).id


def titles(app: Flask, slug: str) -> list[str]:
    with app.app_context():
        return numbered_titles(db.session(), meeting_at(db.session(), slug))


def lines(page: Page) -> list[str]:
    rows = [node for table in page.find_all("programme") for node in table.iter("tr")]
    return [" ".join(text_of(cell) for cell in list(row)[:2]) for row in rows if row.find("td") is not None]


def test_an_item_is_added_where_it_was_asked_for(app: Flask, organiser: PageClient) -> None:
    parent = str(item_id(app, "west", "3"))
    organiser.submit(f"{WEST}/agenda", {"title_th": "ติดตามงาน", "parent_id": parent}, form="/agenda#add", follow=True)
    assert "3.1 ติดตามงาน" in titles(app, "west")


def test_an_item_without_a_title_is_refused_and_the_rest_stays(organiser: PageClient) -> None:
    page = organiser.submit(f"{WEST}/agenda", {"title_en": "Follow-up"}, form="/agenda#add", status=422)
    assert page.errors() == ["ชื่อระเบียบวาระ: กรุณากรอกช่องนี้"]
    assert "Follow-up" in [node.get("value") for node in page.root.iter("input")]


def test_an_item_moves_by_its_button(app: Flask, organiser: PageClient) -> None:
    moving = item_id(app, "west", "5")
    organiser.submit(f"{WEST}/agenda", {}, form=f"{moving}/move")
    assert titles(app, "west")[3] == "4 เรื่องอื่น ๆ"


def test_an_item_is_renamed(app: Flask, organiser: PageClient) -> None:
    organiser.submit(f"{WEST}/agenda/{item_id(app, 'west', '5')}", {"title_th": "นัดหมายครั้งต่อไป"}, form="agenda")
    assert titles(app, "west")[-1] == "5 นัดหมายครั้งต่อไป"


def test_of_two_who_rename_the_second_sees_both_and_can_save_deliberately(app: Flask, organiser: PageClient) -> None:
    path = f"{WEST}/agenda/{item_id(app, 'west', '5')}"
    page = organiser.get(path)
    PageClient(app).sign_in_as("organiser").submit(path, {"title_th": "ของคนแรก"}, form="agenda")
    stale = organiser.submit(page, {"title_th": "ของคนที่สอง"}, form="agenda", status=409)
    assert [("ของคนแรก" in stale.text), ("ของคนที่สอง" in stale.text)] == [True, True]
    organiser.submit(stale, {}, form="agenda")
    assert titles(app, "west")[-1] == "5 ของคนที่สอง"


def test_an_empty_item_is_deleted(app: Flask, organiser: PageClient) -> None:
    organiser.submit(f"{WEST}/agenda/{item_id(app, 'west', '5')}", {}, form="delete", follow=True)
    assert titles(app, "west")[-1].startswith("4.4")


@pytest.mark.parametrize(
    ("slug", "number", "reason"),
    [
        ("west", "4", "มีข้อย่อยอยู่"),
        ("west", "4.1", "เป็นประเด็นร่วม"),
        ("north", "1", "มีบันทึกการพูดคุยอยู่"),
    ],
)
def test_what_cannot_be_deleted_says_why_and_offers_no_button(
    app: Flask, organiser: PageClient, slug: str, number: str, reason: str
) -> None:
    path = f"/rounds/2550-1/{slug}/agenda/{item_id(app, slug, number)}"
    page = organiser.get(path)
    assert reason in page.text
    assert [node for node in page.root.iter("form") if "delete" in (node.get("action") or "")] == []
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    assert organiser.http.post(f"{path}/delete", data={"csrf_token": token}).status_code == 409
    assert organiser.get(path).status == 200


def test_a_working_meeting_begins_with_the_usual_agenda(app: Flask, organiser: PageClient) -> None:
    organiser.submit(f"{WORKING}/agenda", {}, form="usual", follow=True)
    assert [title.split()[0] for title in titles(app, "2006-11-19")] == ["1", "2", "3", "4", "5"]


def test_the_usual_agenda_given_meanwhile_is_not_given_again(app: Flask, organiser: PageClient) -> None:
    page, other = (organiser.get(f"{WORKING}/agenda") for _tab in range(2))
    organiser.submit(page, {}, form="usual")
    again = organiser.submit(other, {}, form="usual", status=409)
    assert again.errors() == ["การประชุมนี้มีระเบียบวาระแล้ว"]
    assert len(titles(app, "2006-11-19")) == 5


def test_questions_of_the_round_are_marked(organiser: PageClient) -> None:
    marks = [text_of(node) for node in organiser.get(f"{WEST}/agenda").find_all("question-mark")]
    assert marks == [f"ประเด็นร่วมข้อ {number}" for number in range(1, 5)]


def test_a_closed_agenda_offers_nothing_to_change_and_says_what_opens_it(organiser: PageClient) -> None:
    page = organiser.get("/rounds/2550-1/south/agenda")
    forms = [node.get("action") for node in page.root.iter("form") if "agenda" in (node.get("action") or "")]
    assert (forms, "แก้ไขได้อีกเมื่อส่วนกลางส่งคืน" in page.text) == ([], True)


def test_an_item_typed_while_the_record_closes_is_kept(organiser: PageClient) -> None:
    page = organiser.get("/rounds/2550-1/bangkok/agenda")
    organiser.submit("/rounds/2550-1/bangkok/submission", {}, form="submission")
    refused = organiser.submit(page, {"title_th": "พิมพ์ค้างไว้"}, form="/agenda#add", status=409)
    assert "พิมพ์ค้างไว้" in [node.get("value") for node in refused.root.iter("input")]


def test_everybody_reads_the_programme_in_the_order_of_the_day(client: PageClient) -> None:
    page = client.get("/rounds/2550-1/south/programme")
    assert lines(page)[:2] == ["09.00-09.30 น. ลงทะเบียน", "09.30-10.30 น. เปิดการประชุม และเรื่องที่ประธานแจ้งให้ทราบ"]
    assert page.find_all("programme-change") == []


def test_the_programme_of_a_proposed_meeting_is_not_public(app: Flask, client: PageClient) -> None:
    with app.app_context():
        db.session.execute(update(Meeting).where(Meeting.slug == "west").values(status=MeetingStatus.PROPOSED))
        db.session.commit()
    client.get(f"{WEST}/programme", 404)
    assert client.sign_in_as("coordinator").get(f"{WEST}/programme").status == 200


@pytest.mark.parametrize("typed", ["9.30", "09:30", "๙.๓๐", "9.30 น."])
def test_a_line_is_added_with_its_time_as_people_type_it(organiser: PageClient, typed: str) -> None:
    values = {"on": "2006-11-19", "starts_at": typed, "ends_at": "10.30", "activity_th": "เปิดประชุม", "room": "ห้อง 2"}
    page = organiser.submit(f"{WORKING}/programme", values, form="programme", follow=True)
    assert lines(page) == ["09.30-10.30 น. เปิดประชุม (ห้อง 2)"]


def test_the_next_line_begins_where_the_last_one_ended(organiser: PageClient) -> None:
    values = {"on": "2006-11-19", "starts_at": "9.30", "ends_at": "10.30", "activity_th": "เปิดประชุม"}
    page = organiser.submit(f"{WORKING}/programme", values, form="programme", follow=True)
    assert next(node.get("value") for node in page.root.iter("input") if node.get("name") == "starts_at") == "10.30"


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"starts_at": "25.00", "activity_th": "งาน"}, ["เริ่มเวลา:"]),
        ({"starts_at": "", "activity_th": ""}, ["เริ่มเวลา:", "กิจกรรม:"]),
        ({"starts_at": "10.30", "ends_at": "9.30", "activity_th": "งาน"}, ["ถึงเวลา:"]),
        ({"starts_at": "10.00", "ends_at": "9.00", "activity_th": ""}, ["ถึงเวลา:", "กิจกรรม:"]),
        ({"on": "2007-01-01", "starts_at": "10.30", "activity_th": "งาน"}, ["วันที่:"]),
        ({"on": "nonsense", "starts_at": "10.30", "activity_th": "งาน"}, ["วันที่:"]),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_beside_its_fields_and_kept(
    organiser: PageClient, values: dict[str, str], errors: list[str]
) -> None:
    page = organiser.submit(f"{WEST}/programme", values, form="programme", status=422)
    assert [error.split(" ")[0] for error in page.errors()] == errors
    shown = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert {name: shown[name] for name in values if name != "on"} == {n: v for n, v in values.items() if n != "on"}


def test_a_line_on_a_day_the_meeting_lost_shows_its_other_faults_too(app: Flask, organiser: PageClient) -> None:
    values = {"on": "2006-11-19", "starts_at": "9.30", "activity_th": "เปิดประชุม"}
    page = organiser.submit(f"{WORKING}/programme", values, form="programme", follow=True)
    path = next(href for words, href in page.links().items() if words == "แก้ไข เปิดประชุม")
    with app.app_context():
        later = {"starts_on": date(2006, 11, 20), "ends_on": date(2006, 11, 20)}
        db.session.execute(update(Meeting).where(Meeting.slug == "2006-11-19").values(later))
        db.session.commit()
    refused = organiser.submit(path, {"ends_at": "9.00"}, form=1, status=422)
    assert [error.split(" ")[0] for error in refused.errors()] == ["วันที่:", "ถึงเวลา:"]


def test_lines_at_one_time_are_taken_and_named_beside_each_other_to_whoever_changes_them(
    app: Flask, organiser: PageClient
) -> None:
    for activity, room in (("กลุ่มออมทรัพย์", ""), ("กลุ่มสวัสดิการ", "ห้อง 2")):
        values = {"starts_at": "18.00", "ends_at": "19.00", "activity_th": activity, "room": room}
        page = organiser.submit(f"{WEST}/programme", values, form="programme", follow=True)
    warned = [text_of(node) for node in page.find_all("notice-warning")]
    assert [words.split(" หาก")[0] for words in warned if "เวลาทับซ้อน" in words] == [
        "เวลาทับซ้อนกับ กลุ่มสวัสดิการ",
        "เวลาทับซ้อนกับ กลุ่มออมทรัพย์",
    ]
    assert "เวลาทับซ้อน" not in PageClient(app).get(f"{WEST}/programme").text


def test_a_line_beyond_the_hours_of_its_day_says_so(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        meeting = meeting_at(db.session(), "west")
        set_hours(meeting, {meeting.starts_on: (time(9), time(16, 30))})
        db.session.commit()
    values = {"starts_at": "18.00", "ends_at": "19.00", "activity_th": "งานเลี้ยง"}
    page = organiser.submit(f"{WEST}/programme", values, form="programme", follow=True)
    warned = [text_of(node) for node in page.find_all("notice-warning")]
    assert warned == ["อยู่นอกเวลาประชุมที่กำหนดไว้ (09.00-16.30 น.)"]


def test_a_line_is_changed_and_deleted(organiser: PageClient) -> None:
    values = {"on": "2006-11-19", "starts_at": "9.30", "activity_th": "เปิดประชุม"}
    page = organiser.submit(f"{WORKING}/programme", values, form="programme", follow=True)
    path = next(href for words, href in page.links().items() if words == "แก้ไข เปิดประชุม")
    changed = organiser.submit(path, {"activity_th": "พิธีเปิด"}, form=1, follow=True)
    assert lines(changed) == ["09.30 น. พิธีเปิด"]
    deleted = organiser.submit(path, {}, form="delete", follow=True)
    assert lines(deleted) == []


def test_a_coordinator_changes_her_own_region_and_no_other(client: PageClient) -> None:
    client.sign_in_as("coordinator")
    assert client.get("/rounds/2550-1/south/programme").find_all("programme-change") != []
    page = client.get(f"{WEST}/programme")
    assert page.find_all("programme-change") == []
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    assert client.http.post(f"{WEST}/programme", data={"csrf_token": token}).status_code == 403


def test_the_agenda_takes_as_many_queries_with_thirty_items_as_with_nine(app: Flask, organiser: PageClient) -> None:
    with app.app_context(), counted_queries() as few:
        organiser.get(f"{WEST}/agenda")
    with app.app_context():
        meeting_id = meeting_at(db.session(), "west").id
        db.session.add_all(
            AgendaItem(meeting_id=meeting_id, position=100 + number, title_th=f"เรื่องที่ {number}") for number in range(21)
        )
        db.session.commit()
    with app.app_context(), counted_queries() as many:
        page = organiser.get(f"{WEST}/agenda")
    assert "เรื่องที่ 20" in page.text
    assert len(many) == len(few)


def change_path(organiser: PageClient) -> str:
    links = organiser.get(f"{WEST}/programme").links()
    return next(href for words, href in links.items() if words.startswith("แก้ไข "))


def test_a_line_deleted_while_it_is_changed_shows_what_was_typed(organiser: PageClient) -> None:
    path = change_path(organiser)
    page = organiser.get(path)
    organiser.submit(path, {}, form="delete")
    refused = organiser.submit(page, {"activity_th": "กิจกรรมที่พิมพ์ไว้"}, form=1, status=409)
    assert ("ลบรายการนี้ออกจากกำหนดการแล้ว" in refused.text, "กิจกรรมที่พิมพ์ไว้" in refused.text) == (True, True)
    assert refused.links()["กำหนดการ"] == f"{WEST}/programme"


def test_a_line_changed_meanwhile_is_not_deleted_unasked(organiser: PageClient) -> None:
    path = change_path(organiser)
    page = organiser.get(path)
    organiser.submit(path, {"activity_th": "กิจกรรมที่เพิ่งแก้"}, form=1)
    refused = organiser.submit(page, {}, form="delete", status=409)
    assert "กิจกรรมที่เพิ่งแก้" in [node.get("value") for node in refused.root.iter("input")]
    organiser.submit(refused, {}, form="delete")
    organiser.get(path, 404)
