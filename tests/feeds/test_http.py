"""How the calendars answer calendar programs."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark, db, find_mark
from forumplanner.rounds.models import Round
from tests.feeds.conftest import CalendarProgram, Counted
from tests.feeds.golden_files import GOLDEN
from tests.pages import PageClient

SOUTH = "/feeds/regions/south.ics"
FEEDS = ["/feeds/all.ics", SOUTH, "/feeds/2550-1.ics", "/feeds/2550-1/south.ics", "/feeds/m/2550-1/south.ics"]
WRITES = ["PUT", "PROPFIND", "POST", "PATCH", "DELETE", "REPORT", "MKCALENDAR", "PROPPATCH"]
ODD = ["MKCOL", "LOCK", "UNLOCK", "MOVE", "SEARCH", "ACL", "MKACTIVITY", "TRACE", "FOO"]


def test_calendar_answers_with_these_headers_and_no_others(http: FlaskClient) -> None:
    answer = http.get(SOUTH)
    headers = dict(answer.headers)
    for changing in ("ETag", "Content-Security-Policy", "Permissions-Policy"):
        headers.pop(changing)
    assert headers == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Length": str(len((GOLDEN / "region-south.ics").read_bytes())),
        "Content-Disposition": 'inline; filename="south.ics"',
        "Cache-Control": "public, max-age=300",
        # The round was made on 24 January; the window moved to March at midnight in Bangkok.
        "Last-Modified": "Wed, 28 Feb 2007 17:00:00 GMT",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_round_was_modified_when_it_was_made_whatever_month_it_is(http: FlaskClient) -> None:
    assert http.get("/feeds/2550-1.ics").headers["Last-Modified"] == "Wed, 24 Jan 2007 03:00:00 GMT"


def test_head_answers_like_get(http: FlaskClient) -> None:
    got = [http.get(path) for path in FEEDS]
    headed = [http.head(path) for path in FEEDS]
    assert [(each.status_code, each.data, dict(each.headers)) for each in headed] == [
        (200, b"", dict(each.headers)) for each in got
    ]


@pytest.mark.parametrize("path", ["/feeds/all.ics", "/feeds/p/1-1-aaaaaaaaaaaaaaaaaaaa/x.ics", "/feeds/none.ics"])
def test_calendar_cannot_be_written(http: FlaskClient, path: str) -> None:
    answers = [http.open(path, method=method) for method in (*WRITES, *ODD)]
    found = {
        (each.status_code, each.mimetype, each.headers["Allow"], each.headers.get("Vary"), *no_more(each))
        for each in answers
    }
    assert found == {(405, "text/plain", "GET, HEAD, OPTIONS", None, None, None)}


def test_page_elsewhere_refuses_a_method_as_a_page_does(http: FlaskClient) -> None:
    answer = http.open("/subscribe", method="PUT")
    assert (answer.status_code, answer.mimetype, "PUT" in answer.headers["Allow"]) == (405, "text/html", False)


def test_program_that_asks_is_told_that_it_can_only_read(http: FlaskClient) -> None:
    answers = [http.options(path) for path in (*FEEDS, "/feeds/none.ics", "/feeds/p/1-1-aaaaaaaaaaaaaaaaaaaa/x.ics")]
    assert {(each.status_code, each.headers["Allow"], each.data) for each in answers} == {
        (200, "GET, HEAD, OPTIONS", b"")
    }


NOTHING = [
    "/feeds/regions/moon.ics",
    "/feeds/2551-1.ics",
    "/feeds/2551-1/south.ics",
    "/feeds/2550-1/moon.ics",
    "/feeds/2550-1/national.ics",
    "/feeds/m/2550-1/moon.ics",
    "/feeds/m/2550-1/2007-01-24.ics",
    "/feeds/regions/%E0%B9%83%E0%B8%95%E0%B9%89.ics",
    "/feeds/regions/south'; DROP TABLE meetings.ics",
    "/feeds/all.ics/",
    "/feeds//all.ics",
    "/feeds/all",
    "/feeds/",
    "/feeds/../feeds/nothing.ics",
    "/feeds/regions/" + "s" * 5000 + ".ics",
]


def no_more(answer: TestResponse) -> tuple[str | None, str | None]:
    """The headers that no answer below /feeds/ has."""
    return answer.headers.get("Set-Cookie"), answer.headers.get("Location")


def test_unknown_calendar_is_a_plain_404_without_cookies_or_redirect(http: FlaskClient) -> None:
    answers = {path: http.get(path) for path in NOTHING}
    found = {path: (each.status_code, each.mimetype, *no_more(each)) for path, each in answers.items()}
    assert found == dict.fromkeys(NOTHING, (404, "text/plain", None, None))


def test_calendar_is_the_same_for_whoever_is_signed_in_and_touches_no_session(sample: Flask, queries: Counted) -> None:
    person = PageClient(sample).sign_in_as("organiser").http
    person.set_cookie("lang", "en")
    person.get(SOUTH)
    with queries() as statements:
        answer = person.get(SOUTH)
    assert (answer.data, answer.headers.get("Set-Cookie"), answer.headers["Vary"], len(statements)) == (
        (GOLDEN / "region-south.ics").read_bytes(),
        None,
        "Accept-Encoding",
        1,
    )


def test_language_in_the_address_is_not_remembered(http: FlaskClient) -> None:
    answer = http.get(f"{SOUTH}?lang=en")
    assert (answer.data, answer.headers.get("Set-Cookie")) == ((GOLDEN / "region-south-en.ics").read_bytes(), None)


def test_calendar_is_thai_unless_english_is_asked_for(http: FlaskClient) -> None:
    queries = ["?lang=th", "?lang=de", "?lang=", "?lang=en%00", "?utm_source=x"]
    assert {http.get(SOUTH + query).data for query in queries} == {(GOLDEN / "region-south.ics").read_bytes()}


def test_calendar_is_never_negotiated(http: FlaskClient) -> None:
    wishes = ["text/html", "application/json", "image/png;q=0.1", ""]
    answers = [http.get(SOUTH, headers={"Accept": wish, "Accept-Language": "en"}) for wish in wishes]
    assert {(each.status_code, each.mimetype) for each in answers} == {(200, "text/calendar")}


def test_calendar_is_compressed_for_those_who_take_it(http: FlaskClient) -> None:
    answer = http.get(SOUTH, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == (GOLDEN / "region-south.ics").read_bytes()


def test_compression_may_be_left_to_a_server_in_front(
    sample: Flask, http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sample.config, "SETTINGS", replace(sample.config["SETTINGS"], feed_gzip=False))
    answer = http.get(SOUTH, headers={"Accept-Encoding": "gzip"})
    assert answer.data == (GOLDEN / "region-south.ics").read_bytes()
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


def test_calendar_never_limits_its_readers(http: FlaskClient) -> None:
    answers = [http.get(SOUTH) for _ in range(40)]
    assert {answer.status_code for answer in answers} == {200}
    assert [name for name, _ in answers[-1].headers if "RateLimit" in name or name == "Retry-After"] == []


@pytest.mark.both_databases
def test_unchanged_calendar_costs_one_query(http: FlaskClient, queries: Counted) -> None:
    etags = {path: http.get(path).headers["ETag"] for path in FEEDS}
    with queries() as statements:
        answers = [http.get(path, headers={"If-None-Match": etag}) for path, etag in etags.items()]
    assert ([each.status_code for each in answers], len(statements)) == ([304] * len(FEEDS), len(FEEDS))


def test_unchanged_calendar_costs_one_query_where_the_body_is_sent_too(http: FlaskClient, queries: Counted) -> None:
    http.get("/feeds/all.ics")
    with queries() as statements:
        answer = http.get("/feeds/all.ics")
    assert (answer.status_code, len(statements)) == (200, 1)


def test_number_of_queries_does_not_grow_with_the_meetings(http: FlaskClient, queries: Counted) -> None:
    def cost(path: str) -> int:
        with queries() as statements:
            http.get(path)
        return len(statements)

    # One more than the ten of the round: the region's own row is looked up.
    assert (cost("/feeds/2550-1.ics"), cost("/feeds/2550-1/south.ics")) == (5, 6)


def test_date_of_the_readers_copy_is_compared(http: FlaskClient) -> None:
    dates = ["Wed, 28 Feb 2007 16:59:59 GMT", "Wed, 28 Feb 2007 17:00:00 GMT", "Sun, 22 Nov 2037 00:00:00 GMT"]
    assert [http.get(SOUTH, headers={"If-Modified-Since": each}).status_code for each in dates] == [200, 304, 304]


def test_two_saves_within_a_second_never_share_a_date(sample: Flask, http: FlaskClient) -> None:
    """A reader that goes by dates asks between them, and gets the second one's body afterwards."""

    def save(name: str) -> None:
        with sample.app_context():
            db.session.scalars(select(Round)).one().name_th = name
            bump_mark(db.session(), CALENDAR)
            db.session.commit()

    with time_machine.travel(datetime(2026, 3, 6, 5, 0, 30, 200_000, tzinfo=UTC), tick=False) as now:
        save("หนึ่ง")
        now.shift(0.2)
        first = http.get("/feeds/2550-1.ics")
        dates = [first.headers.get("Last-Modified"), "Fri, 06 Mar 2026 05:00:30 GMT", "Fri, 06 Mar 2026 05:00:31 GMT"]
        save("สอง")
        answers = []
        for _ in range(4):
            now.shift(0.7)
            asked = [http.get("/feeds/2550-1.ics", headers={"If-Modified-Since": date}) for date in dates if date]
            answers += [(answer.status_code, "X-WR-CALNAME:สอง" in answer.text) for answer in asked]
        settled = http.get("/feeds/2550-1.ics").headers["Last-Modified"]
        unchanged = http.get("/feeds/2550-1.ics", headers={"If-Modified-Since": settled})
    assert (set(answers), unchanged.status_code) == ({(200, True)}, 304)


