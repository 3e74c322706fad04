"""What every answer has: headers, languages, error pages in words, health."""

import json
import logging
import re
from pathlib import Path

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.web.log_lines import JsonLines, mask_private
from tests.pages import PageClient, text_of


def test_every_page_carries_the_security_headers(sample: Flask, client: PageClient) -> None:
    headers = client.get("/login").response.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_static_file_is_kept_for_good_at_the_address_of_its_version(sample: Flask, client: PageClient) -> None:
    page = client.get("/login")
    versioned = next(link.get("href") for link in page.root.iter() if "icon.svg?v=" in (link.get("href") or ""))
    kept = []
    for address in (versioned, "/static/icon.svg"):
        with client.http.get(address) as answer:
            kept.append(answer.headers["Cache-Control"])
    assert kept == ["public, max-age=31536000, immutable", "no-cache"]
    assert client.http.get("/favicon.ico").headers["Location"] == "/static/icon.svg"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_unknown_address_answers_404_in_words(sample: Flask, client: PageClient, lang: str) -> None:
    page = client.get("/no/such/page", 404, lang=lang)
    assert page.root.get("lang") == lang
    assert page.heading == {"th": "ไม่พบหน้านี้", "en": "There is nothing at this address"}[lang]


def test_language_is_switched_by_one_click_and_remembered(sample: Flask, client: PageClient) -> None:
    page = client.get("/login")
    assert page.root.get("lang") == "th"
    assert client.switch_language(page).root.get("lang") == "en"
    assert client.get("/login").root.get("lang") == "en"


