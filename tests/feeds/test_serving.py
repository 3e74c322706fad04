"""A calendar over HTTP, on a bare application."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask, Response, make_response, request, session
from flask.testing import FlaskClient

from forumplanner.feeds.views.serving import feed_response

BODY = b"BEGIN:VCALENDAR\r\n" + "ประชุมวงภาคใต้\r\n".encode() * 100 + b"END:VCALENDAR\r\n"
ETAG = '"5e884898da28047151d0e56f8dc62927"'
ZIPPED_ETAG = '"5e884898da28047151d0e56f8dc62927-gz"'
CHANGED = datetime(2007, 1, 25, 8, 30, 15, 400_000, tzinfo=UTC)
CHANGED_HTTP = "Thu, 25 Jan 2007 08:30:16 GMT"


@pytest.fixture
def client() -> FlaskClient:
    """A bare application whose hooks try to set cookies, as those of the real one do on pages."""
    app = Flask(__name__)
    app.secret_key = "test"

    def never() -> bytes:
        raise AssertionError("the body was asked for")

    def serve(body: bytes | Callable[[], bytes], **how: bool) -> Response:
        session["seen"] = "yes"
        return feed_response(
            request,
            body,
            etag=ETAG,
            last_modified=CHANGED,
            filename="south.ics",
            private=how.get("private", False),
            compress=how.get("compress", True),
        )

    app.add_url_rule("/feeds/regions/south.ics", "public", lambda: serve(lambda: BODY))
    app.add_url_rule("/feeds/p/secret/mine.ics", "personal", lambda: serve(BODY, private=True))
    app.add_url_rule("/feeds/plain.ics", "plain", lambda: serve(BODY, compress=False))
    app.add_url_rule("/feeds/small.ics", "small", lambda: serve(b"BEGIN:VCALENDAR\r\n"))
    app.add_url_rule("/feeds/unread.ics", "unread", lambda: serve(never))

    @app.after_request
    def set_a_cookie(response: Response) -> Response:
        response.set_cookie("lang", "en")
        return make_response(response)

    return app.test_client()


def headers_of(response: Response) -> dict[str, str]:
    return dict(response.headers)


SOUTH = "/feeds/regions/south.ics"
PUBLIC_HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Content-Disposition": 'inline; filename="south.ics"',
    "Content-Length": str(len(BODY)),
    "Cache-Control": "public, max-age=300",
    "ETag": ETAG,
    "Last-Modified": CHANGED_HTTP,
    "Vary": "Accept-Encoding",
}


def test_public_calendar_is_answered_without_cookies(client: FlaskClient) -> None:
    answer = client.get(SOUTH)
    assert (answer.status_code, answer.data, headers_of(answer)) == (200, BODY, PUBLIC_HEADERS)


def test_head_is_like_get_without_the_body(client: FlaskClient) -> None:
    answer = client.head(SOUTH)
    assert (answer.status_code, answer.data, headers_of(answer)) == (200, b"", PUBLIC_HEADERS)


def test_personal_calendar_stays_private(client: FlaskClient) -> None:
    assert headers_of(client.get("/feeds/p/secret/mine.ics")) == PUBLIC_HEADERS | {
        "Cache-Control": "private, max-age=0, must-revalidate",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"If-None-Match": ETAG}, 304),
        ({"If-None-Match": f"W/{ETAG}"}, 304),
        ({"If-None-Match": f'"other", W/"another" , {ETAG},"last"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": " * "}, 304),
        ({"If-None-Match": '"other", "another"'}, 200),
        ({"If-None-Match": ETAG.strip('"')}, 200),
        ({"If-None-Match": ZIPPED_ETAG}, 200),
        ({"If-None-Match": ""}, 200),
        ({"If-None-Match": '"x", ' * 20_000}, 200),
        ({"If-None-Match": '"x", ' * 20_000 + ETAG}, 304),
        ({"If-Modified-Since": CHANGED_HTTP}, 304),
        ({"If-Modified-Since": "Thu, 25 Jan 2007 08:30:17 GMT"}, 304),
        ({"If-Modified-Since": "Thu, 25 Jan 2007 08:30:15 GMT"}, 200),
        ({"If-Modified-Since": "Thursday, 25-Jan-07 08:30:16 GMT"}, 304),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Modified-Since": ""}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": CHANGED_HTTP}, 200),
        ({"If-None-Match": ETAG, "If-Modified-Since": "Thu, 25 Jan 2007 08:30:15 GMT"}, 304),
    ],
)
def test_reader_gets_the_body_only_if_it_has_another(
    client: FlaskClient, method: str, asked: dict[str, str], status: int
) -> None:
    assert client.open(SOUTH, method=method, headers=asked).status_code == status


def test_not_modified_repeats_what_caches_need_and_nothing_of_the_body(client: FlaskClient) -> None:
    answer = client.get("/feeds/unread.ics", headers={"If-None-Match": ETAG})
    assert (answer.status_code, answer.data, headers_of(answer)) == (
        304,
        b"",
        {"ETag": ETAG, "Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding"},
    )


def test_compressed_calendar_has_a_tag_of_its_own(client: FlaskClient) -> None:
    answer = client.get(SOUTH, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(answer.data) == BODY
    assert headers_of(answer) == PUBLIC_HEADERS | {
        "Content-Encoding": "gzip",
        "Content-Length": str(len(answer.data)),
        "ETag": ZIPPED_ETAG,
    }


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip;q=0.1, identity", "gzip"),
        ("*", "gzip"),
        ("deflate, br", None),
        ("gzip;q=0", None),
        ("*;q=0", None),
        ("gzip, " * 5000, None),
        ("", None),
    ],
)
def test_calendar_is_compressed_only_for_those_who_take_it(
    client: FlaskClient, accepts: str, encoding: str | None
) -> None:
    answer = client.get(SOUTH, headers={"Accept-Encoding": accepts})
    assert answer.headers.get("Content-Encoding") == encoding


@pytest.mark.parametrize(
    ("has", "accepts", "status", "confirmed"),
    [
        (ZIPPED_ETAG, "gzip", 304, ZIPPED_ETAG),
        (ETAG, "gzip", 304, ETAG),
        (ZIPPED_ETAG, "identity", 200, ETAG),
        (f"{ETAG}, {ZIPPED_ETAG}", "gzip", 304, ZIPPED_ETAG),
    ],
)
def test_tag_confirmed_is_one_the_reader_can_use(
    client: FlaskClient, has: str, accepts: str, status: int, confirmed: str
) -> None:
    answer = client.get(SOUTH, headers={"If-None-Match": has, "Accept-Encoding": accepts})
    assert (answer.status_code, answer.headers["ETag"]) == (status, confirmed)


def test_small_calendar_is_not_compressed(client: FlaskClient) -> None:
    answer = client.get("/feeds/small.ics", headers={"Accept-Encoding": "gzip"})
    assert (answer.headers.get("Content-Encoding"), answer.headers["ETag"]) == (None, ETAG)


def test_compression_can_be_left_to_the_server_in_front(client: FlaskClient) -> None:
    answer = client.get("/feeds/plain.ics", headers={"Accept-Encoding": "gzip"})
    assert (answer.data, "Vary" in answer.headers, answer.headers["ETag"]) == (BODY, False, ETAG)


@pytest.mark.parametrize("accepts", ["text/html", "application/json;q=0.9", "image/*", ""])
def test_calendar_is_never_negotiated(client: FlaskClient, accepts: str) -> None:
    assert headers_of(client.get(SOUTH, headers={"Accept": accepts})) == PUBLIC_HEADERS


@pytest.mark.parametrize("method", ["PUT", "PROPFIND", "POST", "DELETE", "REPORT"])
def test_calendar_cannot_be_written(client: FlaskClient, method: str) -> None:
    answer = client.open(SOUTH, method=method)
    assert (answer.status_code, sorted(answer.headers["Allow"].split(", "))) == (405, ["GET", "HEAD", "OPTIONS"])


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("2550-1.ics", 'inline; filename="2550-1.ics"'),
        ("ใต้.ics", "inline; filename=\"calendar.ics\"; filename*=UTF-8''%E0%B9%83%E0%B8%95%E0%B9%89.ics"),
        ('a"\r\nb.ics', "inline; filename=\"calendar.ics\"; filename*=UTF-8''a%22%0D%0Ab.ics"),
    ],
)
def test_file_has_a_readable_name(filename: str, expected: str) -> None:
    with Flask(__name__).test_request_context("/"):
        answer = feed_response(
            request, BODY, etag=ETAG, last_modified=CHANGED, filename=filename, private=False, compress=False
        )
    assert answer.headers["Content-Disposition"] == expected
