"""The page of a meeting's minutes, through the page client."""

from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forumplanner.core.db import db
from forumplanner.minutes.documents import MinutesDocument
from forumplanner.minutes.services import find_minutes
from forumplanner.minutes.views import pages as views
from tests.outcomes.sample_round import meeting_at
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
SOUTH = "/rounds/2550-1/south/minutes"
BANGKOK = "/rounds/2550-1/bangkok/minutes"


@pytest.fixture
def coordinator(client: PageClient) -> PageClient:
    """The South's coordinator."""
    return client.sign_in_as("coordinator")


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def tasks(page: Page) -> dict[str, tuple[str, str]]:
    """The checklist: where each line leads, and its state in words."""
    found = {}
    for task in page.find_all("task"):
        (link,) = task.iter("a")
        (state,) = (node for node in task.iter("div") if node.get("class") == "task-state")
        found[text_of(link)] = (link.get("href") or "", text_of(state))
    return found


@pytest.mark.parametrize("address", [SOUTH, f"{SOUTH}.pdf"])
def test_visitors_are_asked_to_sign_in(client: PageClient, address: str) -> None:
    assert client.get(address, 302).response.headers["Location"].startswith("/login")


@pytest.mark.parametrize("address", [SOUTH, f"{SOUTH}.pdf"])
def test_readers_do_not_see_lists_of_names(client: PageClient, address: str) -> None:
    client.sign_in_as("reader").get(address, 403)


@pytest.mark.parametrize("address", ["northeast/minutes", "northeast/minutes.pdf", "national/minutes"])
def test_a_coordinator_sees_no_minutes_of_other_regions(coordinator: PageClient, address: str) -> None:
    coordinator.get(f"/rounds/2550-1/{address}", 403)


def test_the_page_shows_number_state_and_papers(coordinator: PageClient) -> None:
    page = coordinator.get(SOUTH)
    assert (page.heading, "ครั้งที่ 1/2550" in page.text, "ร่าง ยังไม่รับรอง" in page.text) == ("รายงานการประชุม", True, True)
    papers = [href for href in page.links().values() if "minutes.pdf" in href]
    assert papers == [f"{SOUTH}.pdf?lang=th", f"{SOUTH}.pdf?lang=th&digits=thai", f"{SOUTH}.pdf?lang=en"]


def test_the_checklist_of_whole_minutes_says_that_nothing_is_missing(coordinator: PageClient) -> None:
    page = coordinator.get(SOUTH)
    assert "ครบถ้วนแล้ว" in page.text
    assert tasks(page) == {
        "ระบุสถานที่ประชุม": ("/rounds/2550-1/south/details", "มีแล้ว"),
        "ทำบัญชีรายชื่อการประชุม": ("/rounds/2550-1/south/attendance", "มา 5 คน ไม่มา 1 คน ผู้เข้าร่วม 3 คน"),
        "ระบุประธานที่ประชุม": ("/rounds/2550-1/south/attendance", "มีแล้ว"),
        "บันทึกเวลาเริ่มและเลิกประชุม": ("/rounds/2550-1/south/attendance", "มีแล้ว"),
        "บันทึกการพูดคุยและข้อสรุป": ("/rounds/2550-1/south/outcomes", "ข้อสรุป 8 ข้อ"),
        "ระบุผู้จดรายงานการประชุม": ("#signers", "มีแล้ว"),
        "ระบุผู้ตรวจรายงานการประชุม": ("#signers", "มีแล้ว"),
    }


def test_the_checklist_of_a_draft_leads_to_what_is_missing(organiser: PageClient) -> None:
    page = organiser.get(BANGKOK)
    missing = [title for title, (_href, word) in tasks(page).items() if word.startswith("ยังไม่มี")]
    assert missing == [
        "ทำบัญชีรายชื่อการประชุม",
        "ระบุประธานที่ประชุม",
        "บันทึกเวลาเริ่มและเลิกประชุม",
        "ระบุผู้จดรายงานการประชุม",
        "ระบุผู้ตรวจรายงานการประชุม",
    ]
    assert "ระเบียบวาระที่ 1, 2, 3, 4.3, 4.4, 5 ยังไม่มีข้อความ" in page.text


def test_starting_gives_a_number_and_only_by_a_button(organiser: PageClient) -> None:
    page = organiser.get(BANGKOK)
    with organiser.app.app_context():
        assert find_minutes(db.session(), meeting_at(db.session(), "bangkok")) is None
    page = organiser.submit(page, {}, form="minutes/start", follow=True)
    assert "ครั้งที่ 1/2550" in page.text
    assert "เริ่มรายงานการประชุมและออกเลขครั้งที่" not in page.text


