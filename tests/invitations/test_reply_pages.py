"""A participant's own pages: no account, no script, opening changes nothing."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from forumplanner.core.db import db
from forumplanner.invitations.models import Invitation
from forumplanner.partners.models import Seat
from forumplanner.rounds.models import MeetingDay
from tests.invitations.replying import SIRIPORN, LinkOf, answer_of, buttons, press, replies
from tests.pages import PageClient, form_values, text_of

pytestmark = pytest.mark.usefixtures("sample")
MONK = ("east", "มนัส")


def test_the_page_says_who_invites_whom_to_what_when_and_where(client: PageClient, own: str) -> None:
    page = client.get(own)
    main = page.root.find("body")
    assert page.heading == "ขอเชิญ นางศิริพร เพชรน้ำ"
    assert buttons(page) == ["มาร่วมประชุม", "ไม่สามารถมาได้", "ส่งผู้แทน"]
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
    between = text[text.index("จ.ราชบุรี") + len("จ.ราชบุรี") : text.index("ไม่สามารถมาได้")]
    assert between.split() == ["ท่านจะมาร่วมประชุมหรือไม่", "มาร่วมประชุม"]


def test_a_monk_is_addressed_as_one(client: PageClient, link_of: LinkOf) -> None:
    assert client.get(link_of(*MONK)).heading == "ขอนิมนต์ พระอาจารย์มนัส"


def test_an_agency_is_invited_as_a_seat(client: PageClient, link_of: LinkOf) -> None:
    page = client.get(link_of("national", "กรมการพัฒนาชุมชน"))
    assert page.heading == "ขอเชิญ อธิบดี กรมการพัฒนาชุมชน"


def test_an_agency_is_invited_as_a_seat_in_english_too(client: PageClient, link_of: LinkOf) -> None:
    page = client.get(f"{link_of('national', 'กรมการพัฒนาชุมชน')}?lang=en")
    assert page.heading == "Invitation for Director-General, Community Development Department"


def test_a_seat_in_thai_stands_on_a_line_of_its_own_in_english(app: Flask, client: PageClient, link_of: LinkOf) -> None:
    with app.app_context():
        db.session.execute(update(Seat).values(post_en=None))
        db.session.commit()
    own = link_of("national", "กรมการพัฒนาชุมชน")
    page = client.get(f"{own}?lang=en")
    assert page.heading == "Invitation for Community Development Department"
    for opened in (page, client.get(f"{own}/delegate"), press(client, own, "accepted")):
        assert [text_of(node) for node in opened.root.iter("p") if node.get("lang") == "th"] == ["อธิบดี"]


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


def test_a_wrong_token_shows_the_page_again_with_what_was_typed(client: PageClient, own: str, sample: Flask) -> None:
    typed = {"delegate_name": "นายมา แทน", "comment": "ติดงาน", "csrf_token": "0" * 64}
    page = client.submit(f"{own}/delegate", typed, form="/delegate", status=400)
    assert (page.errors(), answer_of(sample, SIRIPORN)[0]) == (["ยังไม่ได้บันทึก กรุณากดปุ่มอีกครั้ง"], None)
    again = client.submit(page, {}, form="/delegate", status=303, follow=True)
    assert ("นายมา แทน" in again.text, answer_of(sample, SIRIPORN)) == (True, ("delegate", "นายมา แทน", "ติดงาน"))


def test_the_token_of_one_link_opens_no_other(client: PageClient, own: str, link_of: LinkOf, sample: Flask) -> None:
    tokens = {form_values(next(client.get(path).root.iter("form")))["csrf_token"] for path in (own, link_of(*MONK))}
    assert len(tokens) == 2
    answers = [client.http.post(own, data={"answer": "accepted", "csrf_token": token}).status_code for token in tokens]
    assert sorted(answers) == [303, 400]


def test_pages_set_no_cookie_and_take_answers_without_one(client: PageClient, own: str, sample: Flask) -> None:
    client.http = sample.test_client(use_cookies=False)
    question = press(client, own, "delegate")
    done = client.submit(question, {"delegate_name": "นายมา แทน"}, form="/delegate", status=303, follow=True)
    client.submit(done, {"comment": "ติดงาน"}, form="/comment", status=303)
    assert answer_of(sample, SIRIPORN) == ("delegate", "นายมา แทน", "ติดงาน")
    set_by = [client.http.get(f"{own}{end}").headers.getlist("Set-Cookie") for end in ("", "/delegate", "/done")]
    assert set_by == [[], [], []]


@pytest.mark.parametrize(("answer", "word"), [("accepted", "มาร่วมประชุม"), ("declined", "ไม่สามารถมาได้")])
def test_one_press_answers(client: PageClient, own: str, sample: Flask, answer: str, word: str) -> None:
    page = press(client, own, answer)
    assert page.heading == "ได้รับคำตอบของท่านแล้ว"
    assert f"นางศิริพร เพชรน้ำ: {word}" in page.text
    assert answer_of(sample, SIRIPORN)[0] == answer


def test_a_second_opening_shows_the_answer_and_takes_another(client: PageClient, own: str, sample: Flask) -> None:
    press(client, own, "accepted")
    page = client.get(own)
    assert "ท่านตอบไว้ว่า “มาร่วมประชุม”" in page.text
    press(client, page, "declined")
    assert (answer_of(sample, SIRIPORN)[0], "ท่านตอบไว้ว่า “ไม่สามารถมาได้”" in client.get(own).text) == ("declined", True)


def test_a_delegate_is_asked_for_by_name(client: PageClient, own: str, sample: Flask) -> None:
    question = press(client, own, "delegate")
    assert (question.heading, answer_of(sample, SIRIPORN)[0]) == ("ท่านจะให้ผู้ใดมาแทน", None)
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


def test_a_telephone_that_cannot_be_read_does_not_stop_an_answer(client: PageClient, own: str, sample: Flask) -> None:
    typed = {"delegate_name": "นายมา แทน", "delegate_phone": "เบอร์เดิม"}
    page = client.submit(f"{own}/delegate", typed, form="/delegate", status=303, follow=True)
    assert "นายมา แทน เบอร์เดิม (อ่านเป็นเบอร์โทรศัพท์ไม่ได้ เก็บไว้ตามที่กรอก)" in page.text
    assert answer_of(sample, SIRIPORN) == ("delegate", "นายมา แทน", None)


def test_a_delegate_may_be_named_later_by_the_same_link(client: PageClient, own: str, sample: Flask) -> None:
    question = press(client, own, "delegate")
    page = client.submit(question, {"later": "yes"}, form="/delegate", status=303, follow=True)
    assert ("ท่านแจ้งชื่อผู้แทนภายหลังได้" in page.text, answer_of(sample, SIRIPORN)) == (True, ("delegate", None, None))
    assert "(ยังไม่แจ้งชื่อ)" in client.get(own).text
    client.submit(page, {"comment": "รอคำสั่ง"}, form="/comment", status=303)
    question = client.get(page.links()["แจ้งชื่อผู้แทน"])
    named = client.submit(question, {"delegate_name": "นายมา แทน"}, form="/delegate", status=303, follow=True)
    assert ("ผู้มาแทนท่านคือ นายมา แทน" in named.text, answer_of(sample, SIRIPORN)) == (
        True,
        ("delegate", "นายมา แทน", "รอคำสั่ง"),
    )


def test_a_message_goes_with_the_answer(client: PageClient, own: str, sample: Flask) -> None:
    done = press(client, own, "declined")
    page = client.submit(done, {"comment": "ติดงานศพ"}, form="/comment", status=303, follow=True)
    assert "ได้รับข้อความของท่านแล้ว" in page.text
    assert answer_of(sample, SIRIPORN) == ("declined", None, "ติดงานศพ")


def test_an_empty_message_takes_out_the_earlier_one_and_says_so(client: PageClient, own: str, sample: Flask) -> None:
    done = press(client, own, "declined")
    done = client.submit(done, {"comment": "ติดงานศพ"}, form="/comment", status=303, follow=True)
    page = client.submit(done, {"comment": ""}, form="/comment", status=303, follow=True)
    said = ["ลบข้อความเดิมของท่านออกแล้ว" in page.text, "ได้รับข้อความของท่านแล้ว" in page.text]
    assert (said, answer_of(sample, SIRIPORN)) == ([True, False], ("declined", None, None))


def test_an_empty_message_where_there_was_none_is_no_message(client: PageClient, own: str, sample: Flask) -> None:
    done = press(client, own, "declined")
    before = replies(sample)
    page = client.submit(done, {"comment": " "}, form="/comment", status=422)
    assert ["ยังไม่มีข้อความให้ส่ง กรุณากรอกข้อความของท่าน" in error for error in page.errors()] == [True]
    assert replies(sample) == before


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_the_message_stays_with_the_same_answer_and_with_another(
    client: PageClient, own: str, sample: Flask, answer: str
) -> None:
    done = press(client, own, "accepted")
    client.submit(done, {"comment": "มา 2 คน"}, form="/comment", status=303)
    page = press(client, own, answer)
    assert answer_of(sample, SIRIPORN) == (answer, None, "มา 2 คน")
    assert text_of(next(page.root.iter("textarea"))) == "มา 2 คน"


def test_the_message_stands_ready_where_a_delegate_is_named(client: PageClient, own: str) -> None:
    done = press(client, own, "accepted")
    client.submit(done, {"comment": "มา 2 คน"}, form="/comment", status=303)
    assert text_of(next(client.get(f"{own}/delegate").root.iter("textarea"))) == "มา 2 คน"


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


def test_one_calendar_link_stands_open_and_the_other_ways_are_folded(client: PageClient, own: str) -> None:
    page = press(client, own, "accepted")
    folded = next(node for node in page.root.iter("details") if "ปฏิทิน" in text_of(node))
    inside = [node.get("href") or "" for node in folded.iter("a")]
    outside = set(page.links().values()) - set(inside)
    assert [href for href in outside if href.endswith(".ics")] == ["http://localhost/feeds/m/2550-1/west.ics"]
    assert (len(inside), "/feeds/p/" in page.text.replace(text_of(folded), "")) == (3, False)


def test_the_programme_is_one_link_away_before_and_after_answering(client: PageClient, own: str) -> None:
    before, after = client.get(own), press(client, own, "accepted")
    assert [page.links()["กำหนดการและรายละเอียดการประชุม"] for page in (before, after)] == ["/rounds/2550-1/west"] * 2
    assert before.text.index("ส่งผู้แทน") < before.text.index("กำหนดการและ")


def test_who_does_not_come_is_offered_no_calendar(client: PageClient, own: str) -> None:
    assert not [href for href in press(client, own, "declined").links().values() if href.endswith(".ics")]


def test_the_confirmation_leads_back_where_nothing_was_answered(client: PageClient, own: str) -> None:
    assert client.http.get(f"{own}/done").headers["Location"] == own


@pytest.mark.parametrize("answer", ["", "perhaps", "ACCEPTED", "<script>"])
def test_an_answer_that_is_none_is_refused(client: PageClient, own: str, sample: Flask, answer: str) -> None:
    page = press(client, own, answer, status=422)
    assert (buttons(page), answer_of(sample, SIRIPORN)[0]) == (["มาร่วมประชุม", "ไม่สามารถมาได้", "ส่งผู้แทน"], None)


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
