"""The page of the national brief, through the page client."""

from datetime import date
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import update

from forumplanner.briefs.documents import BriefDocument
from forumplanner.briefs.views import pages as views
from forumplanner.core.db import db
from forumplanner.outcomes.models import Outcome
from forumplanner.outcomes.rules import Act
from forumplanner.outcomes.services import decide, list_outcomes, review, submit
from forumplanner.rounds.models import Meeting, MeetingStatus
from tests.history import add_history
from tests.outcomes.sample_round import ORGANISER, RECORDER, counted_queries, meeting_at
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
BRIEF = "/rounds/2550-1/brief"
SOUTH = "มีพื้นที่นำร่องระดับตำบลแล้ว 14 ตำบลใน 9 จังหวัด"
NORTHEAST = "คัดเลือกตำบลนำร่องแล้ว 38 ตำบล"
NORTH = "ลำปางและพะเยาทำงานครบทุกอำเภอแล้ว"
BANGKOK = "ชุมชนเมืองไม่มีตำบล ขอให้นับแขวงหรือเขตเป็นพื้นที่เป้าหมาย"
OWNER = "น.ส.วรรณา ทองคำ"


def matrix(page: Page) -> dict[str, list[str]]:
    """Region and state, and what stands in the row's cells."""
    (table,) = page.find_all("matrix")
    rows = [row for body in table.iter("tbody") for row in body.iter("tr")]
    return {text_of(row[0]): [text_of(cell) for cell in row.iter("td")] for row in rows}


@pytest.mark.parametrize("address", [BRIEF, f"{BRIEF}.pdf"])
def test_visitors_are_asked_to_sign_in(client: PageClient, address: str) -> None:
    assert client.get(address, 302).response.headers["Location"].startswith("/login")


@pytest.mark.parametrize(
    ("role", "reads"), [("reader", [SOUTH]), ("coordinator", [SOUTH]), ("organiser", [SOUTH, NORTHEAST])]
)
def test_accepted_text_is_for_all_submitted_text_for_organisers_drafts_for_nobody(
    client: PageClient, role: str, reads: list[str]
) -> None:
    page = client.sign_in_as(role).get(BRIEF)
    assert [text for text in (SOUTH, NORTHEAST, NORTH, BANGKOK) if text in page.text] == reads


