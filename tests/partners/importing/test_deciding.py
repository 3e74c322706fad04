"""Possible duplicates of a list: who they are is said row by row, or of all at once, and what follows is shown."""

import io

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.partners.importing.models import PartnerImportRow
from forumplanner.partners.models import Partner
from tests.pages import PageClient, form_values, text_of
from tests.partners.importing.test_pages import begin, people, press

pytestmark = pytest.mark.usefixtures("sample")
KEPT = "ชื่อ-สกุล\tโทร\tกลุ่ม\nนายพิม ทดลอง\t081-000-0881\tกลุ่มบ้านนอก\n"
# The name misspelt with the same number; the same name with another number, of the same group; a row twice.
DOUBTFUL = (
    "ชื่อ-สกุล\tโทร\tกลุ่ม\tตำแหน่ง\nนายพิม ทดลองง\t081-000-0881\t\tประธาน\nพิม ทดลอง\t089-000-0882\tกลุ่มบ้านนอก\t\n"
    "นางใหม่ เอี่ยม\t081-000-0884\t\t\nใหม่ เอี่ยม\t081-000-0884, 074-100-001\t\tเลขานุการ\n"
)


@pytest.fixture
def doubtful(coordinator: PageClient) -> str:
    press(coordinator, begin(coordinator, pasted=KEPT), "/write")
    return begin(coordinator, pasted=DOUBTFUL)


def send(client: PageClient, path: str, *said: str, **more: str) -> None:
    """Say of the rows in their order who they are."""
    (form,) = (form for form in client.get(f"{path}/duplicates").root.iter("form") if form.get("id"))
    names = list(dict.fromkeys(box.get("name") or "" for box in form.iter("input") if box.get("type") == "radio"))
    chosen = {name: value for name, value in zip(names, said, strict=False) if value}
    answer = client.http.post(f"{path}/duplicates", data={**form_values(form), **chosen, **more})
    assert answer.status_code == 302, answer.get_data(as_text=True)[-3000:]


def numbers_of(app: Flask, name: str) -> list[list[str]]:
    with app.app_context():
        found = db.session.scalars(select(Partner).where(Partner.name == name).order_by(Partner.id))
        return [[phone.number for phone in partner.phones] for partner in found]


def test_without_a_word_possible_duplicates_are_left_out(app: Flask, coordinator: PageClient, doubtful: str) -> None:
    words = text_of(coordinator.get(doubtful).root)
    assert "มี 3 แถวที่อาจซ้ำ" in words
    assert "นำเข้า 1 ราย" in words
    before = people(app)
    press(coordinator, doubtful, "/write")
    assert people(app) == before + 1
    assert numbers_of(app, "พิม ทดลอง") == [["0810000881"]]


def test_each_row_becomes_what_was_said_of_it(app: Flask, coordinator: PageClient, doubtful: str) -> None:
    send(coordinator, doubtful, "same", "other", "same")
    words = text_of(coordinator.get(doubtful).root)
    # One is completed, one is another person, one is new with what its second row adds.
    assert "นำเข้า 3 ราย" in words
    assert "เลือกครบทุกแถวแล้ว" in words
    press(coordinator, doubtful, "/write")
    assert numbers_of(app, "พิม ทดลอง") == [["0810000881"], ["0890000882"]]
    assert numbers_of(app, "ใหม่ เอี่ยม") == [["0810000884", "074100001"]]
    press(coordinator, doubtful, "/take-back")
    assert numbers_of(app, "พิม ทดลอง") == [["0810000881"]]
    assert numbers_of(app, "ใหม่ เอี่ยม") == []


def test_the_rest_is_decided_at_once_and_what_was_chosen_stays(
    app: Flask, coordinator: PageClient, doubtful: str
) -> None:
    send(coordinator, doubtful, "leave", rest="other")
    with app.app_context():
        rows = db.session.scalars(select(PartnerImportRow).where(PartnerImportRow.asks))
        assert [(row.decision.value if row.decision else "", row.state.value) for row in rows] == [
            ("leave", "duplicate"),
            ("other", "new"),
            ("other", "new"),
        ]
    press(coordinator, doubtful, "/write")
    assert len(numbers_of(app, "ใหม่ เอี่ยม")) == 2


