"""How often somebody may fail."""

import math
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from flask import Flask
from limits import parse
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.addresses import password_link
from forumplanner.accounts.models import User
from forumplanner.core.errors import TooMany
from forumplanner.places.models import Region
from forumplanner.web.limits import (
    DatabaseStorage,
    RateWindow,
    client_address,
    count_attempt,
    forget_attempts,
    forget_expired,
    limiter,
    take_back,
)
from tests.accounts.signing_in import PASSWORD, csrf, find_account, make_account, sign_in
from tests.pages import PageClient
from tests.processes import run

# Attempts are counted in transactions of their own.
pytestmark = pytest.mark.usefixtures("real_commits")
CHOSEN = "รหัสผ่านใหม่ ของมาลี 2551"
TWO = parse("2 per 10 minutes")


def test_the_eleventh_failure_is_told_to_wait(app: Flask, client: PageClient) -> None:
    make_account(app)
    for _ in range(10):
        sign_in(client, password="wrong password", status=422)
    page = sign_in(client, status=429)
    assert "Please wait 10 minutes, then try again." in page.text
    assert 590 <= int(page.response.headers["Retry-After"]) <= 600


def test_after_the_wait_the_right_password_signs_in(app: Flask, client: PageClient) -> None:
    make_account(app)
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as clock:
        for _ in range(11):
            token = csrf(client)
            client.http.post("/login", data={"email": "malee@example.org", "password": "x", "csrf_token": token})
        clock.shift(601)
        sign_in(client)
        assert client.get("/account").status == 200


@pytest.mark.both_databases
def test_a_success_begins_the_count_anew(app: Flask, client: PageClient) -> None:
    make_account(app)
    for _ in range(2):
        for _ in range(9):
            sign_in(client, password="wrong password", status=422)
        sign_in(client)
        client.submit("/account", {}, form="/logout")
    sign_in(client, password="wrong password", status=422)


def test_somebody_elses_failures_do_not_lock_an_account(app: Flask, client: PageClient) -> None:
    make_account(app)
    token = csrf(client)
    for _ in range(11):
        client.http.post(
            "/login",
            data={"email": "malee@example.org", "password": "x", "csrf_token": token},
            environ_base={"REMOTE_ADDR": "203.0.113.9"},
        )
    sign_in(client)


def test_capital_letters_do_not_make_another_account(app: Flask, client: PageClient) -> None:
    make_account(app)
    for number in range(10):
        sign_in(client, "MALEE@example.org" if number % 2 else " malee@example.org", "wrong password", status=422)
    sign_in(client, status=429)


def test_many_accounts_from_one_address_are_stopped_too(app: Flask, client: PageClient) -> None:
    token = csrf(client)
    answers = [
        client.http.post("/login", data={"email": f"p{n}@example.org", "csrf_token": token}).status_code
        for n in range(51)
    ]
    assert answers == [422] * 50 + [429]


