"""Whoever signs in can say what they are called, and stands by that name beside what they do from then on."""

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.history.models import Change
from tests.accounts.signing_in import find_account, make_account
from tests.pages import Page, PageClient

WANTED = "Please write your name"
ITEM = "/rounds/2550-1/west/programme"


def kept_name(app: Flask) -> str:
    with app.app_context():
        return find_account().name


def give_name(client: PageClient, name: str, **options: int) -> Page:
    return client.submit("/account", {"name": name}, form="/account", **options)


def test_an_account_made_without_a_name_is_asked_for_it_until_it_has_one(app: Flask, client: PageClient) -> None:
    client.sign_in(make_account(app, name=""))
    asked = [client.get(path).links().get(WANTED) for path in ("/", "/account")]
    give_name(client, " มาลี   ใจงาม ")
    after = [client.get(path) for path in ("/", "/account")]
    assert (asked, [page.links().get(WANTED) for page in after]) == (["/account#name"] * 2, [None, None])
    assert [("มาลี ใจงาม" in page.links()) for page in after] == [True, True]
    assert kept_name(app) == "มาลี ใจงาม"


def test_a_visitor_and_whoever_has_a_name_are_asked_for_nothing(app: Flask, client: PageClient) -> None:
    before = client.get("/")
    client.sign_in(make_account(app, name="มาลี"))
    assert [WANTED in page.links() for page in (before, client.get("/"), client.get("/account"))] == [False] * 3


@pytest.mark.parametrize("typed", ["  ", "มาลี\x07ใจงาม", "ก" * 201])
def test_a_name_that_is_none_is_refused_beside_its_field(app: Flask, client: PageClient, typed: str) -> None:
    client.sign_in(make_account(app, name="มาลี"))
    page = give_name(client, typed, status=422)
    assert [error.split(":")[0] for error in page.errors()] == ["Your name"]
    assert kept_name(app) == "มาลี"


def test_what_is_done_before_and_after_stands_under_the_name_of_its_time(
    app: Flask, sample: Flask, client: PageClient
) -> None:
    client.sign_in(make_account(app, "west@example.org", "coordinator", name="", regions=("west",)))
    for activity, name in (("ลงทะเบียน", "มาลี ใจงาม"), ("เปิดประชุม", "มาลี ใจงาม")):
        client.submit(ITEM, {"starts_at": "7.30", "activity_th": activity}, form="programme")
        give_name(client, name)
    with sample.app_context():
        changes = db.session.scalars(select(Change).order_by(Change.id.desc()).limit(3)).all()
        found = [(change.actor, change.field) for change in reversed(changes)]
    assert found == [("west@example.org", "programme"), ("west@example.org", "name"), ("มาลี ใจงาม", "programme")]
