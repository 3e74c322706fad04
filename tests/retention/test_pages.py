"""Organisers set periods, see what will be removed and what was, and keep somebody longer."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.accounts.models import User
from forumplanner.cli import load_commands
from forumplanner.cli.group import cli
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.outbox.models import OutboxMessage
from forumplanner.retention.models import Announcement, Hold, Removal
from forumplanner.retention.views.telling import tell_organisers
from tests.accounts.signing_in import make_account, sign_in
from tests.counting import counted
from tests.databases import make_settings
from tests.pages import PageClient
from tests.retention.planting import DAY, add_account, add_look, add_person, run_day

PERIODS, COMING, REMOVED = (f"/settings/retention{end}" for end in ("", "/coming", "/removed"))
SAMPLE_DAY = DAY.replace(year=2007, month=3, day=6)


def plant_due(app: Flask, people: int = 1) -> list[int]:
    """People whose period is over, announced; on the sample's day."""
    with app.app_context():
        session = db.session()
        made = SAMPLE_DAY - timedelta(days=365 * 6)
        numbers = [add_person(session, f"สมใจ{number}", made).id for number in range(people)]
        add_account(session, "unused@example.org", made, made)
        add_look(session, 1, made)
        session.commit()
        run_day(session, SAMPLE_DAY)
        db.session.remove()
    return numbers


