"""A participant's own pages: no account, no script, every link that can come."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from forumplanner.core.db import db
from forumplanner.history.services import Actor
from forumplanner.invitations import services
from forumplanner.invitations.models import Answer, Invitation, Reply
from forumplanner.rounds.models import MeetingDay, MeetingStatus
from forumplanner.rounds.services import get_meeting
from tests.invitations.conftest import invitation_of
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
SIRIPORN = ("west", "ศิริพร เพชรน้ำ")
MONK = ("east", "มนัส")
HELD = ("south", "สมชาย ใจดี")
LinkOf = Callable[..., str]


@pytest.fixture
def own(link_of: LinkOf) -> str:
    """The address of a page that has not been answered."""
    return link_of(*SIRIPORN)


def buttons(page: Page) -> list[str]:
    return [text_of(node) for node in page.find_all("reply")]


def replies(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Reply)) or 0


def answer_of(app: Flask, where: tuple[str, str]) -> tuple[Answer | None, str | None, str | None]:
    with app.app_context():
        found = invitation_of(db.session(), *where)
        return found.answer, found.delegate_name, found.comment


def press(client: PageClient, page: Page | str, answer: str, status: int = 303, follow: bool = True) -> Page:
    """Press one of the three buttons."""
    opened = page if isinstance(page, Page) else client.get(page)
    form = next(node for node in opened.root.iter("form") if "replies" in (node.get("class") or ""))
    token = next(node.get("value") for node in form.iter("input") if node.get("name") == "csrf_token")
    response = client.http.post(form.get("action") or "", data={"csrf_token": token, "answer": answer})
    assert response.status_code == status
    return client.get(response.headers["Location"]) if follow and status == 303 else client._checked(response, status)


def test_the_page_says_who_invites_whom_to_what_when_and_where(client: PageClient, own: str) -> None:
    page = client.get(own)
    main = page.root.find("body")
    assert page.heading == "ขอเชิญ นางศิริพร เพชรน้ำ"
    assert buttons(page) == ["มา", "ไม่มา", "ส่งผู้แทน"]
    for text in (
        "ผู้ประสานงานภาคตะวันตก",
        "ประชุมวงภาคตะวันตก",
        "พฤหัสบดี 8 - ศุกร์ 9 มี.ค. 2550",
        "พฤหัสบดี 8: 09.00-16.30 น.",
        "ห้องประชุมตัวอย่าง อ.เมือง จ.ราชบุรี",
    ):
        assert text in text_of(main)


def test_nothing_stands_between_the_place_and_the_buttons(client: PageClient, own: str) -> None:
    text = client.get(own).text
    between = text[text.index("จ.ราชบุรี") + len("จ.ราชบุรี") : text.index("ไม่มา")]
    assert between.split() == ["ท่านจะมาหรือไม่", "มา"]


def test_a_monk_is_addressed_as_one(client: PageClient, link_of: LinkOf) -> None:
    assert client.get(link_of(*MONK)).heading == "ขอนิมนต์ พระอาจารย์มนัส"


def test_an_agency_is_invited_as_a_seat(client: PageClient, link_of: LinkOf) -> None:
    page = client.get(link_of("national", "กรมการพัฒนาชุมชน"))
    assert page.heading == "ขอเชิญ อธิบดี กรมการพัฒนาชุมชน"


def test_the_page_reads_in_english(client: PageClient, own: str) -> None:
    page = client.get(f"{own}?lang=en")
    assert (buttons(page), "Thu 8 - Fri 9 Mar 2007" in page.text) == (
        ["I will come", "I will not come", "I will send a delegate"],
        True,
    )


def test_opening_any_page_changes_nothing(client: PageClient, own: str, sample: Flask) -> None:
    before = replies(sample)
    for path in (own, f"{own}?answer=accepted", f"{own}/delegate", f"{own}/done"):
        client.http.get(path)
        client.http.head(path)
    assert (replies(sample), answer_of(sample, SIRIPORN)) == (before, (None, None, None))


def test_a_post_without_the_pages_token_answers_nothing(client: PageClient, own: str, sample: Flask) -> None:
    answers = [
        client.http.post(f"{own}{end}", data={"answer": "accepted"}).status_code
        for end in ("", "/delegate", "/comment")
    ]
    assert (answers, answer_of(sample, SIRIPORN)[0]) == ([400, 400, 400], None)


@pytest.mark.parametrize(("answer", "word"), [("accepted", "มา"), ("declined", "ไม่มา")])
def test_one_press_answers(client: PageClient, own: str, sample: Flask, answer: str, word: str) -> None:
    page = press(client, own, answer)
    assert page.heading == "ได้รับคำตอบของท่านแล้ว"
    assert f"นางศิริพร เพชรน้ำ: {word}" in page.text
    assert answer_of(sample, SIRIPORN)[0] == answer


def test_a_second_opening_shows_the_answer_and_takes_another(client: PageClient, own: str, sample: Flask) -> None:
    press(client, own, "accepted")
    page = client.get(own)
    assert "ท่านตอบไว้ว่า มา" in page.text
    press(client, page, "declined")
    assert (answer_of(sample, SIRIPORN)[0], "ท่านตอบไว้ว่า ไม่มา" in client.get(own).text) == ("declined", True)


def test_a_delegate_is_asked_for_by_name(client: PageClient, own: str, sample: Flask) -> None:
    question = press(client, own, "delegate")
    assert (question.heading, answer_of(sample, SIRIPORN)[0]) == ("ใครมาแทนท่าน", None)
    typed = {"delegate_name": "นายมา แทน", "delegate_phone": "081 000 0009", "comment": "ติดงาน"}
    page = client.submit(question, typed, form="/delegate", status=303, follow=True)
    assert "ผู้มาแทนท่านคือ นายมา แทน 081-000-0009" in page.text
    assert answer_of(sample, SIRIPORN) == ("delegate", "นายมา แทน", "ติดงาน")


def test_a_delegate_without_a_name_is_refused_and_what_was_typed_stays(client: PageClient, own: str) -> None:
    typed = {"delegate_phone": "12", "comment": "ติดงาน"}
    page = client.submit(f"{own}/delegate", typed, form="/delegate", status=422)
    values = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert (len(page.errors()), values["delegate_phone"], text_of(next(page.root.iter("textarea")))) == (
        1,
        "12",
        "ติดงาน",
    )


def test_a_message_goes_with_the_answer(client: PageClient, own: str, sample: Flask) -> None:
    done = press(client, own, "declined")
    page = client.submit(done, {"comment": "ติดงานศพ"}, form="/comment", status=303, follow=True)
    assert "ได้รับข้อความของท่านแล้ว" in page.text
    assert answer_of(sample, SIRIPORN) == ("declined", None, "ติดงานศพ")


def test_pressing_the_same_answer_again_keeps_the_message(client: PageClient, own: str, sample: Flask) -> None:
    done = press(client, own, "accepted")
    client.submit(done, {"comment": "มา 2 คน"}, form="/comment", status=303)
    press(client, own, "accepted")
    assert answer_of(sample, SIRIPORN) == ("accepted", None, "มา 2 คน")


def test_the_confirmation_offers_the_dates_for_ones_own_calendar(client: PageClient, own: str) -> None:
    page = press(client, own, "accepted")
    found = list(page.links().values())
    feed = next(href for href in found if href.startswith("webcal://"))
    assert [
        "http://localhost/feeds/m/2550-1/west.ics" in found,
        feed.startswith("webcal://localhost/feeds/p/"),
        any(href.startswith("https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F") for href in found),
        bool(page.find_all("segno")),
    ] == [True] * 4
    assert client.http.get(feed.removeprefix("webcal://localhost")).mimetype == "text/calendar"


def test_who_does_not_come_is_offered_no_calendar(client: PageClient, own: str) -> None:
    assert not [href for href in press(client, own, "declined").links().values() if href.endswith(".ics")]


def test_the_confirmation_leads_back_where_nothing_was_answered(client: PageClient, own: str) -> None:
    assert client.http.get(f"{own}/done").headers["Location"] == own


@pytest.mark.parametrize("answer", ["", "perhaps", "ACCEPTED", "<script>"])
def test_an_answer_that_is_none_is_refused(client: PageClient, own: str, sample: Flask, answer: str) -> None:
    page = press(client, own, answer, status=422)
    assert (buttons(page), answer_of(sample, SIRIPORN)[0]) == (["มา", "ไม่มา", "ส่งผู้แทน"], None)


@pytest.mark.parametrize("end", ["", "/delegate", "/done"])
@pytest.mark.parametrize("link", ["x", "j-1-aaaaaaaaaaaaaaaaaaaa", "ลิงก์", "1" * 500])
def test_an_unknown_link_says_what_to_do(client: PageClient, link: str, end: str) -> None:
    page = client.get(f"/reply/{link}{end}", 404)
    assert "กรุณาตรวจว่าคัดลอกลิงก์มาครบทั้งหมด หรือโทรสอบถามผู้ประสานงานที่เชิญท่าน" in page.text


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
    assert ["มีลิงก์ใหม่แทนลิงก์นี้แล้ว" in page.text, "กรุณาสอบถามผู้ประสานงานภาคตะวันตก" in page.text] == [True, True]


def test_a_withdrawn_invitation_says_so_and_takes_no_answer(client: PageClient, own: str, sample: Flask) -> None:
    page = client.get(own)
    change(sample, SIRIPORN, services.revoke_invitation)
    assert "คำเชิญนี้ถูกถอนแล้ว" in client.get(own, 410).text
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


def test_guessing_links_is_stopped_and_own_links_still_open(client: PageClient, own: str) -> None:
    with time_machine.travel("2026-01-01 00:00:01+00:00", tick=False):
        statuses = [client.http.get(f"/reply/guess-{number}").status_code for number in range(25)]
        assert (statuses[:20], statuses[20:], client.http.get(own).status_code) == ([404] * 20, [429] * 5, 200)


def test_too_many_openings_are_asked_to_wait(client: PageClient, own: str) -> None:
    with time_machine.travel("2026-01-01 00:00:01+00:00", tick=False):
        answers = [client.http.get(own) for _ in range(61)]
        assert [answer.status_code for answer in answers] == [200] * 60 + [429]
        assert "Retry-After" in answers[-1].headers


def test_days_of_the_same_hours_are_one_line(client: PageClient, own: str, sample: Flask) -> None:
    with sample.app_context():
        for day in db.session.scalars(select(MeetingDay)):
            day.closes_at = day.closes_at.replace(hour=16, minute=0)
        db.session.commit()
    text = client.get(own).text
    assert (text.count("09.00-16.00 น."), "พฤหัสบดี 8:" in text) == (1, False)


def test_no_names_of_others_stand_on_the_page(client: PageClient, own: str, sample: Flask) -> None:
    with sample.app_context():
        others = {
            invitation.partner.name
            for invitation in db.session.scalars(select(Invitation))
            if invitation.partner.name != SIRIPORN[1]
        }
    text = client.get(own).text
    assert [name for name in others if name in text] == []


def test_the_confirmation_tells_no_day_that_was_taken_back(
    client: PageClient, own: str, change_status: Callable[[str, MeetingStatus], None]
) -> None:
    press(client, own, "accepted")
    change_status("west", MeetingStatus.PROPOSED)
    assert client.http.get(f"{own}/done").headers["Location"] == own
