"""Debian's nginx in front, set up as docs/install.md says: what we refuse reaches the person who sent it."""

import os
import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.browser.conftest import free_port, wait_until_healthy
from tests.cli.served import Site
from tests.processes import running
from tests.waiting import CEILING_SECONDS

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
TRIES = 12


@pytest.fixture(scope="module")
def front(site: Site, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx before the served site."""
    if NGINX is None:
        pytest.fail("nginx is not installed: tools/setup.sh dev installs it")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    written = (project / "docs/install.md").read_text(encoding="utf-8")
    found = re.search(r"^    server \{\n.*?^    \}\n", written, re.DOTALL | re.MULTILINE)
    assert found
    server = re.sub(r"listen .*;", "", found[0]).replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")
    server = server.replace("server {", f"server {{\n        listen 127.0.0.1:{port};")
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{places}{server}}}\n"
    )
    with running([NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(configuration)]) as process:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield port


def send(port: int, size: int) -> tuple[int, str]:
    """A form with one very long text, sent in one go."""
    connection = HTTPConnection("127.0.0.1", port, timeout=CEILING_SECONDS)
    body = ("email=" + "ก" * ((size - 6) // 3)).encode()
    try:
        connection.request("POST", "/login", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("size", [1_200_000, 6_000_000, 19_000_000])
def test_a_body_too_large_is_always_refused_in_our_words(front: int, size: int) -> None:
    answers = [send(front, size) for _ in range(TRIES)]
    assert {status for status, _words in answers} == {413}
    assert [words for _status, words in answers if "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" not in words] == []


def test_what_was_typed_comes_back_through_nginx(front: int) -> None:
    assert "ก" * 100_000 in send(front, 1_200_000)[1]


def test_a_page_and_a_calendar_come_through_nginx(front: int) -> None:
    for path in ("/rounds/2550-1", "/feeds/all.ics"):
        connection = HTTPConnection("127.0.0.1", front, timeout=CEILING_SECONDS)
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, len(answer.read()) > 1000) == (200, True)
        connection.close()
