"""Choosing whom to invite: what is ticked stays, whatever is pressed, wherever one goes in between."""

from collections.abc import Callable

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.invitations import services
from forumplanner.invitations.models import Channel
from forumplanner.invitations.services import Wanted
from forumplanner.rounds.models import MeetingStatus
from tests.counting import counted
from tests.invitations.choosing import (
    ADD,
    CHECK,
    add_people,
    boxes,
    chosen_of,
    names,
    press,
    ticked,
    turn,
    west_of,
)
from tests.invitations.conftest import TODAY, partner_named
from tests.invitations.test_services import ACTOR
from tests.pages import Page, PageClient

pytestmark = pytest.mark.usefixtures("sample")
READS = ("SELECT", "PRAGMA", "BEGIN")


@pytest.fixture
def crowd(sample: Flask) -> list[int]:
    """250 people of the West who are not invited yet."""
    with sample.app_context():
        return add_people(db.session(), 250)


def invite_behind_their_back(app: Flask, *keys: str) -> None:
    with app.app_context():
        wanted = [Wanted(int(key), Channel.LETTER) for key in keys]
        services.invite_partners(db.session(), ACTOR, west_of(db.session()), wanted, today=TODAY)
        db.session.commit()
        db.session.remove()


def walk(client: PageClient, page: Page, way: str, choose: Callable[[Page], list[str]]) -> tuple[list[str], Page]:
    """Turn the pages to the end, ticking on each; returns every box that was shown, in order."""
    seen: list[str] = []
    while True:
        seen += list(boxes(page))
        ticks = choose(page)
        onward = turn(page, way)
        if onward is None:
            return seen, press(client, page, "save", ticks)
        page = press(client, page, onward, ticks)


def every_third(page: Page) -> list[str]:
    return list(boxes(page))[::3]


