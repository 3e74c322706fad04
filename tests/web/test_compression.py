"""Pages leave compressed, and how long they are tells nobody what is in them."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forumplanner.web.compression import zipped
from tests.pages import PageClient

PAGES = ["/", "/rounds/2550-1", "/login", "/no/such/page"]


def sent(http: FlaskClient, path: str, asked: str | None) -> tuple[bytes, str | None]:
    response = http.get(path, headers={"Accept-Encoding": asked} if asked is not None else {})
    assert "Accept-Encoding" in response.headers["Vary"]
    assert int(response.headers["Content-Length"]) == len(response.get_data())
    return response.get_data(), response.headers.get("Content-Encoding")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_compressed_for_those_who_take_it(sample: Flask, client: PageClient, path: str) -> None:
    plain, encoding = sent(client.http, path, None)
    assert encoding is None
    content, encoding = sent(client.http, path, "gzip, deflate, br")
    assert encoding == "gzip"
    assert len(content) < len(plain) / 2
    assert b"<!doctype html>" in gzip.decompress(content)


@pytest.mark.parametrize("asked", ["", "br", "identity", "gzip;q=0", "gzip" + " " * 2000])
def test_a_page_is_sent_as_it_is_to_those_who_do_not(sample: Flask, client: PageClient, asked: str) -> None:
    content, encoding = sent(client.http, "/", asked)
    assert encoding is None
    assert b"<!doctype html>" in content


def test_the_length_of_a_page_says_nothing_of_what_is_in_it() -> None:
    page = b"a page with a secret " * 100
    found = [zipped(page) for _ in range(50)]
    assert {gzip.decompress(one) for one in found} == {page}
    assert len({len(one) for one in found}) > 10


def test_paper_and_archives_are_left_as_they_are(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    for path in ("/rounds/2550-1/brief.pdf", "/feeds/all.ics"):
        response = client.http.get(path, headers={"Accept-Encoding": "identity"})
        assert response.status_code == 200, path
        assert "Content-Encoding" not in response.headers


def test_a_short_answer_is_not_compressed(sample: Flask, client: PageClient) -> None:
    response = client.http.get("/account", headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response.headers.get("Content-Encoding")) == (302, None)
