"""The first page and the round board, as each sees them."""

from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.places.models import Province, Region
from forumplanner.rounds.models import MeetingStatus
from forumplanner.rounds.services import get_meeting, get_round
from tests.history import add_history
from tests.pages import Page, PageClient, text_of

BOARD = "/rounds/2550-1"


def rows(page: Page) -> list[str]:
    """The text of each row of the board."""
    return [text_of(row) for row in page.find_all("board-row")]


def row(page: Page, name: str) -> str:
    """The row that names this meeting."""
    return next(text for text in rows(page) if f" {name} " in text)


def set_status(app: Flask, slug: str, status: MeetingStatus) -> None:
    with app.app_context():
        get_meeting(db.session(), "2550-1", slug).status = status
        db.session.commit()


def test_visitors_see_dates_places_and_states_in_date_order(sample: Flask, client: PageClient) -> None:
    found = rows(client.get(BOARD, lang="en"))
    assert found == [
        "Tue 30 - Wed 31 Jan 2007 South region Sample meeting hall, Hat Yai, Songkhla Held",
        "Thu 8 - Fri 9 Feb 2007 Northeast (Isan) region Sample meeting hall, Mueang, Khon Kaen Held",
        "Wed 28 Feb - Thu 1 Mar 2007 North region Sample meeting hall, Mueang, Lampang Held",
        "Sun 4 - Mon 5 Mar 2007 Bangkok and vicinity region Sample meeting hall, Bang Kapi, Bangkok"
        " Mon 5 Mar 2007 is a public holiday: Makha Bucha (in lieu). Held",
        "Thu 8 - Fri 9 Mar 2007 West region Sample meeting hall, Mueang, Ratchaburi Announced",
        "Mon 12 - Tue 13 Mar 2007 East region Sample meeting hall, Mueang, Chanthaburi Announced",
        "Mon 19 - Tue 20 Mar 2007 Upper Central region The place is not set yet Announced",
        "Thu 29 Mar 2007 National meeting Sample meeting hall, Bangkok Announced",
    ]


def test_the_board_speaks_thai_with_buddhist_dates(sample: Flask, client: PageClient) -> None:
    page = client.get(BOARD, lang="th")
    assert row(page, "กทม.และปริมณฑล").startswith("อาทิตย์ 4 - จันทร์ 5 มี.ค. 2550 กทม.และปริมณฑล")
    assert "จันทร์ 5 มี.ค. 2550 เป็นวันหยุด: ชดเชยวันมาฆบูชา" in row(page, "กทม.และปริมณฑล")
    assert "วันนี้ อังคาร 6 มี.ค. 2550" in page.text


def test_today_stands_between_what_was_held_and_what_lies_ahead(sample: Flask, client: PageClient) -> None:
    page = client.get(BOARD, lang="en")
    board = page.find_all("board")[0]
    kinds = [item.get("class") for item in board]
    assert kinds == ["board-row"] * 4 + ["board-today"] + ["board-row"] * 4


def test_visitors_learn_no_numbers_and_no_stages(sample: Flask, client: PageClient) -> None:
    text = client.get(BOARD, lang="en").text
    assert [word for word in ("invited", "answered", "Outcomes", "Next:", "returned") if word in text] == []


