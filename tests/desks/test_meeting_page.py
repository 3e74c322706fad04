"""A meeting's page, as each sees it."""

from datetime import date

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.rounds.models import MeetingStatus
from forumplanner.rounds.services import get_meeting
from tests.pages import Page, PageClient, text_of

SOUTH = "/rounds/2550-1/south"


def tasks(page: Page) -> list[tuple[str, str, str | None]]:
    """Each task: its title, its state in words, and where it leads."""
    found = []
    for item in page.find_all("task"):
        link = next(item.iter("a"), None)
        name = next(node for node in item.iter() if "task-name" in (node.get("class") or ""))
        state = next(node for node in item.iter() if "task-state" in (node.get("class") or ""))
        found.append((text_of(name), text_of(state), link.get("href") if link is not None else None))
    return found


def change(app: Flask, slug: str, **values: object) -> None:
    with app.app_context():
        meeting = get_meeting(db.session(), "2550-1", slug)
        for name, value in values.items():
            setattr(meeting, name, value)
        db.session.commit()


def test_anyone_reads_dates_hours_place_programme_and_agenda(sample: Flask, client: PageClient) -> None:
    text = client.get(SOUTH, lang="en").text
    for words in (
        "Regional forum: South Tue 30 - Wed 31 Jan 2007 Tuesday 30: 09:00-16:30, Wednesday 31: 09:00-15:00",
        "Sample meeting hall, Hat Yai, Songkhla",
        "09:00-09:30 Registration",
        "4.1 Target: the tambon level, through pilot areas",
    ):
        assert words in text


def test_the_contact_is_for_those_who_sign_in(sample: Flask, client: PageClient) -> None:
    visitors = client.get(SOUTH, lang="en")
    assert ("081-000-0099" in visitors.text, "Place and contact" in visitors.text) == (False, False)
    page = client.sign_in_as("reader").get(SOUTH, lang="en")
    assert "Place and contact" in [text_of(heading) for heading in page.root.iter("h2")]
    assert "Telephone 081-000-0099" in page.text


def test_thai_pages_say_the_same_in_thai(sample: Flask, client: PageClient) -> None:
    text = client.get(SOUTH, lang="th").text
    assert "ประชุมวงภาคใต้ อังคาร 30 - พุธ 31 ม.ค. 2550 อังคาร 30: 09.00-16.30 น., พุธ 31: 09.00-15.00 น." in text


def test_visitors_see_no_people_no_tasks_and_no_numbers(sample: Flask, client: PageClient) -> None:
    page = client.get(SOUTH, lang="th")
    assert tasks(page) == []
    assert [name for name in ("สมชาย", "ตอบแล้ว", "แก้ไขสถานที่") if name in page.text] == []


def test_a_meeting_can_be_taken_into_a_calendar(sample: Flask, client: PageClient) -> None:
    links = client.get(SOUTH, lang="en").links()
    assert links["Add this meeting to your calendar"] == "/feeds/m/2550-1/south.ics"
    assert links["Subscribe, so that changes come by themselves"] == "/subscribe"
    assert client.http.get("/feeds/m/2550-1/south.ics").status_code == 200


