"""A person added with a title: known ones are split off, others asked about; the salutation follows."""

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.partners.models import Person
from tests.pages import PageClient, text_of

NEW = "/partners/new/person"


@pytest.fixture
def organiser(sample: Flask, client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def saved(app: Flask, given_name: str) -> tuple[str | None, str, str | None, str]:
    with app.app_context():
        found = db.session.scalars(select(Person).where(Person.given_name == given_name)).one()
        return found.honorific, found.given_name, found.surname, found.person_class


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ว่าที่ ร.ต.หญิง สมทดสอบ ใจดี", ("ว่าที่ ร.ต.หญิง", "สมทดสอบ", "ใจดี", "lay")),
        ("พระครูสมุห์สมทดสอบ", ("พระครูสมุห์", "สมทดสอบ", None, "monk")),
        ("โต๊ะครูสมทดสอบ", ("โต๊ะครู", "สมทดสอบ", None, "lay")),
        ("ผู้ช่วยศาสตราจารย์ ดร. สมทดสอบ ใจดี", ("ผู้ช่วยศาสตราจารย์ ดร.", "สมทดสอบ", "ใจดี", "lay")),
    ],
)
def test_a_title_is_split_off_and_decides_the_salutation(
    organiser: PageClient, sample: Flask, typed: str, kept: tuple[str, str, str | None, str]
) -> None:
    organiser.submit(NEW, {"full_name": typed}, form=-1)
    assert saved(sample, "สมทดสอบ") == kept


@pytest.mark.parametrize(
    ("typed", "answer", "kept"),
    [
        ("ก.ก.ส. สมทดสอบ ใจดี", "title", ("ก.ก.ส.", "สมทดสอบ", "ใจดี", "lay")),
        ("ส.สมทดสอบ ใจดี", "name", (None, "ส.สมทดสอบ", "ใจดี", "lay")),
        ("พระพร ใจดี", "title", ("พระ", "พร", "ใจดี", "monk")),
        ("พระพร ใจดี", "name", (None, "พระพร", "ใจดี", "lay")),
        ("นางนวล ใจดี", "name", (None, "นางนวล", "ใจดี", "lay")),
    ],
)
def test_what_is_on_no_list_is_asked_about_and_never_swallowed(
    organiser: PageClient, sample: Flask, typed: str, answer: str, kept: tuple[str | None, str, str | None, str]
) -> None:
    page = organiser.submit(NEW, {"full_name": typed, "post": "กรรมการ"}, form=-1, status=422)
    assert ["คืออะไร" in error for error in page.errors()] == [True]
    assert "หน้าชื่อ คืออะไร" in text_of(next(page.root.iter("main")))
    organiser.submit(page, {"title_means": answer}, form=-1)
    assert saved(sample, kept[1]) == kept


def test_nobody_is_asked_where_all_is_clear(organiser: PageClient) -> None:
    page = organiser.get(NEW)
    assert [node for node in page.root.iter("input") if node.get("name") == "title_means"] == []


def test_another_title_makes_no_second_person(organiser: PageClient) -> None:
    organiser.submit(NEW, {"full_name": "นายสมทดสอบ ใจดี"}, form=-1)
    page = organiser.submit(NEW, {"full_name": "ร.ต.อ. สมทดสอบ  ใจดี"}, form=-1, status=409)
    assert "นายสมทดสอบ ใจดี" in text_of(next(page.root.iter("main")))
