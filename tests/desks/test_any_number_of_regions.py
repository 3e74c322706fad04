"""Five regions, eight or seventy-seven: every page that names regions takes them, and each has what the seven have."""

import re
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.accounts.services import create_account
from forumplanner.briefs.compiling import compile_brief
from forumplanner.core.db import db
from forumplanner.rounds.models import Body, Meeting, Round
from tests.counting import counted
from tests.pages import Page, PageClient, text_of
from tests.printing.reading import read_by_pdftotext
from tests.regions import CODE, make_full_round, make_regions

Names = list[tuple[str, str]]


@pytest.fixture(params=[5, 8, 77])
def regions(request: pytest.FixtureRequest, sample: Flask) -> Names:
    """Slug and Thai name of that many regions, in list order, each with a forum in one round."""
    with sample.app_context():
        found = make_regions(db.session(), request.param)
        make_full_round(db.session(), found)
        names = [(region.slug, region.name_th) for region in found]
        db.session.remove()
    assert len(names) == request.param
    return names


def rows_of(page: Page, caption: str) -> list[Element]:
    """The rows of the table of that caption."""
    for table in page.find_all("table"):
        if text_of(table.find("caption")) == caption:
            return list(table.find("tbody") or ())
    raise AssertionError(f"no table {caption}")


def named(node: Element, tag: str) -> list[Element]:
    """Elements of a tag, of HTML or of a picture."""
    return [each for each in node.iter() if isinstance(each.tag, str) and each.tag.endswith(tag)]


def test_the_board_names_every_region(regions: Names, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(f"/rounds/{CODE}")
    rows = rows_of(page, "ภาคตามลำดับที่ใช้กัน และความคืบหน้าของแต่ละภาค")
    assert [text_of(row.find("th")) for row in rows] == [name for _slug, name in regions]
    assert len(page.find_all("board-row")) == len(regions) + 1


def test_the_timeline_has_a_bar_of_its_own_colour_for_each(regions: Names, client: PageClient) -> None:
    (wide,) = client.get(f"/rounds/{CODE}").find_all("tl-wide")
    bars = [bar for bar in named(wide, "rect") if "tl-bar" in (bar.get("class") or "")]
    colours = [bar.get("class") for bar in bars]
    assert len(set(colours)) == len(regions) + 1
    assert colours[-1] == "tl-bar hue-national"
    assert not [colour for colour in colours[:-1] if colour and "national" in colour]


def test_the_map_draws_every_region_and_no_label_touches_another(regions: Names, client: PageClient) -> None:
    (drawn,) = client.get(f"/rounds/{CODE}").find_all("map")
    paths = {path.get("id"): path.get("d") for path in named(drawn, "path")}
    assert list(paths) == [f"map-{slug}" for slug, _name in regions]
    assert all(paths.values())
    said = [text_of(named(path, "title")[0]) for path in named(drawn, "path")]
    assert [text.rpartition(" ")[0].rpartition(" ")[0] for text in said] == [name for _slug, name in regions]
    boxes = [
        (float(box.get("x") or 0), float(box.get("y") or 0), float(box.get("width") or 0))
        for box in named(drawn, "rect")
        if "map-touch" in (box.get("class") or "")
    ]
    touching = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if abs(one[1] - other[1]) < 40 and one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    ]
    assert touching == []
    assert len(boxes) >= min(len(regions), 18)
    assert all(x >= 0 for x, _y, _width in boxes)


