"""Signing in in two steps: set-up, codes that work once, recovery codes, who must have it."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy.orm import Session

from forumplanner.accounts.views.two_factor import HashedRecoveryCodes, ReplaySafeTotp
from tests.accounts.signing_in import (
    PASSWORD,
    code_after,
    csrf,
    find_account,
    make_account,
    set_up_two_factor,
    sign_in,
    sign_out,
)
from tests.pages import PageClient


@pytest.fixture
def malee(app: Flask, client: PageClient) -> str:
    email = make_account(app)
    sign_in(client)
    return email


@pytest.fixture
def production(app: Flask) -> Iterator[Flask]:
    """The rules of production on the same application."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(settings, env="production")
    yield app
    app.config["SETTINGS"] = settings


def make_recovery_codes(client: PageClient) -> list[str]:
    page = client.submit("/account/recovery-codes", {}, form="/account/recovery-codes", status=200)
    return re.findall(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b", page.text)


@pytest.mark.both_databases
def test_the_second_step_is_asked_for_once_set_up(noon: Any, client: PageClient, malee: str) -> None:
    authenticator = set_up_two_factor(client)
    sign_out(client)
    asked = sign_in(client).response.headers["Location"]
    assert asked.startswith("/login/code")
    assert client.http.get("/account").status_code == 302
    noon.shift(30)
    client.submit(asked, {"code": authenticator.generate().token}, form=-1)
    assert client.get("/account").status == 200


def test_set_up_leads_to_recovery_codes(noon: Any, client: PageClient, malee: str) -> None:
    page = client.submit("/account/two-factor", {}, form="/account/two-factor", status=200)
    key = page.find_all("copy-text")[0].text or ""
    done = client.submit(page, {"code": TOTP(key=key.strip()).generate().token}, form="/login/code")
    assert done.response.headers["Location"] == "/account/recovery-codes"


def test_the_picture_for_the_app_is_in_the_page_itself(client: PageClient, malee: str) -> None:
    page = client.submit("/account/two-factor", {}, form="/account/two-factor", status=200)
    assert [(node.get("src") or "")[:19] for node in page.root.iter("img")] == ["data:image/svg+xml;"]


def test_spaces_and_thai_digits_in_a_code_are_no_fault(noon: Any, client: PageClient, malee: str) -> None:
    authenticator = set_up_two_factor(client)
    sign_out(client)
    asked = sign_in(client).response.headers["Location"]
    code = code_after(authenticator, 1).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    client.submit(asked, {"code": f"{code[:3]} {code[3:]}"}, form=-1)
    assert client.get("/account").status == 200


@pytest.mark.both_databases
def test_a_code_works_once(noon: Any, app: Flask, client: PageClient, malee: str) -> None:
    authenticator = set_up_two_factor(client)
    noon.shift(30)
    code = authenticator.generate().token
    first, second = PageClient(app), PageClient(app)
    for browser in (first, second):
        browser.http.set_cookie("lang", "en")
    first.submit(sign_in(first).response.headers["Location"], {"code": code}, form=-1)
    refused = second.submit(sign_in(second).response.headers["Location"], {"code": code}, form=-1, status=422)
    assert "This code is not right, or was used before." in refused.text


def test_the_code_of_the_set_up_signs_nobody_in(noon: Any, client: PageClient, malee: str) -> None:
    authenticator = set_up_two_factor(client)
    sign_out(client)
    asked = sign_in(client).response.headers["Location"]
    client.submit(asked, {"code": authenticator.generate().token}, form=-1, status=422)


def test_a_secret_from_another_key_refuses_every_code(session: Session, app: Flask) -> None:
    make_account(app)
    user = find_account()
    other = ReplaySafeTotp({"1": "another key " * 4}, "forumplanner")
    user.tf_totp_secret = other.generate_totp_secret()
    ours = ReplaySafeTotp({"1": app.config["SETTINGS"].secret_key}, "forumplanner")
    assert ours.verify_totp("123456", user.tf_totp_secret, user) is False


def test_a_code_is_spent_in_the_database_not_in_memory(session: Session, app: Flask) -> None:
    make_account(app)
    user = find_account()
    totp = ReplaySafeTotp({"1": app.config["SETTINGS"].secret_key}, "forumplanner")
    user.tf_totp_secret = totp.generate_totp_secret()
    session.flush()
    code = totp.generate_totp_password(user.tf_totp_secret)
    assert totp.verify_totp(code, user.tf_totp_secret, user, window=30)
    # Another request that read the account before: the row decides.
    stale = type("Stale", (), {"id": user.id, "tf_totp_secret": user.tf_totp_secret, "totp_last_counter": None})()
    assert not totp.verify_totp(code, user.tf_totp_secret, stale, window=30)


@pytest.mark.both_databases
def test_a_recovery_code_signs_in_once(noon: Any, app: Flask, client: PageClient, malee: str) -> None:
    set_up_two_factor(client)
    code = make_recovery_codes(client)[3]
    sign_out(client)
    sign_in(client)
    client.submit("/login/recovery-code", {"code": code.upper().replace("-", " ")}, form=-1)
    assert "9 recovery codes are left." in client.get("/account").text
    sign_out(client)
    sign_in(client)
    refused = client.submit("/login/recovery-code", {"code": code}, form=-1, status=422)
    assert "This code is not right, or was used before." in refused.text


def test_new_recovery_codes_replace_the_old(noon: Any, client: PageClient, malee: str) -> None:
    set_up_two_factor(client)
    old = make_recovery_codes(client)
    make_recovery_codes(client)
    sign_out(client)
    sign_in(client)
    client.submit("/login/recovery-code", {"code": old[0]}, form=-1, status=422)


def test_recovery_codes_cannot_be_read_again(noon: Any, client: PageClient, malee: str) -> None:
    set_up_two_factor(client)
    codes = make_recovery_codes(client)
    again = client.get("/account/recovery-codes?show_codes=1")
    assert [code for code in codes if code in again.text] == []


def test_recovery_codes_are_kept_as_hashes(session: Session, app: Flask) -> None:
    make_account(app)
    user = find_account()
    codes = HashedRecoveryCodes(app).create_recovery_codes(user)
    assert [code for code in codes if code in str(user.mf_recovery_codes)] == []
    assert len({len(digest) for digest in user.mf_recovery_codes or []}) == 1


def test_a_used_recovery_code_is_gone_from_the_row(session: Session, app: Flask) -> None:
    make_account(app)
    codes = HashedRecoveryCodes(app)
    made = codes.create_recovery_codes(find_account())
    session.commit()
    assert codes.delete_recovery_code(find_account(), made[0])
    session.commit()
    assert not codes.check_recovery_code(find_account(), made[0])
    assert codes.check_recovery_code(find_account(), made[1])


def test_it_can_be_switched_off_again(noon: Any, client: PageClient, malee: str) -> None:
    set_up_two_factor(client)
    page = client.get("/account/two-factor")
    client.submit(page, {}, form=-1)
    assert sign_in_after_sign_out(client) == "/"


def sign_in_after_sign_out(client: PageClient) -> str:
    sign_out(client)
    return sign_in(client).response.headers["Location"]


def test_changing_it_asks_for_the_password_after_an_hour(noon: Any, client: PageClient, malee: str) -> None:
    client.get("/account/two-factor")
    noon.shift(3 * 3600)
    asked = client.http.get("/account/two-factor").headers["Location"]
    assert asked.startswith("/account/password-again?next=/account/two-factor")
    page = client.submit(asked, {"password": PASSWORD}, form=-1)
    assert page.response.headers["Location"] == "/account/two-factor"


def test_with_real_data_an_organiser_sets_it_up_before_anything_else(noon: Any, app: Flask, client: PageClient) -> None:
    make_account(app, role="organiser")
    assert sign_in(client).response.headers["Location"] == "/account/two-factor"
    assert client.http.get("/account").status_code == 302
    set_up_two_factor(client)
    assert client.get("/rounds").status == 200


def test_an_organiser_signed_in_without_it_is_led_there_from_every_page(app: Flask, client: PageClient) -> None:
    client.sign_in(make_account(app, role="organiser"))
    for path in ("/", "/rounds", "/rounds/new"):
        assert client.http.get(path).headers["Location"] == "/account/two-factor"
    page = client.get("/account/two-factor")
    assert "Organisers need this before they can continue." in page.text
    assert client.get("/account").status == 200


def test_with_real_data_an_organiser_cannot_switch_it_off(noon: Any, app: Flask, client: PageClient) -> None:
    make_account(app, role="organiser")
    sign_in(client)
    set_up_two_factor(client)
    token = csrf(client)
    answer = client.http.post("/account/two-factor", data={"setup": "disable", "csrf_token": token})
    assert answer.status_code == 422
    with app.app_context():
        assert find_account().has_two_factor


def test_with_real_data_a_coordinator_may_do_without(app: Flask, client: PageClient) -> None:
    make_account(app, role="coordinator", regions=["south"])
    assert sign_in(client).response.headers["Location"] == "/"


def test_in_the_sample_an_organiser_may_do_without_and_reads_that_real_use_needs_it(
    sample: Flask, client: PageClient
) -> None:
    make_account(sample, role="organiser")
    assert sign_in(client).response.headers["Location"] == "/"
    assert "With real data, organisers set it up before anything else." in client.get("/account").text


def test_in_production_even_a_sample_database_asks_an_organiser_for_it(
    noon: Any, production: Flask, client: PageClient, sample: Flask
) -> None:
    make_account(production, role="organiser")
    assert sign_in(client).response.headers["Location"] == "/account/two-factor"


def test_a_half_done_sign_in_from_before_cannot_replace_the_second_step(
    noon: Any, app: Flask, client: PageClient
) -> None:
    make_account(app, role="organiser")
    sign_in(client)
    kept = client.http.get_cookie("forumplanner")
    set_up_two_factor(client)
    thief = PageClient(app)
    assert kept
    thief.http.set_cookie("forumplanner", kept.value)
    assert thief.http.get("/account/two-factor").headers["Location"] == "/login"


@pytest.mark.parametrize("path", ["/login/code", "/login/recovery-code", "/account/two-factor"])
def test_the_second_step_without_the_first_leads_to_sign_in(client: PageClient, path: str) -> None:
    assert client.http.get(path).headers["Location"].partition("?")[0] == "/login"


@pytest.mark.parametrize("path", ["/login/rescue", "/login/select"])
def test_ways_that_are_not_used_are_closed(client: PageClient, path: str) -> None:
    assert client.http.get(path).status_code == 404


def test_opening_the_code_page_signs_nobody_out(client: PageClient, malee: str) -> None:
    assert client.http.get("/login/code").headers["Location"] == "/account"
    assert client.get("/account").status == 200


def test_switching_it_off_makes_its_recovery_codes_worthless(
    noon: Any, app: Flask, client: PageClient, malee: str
) -> None:
    set_up_two_factor(client)
    make_recovery_codes(client)
    client.submit("/account/two-factor", {}, form=-1)
    with app.app_context():
        assert find_account().mf_recovery_codes is None
