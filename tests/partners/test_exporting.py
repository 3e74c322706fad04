"""The list can be had back: as a workbook and as text, narrowed as it is shown, harmless, noted, and read again."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.models import Look, LookPartner
from forumplanner.history.services import Actor
from forumplanner.partners import services
from forumplanner.partners.facts import PersonFacts
from forumplanner.partners.models import Partner
from forumplanner.partners.parts import NamedNote
from forumplanner.places.gazetteer import places
from forumplanner.sheets import read_file
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("sample")
BAN_PHRU = "ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา"
EVIL = '=HYPERLINK("http://x.example","ดู")'


@pytest.fixture
def malee(app: Flask) -> int:
    """Somebody of the South with everything that may be written of a person."""
    with app.app_context():
        session = db.session()
        regions = services.add_partner(session, Actor(None, "ผู้ทดสอบ"), PersonFacts(given_name="ว่าง")).regions
        somchai = session.scalars(select(Partner).where(Partner.name == "สมชาย ใจดี")).one()
        assert regions == []
        person = services.add_partner(
            session,
            Actor(None, "ผู้ทดสอบ"),
            PersonFacts(
                honorific="นาง",
                given_name="มาลี",
                surname="ดีใจ",
                post=EVIL,
                organisation_text="+กลุ่มออมทรัพย์",
                phones=(PhoneNumber("0810000777", note="ลูกสาว"), PhoneNumber("074200000", "12")),
                email="malee@example.org",
                line_name="@malee",
                place=next(place for place in places().values() if str(place) == BAN_PHRU),
                regions=tuple(somchai.regions),
                note="บรรทัดแรก\nบรรทัดสอง",
                notes=(NamedNote("ขนาดเสื้อ", "XL"), NamedNote("ผู้แนะนำ", "-ลุงดำ")),
            ),
        )
        session.commit()
        return person.id


def rows_of(client: PageClient, path: str) -> list[dict[str, str]]:
    """The rows of a downloaded file by their headings."""
    with client.http.get(path) as answer:
        status, content = answer.status_code, answer.get_data()
    assert status == 200
    if ".csv" in path:
        assert content.startswith(b"\xef\xbb\xbf")
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    else:
        (sheet,) = read_file(content, "list.xlsx").sheets
        table = [list(row.cells) for row in sheet.rows]
    head, *rows = table
    return [dict(zip(head, [*row, *([""] * (len(head) - len(row)))], strict=True)) for row in rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_is_downloaded_as_it_is_narrowed_and_nothing_in_it_is_a_formula(
    client: PageClient, malee: int, ending: str
) -> None:
    client.sign_in_as("coordinator")
    (row,) = rows_of(client, f"/partners/export.{ending}?q=มาลี")
    assert (row["คำนำหน้า"], row["ชื่อ"], row["นามสกุล"], row["ขนาดเสื้อ"]) == ("นาง", "มาลี", "ดีใจ", "XL")
    assert row["โทรศัพท์"] == "081-000-0777 (ลูกสาว), 074-200-000 ต่อ 12"
    assert (row["ตำบล"], row["อำเภอ"], row["จังหวัด"]) == ("บ้านพรุ", "หาดใหญ่", "สงขลา")
    assert {row["ตำแหน่ง"][:1], row["กลุ่มหรือองค์กร"][:1], row["ชื่อในไลน์"][:1], row["ผู้แนะนำ"][:1]} == {"'"}
    shown = client.get("/partners").root.iter("th")
    listed = rows_of(client, f"/partners/export.{ending}")
    assert len(listed) == sum(1 for head in shown if head.get("scope") == "row")


def test_whose_data_left_is_noted(client: PageClient, app: Flask, malee: int) -> None:
    client.sign_in_as("coordinator")
    rows_of(client, "/partners/export.csv?q=มาลี")
    with app.app_context():
        query = select(Look.page, LookPartner.partner_id).join(LookPartner, LookPartner.look_id == Look.id)
        assert (("partners.export_csv", malee)) in [tuple(row) for row in db.session.execute(query)]


def test_a_list_too_long_for_a_page_says_what_to_do(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forumplanner.partners.exporting.export_partners.__kwdefaults__", {"also": None, "most": 5})
    page = client.sign_in_as("organiser").get("/partners/export.xlsx", 409)
    assert "กรุณาใช้ตัวกรองให้แคบลง" in page.text