def test_a_new_round_offers_them_and_names_those_that_were_ticked(regions: Names, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get("/rounds/new")
    offered = [node.get("value") for node in page.root.iter("input") if node.get("name") == "regions"]
    assert offered == [slug for slug, _name in regions]
    some = offered[1:4]
    typed = {"code": "2552-1", "name_th": "รอบใหม่", "window": "1 ม.ค. - 31 มี.ค. 2552", "regions": some}
    check = client.submit(page, typed, form=1, status=200)
    made = client.submit(check, {}, form=1, follow=True)
    rows = rows_of(made, "ภาคตามลำดับที่ใช้กัน และความคืบหน้าของแต่ละภาค")
    assert [text_of(row.find("th")) for row in rows] == [name for _slug, name in regions[1:4]]


def test_the_last_region_gets_a_forum_by_the_page_with_its_body(app: Flask, regions: Names, client: PageClient) -> None:
    slug, _name = regions[-1]
    with app.app_context():
        found = db.session.scalars(select(Round).where(Round.code == CODE)).one()
        gone = next(meeting for meeting in found.meetings if meeting.slug == slug)
        db.session.delete(gone)
        db.session.commit()
    client.sign_in_as("organiser")
    page = client.get(f"/rounds/{CODE}/meetings/new?region={slug}")
    check = client.submit(page, {"days": "10 ม.ค. 2551"}, form=1, status=200)
    client.submit(check, {}, form=1)
    assert client.get(f"/rounds/{CODE}/{slug}").status == 200
    with app.app_context():
        meeting = db.session.scalars(select(Meeting).join(Round).where(Round.code == CODE, Meeting.slug == slug)).one()
        assert (meeting.region is not None and meeting.region.slug, meeting.body.slug) == (slug, slug)
        assert meeting.body.name_th == f"ประชุมวงภาค{' ' if '.' in regions[-1][1] else ''}{regions[-1][1]}"


def test_every_region_has_one_body(app: Flask, regions: Names) -> None:
    with app.app_context():
        bodies = db.session.scalars(select(Body).where(Body.region_id.is_not(None))).all()
        assert {body.region.slug for body in bodies if body.region} >= {slug for slug, _name in regions}
        assert len({body.region_id for body in bodies}) == len(bodies)


def test_every_region_has_its_calendars(regions: Names, client: PageClient) -> None:
    colours = set()
    for slug, name in regions:
        body = client.http.get(f"/feeds/regions/{slug}.ics").get_data(as_text=True).replace("\r\n ", "")
        assert name in re.findall(r"^X-WR-CALNAME:(.*)$", body, re.MULTILINE)[0]
        colours |= set(re.findall(r"^X-APPLE-CALENDAR-COLOR:(#\w+)", body, re.MULTILINE))
        of_round = client.http.get(f"/feeds/{CODE}/{slug}.ics").get_data(as_text=True)
        assert of_round.count("BEGIN:VEVENT") == 2
    assert len(colours) == len(regions)
    every = client.http.get(f"/feeds/{CODE}.ics").get_data(as_text=True)
    assert every.count("BEGIN:VEVENT") == len(regions) + 1


def test_the_page_of_calendars_offers_each(regions: Names, client: PageClient) -> None:
    page = client.get("/subscribe")
    offered = [option.get("value") for option in page.root.iter("option")]
    assert offered == ["", *(slug for slug, _name in regions)]
    client.get(f"/subscribe?region={regions[-1][0]}")


def test_the_brief_says_something_of_each_on_page_and_paper(app: Flask, regions: Names, client: PageClient) -> None:
    page = client.sign_in_as("reader").get(f"/rounds/{CODE}/brief")
    heads = [text_of(node) for node in page.find_all("matrix-region")]
    assert heads == [name for _slug, name in regions]
    with app.app_context():
        document = compile_brief(db.session(), CODE, today=date(2008, 1, 1), sees_people=lambda region_id: True)
        assert [part.name for part in document.regions] == heads
    answer = client.http.get(f"/rounds/{CODE}/brief.pdf")
    assert answer.status_code == 200
    text = read_by_pdftotext(answer.get_data())
    assert [name for name in heads if name not in " ".join(text)] == []


def test_home_accounts_and_partners_take_them(app: Flask, regions: Names, client: PageClient) -> None:
    slug, name = regions[-1]
    with app.app_context():
        create_account(db.session(), "last@example.org", "coordinator", [slug], name="คนสุดท้าย")
        db.session.commit()
    client.sign_in_as("organiser").get("/")
    boxes = [node for node in client.get("/partners/new/person").root.iter("input") if node.get("name") == "regions"]
    assert len(boxes) == len(regions)
    client.get(f"/partners?region={slug}")
    own = PageClient(app).sign_in("last@example.org")
    own.get("/")
    assert name in own.get("/account").text
    own.get(f"/rounds/{CODE}/{slug}/details")


def test_queries_do_not_grow_with_the_number_of_regions(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    found = []
    for number in (8, 20):
        with sample.app_context():
            regions = make_regions(db.session(), number)
            if number == 8:
                make_full_round(db.session(), regions)
            db.session.remove()
        pages = ("/", f"/rounds/{CODE}", "/rounds/new", f"/rounds/{CODE}/brief", "/settings/regions", "/subscribe")
        for page in pages:
            client.http.get(page)
        with counted(sample) as statements:
            for page in pages:
                assert client.http.get(page).status_code == 200
        found.append(len(statements))
    assert found[0] == found[1]
