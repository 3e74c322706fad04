"""A participant's own pages: no account, no script, opening changes nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.invitations.models import Invitation
from forumplanner.rounds.models import MeetingDay
from tests.invitations.replying import SIRIPORN, LinkOf, answer_of, buttons, press, replies
from tests.pages import PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
MONK = ("east", "มนัส")


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
