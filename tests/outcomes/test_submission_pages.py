"""The way of the outcomes through the pages, and who is let in where."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.outcomes.models import Submission
from tests.outcomes.recorders import NORTH, SOUTH, coordinator_of, field_value, item_path, new_row
from tests.outcomes.sample_round import item_at, meeting_at, texts_of
from tests.pages import Page, PageClient, form_values, text_of

pytestmark = pytest.mark.usefixtures("sample")


def test_the_whole_way_through_the_pages(app: Flask) -> None:
    region, organiser = coordinator_of(app, "north"), PageClient(app).sign_in_as("organiser")
    submission, reader = f"{NORTH}/submission", PageClient(app).sign_in_as("reader")
    reader.get(f"{NORTH}/outcomes", 403)
    checked = region.get(submission)
    assert "ประเด็นร่วมเหล่านี้ยังไม่มีข้อสรุป" in checked.text
    assert "ส่งข้อสรุป 2 ข้อให้ส่วนกลาง" in checked.text
    sent = region.submit(checked, {}, form="submission", follow=True)
    assert "ส่งแล้ว รอส่วนกลางพิจารณา" in sent.text

    refused = decide(organiser, submission, "return", status=422)
    assert refused.errors() == ["ข้อความถึงภาค: กรุณาระบุสิ่งที่ให้ภาคแก้ไขหรือเพิ่มเติม"]
    decide(organiser, submission, "return", remark="ขอข้อสรุปข้อ 2")
    assert "ขอข้อสรุปข้อ 2" in region.get(f"{NORTH}/outcomes").text

    region.submit(item_path(app, "north", "4.2"), new_row(0, "proposal", "ตั้งศูนย์เรียนรู้"), form="outcomes")
    region.submit(submission, {}, form="submission")
    reader.get(f"{NORTH}/outcomes", 403)
    accepted = decide(organiser, submission, "accept")
    assert "ส่วนกลางรับแล้ว" in accepted.text
    assert "ตั้งศูนย์เรียนรู้" in reader.get(f"{NORTH}/outcomes").text


def test_after_resubmission_the_remark_says_when_by_whom_and_what_changed_since(app: Flask) -> None:
    region, organiser = coordinator_of(app, "northeast"), PageClient(app).sign_in_as("organiser")
    path = "/rounds/2550-1/northeast"
    with app.app_context():
        item = item_at(db.session(), meeting_at(db.session(), "northeast"), "4.1")
        item_id, was = item.id, texts_of(db.session(), item)[0]
    decide(organiser, f"{path}/submission", "return", remark="ขอรายละเอียดข้อ 4.1")
    unchanged = region.get(f"{path}/submission").text
    assert "ยังไม่มีการแก้ไข" in unchanged
    region.submit(
        f"{path}/outcomes/{item_id}",
        {"outcomes-0-text": "ข้อสรุปที่แก้แล้ว", "discussion": "คุยกันต่อ", **new_row(2, "problem", "ข้อใหม่")},
        form="outcomes",
    )
    region.submit(f"{path}/submission", {}, form="submission")
    for reader in (region, organiser):
        page = reader.get(f"{path}/submission").text
        assert "ขอรายละเอียดข้อ 4.1" in page
        assert re.search(r"ส่งคืนให้ภาคแก้ไขเมื่อ \d+ \S+ \d{4} [\d.]+ น\., ส่วนกลาง", page)
        for words in ("4.1 แก้ไขข้อสรุป", was, "ข้อสรุปที่แก้แล้ว", "4.1 เพิ่มข้อสรุป", "ข้อใหม่", "4.1 แก้ไขบันทึกการพูดคุย"):
            assert words in page, words
    accepted = decide(organiser, f"{path}/submission", "accept").text
    assert "ขอรายละเอียดข้อ 4.1" not in accepted


def decide(client: PageClient, path: str | Page, act: str, remark: str = "", status: int = 302) -> Page:
    page = path if isinstance(path, Page) else client.get(path)
    form = next(node for node in page.root.iter("form") if "decision" in (node.get("action") or ""))
    data = form_values(form) | {"act": act, "remark": remark}
    response = client.http.post((form.get("action") or "").partition("#")[0], data=data)
    if response.status_code == 302:
        return client.get(response.headers["Location"])
    return client._checked(response, status)


def test_an_organiser_is_not_asked_to_submit_what_waits_for_the_region(app: Flask) -> None:
    organiser, region = PageClient(app).sign_in_as("organiser"), coordinator_of(app, "north")
    page, own = organiser.get(f"{NORTH}/submission"), region.get(f"{NORTH}/submission")
    assert (page.heading, "รอภาคแก้ไข" in page.text) == ("ข้อสรุปของภาค", True)
    assert (own.heading, "รอภาคแก้ไข" in own.text) == ("ส่งข้อสรุปให้ส่วนกลาง", False)
    buttons = [node for form in page.root.iter("form") for node in form.iter("button") if text_of(node) == "ส่งแทนภาค"]
    assert ["button-secondary" in (node.get("class") or "") for node in buttons] == [True]
    assert "รอภาคส่ง" in organiser.get("/rounds/2550-1/bangkok/submission").text


def test_what_changed_while_an_organiser_read_is_not_accepted_and_the_remark_stays(app: Flask) -> None:
    path = "/rounds/2550-1/northeast/submission"
    first, second = PageClient(app).sign_in_as("organiser"), PageClient(app).sign_in_as("organiser")
    page = first.get(path)
    decide(second, path, "return", remark="ขอแก้ข้อ 1")
    second.submit(item_path(app, "northeast", "4.1"), {"outcomes-0-text": "คัดเลือกแล้ว 40 ตำบล"}, form="outcomes")
    second.submit(path, {}, form="submission")
    stale = decide(first, page, "accept", remark="ขอบคุณ", status=409)
    assert "คัดเลือกแล้ว 40 ตำบล" in stale.text
    assert field_value(stale, "remark") == "ขอบคุณ"
    with app.app_context():
        states = set(db.session.scalars(select(Submission.state).join(Submission.meeting)))
        assert {state.value for state in states} == {"accepted", "submitted", "returned"}
    decide(first, stale, "accept")


def test_a_coordinator_decides_nothing(app: Flask) -> None:
    region = coordinator_of(app, "northeast")
    page = region.get("/rounds/2550-1/northeast/submission")
    assert "decision" not in "".join(node.get("action") or "" for node in page.root.iter("form"))
    token = region.get("/rounds/2550-1/northeast/programme")
    values = {"csrf_token": field_value(token, "csrf_token"), "act": "accept"}
    response = region.http.post("/rounds/2550-1/northeast/submission/decision", data=values)
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("west", "ยังไม่ถึงวันประชุม ส่งข้อสรุปได้ตั้งแต่วันแรกของการประชุม"),
        ("meetings/2007-01-23", "ยังไม่มีข้อสรุป กรุณาบันทึกข้อสรุปของการประชุมก่อน"),
    ],
)
def test_what_cannot_be_submitted_says_why_and_offers_no_button(client: PageClient, slug: str, sentence: str) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"/rounds/2550-1/{slug}/submission")
    assert sentence in page.text
    assert [node for node in page.root.iter("form") if "submission" in (node.get("action") or "")] == []


OTHERS_PAGES = ["agenda", "submission", "attendance"]


@pytest.mark.parametrize("page", OTHERS_PAGES)
def test_another_regions_coordinator_is_refused(client: PageClient, page: str) -> None:
    client.sign_in_as("coordinator").get(f"{NORTH}/{page}", 403)


@pytest.mark.parametrize("slug", ["northeast", "north", "bangkok", "west"])
def test_another_regions_outcomes_are_read_by_nobody_before_they_are_accepted(client: PageClient, slug: str) -> None:
    page = client.sign_in_as("coordinator").get(f"/rounds/2550-1/{slug}/outcomes", 403)
    assert "เมื่อส่วนกลางรับข้อสรุปแล้ว" in page.text


@pytest.mark.parametrize("page", OTHERS_PAGES)
def test_a_reader_changes_nothing(client: PageClient, page: str) -> None:
    client.sign_in_as("reader").get(f"{SOUTH}/{page}", 403)


def test_a_reader_reads_accepted_outcomes_without_discussion_and_without_names(client: PageClient) -> None:
    page = client.sign_in_as("reader").get(f"{SOUTH}/outcomes")
    assert "จัดทำแบบสำรวจข้อมูลกลุ่มการเงิน" in page.text
    assert "น.ส.วรรณา" not in page.text
    assert "ประธานกล่าวต้อนรับ" not in page.text


def test_the_region_reads_its_own_with_names(client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get(f"{SOUTH}/outcomes")
    assert "ผู้รับผิดชอบ: น.ส.วรรณา ทองคำ (ตัวอย่าง)" in page.text


def test_a_reader_cannot_read_one_item_of_a_draft(app: Flask, client: PageClient) -> None:
    client.sign_in_as("reader").get(item_path(app, "bangkok", "4.1"), 403)


def test_nobody_signed_in_is_sent_to_sign_in(client: PageClient) -> None:
    page = client.get(f"{SOUTH}/outcomes", 302)
    assert "/login" in page.response.headers["Location"]


def test_a_draft_is_marked_as_one(client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/rounds/2550-1/bangkok/outcomes")
    assert "ร่างนี้อ่านได้เฉพาะ" in page.text


def test_an_accepted_item_offers_no_form_and_says_what_opens_it(app: Flask, client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get(item_path(app, "south", "4.1"))
    assert [node.get("id") for node in page.root.iter("form") if node.get("id")] == []
    assert "แก้ไขได้อีกเมื่อส่วนกลางส่งคืน" in page.text


def test_an_item_of_another_meeting_is_not_found(app: Flask, client: PageClient) -> None:
    number = item_path(app, "south", "1").rpartition("/")[2]
    client.sign_in_as("organiser").get(f"{NORTH}/outcomes/{number}", 404)


def test_a_number_beyond_all_numbers_is_not_found(client: PageClient) -> None:
    client.sign_in_as("organiser").get(f"{NORTH}/outcomes/99999999999999999999", 404)


def test_the_loser_of_two_who_submit_sees_where_it_stands(app: Flask) -> None:
    first, second = (PageClient(app).sign_in_as("organiser") for _number in range(2))
    submission = f"{NORTH}/submission"
    waiting = second.get(submission)
    first.submit(submission, {}, form="submission")
    page = second.submit(waiting, {}, form="submission", status=409)
    assert "ส่งแล้ว รอส่วนกลางพิจารณา" in page.text
    assert page.errors() != []


@pytest.mark.parametrize("act", ["return", "accept"])
def test_a_remark_to_what_was_decided_meanwhile_is_kept(app: Flask, act: str) -> None:
    region, first, second = coordinator_of(app, "north"), *(PageClient(app).sign_in_as("organiser") for _ in range(2))
    submission = f"{NORTH}/submission"
    region.submit(submission, {}, form="submission")
    waiting = second.get(submission)
    decide(first, submission, act, remark="ขอเพิ่มข้อ 2")
    form = next(node for node in waiting.root.iter("form") if "decision" in (node.get("action") or ""))
    data = form_values(form) | {"remark": "ข้อความยาวของคนที่สอง", "act": "return"}
    answer = second.http.post(f"{submission}/decision", data=data)
    assert answer.status_code == 409
    assert "ข้อความยาวของคนที่สอง" in answer.get_data(as_text=True)