def test_wrong_codes_are_counted_by_account_wherever_they_come_from(app: Flask, client: PageClient) -> None:
    from forumplanner.accounts.views.two_factor import ReplaySafeTotp

    secret = ReplaySafeTotp({"1": app.config["SETTINGS"].secret_key}, "forumplanner").generate_totp_secret()
    make_account(app, tf_primary_method="authenticator", tf_totp_secret=secret)
    asked = sign_in(client).response.headers["Location"]
    token = csrf(client, asked)
    answers = [
        client.http.post(
            asked,
            data={"code": "000000", "csrf_token": token},
            environ_base={"REMOTE_ADDR": f"203.0.113.{n}"},
        ).status_code
        for n in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_reset_mails_cannot_be_asked_for_without_end(app: Flask, client: PageClient) -> None:
    token = csrf(client)
    answers = [
        client.http.post("/reset", data={"email": "malee@example.org", "csrf_token": token}).status_code
        for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_a_window_counts_and_runs_out(session: Session) -> None:
    storage = DatabaseStorage()
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as clock:
        assert [storage.incr("a", 600), storage.incr("a", 600), storage.incr("b", 600)] == [1, 2, 1]
        assert (storage.get("a"), storage.get_expiry("a") - time.time()) == (2, 600)
        clock.shift(600)
        assert storage.get("a") == 0
        assert storage.incr("a", 600) == 1
        assert storage.get_expiry("a") - time.time() == 600


def test_windows_that_have_run_out_are_forgotten(session: Session) -> None:
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as clock:
        DatabaseStorage().incr("short", 60)
        DatabaseStorage().incr("long", 600)
        clock.shift(120)
        forget_expired()
    assert session.scalar(select(func.count()).select_from(RateWindow)) == 1


def test_no_address_can_be_read_in_the_table(session: Session) -> None:
    DatabaseStorage().incr("LIMITER/203.0.113.9/sign-in", 600)
    [key] = session.scalars(select(RateWindow.key))
    assert len(key) == 64


def test_what_succeeded_is_taken_back(session: Session) -> None:
    for _ in range(5):
        count_attempt(TWO, "somebody")
        take_back(TWO, "somebody")
    count_attempt(TWO, "somebody")
    count_attempt(TWO, "somebody")
    with pytest.raises(TooMany):
        with_request(lambda: count_attempt(TWO, "somebody"))
    forget_attempts(TWO, "somebody")
    count_attempt(TWO, "somebody")


def with_request(act: Any) -> Any:
    from flask import current_app

    with current_app.test_request_context("/"):
        return act()


def test_counting_after_reading_does_not_wait_for_the_request_itself(session: Session) -> None:
    session.scalars(select(User)).all()
    # Where it waited for the lock of the very request that counts, SQLite would give up.
    count_attempt(TWO, "somebody")
    assert limiter.limiter.get_window_stats(TWO, "somebody").remaining == 1


def test_counting_in_the_middle_of_changes_is_a_mistake_on_sqlite(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no single write lock")
    session.add(Region(slug="moon", name_th="ดวงจันทร์", name_en="Moon", list_order=99))
    session.flush()
    with pytest.raises(RuntimeError, match="before the request changes anything"):
        count_attempt(TWO, "somebody")


def test_processes_count_together(session: Session, app: Flask) -> None:
    settings = app.config["SETTINGS"]
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from forumplanner.factory import create_app
        from forumplanner.web.limits import DatabaseStorage
        from tests.databases import make_settings
        app = create_app(make_settings(Path(sys.argv[1]), sys.argv[2]))
        with app.app_context():
            for _ in range(50):
                DatabaseStorage().incr("together", 600)
        """
    )
    session.rollback()
    words = [sys.executable, "-c", script, str(settings.data_dir), settings.database_url]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, [words] * 2))
    assert [(process.returncode, process.stderr) for process in done] == [(0, ""), (0, "")]
    assert DatabaseStorage().get("together") == 100


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.9"),
        ("", ""),
    ],
)
def test_an_ipv6_network_counts_as_one_address(app: Flask, peer: str, counted: str) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": peer}):
        assert client_address() == counted


def test_a_changed_password_with_a_wrong_old_one_counts(app: Flask, client: PageClient) -> None:
    make_account(app)
    sign_in(client)
    token = csrf(client)
    wrong = {"password": "wrong password", "new_password": "x", "new_password_confirm": "x", "csrf_token": token}
    answers = [client.http.post("/account/password", data=wrong).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_new_password_left_out_forgives_no_wrong_old_one(app: Flask, client: PageClient) -> None:
    make_account(app)
    sign_in(client)
    token = csrf(client)
    wrong = {"password": "wrong password", "csrf_token": token}
    answers = [client.http.post("/account/password", data=wrong).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_guessed_links_are_told_how_long_to_wait(app: Flask, client: PageClient) -> None:
    for _ in range(200):
        with client.http.get("/reply/guessed-link") as answer:
            if answer.status_code != 404:
                break
    assert answer.status_code == 429
    minutes = math.ceil(int(answer.headers["Retry-After"]) / 60)
    assert f"Please wait {minutes} minute" in answer.get_data(as_text=True)


def fail(client: PageClient, email: str, address: str, password: str = "wrong password") -> tuple[int, str]:
    data = {"csrf_token": csrf(client, "/login"), "email": email, "password": password}
    answer = client.http.post("/login", data=data, environ_base={"REMOTE_ADDR": address})
    return answer.status_code, answer.get_data(as_text=True)


def test_guesses_from_many_addresses_are_slowed_and_never_lock_the_owners_browser(app: Flask) -> None:
    make_account(app)
    owner, strangers = PageClient(app), PageClient(app)
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as clock:
        sign_in(owner)
        owner.submit("/account", {}, form="/logout")
        tried = [fail(strangers, "malee@example.org", f"203.0.113.{n}")[0] for n in range(51)]
        assert tried == [422] * 50 + [429]
        # The right password tells a stranger nothing either.
        assert fail(strangers, "malee@example.org", "203.0.113.99", PASSWORD)[0] == 429
        sign_in(owner)
        owner.submit("/account", {}, form="/logout")
        clock.shift(601)
        assert fail(strangers, "malee@example.org", "203.0.113.1")[0] == 422


def test_a_new_password_by_mail_makes_any_browser_the_owners(app: Flask) -> None:
    make_account(app)
    strangers, new = PageClient(app), PageClient(app)
    for number in range(51):
        said = fail(strangers, "malee@example.org", f"203.0.113.{number}")
    assert (said[0], "ตั้งรหัสผ่านใหม่ทางอีเมล" in said[1]) == (429, True)
    assert fail(new, "malee@example.org", "198.51.100.7", PASSWORD)[0] == 429
    with app.app_context():
        link = password_link(find_account()).removeprefix("http://localhost")
    new.submit(link, {"password": CHOSEN, "password_confirm": CHOSEN}, form=-1)
    sign_in(new, password=CHOSEN)
    assert new.get("/account").status == 200


def test_a_copied_or_altered_browser_mark_is_no_owners(app: Flask) -> None:
    make_account(app)
    owner, strangers = PageClient(app), PageClient(app)
    sign_in(owner)
    mark = owner.http.get_cookie("browser")
    assert mark is not None
    strangers.http.set_cookie("browser", mark.value[:-3] + "xyz")
    tried = [fail(strangers, "malee@example.org", f"203.0.113.{n}")[0] for n in range(51)]
    assert tried[-1] == 429
    # The mark itself is counted like an address, and opens nothing.
    strangers.http.set_cookie("browser", mark.value)
    tried = [fail(strangers, "malee@example.org", f"203.0.113.{n}")[0] for n in range(11)]
    assert tried == [422] * 10 + [429]


def test_colleagues_behind_one_address_fail_each_for_themselves(app: Flask) -> None:
    emails = [make_account(app, f"colleague{number}@example.org") for number in range(20)]
    office = PageClient(app)
    tried = [fail(office, email, "198.51.100.7")[0] for email in emails for _ in range(5)]
    assert tried == [422] * 100
    sign_in(office, emails[0])


def test_an_address_that_tried_many_accounts_is_not_told_which_there_are(app: Flask) -> None:
    make_account(app)
    client = PageClient(app)
    for number in range(50):
        assert fail(client, f"nobody{number}@example.org", "198.51.100.7")[0] == 422
    tried = [fail(client, email, "198.51.100.7")[0] for email in ("nobody50@example.org", "malee@example.org")]
    assert tried == [429, 429]
    # Whoever works there signs in all the same.
    assert fail(client, "malee@example.org", "198.51.100.7", PASSWORD)[0] == 302


def test_reset_mails_of_colleagues_behind_one_address_are_all_sent(app: Flask, client: PageClient) -> None:
    emails = [make_account(app, f"colleague{number}@example.org") for number in range(40)]
    token = csrf(client)
    answers = [client.http.post("/reset", data={"email": email, "csrf_token": token}).status_code for email in emails]
    assert answers == [302] * 40