def test_the_coordinator_finds_the_work_in_its_order(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get(SOUTH, lang="en")
    assert tasks(page) == [
        ("Set place and hours", "Place and hours are set", f"{SOUTH}/details"),
        ("Invite partners", "8 of 8 answered", f"{SOUTH}/invitations"),
        ("Set up the programme", "8 lines", f"{SOUTH}/programme"),
        ("List who came", "8 people in the room", f"{SOUTH}/attendance"),
        ("Record the outcomes", "4 of 4 questions", f"{SOUTH}/outcomes"),
        ("Submit the outcomes", "Accepted", f"{SOUTH}/submission"),
        ("Prepare the minutes", "Draft", f"{SOUTH}/minutes"),
    ]


def test_what_cannot_start_yet_says_why(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/rounds/2550-1/west", lang="en")
    assert tasks(page)[6] == ("Prepare the minutes", "Cannot start yet", None)
    assert page.text.count("Can start on the first day of the meeting, Thu 8 Mar 2007.") == 1


def test_the_record_of_a_meeting_ahead_can_be_prepared_and_says_so(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/rounds/2550-1/west", lang="en")
    assert tasks(page)[4] == ("Record the outcomes", "0 of 4 questions", "/rounds/2550-1/west/outcomes")
    assert "Can be prepared beforehand. It can be submitted from the first day of the meeting on." in page.text


def test_the_lists_of_a_meeting_ahead_can_be_begun_by_hand_and_say_so(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/rounds/2550-1/west", lang="en")
    assert tasks(page)[3] == ("List who came", "Nobody noted yet", "/rounds/2550-1/west/attendance")
    assert (
        "Names can be added by hand beforehand. Answers fill the lists from the first day of the meeting on."
        in page.text
    )


def test_the_remark_of_the_organisers_stands_beside_the_task(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/rounds/2550-1/north", lang="en")
    assert "The organisers' remark: กรุณาเพิ่มข้อสรุปของประเด็นร่วมข้อ 2 และข้อ 3 ซึ่งยังว่างอยู่" in page.text


def test_another_regions_coordinator_sees_the_public_page(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get("/rounds/2550-1/west", lang="en")
    assert (tasks(page), "Change place" in page.text, "answered" in page.text) == ([], False, False)


def test_readers_are_led_to_accepted_outcomes(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("reader")
    assert client.get(SOUTH, lang="en").links()["Read what this meeting concluded"] == f"{SOUTH}/outcomes"
    assert "Read what this meeting concluded" not in client.get("/rounds/2550-1/north", lang="en").links()


def test_the_national_meeting_has_the_brief_as_its_paper(sample: Flask, client: PageClient) -> None:
    links = client.sign_in_as("organiser").get("/rounds/2550-1/national", lang="en").links()
    assert links["National brief: what the regions concluded, by question"] == "/rounds/2550-1/brief"


def test_a_proposed_meeting_is_not_there_for_visitors(sample: Flask, client: PageClient) -> None:
    change(sample, "east", status=MeetingStatus.PROPOSED)
    page = client.get("/rounds/2550-1/east", status=404, lang="en")
    assert page.heading == "There is no such meeting in round 2550-1"
    assert "East region" not in page.text
    found = client.sign_in_as("coordinator").get("/rounds/2550-1/east", lang="en")
    assert "This meeting is not announced yet" in found.text


def test_a_cancelled_meeting_says_so_first_and_has_no_tasks(sample: Flask, client: PageClient) -> None:
    change(sample, "west", status=MeetingStatus.CANCELLED)
    page = client.get("/rounds/2550-1/west", lang="en")
    assert "Regional forum: West This meeting is cancelled" in page.text
    assert tasks(client.sign_in_as("organiser").get("/rounds/2550-1/west")) == []


def test_a_misspelt_address_names_the_meetings_there_are(sample: Flask, client: PageClient) -> None:
    page = client.get("/rounds/2550-1/souht", status=404, lang="en")
    assert page.links()["South region Tue 30 - Wed 31 Jan 2007"] == SOUTH
    assert len(list(page.root.iter("li"))) >= 10


@pytest.mark.parametrize(
    ("phone", "links"),
    [
        ("081-000 0001 ต่อ 12", {"081-000-0001 ext. 12": "tel:0810000001"}),
        ("๐๘๑ ๐๐๐ ๐๐๐๒", {"081-000-0002": "tel:0810000002"}),
        ("+66 81 000 0003, 020000000", {"081-000-0003": "tel:0810000003", "02-000-0000": "tel:020000000"}),
        ("เทศบาล 074-000-001", {"074-000-001": "tel:074000001"}),
        ("02-2281967-8", {"02-228-1967": "tel:022281967", "02-228-1968": "tel:022281968"}),
        ("081-234-5678 <b> 12345678 ถามคุณแดง", {"081-234-5678": "tel:0812345678"}),
    ],
)
def test_telephone_numbers_are_written_alike_and_can_be_dialled(
    sample: Flask, client: PageClient, phone: str, links: dict[str, str]
) -> None:
    change(sample, "west", contact_phone=phone)
    page = client.sign_in_as("coordinator").get("/rounds/2550-1/west", lang="en")
    shown = {node.text: node.get("href") or "" for node in page.root.iter("a")}
    assert {text: href for text, href in shown.items() if href.startswith("tel:")} == links


WORKING = "/rounds/2550-1/meetings/2006-11-19"


def test_working_meetings_are_told_apart_by_their_day(sample: Flask, client: PageClient) -> None:
    page = client.get(WORKING, lang="th")
    assert page.heading == "ประชุมหารือ 19 พ.ย. 2549"
    assert "ประชุมหารือ 19 พ.ย. 2549" in text_of(page.root.find("head/title"))


def test_a_working_meeting_of_the_past_does_not_speak_of_the_future(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(WORKING, lang="en")
    main = next(page.root.iter("main"))
    assert "No place is recorded" in text_of(main)
    assert [words for words in ("set yet", "named yet", "Cannot start yet") if words in text_of(main)] == []
    assert ("Invite partners", "Closed", None) in tasks(page)


def test_lines_of_the_programme_on_other_days_are_warned_of_until_they_are_moved(
    sample: Flask, client: PageClient
) -> None:
    change(sample, "west", ends_on=date(2007, 3, 8))
    page = client.sign_in_as("organiser").get("/rounds/2550-1/west", lang="en")
    assert ("Set up the programme", "On other days: 3", "/rounds/2550-1/west/programme") in tasks(page)
    assert page.links()["Open the programme"] == "/rounds/2550-1/west/programme"
    reader = client.sign_in_as("reader").get("/rounds/2550-1/west", lang="en")
    assert "Lines of the programme on days the meeting does not have" not in reader.text


@pytest.mark.parametrize(("slug", "offered"), [("south", False), ("west", True)])
def test_only_what_was_not_held_can_be_cancelled(sample: Flask, client: PageClient, slug: str, offered: bool) -> None:
    links = client.sign_in_as("organiser").get(f"/rounds/2550-1/{slug}", lang="en").links()
    assert ("Cancel this meeting" in links) is offered


def test_texts_people_typed_stay_texts(sample: Flask, client: PageClient) -> None:
    change(sample, "west", venue_th="<b>ห้อง</b>", note_th='"><script>alert(1)</script>', contact_name="=1+1")
    page = client.get("/rounds/2550-1/west", lang="th")
    assert "<b>ห้อง</b>" in page.text
    assert '"><script>alert(1)</script>' in page.text
