"""Every link and every input that can come to a participant's pages."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from forumplanner.core.db import db
from forumplanner.history.services import Actor
from forumplanner.invitations import services
from forumplanner.invitations.models import Invitation, Reply
from forumplanner.invitations.services.links import REPLY_PURPOSE
from forumplanner.partners.models import Partner, Person
from forumplanner.rounds.models import MeetingStatus
from forumplanner.rounds.services import get_meeting
from forumplanner.web.private_links import make_form_token, make_private_link
from tests.invitations.conftest import invitation_of
from tests.invitations.replying import SIRIPORN, LinkOf, answer_of, buttons, press
from tests.pages import PageClient, form_values, text_of

pytestmark = pytest.mark.usefixtures("sample")
HELD = ("south", "สมชาย ใจดี")


@pytest.mark.parametrize("end", ["", "/delegate", "/done"])
@pytest.mark.parametrize("link", ["x", "j-1-aaaaaaaaaaaaaaaaaaaa", "ลิงก์", "1" * 500])
def test_an_unknown_link_says_what_to_do(client: PageClient, link: str, end: str) -> None:
    page = client.get(f"/reply/{link}{end}", 404)
    assert "กรุณาตรวจสอบว่าคัดลอกลิงก์มาครบทั้งหมด หรือโทรสอบถามผู้ประสานงานที่เชิญท่าน" in page.text


def test_a_link_typed_in_capitals_opens(client: PageClient, own: str) -> None:
    secret = own.removeprefix("/reply/")
    client.get(f"/reply/{secret.upper()}")


def change(app: Flask, where: tuple[str, str], what: Callable[..., None]) -> None:
    with app.app_context():
        what(db.session(), Actor(None, "ผู้ประสานงาน"), invitation_of(db.session(), *where))
        db.session.commit()
        db.session.remove()


def test_a_replaced_link_says_so_and_whom_to_ask(client: PageClient, own: str, sample: Flask) -> None:
    change(sample, SIRIPORN, services.renew_link)
    page = client.get(own, 410)
    assert ["มีลิงก์ใหม่แทนลิงก์นี้แล้ว" in page.text, "081-000-0098" in page.text] == [True, True]


def test_a_withdrawn_invitation_says_so_and_takes_no_answer(client: PageClient, own: str, sample: Flask) -> None:
    page = client.get(own)
    change(sample, SIRIPORN, services.revoke_invitation)
    assert "ถอนคำเชิญนี้แล้ว" in client.get(own, 410).text
    press(client, page, "accepted", status=410)
    assert answer_of(sample, SIRIPORN)[0] is None


def test_a_cancelled_meeting_says_so_and_has_no_buttons(
    client: PageClient, own: str, sample: Flask, change_status: Callable[[str, MeetingStatus], None]
) -> None:
    before = client.get(own)
    change_status("west", MeetingStatus.CANCELLED)
    page = client.get(own)
    assert ("การประชุมนี้ยกเลิกแล้ว" in page.text, buttons(page)) == (True, [])
    refused = press(client, before, "accepted", status=409)
    assert ("ยังไม่ได้บันทึกคำตอบของท่าน" in refused.text, answer_of(sample, SIRIPORN)[0]) == (True, None)


def test_a_meeting_not_announced_shows_neither_day_nor_buttons(
    client: PageClient, own: str, change_status: Callable[[str, MeetingStatus], None]
) -> None:
    change_status("west", MeetingStatus.PROPOSED)
    page = client.get(own)
    assert ("ยังไม่ประกาศกำหนดวัน" in page.text, "มี.ค. 2550" in page.text.split("ข้อมูลตัวอย่าง")[0], buttons(page)) == (
        True,
        False,
        [],
    )


def test_after_the_day_the_page_stays_with_its_answer_read_only(client: PageClient, link_of: LinkOf) -> None:
    page = client.get(link_of(*HELD))
    assert ("การประชุมสิ้นสุดแล้ว หน้านี้ยังเป็นของท่าน" in page.text, buttons(page)) == (True, [])
    client.get(f"{link_of(*HELD)}/done")


def test_an_answer_after_the_day_is_refused_and_nothing_changes(client: PageClient, own: str, sample: Flask) -> None:
    page = client.get(own)
    with sample.app_context():
        meeting = get_meeting(db.session(), "2550-1", "west")
        meeting.starts_on, meeting.ends_on = date(2007, 3, 1), date(2007, 3, 2)
        db.session.commit()
    refused = press(client, page, "accepted", status=409)
    assert ("การประชุมสิ้นสุดแล้ว" in refused.text, answer_of(sample, SIRIPORN)[0]) == (True, None)


@pytest.mark.parametrize("how", ["cancelled", "withdrawn"])
@pytest.mark.parametrize("end", ["/delegate", "/comment"])
def test_what_was_typed_is_shown_again_where_it_comes_too_late(
    client: PageClient,
    own: str,
    sample: Flask,
    change_status: Callable[[str, MeetingStatus], None],
    how: str,
    end: str,
) -> None:
    with sample.app_context():
        meeting = get_meeting(db.session(), "2550-1", "west")
        meeting.contact_name, meeting.contact_phone = "คุณมาลี", "081 000 0001"
        db.session.commit()
    press(client, own, "accepted")
    page = client.get(f"{own}{end}" if end == "/delegate" else f"{own}/done")
    if how == "cancelled":
        change_status("west", MeetingStatus.CANCELLED)
    else:
        change(sample, SIRIPORN, services.revoke_invitation)
    typed = {"comment": "ติดงานศพ\nขออภัย"} | ({"delegate_name": "นายมา แทน"} if end == "/delegate" else {})
    refused = client.submit(page, typed, form=end, status=409 if how == "cancelled" else 410)
    shown = [text_of(node) for node in refused.find_all("conflict-text")]
    assert shown == (["นายมา แทน"] if end == "/delegate" else []) + ["ติดงานศพ ขออภัย"]
    assert "กรุณาโทรแจ้ง คุณมาลี 081-000-0001" in refused.text
    assert answer_of(sample, SIRIPORN) == ("accepted", None, None)


def test_a_message_without_an_answer_is_shown_again(client: PageClient, own: str, sample: Flask) -> None:
    page = client.get(own)
    token = form_values(next(page.root.iter("form")))["csrf_token"]
    answer = client.http.post(f"{own}/comment", data={"csrf_token": token, "comment": "ติดงานศพ"})
    assert (answer.status_code, "ติดงานศพ" in answer.get_data(as_text=True)) == (422, True)


@pytest.mark.parametrize("end", ["", "/delegate", "/done"])
def test_nobody_else_learns_the_link(client: PageClient, own: str, end: str) -> None:
    press(client, own, "accepted")
    headers = client.get(f"{own}{end}").response.headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"], "noindex" in headers["X-Robots-Tag"]) == (
        "no-referrer",
        "private, no-store",
        True,
    )


def test_the_error_pages_of_links_keep_the_same_silence(client: PageClient) -> None:
    headers = client.get("/reply/x", 404).response.headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "private, no-store")


def test_an_answer_needs_no_referrer_over_https(client: PageClient, own: str, sample: Flask) -> None:
    page = client.http.get(own, base_url="https://localhost")
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "answer": "accepted"}
    answer = client.http.post(own, data=data, base_url="https://localhost")
    assert (answer.status_code, answer_of(sample, SIRIPORN)[0]) == (303, "accepted")


@pytest.mark.parametrize("end", ["/delegate", "/comment"])
def test_ten_megabytes_get_the_413_page_and_change_nothing(
    client: PageClient, own: str, sample: Flask, end: str
) -> None:
    press(client, own, "accepted")
    page = client.get(own)
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    data = {"csrf_token": token, "comment": "ก" * 3_500_000, "delegate_name": "นายมา"}
    answer = client.http.post(f"{own}{end}", data=data)
    assert (answer.status_code, "ขนาดใหญ่เกินไป" in answer.get_data(as_text=True)) == (413, True)
    assert answer_of(sample, SIRIPORN) == ("accepted", None, None)


def test_control_characters_are_refused_in_words(client: PageClient, own: str, sample: Flask) -> None:
    page = client.get(f"{own}/delegate")
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    answer = client.http.post(f"{own}/delegate", data={"csrf_token": token, "delegate_name": "นาย\x1bมา"})
    assert (answer.status_code, "U+001B" in answer.get_data(as_text=True)) == (422, True)
    assert answer_of(sample, SIRIPORN)[0] is None


@pytest.mark.parametrize("name", ["<img src=x>", '=cmd|"/c calc"!A1', "Bcc: x@example.org", "ก,ข;ค", "{{ 7*7 }}"])
def test_a_delegates_odd_name_is_kept_and_harmless(client: PageClient, own: str, sample: Flask, name: str) -> None:
    page = client.submit(f"{own}/delegate", {"delegate_name": name}, form="/delegate", status=303, follow=True)
    assert (name in page.text, answer_of(sample, SIRIPORN)[1]) == (True, name)


def opened(client: PageClient, path: str) -> int:
    """The status of a page opened by a program that reads it to its end."""
    with client.http.get(path) as answer:
        return answer.status_code


def test_guessing_links_is_stopped_and_own_links_still_open(client: PageClient, own: str) -> None:
    with time_machine.travel("2026-01-01 00:00:01+00:00", tick=False):
        statuses = [opened(client, f"/reply/guess-{number}") for number in range(25)]
        assert (statuses[:20], statuses[20:], opened(client, own)) == ([404] * 20, [429] * 5, 200)
        press(client, own, "accepted")


def test_opening_an_own_link_is_never_counted(client: PageClient, own: str) -> None:
    assert {opened(client, own) for _ in range(80)} == {200}


def test_what_was_typed_survives_a_limit_and_is_sent_again(client: PageClient, own: str, sample: Flask) -> None:
    page = client.get(f"{own}/delegate")
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    typed = {"csrf_token": token, "delegate_name": "นายมา แทน", "comment": "ติดงานศพ"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    with time_machine.travel("2026-01-01 00:00:01+00:00", tick=False) as clock:
        for _ in range(60):
            client.http.post(own, data={"csrf_token": token, "answer": "declined"})
        refused = client._checked(client.http.post(f"{own}/delegate", data=typed, headers=headers), 429)
        shown = [text_of(node) for node in refused.find_all("conflict-text")]
        assert (shown, "กรุณารออีก 10 นาที" in refused.text) == (["นายมา แทน", "ติดงานศพ"], True)
        assert refused.response.headers["Retry-After"] == "600"
        clock.shift(601)
        client.submit(refused, {}, form="/delegate", status=303)
    assert answer_of(sample, SIRIPORN) == ("delegate", "นายมา แทน", "ติดงานศพ")


def test_what_was_typed_on_an_unknown_link_is_shown_again(client: PageClient) -> None:
    answer = client.http.post("/reply/1-1-aaaaaaaaaaaaaaaaaaaa/delegate", data={"comment": "ติดงานศพ"})
    assert "ติดงานศพ" in client._checked(answer, 404).text


def five_hundred_more(app: Flask) -> list[str]:
    """Links of five hundred people invited to the western forum besides."""
    with app.app_context():
        session, settings = db.session(), app.config["SETTINGS"]
        found = invitation_of(session, *SIRIPORN)
        rows = []
        for table, wanted in ((Partner.__table__, found.partner_id), (Person.__table__, found.partner_id)):
            rows.append((table, dict(session.execute(select(table).where(table.c.id == wanted)).mappings().one())))
        table = Invitation.__table__
        own = dict(session.execute(select(table).where(table.c.id == found.id)).mappings().one())
        last, numbers = 100_000, range(1, 501)
        for which, row in rows:
            session.execute(which.insert(), [row | {"id": last + number} for number in numbers])
        many = [own | {"id": last + number, "partner_id": last + number} for number in numbers]
        session.execute(table.insert(), many)
        session.commit()
        links = [make_private_link(settings.link_key, REPLY_PURPOSE, last + number, 1) for number in numbers]
        db.session.remove()
    return links


def test_five_hundred_people_behind_one_address_answer_within_ten_minutes(sample: Flask) -> None:
    links, http = five_hundred_more(sample), sample.test_client()
    office = {"REMOTE_ADDR": "198.51.100.7"}
    with time_machine.travel("2026-01-01 00:00:01+00:00", tick=False):
        for number in range(25):
            http.get(f"/reply/guess-{number}", environ_base=office).close()
        answers = []
        for link in links:
            token = make_form_token(sample.config["SETTINGS"].link_key, link)
            data = {"csrf_token": token, "answer": "accepted"}
            answers.append(http.post(f"/reply/{link}", data=data, environ_base=office).status_code)
        with http.get("/reply/guess-again", environ_base=office) as guess:
            assert (answers, guess.status_code) == ([303] * 500, 429)
    with sample.app_context():
        counted = select(func.count()).select_from(Reply).where(Reply.invitation_id > 100_000)
        assert db.session.scalar(counted) == 500


def test_the_confirmation_tells_no_day_that_was_taken_back(
    client: PageClient, own: str, change_status: Callable[[str, MeetingStatus], None]
) -> None:
    press(client, own, "accepted")
    change_status("west", MeetingStatus.PROPOSED)
    assert client.http.get(f"{own}/done").headers["Location"] == own
