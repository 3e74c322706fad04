"""A sign-in of which the second step is still to come: wrong codes, second tabs, giving it up."""

from typing import Any

import pytest
from flask import Flask
from passlib.totp import TOTP

from tests.accounts.signing_in import make_account, set_up_two_factor, sign_in, sign_out
from tests.pages import Page, PageClient


@pytest.fixture
def malee(app: Flask, client: PageClient) -> str:
    email = make_account(app)
    sign_in(client)
    return email


def key_of(page: Page) -> str:
    return (page.find_all("copy-text")[0].text or "").strip()


def wrong_code(key: str) -> str:
    return f"{(int(TOTP(key=key).generate().token) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("role", ["organiser", "reader"])
def test_a_wrong_first_code_leaves_the_picture_and_the_key_as_they_were(
    noon: Any, app: Flask, client: PageClient, role: str
) -> None:
    make_account(app, role=role)
    sign_in(client)
    page = client.submit("/account/two-factor", {}, form="/account/two-factor", status=200)
    key = key_of(page)
    refused = client.submit(page, {"code": wrong_code(key)}, form="/login/code", status=422)
    assert refused.errors() == [
        "Six digits: This code is not right, or was used before. Please type the code that your app shows now."
    ]
    assert [node.get("src") for node in refused.root.iter("img")] == [node.get("src") for node in page.root.iter("img")]
    assert key_of(refused) == key
    assert "Use a recovery code" not in refused.links()
    assert "Begin again with a new picture" in refused.links()
    client.submit(refused, {"code": TOTP(key=key).generate().token}, form="/login/code")
    assert client.get("/account").status == 200


def test_a_cookie_from_the_set_up_does_not_show_the_key_after_it(
    noon: Any, app: Flask, client: PageClient, malee: str
) -> None:
    page = client.submit("/account/two-factor", {}, form="/account/two-factor", status=200)
    kept = client.http.get_cookie("forumplanner")
    client.submit(page, {"code": TOTP(key=key_of(page)).generate().token}, form="/login/code")
    thief = PageClient(app)
    assert kept
    thief.http.set_cookie("forumplanner", kept.value)
    assert key_of(page) not in thief.get("/login/code", lang="en").text


def test_a_second_tab_leads_to_the_code_that_is_missing(noon: Any, client: PageClient, malee: str) -> None:
    authenticator = set_up_two_factor(client)
    sign_out(client)
    sign_in(client)
    for path in ("/account", "/account/two-factor"):
        led = client.http.get(path, follow_redirects=True)
        assert led.request.path == "/login/code"
    page = client.get("/login/code?next=/account")
    noon.shift(30)
    done = client.submit(page, {"code": authenticator.generate().token}, form=-1)
    assert done.response.headers["Location"] == "/account"


def test_a_second_tab_leads_to_the_set_up_that_is_not_done(noon: Any, app: Flask, client: PageClient) -> None:
    make_account(app, role="organiser")
    sign_in(client)
    for path in ("/login", "/account", "/login/code", "/login/recovery-code"):
        assert client.http.get(path, follow_redirects=True).request.path == "/account/two-factor"
    key = key_of(client.submit("/account/two-factor", {}, form="/account/two-factor", status=200))
    for path in ("/login", "/account", "/login/recovery-code"):
        assert client.http.get(path, follow_redirects=True).request.path == "/login/code"
    client.submit("/login/code", {"code": TOTP(key=key).generate().token}, form="/login/code")
    assert client.get("/account").status == 200


@pytest.mark.parametrize("role", ["organiser", "reader"])
def test_a_half_done_sign_in_is_given_up_for_somebody_else(
    noon: Any, app: Flask, client: PageClient, role: str
) -> None:
    make_account(app, "malee@example.org", "reader")
    make_account(app, "somchai@example.org", role, name="สมชาย")
    sign_in(client, "somchai@example.org")
    if role == "reader":
        set_up_two_factor(client)
        sign_out(client)
        sign_in(client, "somchai@example.org")
    half = client.get(client.http.get("/login").headers["Location"])
    sign_in(client, path=half.links()["Sign in as somebody else"])
    assert "malee@example.org" in client.get("/account").text
