"""The pages on which a list is imported."""

import io
import re

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from forumplanner.core.db import db
from forumplanner.partners.facts import fact_texts, facts_of
from forumplanner.partners.importing import previews
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.models import Partner
from tests.pages import PageClient, form_values, text_of
from tests.partners.importing.messy import FAULTS, messy

pytestmark = pytest.mark.usefixtures("sample")
TABLE = "ชื่อ-สกุล\tโทร\tเลขที่บัญชี\nนายพิม ทดลอง\t081-000-0881\t0812345678\nนางพัน ทดลอง\t12\t\n-\t081-000-0883\t\n"


def begin(client: PageClient, **values: object) -> str:
    """Send a list; the path of its preview."""
    page = client.get("/partners/import")
    (form,) = (form for form in page.root.iter("form") if form.get("enctype"))
    sent = {**form_values(form), **values}
    answer = client.http.post("/partners/import", data=sent, content_type="multipart/form-data")
    # The test client keeps a large body in a file, and leaves that open.
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 302, answer.get_data(as_text=True)[-3000:]
    return str(answer.location)


def press(client: PageClient, path: str, action: str) -> None:
    (form,) = (form for form in client.get(path).root.iter("form") if (form.get("action") or "").endswith(action))
    answer = client.http.post(form.get("action") or "", data=form_values(form))
    assert answer.status_code == 302, answer.get_data(as_text=True)


def words_of(html: str) -> str:
    """A page's words without its tags."""
    return re.sub(r"<[^>]*>", "", html)


def people(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Partner)) or 0


def test_nothing_is_written_before_the_button_and_all_of_it_can_be_taken_back(
    app: Flask, coordinator: PageClient
) -> None:
    before = people(app)
    path = begin(coordinator, pasted=TABLE)
    page = coordinator.get(path)
    words = text_of(page.root)
    assert people(app) == before
    for text in ("นำเข้า 1 ราย", "ยังไม่นำเข้า 2 แถว", "นายพิม ทดลอง", "แถวนี้ไม่มีชื่อ", "0812345678"):
        assert text in words
    press(coordinator, path, "/write")
    assert people(app) == before + 1
    press(coordinator, path, "/take-back")
    assert people(app) == before
    assert "ยกเลิกการนำเข้านี้แล้ว" in text_of(coordinator.get(path).root)


def test_the_page_can_be_left_and_found_again(coordinator: PageClient) -> None:
    path = begin(coordinator, pasted=TABLE)
    links = [link.get("href") for link in coordinator.get("/partners/import").root.iter("a")]
    assert path in links
    assert "/partners/import" in [link.get("href") for link in coordinator.get("/partners").root.iter("a")]


def test_a_file_of_forty_faults_is_shown_row_by_row(coordinator: PageClient) -> None:
    path = begin(coordinator, file=(io.BytesIO(messy()), "ใต้.xlsx"))
    rows = [text_of(row) for row in coordinator.get(path).root.iter("tr")]
    assert len([row for row in rows if row.startswith("แถวที่")]) == len(FAULTS) + 3
    assert all("ต้องแก้ไข" in row for row in rows if "สิบเอ็ด ใจดี" in row)


def test_what_is_left_out_comes_back_as_a_sheet_with_reasons(coordinator: PageClient) -> None:
    path = begin(coordinator, pasted=TABLE)
    answer = coordinator.http.get(f"{path}/left-out.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].values)
    assert rows[0] == ("ชื่อ-สกุล", "โทร", "เลขที่บัญชี", "เหตุผล")
    assert [row[0] for row in rows[1:]] == ["นางพัน ทดลอง", "'-"]
    assert "จำนวนหลัก" in str(rows[1][3])
    # Mended and imported again.
    again = begin(coordinator, file=(io.BytesIO(answer.data), "left-out.xlsx"))
    assert "ต้องแก้ไข" in text_of(coordinator.get(again).root)


def test_columns_are_corrected_and_the_list_read_anew(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, pasted=TABLE)
    page = coordinator.get(f"{path}/columns")
    (form,) = (form for form in page.root.iter("form") if any(node.tag == "select" for node in form.iter()))
    values = form_values(form)
    assert values["column-0-2"] == "kept"
    answer = coordinator.http.post(f"{path}/columns", data={**values, "column-0-1": "left-out", "column-0-2": "phone"})
    assert answer.status_code == 302
    with app.app_context():
        row = db.session.scalars(select(PartnerImportRow).order_by(PartnerImportRow.position)).first()
        assert row is not None
        assert row.state.value == "new"
    press(coordinator, path, "/write")
    with app.app_context():
        phones = [p.phones[0].number for p in db.session.scalars(select(Partner).where(Partner.name == "พิม ทดลอง"))]
        assert phones == ["0812345678"]


def test_what_cannot_be_read_is_said_beside_the_field_and_stays_typed(coordinator: PageClient) -> None:
    page = coordinator.get("/partners/import")
    (form,) = (form for form in page.root.iter("form") if form.get("enctype"))
    for sent, says in (
        ({"pasted": "ปี\tกลุ่ม\n2550\t100"}, "ไม่พบคอลัมน์ที่เป็นชื่อ"),
        ({"pasted": ""}, "กรุณาวางตารางที่นี่"),
        ({"file": (io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(99)), "a.csv")}, "ไม่พบตารางที่อ่านได้"),
    ):
        values = {**form_values(form), **sent}
        answer = coordinator.http.post("/partners/import", data=values, content_type="multipart/form-data")
        text = words_of(answer.get_data(as_text=True))
        assert answer.status_code == 422
        assert says in text
    assert "2550\t100" not in text