@pytest.mark.parametrize("role", ["reader", "coordinator", "organiser"])
def test_the_paper_says_what_was_accepted_whoever_prints_it(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    printed: list[BriefDocument] = []
    monkeypatch.setattr(views, "brief_pdf", lambda document: printed.append(document) or b"%PDF-")
    client.sign_in_as(role).http.get(f"{BRIEF}.pdf?digits=thai&lang=en")
    (document,) = printed
    assert {line.region for part in document.regions for line in part.lines} == {"South"}
    assert (document.lang, document.thai_digits) == ("en", True)
    assert document.address == "http://localhost/rounds/2550-1"


@pytest.mark.parametrize(("role", "named"), [("reader", False), ("coordinator", True), ("organiser", True)])
def test_owners_are_named_to_those_who_may_see_people(client: PageClient, role: str, named: bool) -> None:
    page = client.sign_in_as(role).get(BRIEF)
    assert (OWNER in page.text, "ฉบับนี้ไม่แสดงชื่อบุคคล" in page.text) == (named, not named)


def test_invented_owners_are_marked_wherever_they_are_named(client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(BRIEF)
    assert (page.text.count(OWNER), page.text.count(f"{OWNER} (ตัวอย่าง)")) == (2, 2)


def test_regions_that_are_not_heard_say_why_in_their_place(client: PageClient) -> None:
    rows = matrix(client.sign_in_as("reader").get(BRIEF))
    assert {region: cells for region, cells in rows.items() if len(cells) == 1} == {
        "เหนือ ส่งคืนให้ภาคแก้ไข": ["ส่งข้อสรุปคืนให้ภาคแก้ไขแล้ว ภาคยังไม่ส่งอีกครั้ง"],
        "กลางบน ยังไม่ถึงกำหนด": ["กำหนดประชุม 19-20 มี.ค. 2550 จึงยังไม่มีข้อสรุป"],
        "กทม.และปริมณฑล ยังไม่ส่ง": ["ประชุมแล้วเมื่อ 4-5 มี.ค. 2550 ยังไม่ส่งข้อสรุป"],
        "อีสาน ส่งแล้ว รอส่วนกลางพิจารณา": ["ส่งข้อสรุปแล้ว รอส่วนกลางพิจารณา จึงยังไม่แสดงในที่นี้"],
        "ตะวันออก ยังไม่ถึงกำหนด": ["กำหนดประชุม 12-13 มี.ค. 2550 จึงยังไม่มีข้อสรุป"],
        "ตะวันตก ยังไม่ถึงกำหนด": ["กำหนดประชุม 8-9 มี.ค. 2550 จึงยังไม่มีข้อสรุป"],
    }
    assert list(rows)[-1] == "ใต้ ส่วนกลางรับแล้ว"


def test_every_line_leads_to_its_source(client: PageClient) -> None:
    page = client.sign_in_as("reader").get(BRIEF)
    (table,) = page.find_all("matrix")
    with client.app.app_context():
        south = meeting_at(db.session(), "south")
        outcomes = [outcome for found in list_outcomes(db.session(), south).values() for outcome in found]
        ways = {f"/rounds/2550-1/south/outcomes/{one.agenda_item_id}#outcome-{one.id}": one.text for one in outcomes}
    found = [node.get("href") for node in table.iter("a") if text_of(node).startswith("ใต้ 4.")]
    assert [ways[href or ""] for href in found if href in ways] == [
        SOUTH,
        "เห็นชอบให้ขยายพื้นที่นำร่องให้ครบทุกจังหวัดภายในปี 2550",
        "กองทุนแต่ละประเภทใช้ระเบียบต่างกัน ทำให้รวมบัญชีเป็นแหล่งเรียนรู้เดียวกันได้ยาก",
        "ให้หน่วยงานสนับสนุนยอมรับระเบียบกลางที่ชุมชนร่างขึ้นเอง",
        "จัดทำแบบสำรวจข้อมูลกลุ่มการเงินให้เป็นแบบเดียวกันทั้งภาค",
        "กลุ่มสัจจะวันละ 1 บาทในสงขลาจัดสวัสดิการได้ 9 เรื่อง",
        "ให้รัฐสมทบกองทุนสวัสดิการชุมชนในสัดส่วน ชุมชน 1 บาท ท้องถิ่น 1 บาท รัฐ 1 บาท",
    ]
    assert len(found) == 7
    for href in found:
        source = client.get((href or "").partition("#")[0])
        assert [node for node in source.root.iter() if node.get("id") == (href or "").partition("#")[2]]


def test_the_matrix_shows_one_kind_alone(client: PageClient) -> None:
    page = client.sign_in_as("reader").get(f"{BRIEF}?kind=proposal")
    cells = matrix(page)["ใต้ ส่วนกลางรับแล้ว"]
    assert [("ไม่มีข้อเสนอในประเด็นนี้" in cell, "ข้อเสนอ" in cell) for cell in cells] == [
        (True, True),
        (False, True),
        (True, True),
        (False, True),
    ]
    chosen = [node.get("value") for node in page.root.iter("option") if node.get("selected") is not None]
    assert chosen == ["proposal"]


def test_organisers_see_what_waits_marked_as_such(client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(BRIEF)
    assert "ส่งแล้ว ส่วนกลางยังไม่รับ: อีสาน" in page.text
    resolutions = next(table for table in page.root.iter("table") if text_of(table).startswith("มติของเวทีภาค"))
    regions = [text_of(row[1]).removeprefix("ภาค ") for body in resolutions.iter("tbody") for row in body]
    assert regions == ["อีสาน (ส่วนกลางยังไม่รับ)", "ใต้"]


def test_the_situation_has_both_totals_and_its_notes(client: PageClient) -> None:
    page = client.sign_in_as("reader").get(BRIEF)
    assert [figure for figure in ("136,998", "97,352", "101,563.01", "90,462.13") if figure not in page.text] == []
    assert page.links()["ตัวเลของค์กรการเงินชุมชน"] == "/figures"


def test_the_brief_is_english_at_a_click(client: PageClient) -> None:
    page = client.sign_in_as("reader").get(BRIEF, lang="en")
    assert page.heading == "Brief for the national meeting"
    assert "Bangkok and vicinity Not submitted" in matrix(page)


def test_an_unknown_round_is_not_found(client: PageClient) -> None:
    client.sign_in_as("reader").get("/rounds/2551-9/brief", 404)
    client.get("/rounds/2551-9/brief.pdf", 404)


@pytest.mark.parametrize(("role", "status"), [("reader", 404), ("organiser", 200)])
def test_a_round_of_which_nothing_is_announced_is_for_those_who_plan_it(
    client: PageClient, role: str, status: int
) -> None:
    with client.app.app_context():
        db.session.execute(update(Meeting).values(status=MeetingStatus.PROPOSED))
        db.session.commit()
    client.sign_in_as(role).get(BRIEF, status)


def test_what_people_type_stays_text(client: PageClient) -> None:
    typed = "<script>alert(1)</script> {{ 7 * 7 }} https://example.org/ " + "ยาว" * 200
    with client.app.app_context():
        south = meeting_at(db.session(), "south")
        session = db.session()
        decide(session, south, ORGANISER, Act.RETURN, remark="แก้", seen=review(session, south).seen)
        for outcomes in list_outcomes(session, south).values():
            session.execute(update(Outcome).where(Outcome.id == outcomes[0].id).values(text=typed))
        session.expire_all()
        submit(session, south, RECORDER, today=date(2007, 3, 6), seen=review(session, south).seen)
        decide(session, south, ORGANISER, Act.ACCEPT, remark="", seen=review(session, south).seen)
        session.commit()
    page = client.sign_in_as("reader").get(BRIEF)
    assert typed in page.text


# The paper -----------------------------------------------------------------------------------------------------------


def test_the_paper_is_a_file_with_a_readable_name_that_leaves_no_cookie(client: PageClient) -> None:
    answer = client.sign_in_as("reader").http.get(f"{BRIEF}.pdf?lang=en")
    plain, _star, readable = answer.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert plain == 'attachment; filename="brief-2550-1.pdf"'
    assert unquote(readable) == "Brief for the national meeting 2550-1.pdf"
    assert answer.headers.getlist("Set-Cookie") == []


@pytest.mark.both_databases
def test_nobody_waits_for_the_database_while_the_brief_is_printed(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def print_slowly(document: BriefDocument) -> bytes:
        seen.append((db.session().in_transaction(), db.engine.pool.checkedout()))  # type: ignore[attr-defined]
        return b"%PDF-"

    monkeypatch.setattr(views, "brief_pdf", print_slowly)
    client.sign_in_as("reader").http.get(f"{BRIEF}.pdf")
    assert seen == [(False, 0)]


def test_the_page_takes_few_queries_at_one_and_at_twenty_rounds(app: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser").get(BRIEF)
    counts = []
    for _history in range(2):
        with app.app_context(), counted_queries() as sent:
            client.http.get(BRIEF)
        counts.append(len(sent))
        with app.app_context():
            if len(counts) == 1:
                add_history(db.session(), 19)
    assert counts[0] == counts[1] <= 12