@pytest.fixture
def organiser(sample: Flask, client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def test_periods_are_set_and_every_page_says_them(sample: Flask, organiser: PageClient) -> None:
    page = organiser.get(PERIODS)
    assert "5 ปี" in page.text
    page = organiser.submit(page, {"partners": "๗", "after_meeting": "6"}, form=-1, follow=True)
    assert "บันทึกระยะเวลาเก็บรักษาแล้ว" in page.text
    assert "ส่วนกลาง (ตัวอย่าง)" in page.text
    for path in (PERIODS, "/settings/processing", "/partners/new/person"):
        assert "7 ปี" in organiser.get(path).text, path
    assert "6 เดือน" in organiser.get("/settings/processing").text
    assert "7 years" in organiser.get("/settings/processing?lang=en").text


@pytest.mark.parametrize("typed", ["0", "11", "-3", "ห้า", "5.5", "", "99999999999", "<b>5</b>"])
def test_a_number_that_may_not_be_has_a_sentence_beside_it(organiser: PageClient, typed: str) -> None:
    page = organiser.submit(organiser.get(PERIODS), {"partners": typed}, form=-1, status=422)
    (beside,) = page.find_all("field-error")
    assert beside.get("id") == "partners-error"
    boxes = [node for node in page.root.iter("input") if node.get("name") == "partners"]
    assert boxes[0].get("value") == typed


def test_what_will_be_removed_is_listed_by_name_and_can_be_kept(sample: Flask, organiser: PageClient) -> None:
    (number,) = plant_due(sample)
    for path in ("/", "/settings", PERIODS):
        assert COMING in organiser.get(path).links().values(), path
    page = organiser.get(COMING)
    assert "สมใจ0 ใจงาม" in page.text
    assert "unused@example.org" not in page.text
    assert "บัญชีเก่า" in page.text
    assert "5 เม.ย. 2550" in page.text
    keep = organiser.get(f"/settings/retention/people/{number}")
    refused = organiser.submit(keep, {"until": "1 ม.ค. 2540", "reason": ""}, form=-1, status=422)
    assert len(refused.find_all("field-error")) == 2
    listed = organiser.submit(keep, {"until": "1 ม.ค. 2553", "reason": "จะเชิญอีกเมื่อตั้งกองทุน"}, form=-1, follow=True)
    assert "1 มกราคม 2553" in listed.text
    with sample.app_context():
        assert db.session.get(Hold, number) is not None
        assert db.session.scalar(select(Announcement).where(Announcement.kind == "people")) is None
    assert "เก็บข้อมูลต่อถึง" in organiser.get(f"/partners/{number}").text
    organiser.submit(listed, {}, form="/release")
    with sample.app_context():
        assert db.session.get(Hold, number) is None


def test_what_was_removed_is_told_in_numbers_alone(sample: Flask, organiser: PageClient) -> None:
    assert "ยังไม่มีการลบข้อมูล" in organiser.get(REMOVED).text
    with sample.app_context():
        db.session.add(Removal(on=SAMPLE_DAY, kind="people", count=1234, at=clock.now()))
        db.session.commit()
    text = organiser.get(REMOVED).text
    assert "1,234" in text
    assert "6 มี.ค. 2550" in text


@pytest.mark.parametrize("path", ["/", "/settings", PERIODS, COMING])
def test_queries_do_not_grow_with_people(sample: Flask, organiser: PageClient, path: str) -> None:
    counts = []
    for more in (2, 30):
        plant_due(sample, more) if more == 2 else _more(sample, more)
        organiser.http.get(path)
        with counted(sample) as statements:
            assert organiser.http.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[1] <= counts[0]


def _more(app: Flask, count: int) -> None:
    with app.app_context():
        session = db.session()
        for number in range(count):
            add_person(session, f"เพิ่ม{number}", SAMPLE_DAY - timedelta(days=365 * 7))
        session.commit()
        run_day(session, SAMPLE_DAY + timedelta(days=1))
        db.session.remove()


def test_a_long_list_goes_on(sample: Flask, organiser: PageClient) -> None:
    plant_due(sample, 60)
    first, second = organiser.get(COMING), organiser.get(f"{COMING}?page=2")
    names = [sum(f"สมใจ{number} " in page.text for number in range(60)) for page in (first, second)]
    assert names == [50, 10]


@pytest.mark.both_databases
def test_signing_in_notes_the_day(app: Flask, client: PageClient) -> None:
    email = make_account(app)
    sign_in(client, email)
    with app.app_context():
        found = db.session.scalars(select(User.last_signed_in_on).where(User.email == email)).one()
        assert found == clock.today()


def test_a_mail_a_month_tells_organisers_in_numbers_alone(sample: Flask) -> None:
    plant_due(sample, 3)
    with sample.app_context():
        session = db.session()
        organiser = next(user for user in session.scalars(select(User)) if user.is_organiser)
        organiser.is_sample = False
        session.commit()
        clock.move_today(SAMPLE_DAY)
        assert tell_organisers() == 0, "without a mail server nothing is written"
        own = sample.config["SETTINGS"]
        sample.config["SETTINGS"] = make_settings(own.data_dir, own.database_url, smtp_url="smtp://127.0.0.1:9")
        assert [tell_organisers(), tell_organisers()] == [1, 0]
        session.commit()
        (mail,) = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "retention"))
        said = f"{mail.subject} {mail.text_body} {mail.html_body}"
        assert "สมใจ" not in said
        assert "unused" not in said
        assert "บุคคลในรายชื่อภาคี: 3" in mail.text_body
        assert "http://localhost/settings/retention/coming" in mail.text_body
        add_person(session, "ใหม่", SAMPLE_DAY - timedelta(days=365 * 6))
        session.commit()
        run_day(session, SAMPLE_DAY + timedelta(days=1))
        assert tell_organisers() == 0, "the next month"
        clock.move_today(SAMPLE_DAY.replace(month=4, day=1))
        assert tell_organisers() == 1
        session.commit()
        clock.move_today(SAMPLE_DAY.replace(month=5, day=1))
        assert tell_organisers() == 0, "nothing new"


def test_the_command_tells_periods_and_carries_out_a_day(sample: Flask) -> None:
    plant_due(sample, 2)
    load_commands()
    told = sample.test_cli_runner().invoke(cli, ["personal-data", "retention", "--run", "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert {"period": "partners", "number": 5, "unit": "years", "default": 5, "fixed": False} in found["periods"]
    assert {each["kind"]: each["count"] for each in found["announced"]} == {"people": 2, "accounts": 1, "looks": 1}
    assert found["removed"] == 0, "the sample loses nobody"
    plain = sample.test_cli_runner().invoke(cli, ["personal-data", "retention"])
    assert "needs\t30 days (fixed)" in plain.stdout