def test_after_a_refused_form_the_language_switch_leads_to_the_forms_page(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    asked = client.get("/rounds/2550-1/northeast/submission")
    page = client.submit(asked, {}, form="decision", status=422)
    again = client.switch_language(page, {"remark": "ข้อความที่กรอกไว้"})
    assert (again.heading, "ข้อความที่กรอกไว้" in again.response.text) == ("The submitted outcomes", True)
    refused = client.http.post("/rounds/2550-1/northeast/submission/decision").get_data(as_text=True)
    [link] = re.findall(r'<a class="language" href="([^"]+)"', refused)
    assert client.get(link).response.request.path == "/rounds/2550-1/northeast/submission"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_ten_megabytes_are_refused_in_words(sample: Flask, client: PageClient, lang: str) -> None:
    client.get("/login", lang=lang)
    response = client.http.post("/login", data={"email": "x" * 10_000_000})
    page = client._checked(response, 413)
    assert page.heading == {"th": "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป", "en": "What you sent is too large"}[lang]


def test_a_form_without_its_token_is_refused_in_words(sample: Flask, client: PageClient) -> None:
    page = client._checked(client.http.post("/login", data={"email": "a@example.org"}), 400)
    assert "คุกกี้" in page.text


def test_a_method_an_address_does_not_take_answers_405(sample: Flask, client: PageClient) -> None:
    page = client._checked(client.http.delete("/login"), 405)
    assert page.heading == "หน้านี้ทำรายการนั้นไม่ได้"
    assert "POST" in page.response.headers["Allow"]


def test_a_fault_is_told_in_words_and_logged(
    sample: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> None:
        raise ZeroDivisionError("planted")

    view = sample.view_functions["desks.healthz"]
    break_down.access = view.access  # type: ignore[attr-defined]
    monkeypatch.setitem(sample.view_functions, "desks.healthz", break_down)
    with caplog.at_level(logging.ERROR):
        page = client.get("/healthz", 500)
    assert page.heading == "ขออภัย เกิดข้อขัดข้อง"
    assert "planted" in caplog.text
    assert "planted" not in page.text


def test_what_cannot_be_done_just_now_is_told_without_blaming_anybody(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/rounds/2550-1/west/announce", 409, lang="en")
    assert page.heading == "This cannot be done just now"
    assert "This meeting is announced already. Nothing was changed." in page.text
    assert page.links()["To the meeting"] == "/rounds/2550-1/west"


@pytest.mark.parametrize(
    ("path", "status", "label", "address"),
    [
        ("/rounds/9999-1", 404, "All rounds", "/rounds"),
        ("/rounds/2550-1/south/agenda/999999", 404, "All rounds", "/rounds"),
        ("/rounds/2550-1/nowhere", 404, "All rounds", "/rounds"),
        ("/rounds/2550-1/north/attendance", 403, "To the meeting", "/rounds/2550-1/north"),
        ("/rounds/2550-1/edit", 403, "Round 2550-1", "/rounds/2550-1"),
        ("/partners/999999", 404, "Partners", "/partners"),
    ],
)
def test_an_error_page_leads_to_what_stands_above_it(
    sample: Flask, client: PageClient, path: str, status: int, label: str, address: str
) -> None:
    page = client.sign_in_as("coordinator").get(path, status, lang="en")
    main = next(page.root.iter("main"))
    assert {text_of(node): node.get("href") for node in main.iter("a")}.get(label) == address


@pytest.mark.parametrize(("path", "status"), [("/start", 403), ("/no/such/page", 404), ("/rounds/9999-1", 404)])
def test_an_error_page_says_who_is_signed_in_and_lets_them_out(
    sample: Flask, client: PageClient, path: str, status: int
) -> None:
    page = client.sign_in_as("coordinator").get(path, status)
    assert "ผู้ประสานงานภาคใต้ (ตัวอย่าง)" in page.links()
    client.submit(page, {}, form="/logout")
    assert client.http.get("/account").status_code == 302


@pytest.mark.parametrize("path", ["/reply/1-1-aaaaaaaaaaaaaaaaaaaa", "/feeds/regions/nowhere.ics"])
def test_an_error_of_a_private_link_or_a_calendar_asks_nobody_to_sign_in(
    sample: Flask, client: PageClient, path: str
) -> None:
    answer = client.sign_in_as("organiser").http.get(path)
    assert (answer.status_code, "<header" in answer.get_data(as_text=True)) == (404, False)


def test_the_page_of_a_fault_has_no_masthead_as_the_database_may_be_gone(
    sample: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forumplanner.desks.views.pages.list_coming", lambda *_: 1 / 0)
    page = client.sign_in_as("organiser").get("/", 500)
    assert list(page.root.iter("header")) == []


@pytest.mark.parametrize(
    ("path", "status", "sentences"),
    [
        ("/start", 403, ["This page is not open to you", "Please ask an organiser if you need it."]),
        (
            "/no/such/page",
            404,
            ["There is nothing at this address", "Please check the link, or begin at the first page."],
        ),
        (
            "/rounds/9999-1",
            404,
            ["There is nothing at this address", "There is no round 9999-1. Please begin at the list of rounds."],
        ),
    ],
)
def test_an_error_page_says_each_thing_once(
    sample: Flask, client: PageClient, path: str, status: int, sentences: list[str]
) -> None:
    page = client.sign_in_as("coordinator").get(path, status, lang="en")
    main = next(page.root.iter("main"))
    assert [text_of(node) for node in main.iter() if node.tag in ("h1", "p")] == sentences


@pytest.mark.both_databases
def test_health_says_whether_database_and_schema_are_well(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").get_json() == {"database": True, "schema": True}
    with app.app_context():
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (503, {"database": True, "schema": False})


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("GET /reply/7-1-abcdefghij2345672345", "GET /reply/…"),
        ("/feeds/p/7-1-abc/my.ics?x=1", "/feeds/p/…/my.ics?x=1"),
        ("/reset/WyI0MjM.abc-def", "/reset/…"),
        ("token=abc&next=/", "token=…&next=/"),
        ("/reset//WyI0MjM.abc-def", "/reset//…"),
        ("/Reset/WyI0MjM.abc-def", "/Reset/…"),
        ("/reply/ 7-1-abcdefghij2345672345", "/reply/ …"),
        ("/reply//7-1-abcdefghij2345672345", "/reply//…"),
        ("/Reply/7-1-ABCDEFGHIJ2345672345", "/Reply/…"),
        ("/reply /7-1-abcdefghij2345672345", "/reply /…"),
        ("/reply/'7-1-abcdefghij2345672345'", "/reply/'…'"),
        ("/answer/7-1-\u212aabcdefghij234567234", "/answer/…"),
        (
            "mail to a@example.org: <https://x.example/7-1-abcdefghij2345672345>",
            "mail to a@example.org: <https://x.example/…>",
        ),
        ("/rounds/2550-1/south", "/rounds/2550-1/south"),
    ],
)
def test_private_parts_of_addresses_never_reach_the_logs(text: str, masked: str) -> None:
    assert mask_private(text) == masked


def test_private_links_inside_logged_data_are_masked() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "a", None, None)
    record.data = {"links": ["7-1-abcdefghij2345672345"], "path": Path("/x/7-1-abcdefghij2345672345")}
    entry = json.loads(JsonLines().format(record))
    assert (entry["links"], entry["path"]) == (["…"], "/x/…")


def test_a_log_line_is_one_json_object_with_its_exception_masked() -> None:
    try:
        raise ValueError("at /reply/7-1-secret")
    except ValueError:
        import sys

        record = logging.LogRecord("x", logging.ERROR, "", 0, "a\nb /reply/7-1-secret", None, sys.exc_info())
    line = JsonLines().format(record)
    entry = json.loads(line)
    assert "\n" not in line
    assert entry["message"] == "a\nb /reply/…"
    assert "secret" not in line
