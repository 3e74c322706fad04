"""Organisers keep accounts on pages: making, handing the link over, changing, switching off; never the last one."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.accounts.rules import check_leaves_an_organiser
from forumplanner.accounts.services import change_account, create_account, get_account, role_of, switch_account
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor, list_changes
from forumplanner.outbox.models import OutboxMessage
from tests.pages import PageClient, text_of

SOMEBODY = Actor(None, "somebody")
NEW = {"name": "มาลี ใจดี", "email": "malee@example.org", "role": "coordinator", "regions": ["north", "west"]}


def number_of(app: Flask, email: str) -> int:
    with app.app_context():
        return db.session.scalars(select(User.id).where(User.email == email)).one()


def make(app: Flask, client: PageClient) -> str:
    """An account made on the page; returns its page."""
    client.sign_in_as("organiser")
    client.submit("/settings/accounts/new", NEW, form=1, follow=True)
    return f"/settings/accounts/{number_of(app, NEW['email'])}"  # type: ignore[arg-type]


def test_an_account_is_made_and_its_link_shown_once(sample: Flask, client: PageClient) -> None:
    page = make(sample, client)
    assert "malee@example.org" in client.get("/settings/accounts").text
    shown = client.submit(page, {}, form="/link", status=200)
    link = text_of(shown.find_all("copy-text")[0])
    assert re.fullmatch(r"http://localhost/reset/\S+", link)
    assert link not in client.get(page).response.get_data(as_text=True)
    assert PageClient(sample).get(link.removeprefix("http://localhost")).status == 200


def test_the_link_is_sent_by_mail_where_there_is_mail(sample: Flask, client: PageClient) -> None:
    page = make(sample, client)
    settings = sample.config["SETTINGS"]
    object.__setattr__(settings, "smtp_url", "smtp://localhost:25")
    try:
        opened = client.get(page)
        client.submit(opened, {}, form="/link", follow=True)
    finally:
        object.__setattr__(settings, "smtp_url", None)
    with sample.app_context():
        (message,) = db.session.scalars(select(OutboxMessage).where(OutboxMessage.recipient == NEW["email"]))
        assert (message.kind, message.holds_secret) == ("account_link", True)


def test_role_and_regions_are_changed_with_who_and_when(sample: Flask, client: PageClient) -> None:
    page = make(sample, client)
    client.submit(page, {"role": "reader", "name": "มาลี"}, form=2, follow=True)
    with sample.app_context():
        user = get_account(db.session(), "malee@example.org")
        assert (role_of(user), user.regions, user.name) == ("reader", [], "มาลี")
        found = {(item.actor, item.field, item.old, item.new) for item in list_changes(db.session(), "user", user.id)}
        assert ("ส่วนกลาง (ตัวอย่าง)", "role", "coordinator", "reader") in found
        assert ("ส่วนกลาง (ตัวอย่าง)", "regions", "north, west", None) in found
    assert "coordinator" in client.get(page).text


def test_a_coordinator_needs_a_region_and_what_was_typed_stays(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    typed = {**NEW, "regions": None}
    page = client.submit("/settings/accounts/new", typed, form=1, status=422)
    values = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert (values["email"], values["name"]) == (NEW["email"], NEW["name"])
    assert page.find_all("field-error")


def test_an_account_is_switched_off_and_on(sample: Flask, client: PageClient) -> None:
    page = make(sample, client)
    client.submit(page, {}, form="/switch", follow=True)
    with sample.app_context():
        assert not get_account(db.session(), "malee@example.org").active
    client.submit(page, {}, form="/switch", follow=True)
    with sample.app_context():
        user = get_account(db.session(), "malee@example.org")
        assert user.active
        found = [(item.field, item.new) for item in list_changes(db.session(), "user", user.id)]
        assert [each for each in found if each[0] == "active"] == [("active", "on"), ("active", "off")]


def test_the_last_organiser_is_never_locked_out(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = f"/settings/accounts/{number_of(sample, 'organiser@example.org')}"
    client.submit(page, {}, form="/switch", status=409)
    client.submit(page, {"role": "reader"}, form=2, status=409)
    assert client.get(page).status == 200


@pytest.mark.parametrize(("is_organiser", "others", "refused"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_who_may_go(is_organiser: bool, others: int, refused: bool) -> None:
    try:
        check_leaves_an_organiser(is_organiser=is_organiser, others=others)
        found = False
    except Conflict:
        found = True
    assert found == refused


def test_an_organiser_who_never_chose_a_password_does_not_count(sample: Flask, session: Session) -> None:
    create_account(session, "second@example.org", "organiser")
    first = get_account(session, "organiser@example.org")
    with pytest.raises(Conflict):
        switch_account(session, first, active=False)
    get_account(session, "second@example.org").password = "chosen"
    switch_account(session, first, active=False)
    with pytest.raises(Conflict):
        change_account(
            session, get_account(session, "second@example.org"), role="reader", region_slugs=[], name="", actor=SOMEBODY
        )


def test_two_organisers_do_not_overwrite_each_other(sample: Flask, session: Session) -> None:
    user = get_account(session, "south@example.org")
    seen = make_stamp({"name": user.name, "role": "coordinator", "regions": ["south"]})
    kept = {"role": "coordinator", "actor": SOMEBODY, "seen": seen}
    change_account(session, user, region_slugs=["south", "west"], name=user.name, **kept)  # type: ignore[arg-type]
    with pytest.raises(Stale):
        change_account(session, user, region_slugs=["north"], name=user.name, **kept)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="There is no region moon"):
        change_account(session, user, region_slugs=["moon"], name=user.name, role="coordinator", actor=SOMEBODY)


def test_a_lost_second_step_is_taken_off_after_a_question(sample: Flask, client: PageClient) -> None:
    with sample.app_context():
        user = get_account(db.session(), "south@example.org")
        user.tf_primary_method, user.tf_totp_secret = "authenticator", "{}"
        db.session.commit()
    client.sign_in_as("organiser")
    page = f"/settings/accounts/{number_of(sample, 'south@example.org')}"
    assert f"{page}/two-factor" in client.get(page).links().values()
    client.submit(f"{page}/two-factor", {}, form=1, follow=True)
    with sample.app_context():
        user = get_account(db.session(), "south@example.org")
        assert not user.has_two_factor
        assert ("two_factor", "on") in {(item.field, item.old) for item in list_changes(db.session(), "user", user.id)}