@pytest.mark.parametrize("path", ["/feeds/2550-1.ics", SOUTH])
def test_a_release_may_have_other_words_so_a_date_from_before_it_is_not_enough(sample: Flask, path: str) -> None:
    http = CalendarProgram(sample, Response, use_cookies=False)
    started_at = sample.extensions["feed_cache"].started_at = clock.now()
    answer = http.get(path, headers={"If-Modified-Since": http_date(started_at - timedelta(seconds=1))})
    later = http_date(started_at + timedelta(seconds=1))
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        again = http.get(path, headers={"If-Modified-Since": later})
    assert (answer.status_code, again.status_code) == (200, 304)


def test_change_is_seen_by_every_process_at_once(sample: Flask, http: FlaskClient) -> None:
    """What another process commits: the round gets another name. This process is told nothing."""
    http.get("/feeds/2550-1.ics")
    with sample.app_context():
        db.session.scalars(select(Round)).one().name_th = "รอบทดลอง"
        bump_mark(db.session(), CALENDAR, at=datetime(2007, 3, 6, 5, 0, 30, tzinfo=UTC))
        db.session.commit()
    answer = http.get("/feeds/2550-1.ics")
    assert ("X-WR-CALNAME:รอบทดลอง" in answer.text, answer.headers["Last-Modified"]) == (
        True,
        "Tue, 06 Mar 2007 05:00:30 GMT",
    )


def test_mark_that_counts_anew_after_a_restored_backup_is_another_mark(sample: Flask, http: FlaskClient) -> None:
    http.get("/feeds/2550-1.ics")
    with sample.app_context():
        db.session.scalars(select(Round)).one().name_th = "รอบทดลอง"
        mark = find_mark(db.session(), CALENDAR)
        assert mark is not None
        mark.changed_at = datetime(2007, 3, 6, 5, 0, 30, tzinfo=UTC)
        db.session.commit()
    assert "X-WR-CALNAME:รอบทดลอง" in http.get("/feeds/2550-1.ics").text