def test_minutes_of_a_meeting_ahead_are_not_offered_and_are_refused(organiser: PageClient) -> None:
    page = organiser.get("/rounds/2550-1/west/minutes")
    assert "การประชุมนี้ยังไม่เริ่ม" in page.text
    assert [node.get("action") for node in page.root.iter("form") if "start" in (node.get("action") or "")] == []
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    answer = organiser.http.post("/rounds/2550-1/west/minutes/start", data={"csrf_token": token})
    assert (answer.status_code, "การประชุมนี้ยังไม่เริ่ม" in answer.get_data(as_text=True)) == (409, True)


def test_names_are_saved_and_shown_again(coordinator: PageClient) -> None:
    values = {"recorder_name": "นางจำเนียร น้ำใส", "checker_name": ""}
    page = coordinator.submit(SOUTH, values, form=SOUTH, follow=True)
    names = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert (names["recorder_name"], names["checker_name"]) == ("นางจำเนียร น้ำใส", "")
    assert tasks(page)["ระบุผู้ตรวจรายงานการประชุม"] == ("#signers", "ยังไม่มี")


def test_a_stale_name_keeps_both_and_can_be_saved_again(coordinator: PageClient) -> None:
    stale = coordinator.get(SOUTH)
    coordinator.submit(SOUTH, {"recorder_name": "นายแรก"}, form=SOUTH)
    page = coordinator.submit(stale, {"recorder_name": "นายหลัง"}, form=SOUTH, status=409)
    assert text_of(page.find_all("conflict-texts")[0]).endswith("นายแรก")
    page = coordinator.submit(page, {}, form=SOUTH, follow=True)
    names = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert names["recorder_name"] == "นายหลัง"


def test_a_name_that_is_too_long_is_refused_beside_its_field_and_kept(coordinator: PageClient) -> None:
    page = coordinator.submit(SOUTH, {"recorder_name": "ก" * 201}, form=SOUTH, status=422)
    names = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert (len(page.errors()), names["recorder_name"]) == (1, "ก" * 201)


def test_the_page_is_english_at_a_click(coordinator: PageClient) -> None:
    page = coordinator.get(SOUTH, lang="en")
    assert (page.heading, "No. 1/2550 (2007)" in page.text) == ("Minutes of the meeting", True)


# The paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "รายงานการประชุมวงภาคใต้ ครั้งที่ 1-2550.pdf"),
        ("?lang=en&digits=thai", "Minutes of the Regional Forum, South No. 1-2550 (2007).pdf"),
        ("?lang=fr&digits=roman", "รายงานการประชุมวงภาคใต้ ครั้งที่ 1-2550.pdf"),
    ],
)
def test_the_paper_is_a_file_with_a_readable_name(coordinator: PageClient, query: str, name: str) -> None:
    answer = coordinator.http.get(f"{SOUTH}.pdf{query}")
    plain, _star, readable = answer.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert (plain, unquote(readable)) == ('attachment; filename="minutes-2550-1-south.pdf"', name)


def test_an_english_paper_does_not_turn_the_pages_english(coordinator: PageClient) -> None:
    answer = coordinator.http.get(f"{SOUTH}.pdf?lang=en")
    assert answer.headers.getlist("Set-Cookie") == []
    assert coordinator.get(SOUTH).heading == "รายงานการประชุม"


def test_minutes_without_a_number_are_refused_with_a_way_on(organiser: PageClient) -> None:
    page = organiser.get(f"{BANGKOK}.pdf", 409)
    assert "กรุณาเริ่มรายงานที่หน้ารายงานการประชุมก่อน" in page.text


@pytest.mark.both_databases
def test_nobody_waits_for_the_database_while_a_paper_is_printed(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in_as("coordinator")
    seen = []

    def print_slowly(document: MinutesDocument) -> bytes:
        seen.append((db.session().in_transaction(), db.engine.pool.checkedout()))  # type: ignore[attr-defined]
        return b"%PDF-"

    monkeypatch.setattr(views, "minutes_pdf", print_slowly)
    assert client.http.get(f"{SOUTH}.pdf").status_code == 200
    assert seen == [(False, 0)]


def test_working_meetings_have_minutes_too(organiser: PageClient) -> None:
    address = "/rounds/2550-1/meetings/2006-11-19/minutes"
    page = organiser.submit(address, {}, form="minutes/start", follow=True)
    assert "ครั้งที่ 1/2549" in page.text
    http: FlaskClient = organiser.http
    assert http.get(f"{address}.pdf").status_code == 200
