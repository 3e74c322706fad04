"""Organisers read who looked at personal data, and who changed it: whose, what, when, however long the list."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core.db import db
from forumplanner.history.looks import PAGE_SIZE, Wanted, list_entries, record_look, report_entries
from forumplanner.history.services import Actor, record_change
from forumplanner.partners.models import Partner
from tests.counting import counted
from tests.pages import PageClient

LOOKS = "/settings/looks"
MONDAY = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def people(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(each.id, each.shown_name("th")) for each in db.session.scalars(select(Partner).order_by(Partner.id))]


def account_of(app: Flask, role: str) -> tuple[int, str]:
    with app.app_context():
        (user,) = [user for user in db.session.scalars(select(User)) if user.has_role(role)][:1]
        return user.id, user.email


def opened(client: PageClient, path: str) -> None:
    with client.http.get(path) as answer:
        assert answer.status_code == 200


@pytest.mark.both_databases
def test_a_look_and_a_change_are_told_in_words(sample: Flask, client: PageClient) -> None:
    (number, name), *_ = people(sample)
    client.sign_in_as("coordinator")
    opened(client, f"/partners/{number}")
    opened(client, "/partners")
    with sample.app_context():
        user_id, _email = account_of(sample, "coordinator")
        record_change(db.session(), Actor(user_id, "ผู้แก้ไข"), "partner", number, "post", "เดิม", "ใหม่", partner_id=number)
        db.session.commit()
    client.sign_in_as("organiser")
    text = client.get(f"{LOOKS}?partner={number}").text
    assert name in text
    assert all(words in text for words in ("ดู: หน้าข้อมูลของภาคี", "ดู: รายชื่อภาคี", "แก้ไข: ตำแหน่ง", "ผู้แก้ไข"))
    assert "เดิม" not in text


def test_the_list_is_filtered_by_account_days_and_partner(session: Session) -> None:
    one, other = Actor(1, "one"), Actor(2, "other")
    for day in range(4):
        at = MONDAY + timedelta(days=day)
        record_look(session, one, "partner", 10 + day, at=at, page="desks.partner")
        record_look(session, other, "partners", 0, at=at, page="partners.partners", whose=[10, 11])
    record_change(session, other, "partner", 10, "post", "a", "b", partner_id=10, at=MONDAY)

    def found(**named: object) -> list[tuple[str, str, tuple[int, ...]]]:
        page = list_entries(session, Wanted(**named))  # type: ignore[arg-type]
        return [(entry.actor, entry.field or entry.page, tuple(entry.partner_ids)) for entry in page.entries]

    assert len(found()) == 9
    assert found(actor_id=1, first=date(2026, 3, 4)) == [
        ("one", "desks.partner", (13,)), ("one", "desks.partner", (12,))
    ]  # fmt: skip
    assert found(last=date(2026, 3, 2), partner_id=10) == [
        ("other", "partners.partners", (10, 11)),
        ("one", "desks.partner", (10,)),
        ("other", "post", (10,)),
    ]
    assert found(partner_id=99) == []


def test_paging_loses_nothing_and_shows_nothing_twice(session: Session) -> None:
    somebody = Actor(1, "somebody")
    for number in range(PAGE_SIZE + 20):
        # Many at one instant: the order is total all the same.
        at = MONDAY + timedelta(minutes=number // 25)
        record_look(session, somebody, "partner", number + 1, at=at, page="desks.partner")
        record_change(session, somebody, "partner", number + 1, "post", "a", "b", partner_id=number + 1, at=at)
    seen: list[tuple[str, int]] = []
    behind, pages = "", 0
    while True:
        page = list_entries(session, Wanted(), behind=behind)
        seen += [(entry.field or "", entry.number) for entry in page.entries]
        pages += 1
        if page.later is None:
            break
        behind = page.later
    assert (len(seen), len(set(seen)), pages) == (140, 140, 3)


@pytest.mark.parametrize("behind", ["", "x", "2026-03-02~look~1", "2026-03-02T03:00:00+00:00~look~9999999999999999"])
def test_a_place_that_is_none_is_no_error(session: Session, behind: str) -> None:
    record_look(session, Actor(1, "somebody"), "partner", 1, at=MONDAY)
    assert list_entries(session, Wanted(), behind=behind).later is None


def test_a_look_keeps_when_first_and_last_and_everybody_it_showed(session: Session) -> None:
    for hour, whose in ((0, [3, 1]), (2, [1, 2])):
        at = MONDAY + timedelta(hours=hour)
        record_look(session, Actor(1, "somebody"), "partners", 0, at=at, page="partners.partners", whose=whose)
    (entry,) = list_entries(session, Wanted()).entries
    assert (entry.since, entry.at) == (MONDAY, MONDAY + timedelta(hours=2))
    assert (list(entry.partner_ids), entry.partners) == ([1, 3, 2], 3)


def test_a_report_tells_each_persons_pages_and_times(session: Session) -> None:
    thief, other = Actor(1, "thief"), Actor(2, "other")
    for day in range(3):
        at = MONDAY + timedelta(days=day)
        record_look(session, thief, "partners", 0, at=at, page="partners.partners", whose=[7, 8])
    record_look(session, other, "partner", 7, at=MONDAY, page="desks.partner")
    record_change(session, thief, "partner", 8, "phones", "1", "2", partner_id=8, at=MONDAY)
    found = [
        (each.partner_id, each.page or each.field, each.first, each.last)
        for each in report_entries(session, Wanted(actor_id=1))
    ]
    last = MONDAY + timedelta(days=2)
    assert found == [
        (7, "partners.partners", MONDAY, last),
        (8, "phones", MONDAY, MONDAY),
        (8, "partners.partners", MONDAY, last),
    ]


def test_queries_do_not_grow_with_the_list(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    numbers = [number for number, _name in people(sample)]
    counts = []
    for more in (2, 30):
        with sample.app_context():
            for number in numbers[:more]:
                at = MONDAY + timedelta(days=more, minutes=number)
                record_look(db.session(), Actor(more, "ผู้ดู"), "partner", number, at=at, page="desks.partner")
                record_look(
                    db.session(), Actor(more, "ผู้ดู"), "meeting", number, at=at, page="invitations.invitations",
                    whose=numbers,
                )  # fmt: skip
            db.session.commit()
        with counted(sample) as statements:
            opened(client, LOOKS)
        counts.append(len(statements))
    assert counts[1] <= counts[0]


def test_a_long_look_has_a_page_with_everybody(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    known = people(sample)
    with sample.app_context():
        whose = [number for number, _name in known]
        record_look(db.session(), Actor(1, "ผู้ดู"), "partners", 0, at=MONDAY, page="partners.partners", whose=whose)
        db.session.commit()
    page = client.get(f"{LOOKS}?first=2+มี.ค.+2569&last=2+มี.ค.+2569")
    (found,) = set(re.findall(rf"{LOOKS}/\d+", page.response.get_data(as_text=True)))
    text = client.get(found).text
    assert all(name in text for _number, name in known[:PAGE_SIZE])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("first=31+เม.ย.+2569", "เม.ย."),
        ("first=3+มี.ค.+2569&last=2+มี.ค.+2569", "วันสุดท้ายอยู่ก่อนวันแรก"),
        ("account=999999", "account"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(sample: Flask, client: PageClient, asked: str, said: str) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"{LOOKS}?{asked}", status=422)
    assert said in page.response.get_data(as_text=True)


def test_a_name_that_fits_one_or_several_or_nobody(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    assert "เฉพาะข้อมูลของ นายสมชาย ใจดี" in client.get(f"{LOOKS}?q=สมชาย+ใจดี").text
    assert "ท่านหมายถึงผู้ใด" in client.get(f"{LOOKS}?q=ส").text
    assert "ไม่พบ" in client.get(f"{LOOKS}?q=ไม่มีใครชื่อนี้เลย").text


@pytest.mark.both_databases
def test_the_command_reports_whose_data_and_when(sample: Flask, client: PageClient) -> None:
    (number, name), *_ = people(sample)
    client.sign_in_as("coordinator")
    opened(client, f"/partners/{number}")
    _id, email = account_of(sample, "coordinator")
    runner = sample.test_cli_runner()
    from forumplanner.cli import load_commands
    from forumplanner.cli.group import cli

    load_commands()
    found = runner.invoke(cli, ["personal-data", "report", "--account", email, "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert [(each["id"], each["name"]) for each in told["people"]] == [(number, name)]
    assert told["people"][0]["seen"][0]["what"] == "A partner's page"
    refused = runner.invoke(cli, ["personal-data", "report"])
    assert (refused.exit_code, "name an account" in refused.output) == (1, True)
