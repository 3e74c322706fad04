"""Pages about calendars, opened as people open them."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.history.services import list_changes
from forumplanner.partners.links import FEED_PURPOSE
from forumplanner.partners.models import Person, PersonalFeed
from forumplanner.web.private_links import make_private_link
from tests.feeds.conftest import Counted
from tests.pages import Page, PageClient, text_of

APPLE, GOOGLE = "เพิ่มในปฏิทิน Apple", "เพิ่มในปฏิทิน Google"


def address_shown(page: Page) -> str:
    """The plain address, as it can be copied."""
    return text_of(page.find_all("copy-text")[0])


def test_everybodys_calendar_is_offered_to_each_program(sample: Flask, client: PageClient) -> None:
    page = client.get("/subscribe")
    links = page.links()
    assert (address_shown(page), links[APPLE], links[GOOGLE]) == (
        "http://localhost/feeds/all.ics",
        "webcal://localhost/feeds/all.ics",
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Ffeeds%2Fall.ics",
    )


def test_outlook_is_given_the_web_address(sample: Flask, client: PageClient) -> None:
    href = client.get("/subscribe?region=south").links()["เพิ่มใน Outlook.com"]
    assert href == (
        "https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost%2Ffeeds%2Fregions%2Fsouth.ics"
        "&name=%E0%B8%A0%E0%B8%B2%E0%B8%84%E0%B9%83%E0%B8%95%E0%B9%89"
    )


def test_one_region_is_chosen(sample: Flask, client: PageClient) -> None:
    page = client.get("/subscribe?region=upper-central")
    chosen = [node.get("value") for node in page.root.iter("option") if node.get("selected") is not None]
    assert (chosen, address_shown(page)) == (["upper-central"], "http://localhost/feeds/regions/upper-central.ics")


def test_regions_stand_in_the_order_people_list_them(sample: Flask, client: PageClient) -> None:
    values = [node.get("value") for node in client.get("/subscribe").root.iter("option")]
    assert values == ["", "north", "upper-central", "bangkok", "northeast", "east", "west", "south"]


def test_every_address_offered_is_there(sample: Flask, client: PageClient) -> None:
    values = [node.get("value") for node in client.get("/subscribe").root.iter("option")]
    shown = [address_shown(client.get(f"/subscribe?region={value}")) for value in values]
    assert {client.http.get(address.removeprefix("http://localhost")).status_code for address in shown} == {200}


def test_english_reader_is_offered_the_english_calendar(sample: Flask, client: PageClient) -> None:
    page = client.get("/subscribe?region=south", lang="en")
    assert (page.heading, address_shown(page)) == (
        "Add these dates to your calendar",
        "http://localhost/feeds/regions/south.ics?lang=en",
    )


def test_unknown_region_is_a_404_page(sample: Flask, client: PageClient) -> None:
    assert "moon" in client.get("/subscribe?region=moon", status=404).text


def test_page_says_that_google_is_slow(sample: Flask, client: PageClient) -> None:
    assert "8 ถึง 24 ชั่วโมง" in client.get("/subscribe").text


def test_page_has_a_picture_for_the_telephone(sample: Flask, client: PageClient) -> None:
    pictures = [node.get("aria-label") for node in client.get("/subscribe").root.iter() if node.get("role") == "img"]
    assert pictures == ["คิวอาร์โค้ดที่เปิดหน้านี้"]


@pytest.fixture
def link(sample: Flask) -> str:
    """The page of a person's own calendar."""
    return page_of(sample, 1)


def page_of(app: Flask, version: int) -> str:
    with app.app_context():
        number = db.session.scalars(select(Person.id).where(Person.given_name == "สมชาย")).one()
    return f"/feeds/p/{make_private_link(app.config['SETTINGS'].link_key, FEED_PURPOSE, number, version)}/"


def test_own_calendar_is_offered_on_its_page(client: PageClient, link: str) -> None:
    page = client.get(link)
    assert (address_shown(page), page.links()[APPLE]) == (
        f"http://localhost{link}my-meetings.ics",
        f"webcal://localhost{link}my-meetings.ics",
    )


@pytest.mark.parametrize("ending", ["", "/"])
def test_own_page_opens_with_and_without_its_last_slash(client: PageClient, link: str, ending: str) -> None:
    assert client.get(link.rstrip("/") + ending).status == 200


def test_own_page_is_kept_by_nobody_and_told_to_nobody(client: PageClient, link: str) -> None:
    headers = client.get(link).response.headers
    assert {name: headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }


def test_own_page_names_nobody(client: PageClient, link: str) -> None:
    """Whoever got hold of the address of a calendar shall not learn whose it is."""
    assert "สมชาย" not in client.get(link).text