def test_turning_pages_with_ticks_passes_nobody_over(organiser: PageClient, crowd: list[int]) -> None:
    plain, _page = walk(organiser, organiser.get(ADD), "after", lambda page: [])
    seen, page = walk(organiser, organiser.get(ADD), "after", every_third)
    assert (seen, len(seen) == len(set(seen)), {str(number) for number in crowd} <= set(seen)) == (plain, True, True)
    back, _page = walk(organiser, page, "before", ticked)
    assert sorted(back) == sorted(seen)
    kept, page = walk(organiser, organiser.get(ADD), "after", ticked)
    expected = sum(-(-len(seen[start : start + 50]) // 3) for start in range(0, len(seen), 50))
    assert f"เลือกไว้ {expected} ราย" in page.text
    assert kept == seen


def test_nobody_is_passed_over_while_others_invite_and_add(
    organiser: PageClient, sample: Flask, crowd: list[int]
) -> None:
    page = organiser.get(f"{ADD}?q=ทดสอบ")
    seen = list(boxes(page))
    # Ten of those on the page are invited by somebody else, before the page is turned.
    invite_behind_their_back(sample, *seen[20:30])
    while onward := turn(page, "after"):
        page = press(organiser, page, onward)
        seen += list(boxes(page))
    assert seen == [str(number) for number in crowd]
    page = organiser.get(ADD)
    seen = list(boxes(page))
    invite_behind_their_back(sample, *seen[5:15])
    while onward := turn(page, "after"):
        page = press(organiser, page, onward)
        seen += list(boxes(page))
    assert len([key for key in seen if int(key.partition("-")[0]) in set(crowd)]) == len(set(crowd)) - 10


def test_the_choice_survives_searching_leaving_and_another_window(
    organiser: PageClient, sample: Flask, crowd: list[int]
) -> None:
    page, other = organiser.get(ADD), organiser.get(ADD)
    first, second, third = list(boxes(page))[:3]
    found = press(organiser, page, "search", [first], q="สมชาย")
    somchai = names(found)["นายสมชาย ใจดี"]
    assert ticked(found) == []
    press(organiser, found, "search", [somchai], q="")
    # The other window shows neither; it adds one of its own and takes none away.
    press(organiser, other, "search", [third], q="ไม่มีชื่อนี้")
    assert len(chosen_of(sample)) == 3
    again = organiser.get(ADD)
    assert (ticked(again), "เลือกไว้ 3 ราย" in again.text) == ([first, third], True)
    # Unticked here is unticked everywhere; what the page did not show stays.
    press(organiser, again, "search", [second, third], q="")
    assert ticked(organiser.get(ADD)) == [second, third]
    assert ticked(organiser.get(f"{ADD}?q=สมชาย")) == [somchai]


def test_reading_never_writes(organiser: PageClient, sample: Flask) -> None:
    page = organiser.get(ADD)
    somchai = names(page)["นายสมชาย ใจดี"]
    with counted(sample) as statements:
        shown = organiser.get(f"{ADD}?partner={somchai}&q=ดำ")
        organiser.get(CHECK)
    assert ticked(shown) == [somchai]
    assert [words for words in statements if not words.lstrip().upper().startswith(READS)] == []
    assert chosen_of(sample) == []
    press(organiser, shown, "search", q="")
    assert chosen_of(sample) == ["สมชาย ใจดี"]


def test_a_partner_missing_from_the_list_is_added_without_losing_ticks(
    organiser: PageClient, sample: Flask, crowd: list[int]
) -> None:
    page = organiser.get(ADD)
    first = next(iter(boxes(page)))
    searched = press(organiser, page, "search", [first], q="ไม่มีชื่อนี้")
    kinds = press(organiser, searched, "partner", q="")
    back = organiser.submit(kinds.links()["เพิ่มบุคคล"], {"full_name": "ป้าแดง"}, form=-1, follow=True)
    added = names(back)["ป้าแดง"]
    assert (set(ticked(back)), chosen_of(sample)) == ({first, added}, [chosen_of(sample)[0]])
    press(organiser, back, str(turn(back, "after")))
    assert "แดง" in chosen_of(sample)
    assert len(chosen_of(sample)) == 2


def test_all_that_are_found_are_chosen_by_one_button_and_taken_out_by_another(
    organiser: PageClient, sample: Flask, crowd: list[int]
) -> None:
    page = organiser.get(f"{ADD}?q=ทดสอบ")
    assert "เลือกทั้งหมดที่พบ 250 ราย" in page.text
    page = press(organiser, page, "found")
    assert ("เลือกไว้ 250 ราย" in page.text, "เลือกทั้งหมดที่พบ" in page.text) == (True, False)
    assert len(chosen_of(sample)) == 250
    page = press(organiser, page, "chosen")
    assert (len(ticked(page)), len(boxes(page))) == (50, 50)
    fewer = press(organiser, page, str(turn(page, "after")), ticked(page)[10:])
    assert ("เลือกไว้ 240 ราย" in fewer.text, list(boxes(fewer))) == (True, [str(number) for number in crowd[50:100]])
    empty = press(organiser, fewer, "clear")
    assert ("ล้างรายชื่อที่เลือกไว้แล้ว" in empty.text, chosen_of(sample)) == (True, [])


def test_more_than_are_counted_can_be_chosen(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        add_people(db.session(), 1200)
    page = organiser.get(f"{ADD}?q=ทดสอบ")
    assert "เลือกทั้งหมดที่พบ มากกว่า 1,000 ราย" in page.text
    page = press(organiser, page, "found")
    assert "เลือกไว้ 1,200 ราย" in page.text or "เลือกไว้ 1200 ราย" in page.text


def test_the_queries_of_the_pages_do_not_grow(organiser: PageClient, sample: Flask) -> None:
    def statements() -> list[int]:
        found = []
        for act in (
            lambda: organiser.get(ADD),
            lambda: press(organiser, organiser.get(f"{ADD}?q=ทดสอบ"), "found"),
            lambda: organiser.get(f"{ADD}?show=chosen"),
            lambda: organiser.get(CHECK),
            lambda: organiser.submit(CHECK, {}, form="/check", status=303),
        ):
            with counted(sample) as ran:
                act()
            found.append(len(ran))
        return found

    with sample.app_context():
        add_people(db.session(), 60)
    few = statements()
    with sample.app_context():
        add_people(db.session(), 700, first=300_001)
    many = statements()
    assert many == few
    assert max(many) < 60


def test_a_coordinator_cannot_choose_people_of_another_region(client: PageClient, sample: Flask) -> None:
    with sample.app_context():
        other = partner_named(db.session(), "มาลา วงศ์คำ").id
    client.sign_in_as("coordinator")
    south = "/rounds/2550-1/south/invitations/add"
    assert ticked(client.get(f"{south}?partner={other}")) == []


def test_who_is_invited_already_is_shown_so_where_searched_and_never_offered(
    organiser: PageClient, sample: Flask
) -> None:
    page = organiser.get(f"{ADD}?q=ศิริพร")
    assert (boxes(page), "เชิญแล้ว" in page.text) == ({}, True)
    assert any("/invitations/" in href for text, href in page.links().items() if text.startswith("ดูคำเชิญ"))


def test_choosing_nobody_leads_back_to_the_same_list(organiser: PageClient) -> None:
    page = organiser.get(f"{ADD}?q=สมชาย&kind=person")
    refused = organiser.submit(page, {"go": "check"}, form="/add", status=422)
    assert (refused.heading, refused.errors()) == ("เลือกผู้ที่จะเชิญ", ["กรุณาเลือกภาคีอย่างน้อยหนึ่งราย"])
    assert boxes(refused) == boxes(page)


def test_whoever_was_invited_or_removed_meanwhile_is_said(organiser: PageClient, sample: Flask) -> None:
    page = organiser.get(ADD)
    somchai, dam = names(page)["นายสมชาย ใจดี"], names(page)["ลุงดำ"]
    invite_behind_their_back(sample, dam)
    page = press(organiser, page, "save", [somchai, dam, "99999"])
    assert "ผู้ที่เลือกไว้ 2 รายเลือกไม่ได้แล้ว" in page.text
    invite_behind_their_back(sample, somchai)
    page = organiser.get(ADD)
    assert ("ผู้ที่เลือกไว้ 1 รายเลือกไม่ได้แล้ว" in page.text, "เลือกไว้ 0 ราย" in page.text) == (True, True)


def test_the_language_changes_without_saving_or_losing_a_tick(organiser: PageClient, sample: Flask) -> None:
    page = organiser.get(ADD)
    somchai = names(page)["นายสมชาย ใจดี"]
    english = organiser.switch_language(page, {"partner": [somchai]})
    assert (ticked(english), chosen_of(sample)) == ([somchai], [])


def test_the_page_of_a_cancelled_meeting_says_so(
    organiser: PageClient, change_status: Callable[[str, MeetingStatus], None]
) -> None:
    page = organiser.get(ADD)
    check = press(organiser, page, "check", [names(page)["ลุงดำ"]])
    change_status("west", MeetingStatus.CANCELLED)
    refused = organiser.submit(check, {}, form="/check", status=422)
    assert refused.errors() == ["การประชุมนี้ยกเลิกแล้ว จึงเชิญไม่ได้"]