def test_readers_learn_which_outcomes_are_accepted_and_nothing_else(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("reader").get(BOARD, lang="en")
    assert row(page, "South region").endswith("Held Outcomes accepted Read the outcomes South region")
    assert row(page, "North region").endswith("Lampang Held")
    assert [word for word in ("invited", "Next:", "remark") if word in page.text] == []


def test_organisers_see_what_is_done_and_one_act_for_each_row(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(BOARD, lang="en")
    northeast = row(page, "Northeast (Isan) region")
    assert "4 invited, 4 answered. Outcomes: 5, submitted on 14 Feb 2007." in northeast
    assert northeast.endswith("Outcomes await a decision Decide on outcomes (5) Northeast (Isan) region")
    assert "“กรุณาเพิ่มข้อสรุปของประเด็นร่วมข้อ 2 และข้อ 3 ซึ่งยังว่างอยู่”" in row(page, "North region")
    acts = [len(list(item.iter("a"))) for item in page.find_all("board-act")]
    assert acts == [1] * 8


def test_organisers_read_what_a_region_has_still_to_do(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(BOARD, lang="th")
    north = row(page, "ภาคเหนือ")
    assert ("อ่านข้อสรุปที่ส่งคืน" in north, "แก้ไขแล้วส่งอีกครั้ง" in north) == (True, False)
    assert "อ่านร่างข้อสรุป" in row(page, "กทม.และปริมณฑล")


def test_a_coordinator_acts_for_the_own_region_alone(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get(BOARD, lang="en")
    acts = [len(list(item.iter("a"))) for item in page.find_all("board-act")]
    assert acts == [1, 0, 0, 0, 0, 0, 0, 0]


def test_regions_stand_in_their_own_order_too(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(BOARD, lang="en")
    table = next(node for node in page.root.iter("table") if "Regions in their usual order" in text_of(node))
    found = [text_of(line) for line in table.iter("tr")][1:]
    assert [line.split(" Dates ")[0] for line in found] == [
        "North",
        "Upper Central",
        "Bangkok and vicinity",
        "Northeast (Isan)",
        "East",
        "West",
        "South",
    ]
    assert "Number invited 8 Number answered 8 Outcomes Accepted" in found[-1]


def test_an_organiser_adds_a_missing_forum_from_its_regions_line(sample: Flask, client: PageClient) -> None:
    with sample.app_context():
        db.session.delete(get_meeting(db.session(), "2550-1", "upper-central"))
        db.session.commit()
    page = client.sign_in_as("organiser").get(BOARD, lang="en")
    address = page.links()["Add this forum Upper Central"]
    assert address == "/rounds/2550-1/meetings/new?region=upper-central"
    chosen = [node.get("value") for node in client.get(address).root.iter("option") if node.get("selected") is not None]
    assert chosen == ["upper-central"]


def by_region(page: Page) -> dict[str, str]:
    """What the table by region says of each region."""
    table = next(node for node in page.root.iter("table") if "Regions in their usual order" in text_of(node))
    lines = [[text_of(cell) for cell in line] for line in table.iter("tr")][1:]
    return {line[0]: " ".join(line[1:]) for line in lines}


@pytest.mark.parametrize("role", ["reader", "coordinator"])
def test_the_table_and_the_brief_say_the_same_of_each_regions_outcomes(
    sample: Flask, client: PageClient, role: str
) -> None:
    set_status(sample, "upper-central", MeetingStatus.CANCELLED)
    found = by_region(client.sign_in_as(role).get(BOARD, lang="en"))
    assert {name: said.rpartition("Outcomes ")[2] for name, said in found.items()} == {
        "South": "Accepted",
        "Northeast (Isan)": "Submitted, waiting for the organisers",
        "North": "Returned to the region",
        "Bangkok and vicinity": "Not submitted",
        "West": "Not due yet",
        "East": "Not due yet",
        "Upper Central": "Forum cancelled",
    }


def test_a_forum_not_announced_is_not_said_to_be_missing(sample: Flask, client: PageClient) -> None:
    set_status(sample, "east", MeetingStatus.PROPOSED)
    assert "Forum not announced yet" in by_region(client.sign_in_as("reader").get(BOARD, lang="en"))["East"]


def test_a_held_forum_without_a_place_is_given_none_any_more(sample: Flask, client: PageClient) -> None:
    with sample.app_context():
        meeting = get_meeting(db.session(), "2550-1", "north")
        meeting.venue_th = meeting.venue_en = meeting.province_code = None
        db.session.commit()
    page = client.get(BOARD, lang="en")
    assert "No place is recorded" in row(page, "North region")
    assert "The place is not set yet" in row(page, "Upper Central region")


def test_working_meetings_are_linked_by_their_day(sample: Flask, client: PageClient) -> None:
    links = client.get(BOARD, lang="en").links()
    assert links["Working meeting Sun 19 Nov 2006"] == "/rounds/2550-1/meetings/2006-11-19"
    assert links["Working meeting Tue 23 Jan 2007"] == "/rounds/2550-1/meetings/2007-01-23"


def test_the_timeline_names_its_holidays_and_says_its_bars_in_a_table(sample: Flask, client: PageClient) -> None:
    page = client.get(BOARD, lang="en")
    figure = next(page.root.iter("figure"))
    table = next(figure.iter("table"))
    assert "Mon 5 Mar Makha Bucha (in lieu)" in text_of(figure)
    assert [text_of(cell) for cell in list(table.iter("tr"))[1]] == [
        "Working meeting",
        "23 Jan",
        "Held, โรงแรมดีลักษณ์ กรุงเทพฯ",
    ]
    assert len(list(table.iter("tr"))) == 1 + 9


def test_what_is_proposed_is_hidden_from_visitors_and_readers(sample: Flask, client: PageClient) -> None:
    set_status(sample, "east", MeetingStatus.PROPOSED)
    shown = {
        role: "East region" in client.sign_in_as(role).get(BOARD, lang="en").text for role in ("reader", "coordinator")
    }
    assert shown == {"reader": False, "coordinator": True}
    assert "East region" not in PageClient(sample).get(BOARD, lang="en").text


def test_a_cancelled_meeting_says_so_and_warns_of_nothing(sample: Flask, client: PageClient) -> None:
    set_status(sample, "bangkok", MeetingStatus.CANCELLED)
    found = row(client.get(BOARD, lang="en"), "Bangkok and vicinity region")
    assert found.endswith("Bang Kapi, Bangkok Cancelled")


def test_a_round_of_which_nothing_is_announced_is_for_coordinators_alone(sample: Flask, client: PageClient) -> None:
    with sample.app_context():
        for meeting in get_round(db.session(), "2550-1").meetings:
            meeting.status = MeetingStatus.PROPOSED
        db.session.commit()
    client.get(BOARD, status=404)
    assert client.get("/rounds", lang="en").find_all("empty") != []
    client.sign_in_as("coordinator").get(BOARD)


def test_an_unknown_round_says_where_to_begin(sample: Flask, client: PageClient) -> None:
    assert (
        "There is no round 2551-9. Please begin at the list of rounds."
        in client.get("/rounds/2551-9", status=404, lang="en").text
    )


def test_visitors_find_the_coming_meetings_and_the_calendar_on_the_first_page(
    sample: Flask, client: PageClient
) -> None:
    page = client.get("/", lang="en")
    assert [text.split(" region")[0].split(" National")[0] for text in rows(page)] == [
        "Thu 8 - Fri 9 Mar 2007 West",
        "Mon 12 - Tue 13 Mar 2007 East",
        "Mon 19 - Tue 20 Mar 2007 Upper Central",
        "Thu 29 Mar 2007",
    ]
    assert page.links()["See the whole round 2550-1"] == BOARD


def test_an_organiser_finds_what_waits_for_organisers_first(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/", lang="en")
    waiting = [text_of(item) for item in page.find_all("board")[0].iter("h3")]
    assert waiting == ["Northeast (Isan) region", "National meeting"]


def test_a_coordinator_finds_the_own_forum_first(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get("/", lang="en")
    waiting = [text_of(item) for item in page.find_all("board")[0].iter("h3")]
    assert (waiting, page.links()["All tasks South region"]) == (["South region"], "/rounds/2550-1/south")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_empty_planner_says_what_will_be_here(client: PageClient, lang: str) -> None:
    for path in ("/", "/rounds"):
        assert len(client.get(path, lang=lang).find_all("empty")) == 1


def test_rounds_are_listed_newest_first(sample: Flask, client: PageClient) -> None:
    with sample.app_context():
        add_history(db.session(), 2)
    page = client.get("/rounds", lang="en")
    assert [text for text in page.links() if text[:2] == "25"] == ["2550-1", "2549-1", "2548-1"]


def labels(page: Page) -> list[str]:
    """What the map says of each region, in its order."""
    (picture,) = page.find_all("map")
    texts = [text_of(item) for item in picture.iterfind(".//{*}text")]
    return [" ".join(pair) for pair in zip(texts[::2], texts[1::2], strict=True)]


def test_the_map_names_each_region_with_its_dates_and_leads_to_its_forum(sample: Flask, client: PageClient) -> None:
    page = client.get(BOARD, lang="en")
    assert labels(page) == [
        "North 28 Feb - 1 Mar",
        "Upper Central 19-20 Mar",
        "Bangkok and vicinity 4-5 Mar",
        "Northeast (Isan) 8-9 Feb",
        "East 12-13 Mar",
        "West 8-9 Mar",
        "South 30-31 Jan",
    ]
    (picture,) = page.find_all("map")
    links = [link.get("href") for link in picture.iterfind(".//{*}a")]
    assert (links.count("/rounds/2550-1/south"), len(links)) == (2, 14)


def test_the_map_tells_visitors_nothing_of_what_is_proposed_and_all_what_is_cancelled(
    sample: Flask, client: PageClient
) -> None:
    set_status(sample, "east", MeetingStatus.PROPOSED)
    set_status(sample, "west", MeetingStatus.CANCELLED)
    assert labels(client.get(BOARD, lang="en"))[4:6] == ["East ", "West Cancelled"]
    assert labels(client.sign_in_as("organiser").get(BOARD, lang="en"))[4] == "East 12-13 Mar"


def test_the_map_follows_the_provinces_of_the_database(sample: Flask, client: PageClient) -> None:
    def shape() -> str:
        (picture,) = client.get(BOARD).find_all("map")
        return next(
            path.get("d") or "" for path in picture.iterfind(".//{*}path") if path.get("id") == "map-upper-central"
        )

    before = shape()
    with sample.app_context():
        province = db.session.get_one(Province, "18")
        province.region = db.session.scalars(select(Region).where(Region.slug == "north")).one()
        db.session.commit()
    assert shape() != before


def test_the_map_is_a_small_part_of_the_page(sample: Flask, client: PageClient) -> None:
    (picture,) = client.get(BOARD).find_all("map")
    assert len(ElementTree.tostring(picture, encoding="unicode")) < 25_000


@pytest.mark.parametrize("role", ["reader", "coordinator", "organiser"])
def test_the_first_page_leads_to_the_brief_and_the_figures(sample: Flask, client: PageClient, role: str) -> None:
    links = client.sign_in_as(role).get("/", lang="en").links()
    assert links["National brief: what the regions concluded, by question"] == "/rounds/2550-1/brief"
    assert links["Figures"] == links["Figures of community finance"] == "/figures"


def test_visitors_are_offered_nothing_they_cannot_open(sample: Flask, client: PageClient) -> None:
    links = client.get("/", lang="en").links()
    assert [address for address in links.values() if "brief" in address or "figures" in address] == []


def test_the_caption_is_left_to_paper_where_the_back_link_says_the_same(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    same = client.get("/rounds/2550-1/south", lang="en").find_all("caption")
    other = client.get("/rounds/2550-1", lang="en").find_all("caption")
    assert [node.get("class") for node in (*same[:1], *other[:1])] == ["caption only-print", "caption"]
