"""Telephone numbers of partners: series, extensions and notes, kept and shown."""

from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.partners.models import Partner
from tests.pages import PageClient, text_of

TYPED = "02-2281967-8 ต่อ 101-103, 081-234-5678 คุณแดง ลูกสาว, ๐๒ ๑๒๓ ๔๕๖๗ กด 0"
SHOWN = "02-228-1967 ต่อ 101-103, 02-228-1968 ต่อ 101-103, 081-234-5678 (คุณแดง ลูกสาว), 02-123-4567 กด 0"


def test_each_number_is_a_link_and_its_note_is_kept(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("organiser")
    page = client.submit("/partners/new/person", {"full_name": "นายทดสอบ", "phones": TYPED}, form=-1, follow=True)
    links = {node.text: node.get("href") for node in page.root.iter("a") if (node.get("href") or "").startswith("tel:")}
    assert links == {
        "02-228-1967 ต่อ 101-103": "tel:022281967",
        "02-228-1968 ต่อ 101-103": "tel:022281968",
        "081-234-5678": "tel:0812345678",
        "02-123-4567": "tel:021234567",
    }
    assert SHOWN in text_of(next(page.root.iter("main"))).replace(" ,", ",")
    with sample.app_context():
        phones = db.session.scalars(select(Partner).where(Partner.name == "ทดสอบ")).one().phones
        assert [(phone.number, phone.extension, phone.note) for phone in phones] == [
            ("022281967", "101-103", None),
            ("022281968", "101-103", None),
            ("0812345678", None, "คุณแดง ลูกสาว"),
            ("021234567", None, "กด 0"),
        ]


def test_a_form_opened_and_saved_changes_no_number(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("organiser")
    page = client.submit("/partners/new/person", {"full_name": "นายทดสอบ", "phones": TYPED}, form=-1, follow=True)
    form = client.get(next(url for url in page.links().values() if url.endswith("/edit")))
    assert next(node.get("value") for node in form.root.iter("input") if node.get("name") == "phones") == SHOWN
    after = client.submit(form, {"post": "กรรมการ"}, form=-1, follow=True)
    changes = text_of(after.find_all("table")[0].find("tbody"))
    assert ("กรรมการ" in changes, "โทรศัพท์" in changes) == (True, False)


def test_partners_are_found_by_every_line_of_a_series(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("organiser")
    client.submit("/partners/new/person", {"full_name": "นายทดสอบ", "phones": TYPED}, form=-1, status=302)
    for asked in ("02-228-1968", "022281967", "๐๘๑-๒๓๔"):
        assert "ทดสอบ" in text_of(next(client.get(f"/partners?q={asked}").root.iter("main")))
