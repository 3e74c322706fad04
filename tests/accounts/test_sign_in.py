"""Signing in and out with a password."""

from urllib.parse import urljoin

import pytest
from flask import Flask

from tests.accounts.signing_in import PASSWORD, csrf, make_account, sign_in
from tests.pages import PageClient


@pytest.fixture
def malee(app: Flask) -> str:
    return make_account(app)


@pytest.mark.both_databases
def test_right_password_signs_in(client: PageClient, malee: str) -> None:
    sign_in(client)
    assert client.get("/account").heading == "Your account"


def test_password_typed_with_separate_sara_am_is_the_same(client: PageClient, app: Flask) -> None:
    make_account(app)
    sign_in(client, password=PASSWORD.replace("ำ", "ํา"))
    assert client.get("/account").status == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [("malee@example.org", "wrong password"), ("nobody@example.org", PASSWORD), ("", ""), ("not an address", PASSWORD)],
)
def test_a_failure_says_the_same_whoever_it_is(client: PageClient, malee: str, email: str, password: str) -> None:
    page = sign_in(client, email, password, status=422)
    assert "The e-mail address or the password is not right. Please try again." in page.text


def test_a_failure_is_said_once_in_thai(client: PageClient, malee: str) -> None:
    client.get("/login", lang="th")
    page = sign_in(client, "", "", status=422)
    assert page.text.count("อีเมลหรือรหัสผ่านไม่ถูกต้อง") == 1


def test_an_account_switched_off_gets_a_plain_sentence(client: PageClient, app: Flask) -> None:
    make_account(app, active=False)
    page = sign_in(client, status=422)
    assert "This account is switched off. Please ask an organiser to switch it on again." in page.text


def test_an_account_switched_off_is_not_told_to_a_stranger(client: PageClient, app: Flask) -> None:
    make_account(app, active=False)
    page = sign_in(client, password="wrong password", status=422)
    assert "switched off" not in page.text


def test_sign_in_leads_back_to_the_page_that_asked(client: PageClient, malee: str) -> None:
    asked = client.http.get("/account?lang=en")
    assert asked.headers["Location"] == "/login?next=/account?lang%3Den"
    page = sign_in(client, path=asked.headers["Location"])
    assert page.response.headers["Location"] == "/account?lang=en"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "https:///evil.example/",
        " //evil.example/",
        "/\t/evil.example/",
    ],
)
def test_sign_in_never_leads_elsewhere(client: PageClient, malee: str, elsewhere: str) -> None:
    page = client.http.get("/login", query_string={"next": elsewhere})
    assert page.status_code == 200
    token = csrf(client)
    answer = client.http.post(
        "/login",
        query_string={"next": elsewhere},
        data={"email": malee, "password": PASSWORD, "csrf_token": token, "next": elsewhere},
    )
    assert answer.status_code == 302
    assert urljoin("http://localhost/login", answer.headers["Location"]).startswith("http://localhost/")


def test_signing_out_is_a_post_with_a_token(client: PageClient, malee: str) -> None:
    sign_in(client)
    assert client.http.get("/logout").status_code == 405
    assert client.http.post("/logout").status_code == 400
    client.submit("/account", {}, form="/logout")
    assert client.http.get("/account").status_code == 302


@pytest.mark.both_databases
def test_a_cookie_copied_before_signing_out_opens_nothing_after(app: Flask, client: PageClient, malee: str) -> None:
    sign_in(client)
    copied = client.http.get_cookie("forumplanner")
    assert copied is not None
    client.submit("/account", {}, form="/logout")
    thief = PageClient(app)
    thief.http.set_cookie("forumplanner", copied.value)
    assert thief.http.get("/account").status_code == 302
    sign_in(client)
    assert client.get("/account").status == 200


def test_a_sign_out_without_its_token_ends_no_session(client: PageClient, malee: str) -> None:
    sign_in(client)
    client.http.post("/logout")
    assert client.get("/account").status == 200


def test_a_form_without_its_token_is_refused(client: PageClient, malee: str) -> None:
    assert client.http.post("/login", data={"email": malee, "password": PASSWORD}).status_code == 400