def test_opening_own_page_writes_nothing_and_asks_little(client: PageClient, link: str, queries: Counted) -> None:
    client.get(link)
    with queries() as statements:
        client.get(link)
    # The sample's today, and the state of the calendar.
    assert (len(statements), [each for each in statements if not each.startswith("SELECT")]) == (2, [])


def test_last_use_is_shown(client: PageClient, link: str) -> None:
    before = client.get(link)
    with time_machine.travel(datetime(2026, 11, 22, 5, 30, tzinfo=UTC), tick=False):
        client.http.get(f"{link}my-meetings.ics").close()
    after = client.get(link)
    assert ("ยังไม่มีโปรแกรมปฏิทิน" in before.text, "22 พ.ย. 2569 12.30 น." in after.text) == (True, True)


def test_new_address_replaces_the_old_one(sample: Flask, client: PageClient, link: str) -> None:
    page = client.submit(link, {}, form="/renew", follow=True)
    assert (address_shown(page), client.get(link, status=410).status) == (
        f"http://localhost{page_of(sample, 2)}my-meetings.ics",
        410,
    )


def test_calendar_is_stopped_and_started_again(sample: Flask, client: PageClient, link: str) -> None:
    stopped = client.submit(link, {}, form="/stop", follow=True)
    started = client.submit(stopped, {}, follow=True)
    assert (stopped.find_all("copy-text"), address_shown(started)) == (
        [],
        f"http://localhost{page_of(sample, 3)}my-meetings.ics",
    )


def test_renewing_and_stopping_are_history(sample: Flask, client: PageClient, link: str) -> None:
    client.submit(client.submit(link, {}, form="/renew", follow=True), {}, form="/stop", status=303)
    with sample.app_context():
        feed = db.session.scalars(select(PersonalFeed)).one()
        changes = list_changes(db.session(), "personal_feed", feed.partner_id)
    assert [(each.field, each.old, each.new is not None, each.actor) for each in reversed(changes)] == [
        ("link_version", "1", True, "private link"),
        ("link_version", "2", True, "private link"),
        ("revoked_at", None, True, "private link"),
    ]


def test_calendar_is_renewed_and_stopped_without_cookies(sample: Flask, client: PageClient, link: str) -> None:
    client.http = sample.test_client(use_cookies=False)
    assert client.get(link).response.headers.getlist("Set-Cookie") == []
    renewed = client.submit(link, {}, form="/renew", status=303, follow=True)
    stopped = client.submit(renewed, {}, form="/stop", status=303, follow=True)
    assert ("นี่คือที่อยู่ปฏิทินใหม่ของท่าน" in renewed.text, stopped.find_all("copy-text")) == (True, [])


@pytest.mark.parametrize("act", ["renew", "stop"])
def test_a_wrong_token_shows_own_page_again(client: PageClient, link: str, act: str) -> None:
    page = client.submit(link, {"csrf_token": "0" * 64}, form=f"/{act}", status=400)
    assert (page.errors(), address_shown(page)) == (
        ["ยังไม่ได้บันทึก กรุณากดปุ่มอีกครั้ง"],
        f"http://localhost{link}my-meetings.ics",
    )


@pytest.mark.parametrize("act", ["renew", "stop"])
def test_nothing_happens_without_the_forms_token(sample: Flask, client: PageClient, link: str, act: str) -> None:
    assert client.http.post(f"{link}{act}").status_code == 400
    with sample.app_context():
        assert db.session.scalars(select(PersonalFeed)).all() == []


@pytest.mark.parametrize("act", ["", "renew", "stop"])
def test_wrong_link_opens_nothing(client: PageClient, link: str, act: str) -> None:
    wrong = f"{link[:-2]}{'a' if link[-2] != 'a' else 'b'}/{act}"
    answer = client.http.post(wrong, data=form_of(client, link)) if act else client.http.get(wrong)
    assert answer.status_code == 404


def test_replaced_link_names_one_next_step(client: PageClient, link: str) -> None:
    client.submit(link, {}, form="/renew", status=303)
    page = client.get(link, status=410)
    assert ("กรุณาเปิดลิงก์ตอบรับของท่าน" in page.text, page.text.count("กรุณา")) == (True, 1)


def test_replaced_link_can_renew_nothing(client: PageClient, link: str) -> None:
    data = form_of(client, link)
    client.submit(link, {}, form="/renew", status=303)
    assert client.http.post(f"{link}renew", data=data).status_code == 410


def form_of(client: PageClient, link: str) -> dict[str, str]:
    """What a form of the page sends: its token."""
    inputs = client.get(link).root.iter("input")
    return {"csrf_token": next(node.get("value") or "" for node in inputs if node.get("name") == "csrf_token")}
