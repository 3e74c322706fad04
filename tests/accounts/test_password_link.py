"""Choosing a password by a one-time link: of a new account, and of one that forgot it."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forumplanner.accounts.addresses import password_link
from forumplanner.accounts.models import User
from forumplanner.accounts.services import create_account, get_account, switch_account
from forumplanner.cli import accounts as _commands  # noqa: F401 - registers `user`
from forumplanner.cli.group import cli
from forumplanner.core.db import db
from forumplanner.outbox.models import MessageState, OutboxMessage
from tests.accounts.signing_in import csrf, make_account, sign_in
from tests.databases import command
from tests.outbox.conftest import text_sent
from tests.pages import PageClient

NEW = "ลิงก์นี้ใช้ครั้งเดียวเท่านั้น"


@pytest.fixture
def sending(app: Flask) -> Flask:
    """An installation that sends mail."""
    object.__setattr__(app.config["SETTINGS"], "smtp_url", "smtp://127.0.0.1:9")
    yield app  # type: ignore[misc]
    object.__setattr__(app.config["SETTINGS"], "smtp_url", None)


def new_link(app: Flask, email: str = "somchai@example.org") -> str:
    with app.app_context():
        link = password_link(create_account(db.session(), email, "reader"))
        db.session.commit()
    return link.removeprefix("http://localhost")


def mails(app: Flask) -> list[OutboxMessage]:
    with app.app_context():
        found = list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
        db.session.expunge_all()
        db.session.rollback()
    return found


def ask_for_link(client: PageClient, email: str = "malee@example.org", **headers: str) -> str:
    """Ask on the page for a forgotten password; returns what the page says then."""
    token = csrf(client)
    client.http.post("/reset", data={"email": email, "csrf_token": token}, headers=headers)
    return client.get("/reset").text


def choose(client: PageClient, link: str, password: str = NEW, status: int = 302) -> str:
    values = {"password": password, "password_confirm": password}
    page = client.submit(link, values, form=-1, status=status)
    return page.response.headers.get("Location", "") or page.text


@pytest.mark.both_databases
def test_link_password_sign_in(app: Flask, client: PageClient) -> None:
    link = new_link(app)
    assert choose(client, link) == "/login"
    sign_in(client, "somchai@example.org", NEW)
    assert "somchai@example.org" in client.get("/account").text


def test_a_link_works_once(app: Flask, client: PageClient) -> None:
    link = new_link(app)
    choose(client, link)
    assert client.http.get(link).headers["Location"] == "/reset"
    assert "This link was used already, or is not complete." in client.get("/reset").text


def test_opening_a_link_spends_nothing(app: Flask, client: PageClient) -> None:
    link = new_link(app)
    for _ in range(3):
        client.get(link)
    assert choose(client, link) == "/login"


def test_a_link_runs_out_after_two_days(app: Flask, client: PageClient) -> None:
    with time_machine.travel("2026-03-02 09:00 +0700", tick=False) as clock:
        link = new_link(app)
        clock.shift(timedelta(days=2, seconds=1))
        client.http.get(link)
        assert "This link was valid for two days and is no more." in client.get("/reset").text


@pytest.mark.parametrize("token", ["x", "a.b.c", "ก" * 10, "W10.Zm9v.bar", "A" * 500])
def test_a_made_up_link_is_refused(client: PageClient, token: str) -> None:
    assert client.http.get(f"/reset/{token}").headers["Location"] == "/reset"


def test_two_different_passwords_are_refused(app: Flask, client: PageClient) -> None:
    values = {"password": NEW, "password_confirm": NEW + "x"}
    page = client.submit(new_link(app), values, form=-1, status=422)
    assert "The two passwords differ. Please type the same one twice." in page.text


def test_an_account_without_password_cannot_be_signed_in_to(app: Flask, client: PageClient) -> None:
    new_link(app)
    page = sign_in(client, "somchai@example.org", "", status=422)
    assert "is not right" in page.text


@pytest.mark.parametrize(("typed", "sentence"), [("ไม่ใช่เมล", "ไม่ใช่เมล is not an e-mail address"), ("", "Please type")])
def test_what_is_no_address_is_said_to_be_none(sending: Flask, client: PageClient, typed: str, sentence: str) -> None:
    page = client.submit("/reset", {"email": typed}, form=-1, status=422)
    assert [sentence in error for error in page.errors()] == [True]
    assert next(node.get("value") for node in page.root.iter("input") if node.get("name") == "email") == typed


def test_the_reset_mail_is_queued_and_says_where_to_go(sending: Flask, client: PageClient) -> None:
    make_account(sending)
    ask_for_link(client)
    [mail] = mails(sending)
    assert (mail.recipient, mail.state, mail.kind, mail.holds_secret) == (
        "malee@example.org",
        MessageState.QUEUED,
        "password_link",
        True,
    )
    [link] = re.findall(r"http://localhost(/reset/\S+)", text_sent(mail))
    assert choose(client, link) == "/login"


@pytest.mark.both_databases
def test_after_the_reset_a_notice_is_queued(sending: Flask, client: PageClient) -> None:
    make_account(sending)
    ask_for_link(client)
    [link] = re.findall(r"http://localhost(/reset/\S+)", text_sent(mails(sending)[0]))
    choose(client, link)
    assert [mail.kind for mail in mails(sending)] == ["password_link", "password_reset"]


def test_the_page_does_not_tell_whether_there_is_an_account(sending: Flask, client: PageClient) -> None:
    make_account(sending)
    known = ask_for_link(client).replace("malee", "…")
    unknown = ask_for_link(client, "nobody@example.org").replace("nobody", "…")
    assert known == unknown
    assert len(mails(sending)) == 1


def test_an_account_switched_off_gets_no_link(sending: Flask, client: PageClient) -> None:
    make_account(sending, active=False)
    ask_for_link(client)
    assert mails(sending) == []


def test_switching_an_account_off_makes_its_links_worthless(app: Flask, client: PageClient) -> None:
    link = new_link(app)
    with app.app_context():
        switch_account(db.session(), get_account(db.session(), "somchai@example.org"), active=False)
        db.session.commit()
    assert client.http.get(link).headers["Location"] == "/reset"


def test_the_link_in_the_mail_does_not_follow_the_host_header(sending: Flask, client: PageClient) -> None:
    make_account(sending)
    token = csrf(client)
    client.http.post(
        "/reset", data={"email": "malee@example.org", "csrf_token": token}, headers={"X-Forwarded-Host": "evil.example"}
    )
    client.http.post(
        "/reset",
        data={"email": "malee@example.org", "csrf_token": token},
        base_url="http://evil.example",
        headers={"Cookie": f"forumplanner={client.http.get_cookie('forumplanner').value}"},  # type: ignore[union-attr]
    )
    assert [
        mail for mail in mails(sending) if "evil" in text_sent(mail) + mail.text_body + (mail.html_body or "")
    ] == []
    assert mails(sending) != []


def test_without_a_mail_server_the_page_says_so_and_whom_to_ask(app: Flask, client: PageClient) -> None:
    make_account(app)
    page = client.get("/reset")
    assert "This system sends no e-mail" in page.text
    assert "please ask an organiser" in page.text.lower()
    assert [node for node in page.root.iter("input") if node.get("name") == "email"] == []


def test_a_request_without_a_mail_server_stays_queued(app: Flask, client: PageClient) -> None:
    make_account(app)
    ask_for_link(client)
    assert [mail.state for mail in mails(app)] == [MessageState.QUEUED]


def test_user_create_prints_a_link_alone_that_lets_its_owner_in(app: Flask, client: PageClient) -> None:
    settings = app.config["SETTINGS"]
    variables = {"FORUMPLANNER_SECRET_KEY": settings.secret_key, "FORUMPLANNER_BASE_URL": "http://localhost"}
    done = command(
        settings.data_dir,
        settings.database_url,
        "user",
        "create",
        "Somchai@Example.org",
        "--role",
        "reader",
        **variables,
    )
    assert done.returncode == 0, done.stderr
    found = re.fullmatch(r"http://localhost(/reset/[\w.-]+)\n", done.stdout)
    assert found, done.stdout
    choose(client, found[1])
    sign_in(client, "somchai@example.org", NEW)
    assert client.get("/account").status == 200


NO_MOON = "There is no region moon. These there are: north, upper-central, bangkok, northeast, east, west, south."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("x@example.org", "--role", "coordinator"), "A coordinator needs a region. Please name one."),
        (("x@example.org", "--role", "coordinator", "--region", "moon"), NO_MOON),
        (("x@example.org", "--role", "reader", "--region", "moon"), NO_MOON),
        (
            ("x@example.org", "--role", "reader", "--region", "south"),
            "Only a coordinator has regions. Please name none, or another role.",
        ),
        (("not an address", "--role", "reader"), "not an address is not an e-mail address. Please check it."),
        (("a@b\nBcc: c@d.org", "--role", "reader"), "An e-mail address cannot hold a line break. Please check it."),
        (("MALEE@example.org", "--role", "reader"), "There is an account for MALEE@example.org already."),
    ],
)
def test_user_create_refuses_in_a_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setattr("forumplanner.web.log_lines.set_up_logging", lambda: None)
    make_account(app)
    before = accounts(app)
    done = app.test_cli_runner().invoke(cli, ["user", "create", *arguments])
    assert (done.exit_code, done.stdout, done.stderr.strip()) == (1, "", sentence)
    assert accounts(app) == before


def test_an_account_is_switched_off_and_on_by_command(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forumplanner.web.log_lines.set_up_logging", lambda: None)
    make_account(app)
    sign_in(client)
    app.test_cli_runner().invoke(cli, ["user", "off", "malee@example.org"])
    assert client.http.get("/account").status_code == 302
    assert "switched off" in sign_in(client, status=422).text
    app.test_cli_runner().invoke(cli, ["user", "on", "malee@example.org"])
    sign_in(client)


def test_a_command_for_an_account_that_is_not_there_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forumplanner.web.log_lines.set_up_logging", lambda: None)
    done = app.test_cli_runner().invoke(cli, ["user", "link", "nobody@example.org"])
    assert (done.exit_code, done.stdout, done.stderr.strip()) == (1, "", "There is no account for nobody@example.org.")


def accounts(app: Flask) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(User.email).order_by(User.id)))
        db.session.remove()
    return found


def test_user_link_gives_a_new_link_and_can_take_the_second_step_away(app: Flask, client: PageClient) -> None:
    make_account(app, tf_primary_method="authenticator", tf_totp_secret="{}")
    settings = app.config["SETTINGS"]
    variables = {"FORUMPLANNER_SECRET_KEY": settings.secret_key, "FORUMPLANNER_BASE_URL": "http://localhost"}
    done = command(
        settings.data_dir,
        settings.database_url,
        "user",
        "link",
        "malee@example.org",
        "--without-two-factor",
        **variables,
    )
    choose(client, done.stdout.strip().removeprefix("http://localhost"))
    sign_in(client, password=NEW)
    assert "Off" in client.get("/account").text


def test_an_unnormal_password_is_hashed_as_it_will_be_checked(app: Flask, client: PageClient) -> None:
    link = new_link(app)
    choose(client, link, "ประจำภาคใต้ทุกเดือน")
    sign_in(client, "somchai@example.org", "ประจํำภาคใต้ทุกเดือน".replace("ํำ", "ำ"))
    assert client.get("/account").status == 200