def test_a_file_larger_than_a_form_is_taken(coordinator: PageClient) -> None:
    rows = "".join(f"นายก้อง ที่{number},08100{number:05}\n" for number in range(40_000))
    content = f"ชื่อ-สกุล,โทร\n{rows}".encode()
    assert len(content) > 1_500_000
    path = begin(coordinator, file=(io.BytesIO(content[:1_500_000]), "a.csv"))
    assert path.startswith("/partners/import/")


def test_an_import_is_not_taken_back_once_somebody_worked_on_it(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, pasted=TABLE)
    press(coordinator, path, "/write")
    with app.app_context():
        partner = db.session.scalars(select(Partner).where(Partner.name == "พิม ทดลอง")).one()
        partner.note = "เปลี่ยน"
        db.session.commit()
    (form,) = (f for f in coordinator.get(path).root.iter("form") if (f.get("action") or "").endswith("/take-back"))
    answer = coordinator.http.post(form.get("action") or "", data=form_values(form))
    assert answer.status_code == 409
    assert "พิม ทดลอง" in words_of(answer.get_data(as_text=True))


def test_an_update_is_given_back(app: Flask, coordinator: PageClient) -> None:
    first = begin(coordinator, pasted=TABLE)
    press(coordinator, first, "/write")

    def kept() -> dict[str, str]:
        with app.app_context():
            return fact_texts(facts_of(db.session.scalars(select(Partner).where(Partner.name == "พิม ทดลอง")).one()))

    before = kept()
    second = begin(
        coordinator, pasted="ชื่อ-สกุล\tโทร\tชื่อเล่น\tตำแหน่ง\nนายพิม ทดลอง\t081-000-0881, 074-111-222\tพิม\tประธาน\n"
    )
    press(coordinator, second, "/write")
    assert kept()["post"] == "ประธาน"
    press(coordinator, second, "/take-back")
    assert kept() == before


def test_two_lists_that_are_the_same_are_imported_once(app: Flask, coordinator: PageClient) -> None:
    first, second = begin(coordinator, pasted=TABLE), begin(coordinator, pasted=TABLE)
    press(coordinator, first, "/write")
    number = people(app)
    (form,) = (f for f in coordinator.get(second).root.iter("form") if (f.get("action") or "").endswith("/write"))
    answer = coordinator.http.post(form.get("action") or "", data=form_values(form))
    assert (answer.status_code, people(app)) == (409, number)


def test_a_coordinators_people_come_into_their_own_region(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, pasted="ชื่อ-สกุล\tจังหวัด\tภาค\nนายพิม ทดลอง\tเชียงใหม่\tเหนือ\n")
    press(coordinator, path, "/write")
    with app.app_context():
        partner = db.session.scalars(select(Partner).where(Partner.name == "พิม ทดลอง")).one()
        assert [region.slug for region in partner.regions] == ["south"]


def test_old_lists_are_removed_and_their_people_stay(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, pasted=TABLE)
    press(coordinator, path, "/write")
    number = people(app)
    with app.app_context():
        kept = db.session.scalars(select(PartnerImport)).one()
        later = kept.created_at.replace(year=kept.created_at.year + 1)
        assert previews.remove_old(db.session(), kept.created_at) == 0
        assert previews.remove_old(db.session(), later) == 1
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(PartnerImportRow)) == 0
    assert people(app) == number
    assert coordinator.http.get(path).status_code == 404