def test_decisions_outlive_reading_the_list_anew(app: Flask, coordinator: PageClient, doubtful: str) -> None:
    send(coordinator, doubtful, "same", "other", "leave")
    (form,) = (
        f for f in coordinator.get(f"{doubtful}/columns").root.iter("form") if any(n.tag == "select" for n in f.iter())
    )
    answer = coordinator.http.post(f"{doubtful}/columns", data={**form_values(form), "column-0-3": "kept"})
    assert answer.status_code == 302
    with app.app_context():
        rows = db.session.scalars(select(PartnerImportRow).order_by(PartnerImportRow.position))
        found = [(row.number, row.decision.value) for row in rows if row.decision]
    assert found == [(2, "same"), (3, "other"), (5, "leave")]


def test_what_was_said_of_one_person_is_not_said_of_another(app: Flask, coordinator: PageClient, doubtful: str) -> None:
    send(coordinator, doubtful, "same", "same", "leave")
    with app.app_context():
        # Meanwhile the person was removed, and somebody alike was added.
        old = db.session.scalars(select(Partner).where(Partner.name == "พิม ทดลอง")).one()
        db.session.delete(old)
        db.session.commit()
    press(coordinator, begin(coordinator, pasted=KEPT), "/write")
    answer = text_of(coordinator.get(doubtful).root)
    assert "นำเข้า" in answer
    press(coordinator, doubtful, "/write")
    assert numbers_of(app, "พิม ทดลอง") == [["0810000881"]]


def test_somebody_else_decided_meanwhile(app: Flask, coordinator: PageClient, doubtful: str) -> None:
    (form,) = (form for form in coordinator.get(f"{doubtful}/duplicates").root.iter("form") if form.get("id"))
    send(coordinator, doubtful, "other")
    names = list(dict.fromkeys(box.get("name") or "" for box in form.iter("input") if box.get("type") == "radio"))
    answer = coordinator.http.post(f"{doubtful}/duplicates", data={**form_values(form), names[0]: "same"})
    assert answer.status_code == 409
    with app.app_context():
        first = db.session.scalars(select(PartnerImportRow).where(PartnerImportRow.asks)).first()
        assert first is not None
        assert first.decision == "other"


def book_of_sheets() -> bytes:
    book = openpyxl.Workbook()
    for number, name in enumerate(("ปี 2548", "ปี 2549", "ปี 2550")):
        sheet = book.create_sheet(name)
        sheet.append(["ชื่อ-สกุล", "โทร"])
        sheet.append([f"นายคน ที่{number}", f"08100077{number}0"])
    book.remove(book.worksheets[0])
    book.worksheets[2].sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_sheets_are_read_together_or_those_that_are_chosen(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, file=(io.BytesIO(book_of_sheets()), "a.xlsx"))
    words = text_of(coordinator.get(path).root)
    assert "นำเข้า 2 ราย" in words
    assert "ปี 2550" in words  # named, and said to be hidden
    (form,) = (form for form in coordinator.get(f"{path}/sheets").root.iter("form") if form.get("id"))
    boxes = [box for box in form.iter("input") if box.get("type") == "checkbox"]
    assert [box.get("checked") is not None for box in boxes] == [True, True, False]
    values = {name: value for name, value in form_values(form).items() if name != "sheets"}
    empty = coordinator.http.post(f"{path}/sheets", data=values)
    assert (empty.status_code, "อย่างน้อยหนึ่งแผ่นงาน" in empty.get_data(as_text=True)) == (422, True)
    answer = coordinator.http.post(f"{path}/sheets", data={**values, "sheets": ["1", "2"]})
    assert answer.status_code == 302, answer.get_data(as_text=True)[-2000:]
    press(coordinator, path, "/write")
    with app.app_context():
        found = db.session.scalars(select(Partner.name).where(Partner.name.like("คน ที่%")))
        assert sorted(found) == ["คน ที่1", "คน ที่2"]


def test_a_list_that_was_not_imported_is_removed(app: Flask, coordinator: PageClient, doubtful: str) -> None:
    press(coordinator, doubtful, "/remove")
    assert coordinator.http.get(doubtful).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(PartnerImportRow.number).where(PartnerImportRow.asks)).all() == []
