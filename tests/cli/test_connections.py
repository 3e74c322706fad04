"""Who is slow, idle or immoderate stands in nobody's way; what is refused is refused in words."""

import json
import re
import select
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.served import Site, start
from tests.waiting import CEILING_SECONDS, wait_until

LINK = "1-1-aaaaaaaaaaaaaaaaaaaa"


def answers(site: Site) -> None:
    """Health and a page are there."""
    assert site.ask("GET", "/healthz")[0] == 200
    assert site.ask("GET", "/rounds/2550-1", Connection="close")[0] == 200


def begin_head(opened: socket.socket) -> None:
    opened.sendall(b"POST /login HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")


def begin_body(opened: socket.socket) -> None:
    opened.sendall(
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 1000\r\n\r\nemail=a"
    )


def finish_and_keep(opened: socket.socket) -> None:
    opened.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert opened.recv(15) == b"HTTP/1.1 200 OK"


def say_nothing(opened: socket.socket) -> None:
    pass


@pytest.mark.parametrize(
    ("begin", "count"), [(begin_head, 12), (begin_body, 12), (finish_and_keep, 20), (say_nothing, 300)]
)
def test_connections_held_open_hold_nobody_up(site: Site, begin: Callable[[socket.socket], None], count: int) -> None:
    with ExitStack() as held:
        connections = [held.enter_context(site.open()) for _ in range(count)]
        for opened in connections:
            begin(opened)
        answers(site)
        # Nor do they hold what whoever writes needs.
        writer = held.enter_context(closing(sqlite3.connect(site.database, timeout=0, isolation_level=None)))
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("ROLLBACK")
        if begin in (begin_head, begin_body):
            # They are open still: what is missing arrives, and is answered.
            rest = b"1\r\n\r\n" if begin == begin_head else b"a" * 993
            connections[0].sendall(rest)
            assert connections[0].recv(12) == b"HTTP/1.1 400"


def test_more_connections_than_are_kept_leave_room_for_the_next(sampled: Path, tmp_path: Path) -> None:
    site, process = start(sampled, tmp_path)
    try:
        with ExitStack() as held:
            for _ in range(1100):
                begin_head(held.enter_context(site.open()))
            answers(site)
    finally:
        process.terminate()
        process.wait(CEILING_SECONDS)


@pytest.mark.parametrize("size", [1_100_000, 6_000_000, 25_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_too_large_is_read_to_its_end_and_refused_in_words(site: Site, size: int, chunked: bool) -> None:
    page = site.ask("GET", "/login")[2]
    cookie = site.ask("GET", "/login")[1]["set-cookie"].partition(";")[0]
    assert "<form" in page
    connection = HTTPConnection("127.0.0.1", site.port, timeout=CEILING_SECONDS)
    pieces = (b"email=" + b"x" * 99_994 if number == 0 else b"x" * 100_000 for number in range(size // 100_000))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    if not chunked:
        headers["Content-Length"] = str(size)
    connection.request("POST", "/login", pieces, headers, encode_chunked=chunked)
    answer = connection.getresponse()
    words = answer.read().decode()
    assert (answer.status, "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" in words) == (413, True)
    connection.close()


def test_a_body_beyond_all_measure_is_refused_before_it_is_sent(site: Site) -> None:
    with site.open() as opened:
        opened.sendall(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\nx")
        answer = b"".join(iter(lambda: opened.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" in answer


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + b"b" * 300_000 + b"\r\n\r\n", 431),
        (b"\x16\x03\x01 hello\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_what_no_page_can_answer_is_refused_in_both_languages(site: Site, request_: bytes, status: int) -> None:
    with site.open() as opened:
        opened.sendall(request_)
        head, _blank, body = b"".join(iter(lambda: opened.recv(65536), b"")).decode().partition("\r\n\r\n")
    assert head.startswith((f"HTTP/1.1 {status} ", f"HTTP/1.0 {status} "))
    assert "text/plain; charset=utf-8" in head
    assert [bool(re.search(letters, body)) for letters in ("[ก-๙]{5}", "[A-Za-z]{4} ")] == [True, True]


def test_head_and_not_modified_carry_no_body(site: Site) -> None:
    status, headers, body = site.ask("GET", "/feeds/all.ics")
    assert (status, int(headers["content-length"])) == (200, len(body.encode()))
    assert site.ask("HEAD", "/feeds/all.ics")[::2] == (200, "")
    assert site.ask("HEAD", "/feeds/all.ics")[1]["content-length"] == headers["content-length"]
    with site.open() as opened:
        opened.sendall(
            f"GET /feeds/all.ics HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {headers['etag']}\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: opened.recv(65536), b""))
    assert (answer[:12], answer.partition(b"\r\n\r\n")[2]) == (b"HTTP/1.1 304", b"")


def test_several_requests_share_a_connection(site: Site) -> None:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=CEILING_SECONDS)
    for path in ("/healthz", "/login", "/static/icon.svg"):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, len(answer.read()) > 10) == (200, True)
        assert connection.sock is not None
    connection.close()


def test_no_private_link_stands_in_the_log_and_no_server_in_the_answers(site: Site) -> None:
    _status, headers, _body = site.ask("GET", f"/reply/{LINK}?token=abc")
    site.ask("GET", f"/reply/{LINK}/%ff")
    with site.open() as opened:
        opened.sendall(f"GET /reply/{LINK} HTTP/1.1\r\nbroken\r\n\r\n".encode())
        opened.recv(100)
    assert "server" not in headers
    lines = site.log.read_text().splitlines()
    assert {"/reply/…"} <= {json.loads(line).get("path") for line in lines}
    assert [line for line in lines if LINK in line or "token=abc" in line] == []


def test_nobody_is_believed_about_their_address_outside_production(site: Site) -> None:
    headers = site.ask("GET", "/login", X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.7")[1]
    assert "strict-transport-security" not in headers


def test_what_was_asked_before_the_end_is_answered(sampled: Path, tmp_path: Path) -> None:
    site, process = start(sampled, tmp_path)
    idle = site.open()
    # Somebody writes for long; a form waits for it. It is being answered when the end is asked for.
    writer = sqlite3.connect(site.database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    asking = HTTPConnection("127.0.0.1", site.port, timeout=CEILING_SECONDS)
    asking.request("POST", "/login", b"email=a")
    wait_until_waiting(site, process)
    process.send_signal(signal.SIGTERM)
    assert select.select([asking.sock], [], [], 0)[0] == []
    writer.rollback()
    assert asking.getresponse().status == 400
    assert process.wait(CEILING_SECONDS) == 0
    asking.close()
    idle.close()


def wait_until_waiting(site: Site, process: subprocess.Popen[bytes]) -> None:
    """Until the form just sent has been taken: a page asked for afterwards is answered."""
    for _ in range(3):
        answers(site)
    assert process.poll() is None


def test_several_web_processes_share_the_port(sampled: Path, tmp_path: Path) -> None:
    site, process = start(sampled, tmp_path, FORUMPLANNER_WEB_PROCESSES="2")
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        wait_until(lambda: len(children.read_text().split()) == 3)
        for _ in range(10):
            answers(site)
    finally:
        process.terminate()
        assert process.wait(CEILING_SECONDS) == 0


def test_every_address_of_the_machine_is_served_by_the_same_server(sampled: Path, tmp_path: Path) -> None:
    site, process = start(sampled, tmp_path, HOST="0.0.0.0")
    try:
        with ExitStack() as held:
            for _ in range(40):
                begin_body(held.enter_context(site.open()))
            answers(site)
    finally:
        process.terminate()
        process.wait(CEILING_SECONDS)
