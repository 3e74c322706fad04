"""Long lists are read and written by the worker; their page can be left, and nothing is half done."""

import io
import threading
from datetime import timedelta
from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.history.services import Actor
from forumplanner.partners.importing import committing, jobs, previews
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.models import Partner
from forumplanner.places.services import get_region
from tests.pages import PageClient, text_of
from tests.partners.importing.test_pages import TABLE, begin, people, press
from tests.waiting import CEILING_SECONDS


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list is a long one."""
    monkeypatch.setattr(previews, "AT_ONCE", 10)
    monkeypatch.setattr(committing, "AT_ONCE", 0)


def work(app: Flask) -> int:
    with app.app_context():
        count = jobs.work_on_lists(db.session())
        db.session.remove()
        return count


@pytest.mark.usefixtures("sample", "long")
def test_a_long_list_is_read_by_the_worker_and_its_page_found_again(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, pasted=TABLE)
    page = coordinator.get(path)
    assert "กำลังอ่านตารางนี้" in text_of(page.root)
    assert page.response.headers["Refresh"] == "3"
    imports = coordinator.get("/partners/import")
    assert "กำลังอ่าน" in text_of(imports.root)
    assert path in [link.get("href") for link in imports.root.iter("a")]
    assert coordinator.http.post(f"{path}/write").status_code in (400, 409)
    assert (work(app), work(app)) == (1, 0)
    page = coordinator.get(path)
    assert "นำเข้า 1 ราย" in text_of(page.root)
    assert "Refresh" not in page.response.headers


@pytest.mark.usefixtures("sample", "long")
def test_how_far_it_is_stands_on_the_page(app: Flask, coordinator: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begin(coordinator, pasted="ชื่อ-สกุล\tโทร\n" + "".join(f"นายคน ที่{n}\t08100{n:05}\n" for n in range(2500)))
    shown: list[tuple[int, int]] = []
    match_rows = previews.match_rows

    def look(session: Session, *arguments: object) -> object:
        kept = session.scalars(select(PartnerImport)).one()
        shown.append((kept.rows_done, kept.rows_there))
        return match_rows(session, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(previews, "match_rows", look)
    work(app)
    assert shown == [(2000, 2501)]
    words = text_of(coordinator.get(path).root)
    assert "นำเข้า 2500 ราย" in words, words[:600]


@pytest.mark.usefixtures("sample", "long")
def test_what_the_worker_cannot_read_is_said_on_the_page_once(app: Flask, coordinator: PageClient) -> None:
    path = begin(coordinator, file=(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(99)), "a.csv"))
    assert (work(app), work(app)) == (1, 0)
    page = coordinator.get(path)
    assert "ไม่พบตารางที่อ่านได้" in text_of(page.root)
    assert "Refresh" not in page.response.headers
    assert "อ่านไม่ได้" in text_of(coordinator.get("/partners/import").root)
    press(coordinator, path, "/remove")
    assert coordinator.http.get(path).status_code == 404


@pytest.mark.usefixtures("sample", "long")
def test_a_worker_that_ended_in_the_middle_is_followed_by_another(app: Flask, coordinator: PageClient) -> None:
    begin(coordinator, pasted=TABLE)
    for ago, count in ((timedelta(), 0), (jobs.GIVEN_UP_AFTER + timedelta(minutes=1), 1)):
        with app.app_context():
            db.session.scalars(select(PartnerImport)).one().begun_at = clock.now() - ago
            db.session.commit()
        assert work(app) == count


@pytest.mark.usefixtures("sample", "long")
def test_many_people_are_written_by_the_worker_all_or_none(
    app: Flask, coordinator: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begin(coordinator, pasted=TABLE)
    work(app)
    before = people(app)
    press(coordinator, path, "/write")
    assert "กำลังนำเข้าตารางนี้" in text_of(coordinator.get(path).root)
    assert people(app) == before

    def fail(*_arguments: object) -> NoReturn:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(committing, "keep_rows", fail)
        assert work(app) == 1
    assert people(app) == before
    assert "ยังไม่ได้บันทึกรายชื่อใด" in text_of(coordinator.get(path).root)
    with app.app_context():
        kept = db.session.scalars(select(PartnerImport)).one()
        kept.refusal, kept.asked_at = None, clock.now()
        db.session.commit()
    assert work(app) == 1
    assert people(app) == before + 1
    assert "นำเข้าตารางนี้แล้ว" in text_of(coordinator.get(path).root)
    with app.app_context():
        (change,) = db.session.execute(
            select(PartnerImportRow.partner_id, PartnerImportRow.written_version).where(
                PartnerImportRow.written_version.is_not(None)
            )
        )
        assert None not in change


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("size", [22_000_000])
def test_a_file_that_is_too_large_is_refused_in_a_sentence_of_its_own(coordinator: PageClient, size: int) -> None:
    answer = coordinator.http.post(
        "/partners/import", data={"file": (io.BytesIO(bytes(size)), "a.xlsx")}, content_type="multipart/form-data"
    )
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 413
    words = answer.get_data(as_text=True)
    assert "ไฟล์นี้ใหญ่กว่า 20 MB" in words
    assert 'href="/partners/import"' in words


@pytest.mark.both_databases
def test_two_who_import_the_same_list_at_the_same_moment_add_each_person_once(app: Flask) -> None:
    with app.app_context():
        session = db.session()
        account = User(email="keeper@example.org", fs_uniquifier="k", name="ผู้ทดสอบ")
        session.add(account)
        session.flush()
        importer = previews.Importer(account.id, jobs.Sight(everything=True))
        rows = "ชื่อ-สกุล\tโทร\n" + "".join(f"นายคน ที่{n}\t08100{n:05}\n" for n in range(40))
        region = get_region(session, "south")
        ids = [
            previews.begin_import(session, importer, content=rows.encode(), name="", is_pasted=True, region=region).id
            for _ in range(2)
        ]
        session.commit()
    start, ends = threading.Barrier(2, timeout=CEILING_SECONDS), list[str]()

    def write(import_id: int) -> None:
        with app.app_context():
            session = db.session()
            kept = previews.get_import(session, importer, import_id, to_change=True)
            session.commit()
            start.wait()
            try:
                committing.write_import(session, Actor(None, "ผู้ทดสอบ"), importer, kept)
                session.commit()
                ends.append("written")
            except Refused as refusal:
                session.rollback()
                ends.append(refusal.message)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=write, args=(number,)) for number in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(CEILING_SECONDS)
    assert sorted(ends) == sorted(["written", committing.NOTHING_TO_WRITE])
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Partner)) == 40