def test_a_token_known_before_is_worthless_after_signing_in(client: PageClient, malee: str) -> None:
    known = csrf(client)
    with client.http.session_transaction() as session:
        before = session["csrf_token"]
    sign_in(client)
    csrf(client)
    with client.http.session_transaction() as session:
        assert session["csrf_token"] != before
    assert client.http.post("/logout", data={"csrf_token": known}).status_code == 400


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client: PageClient, malee: str) -> None:
    cookie = sign_in(client).response.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_sign_in_takes_no_json_and_gives_no_token(client: PageClient, malee: str) -> None:
    answer = client.http.post(
        "/login?include_auth_token", json={"email": malee, "password": PASSWORD}, headers={"X-CSRFToken": csrf(client)}
    )
    assert answer.status_code == 415


@pytest.mark.both_databases
def test_a_changed_password_signs_out_other_devices(app: Flask, client: PageClient, malee: str) -> None:
    other = PageClient(app)
    other.http.set_cookie("lang", "en")
    sign_in(other)
    sign_in(client)
    new = "another good password"
    page = client.get("/account/password")
    client.submit(page, {"password": PASSWORD, "new_password": new, "new_password_confirm": new}, form=-1)
    assert client.get("/account").status == 200
    assert other.http.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("short", "Please choose a password of at least 10 characters."),
        ("1234567890", "This password is easy to guess. Please choose another."),
        ("malee@example.org", "This password is easy to guess. Please choose another."),
        ("aaaaaaaaaaaa", "This password is easy to guess. Please choose another."),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(client: PageClient, malee: str, new: str, sentence: str) -> None:
    sign_in(client)
    page = client.get("/account/password")
    values = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    refused = client.submit(page, values, form=-1, status=422)
    assert [node.text for node in refused.root.iter("a") if sentence in (node.text or "")] == [
        f"New password: {sentence}"
    ]


def test_the_account_page_says_role_and_regions_in_words(client: PageClient, app: Flask, sample: Flask) -> None:
    client.sign_in_as("coordinator")
    page = client.get("/account", lang="th")
    assert "บทบาท ผู้ประสานงานภาค" in page.text
    assert "ภาค ใต้" in page.text


def test_organisers_are_led_to_the_accounts_and_others_to_an_organiser(sample: Flask, client: PageClient) -> None:
    organiser = client.sign_in_as("organiser").get("/account")
    asked = "Something wrong here, or somebody needs an account? Accounts"
    assert (asked in organiser.text, organiser.links()["Accounts"]) == (True, "/settings/accounts")
    reader = client.sign_in_as("reader").get("/account")
    assert ("Please tell an organiser." in reader.text, "Accounts" in reader.links()) == (True, False)


def test_a_refused_sign_in_does_not_say_that_the_password_is_kept(client: PageClient, malee: str) -> None:
    page = sign_in(client, "", "", status=422)
    assert "What you typed is still here." not in page.text


@pytest.mark.both_databases
@pytest.mark.parametrize("letter", ["x", "\ufdfa"])
def test_a_password_of_endless_length_is_refused_in_words(client: PageClient, malee: str, letter: str) -> None:
    sentence = "A password has 128 characters at most. Please check what you typed."
    endless = letter * 5000
    sign_in(client, password=endless, status=422)
    sign_in(client)
    values = {"password": endless, "new_password": endless, "new_password_confirm": endless}
    page = client.submit("/account/password", values, form=-1, status=422)
    assert page.text.count(sentence) == 6  # above and beside each of the three fields
    page = client.submit("/account/password-again", {"password": endless}, form=-1, status=422)
    assert sentence in page.text


@pytest.mark.parametrize("letter", ["x", "ก"])
def test_the_longest_password_that_is_taken_signs_in(client: PageClient, malee: str, letter: str) -> None:
    sign_in(client)
    new = letter * 118 + "and others"
    client.submit(
        "/account/password", {"password": PASSWORD, "new_password": new, "new_password_confirm": new}, form=-1
    )
    client.submit("/account", {}, form="/logout")
    sign_in(client, password=new)
    assert client.get("/account").status == 200


@pytest.mark.both_databases
@pytest.mark.parametrize("control", ["\0", "\ud800", "\n", "\u202e"])
def test_control_characters_in_a_sign_in_are_a_wrong_address(client: PageClient, malee: str, control: str) -> None:
    token = csrf(client)
    values = {"email": f"malee{control}@example.org".encode(errors="surrogatepass"), "csrf_token": token}
    answer = client.http.post("/login", data=values | {"password": f"wrong{control}".encode(errors="surrogatepass")})
    assert answer.status_code == 422
    assert client.http.post("/reset", data=values).status_code in (302, 422)
