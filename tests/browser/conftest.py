"""A real server with the sample round, and Chromium at desktop and phone width."""

import os
import random
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.crowd import crowd
from tests.databases import Databases, command
from tests.processes import running
from tests.waiting import CEILING_MS, CEILING_SECONDS, wait_until

AXE = Path(__file__).parent.parent / "node/node_modules/axe-core/axe.min.js"
expect.set_options(timeout=CEILING_MS)


@dataclass(frozen=True)
class Site:
    """A served sample database."""

    url: str
    data_dir: Path

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data_dir / 'forumplanner.sqlite3'}"

    def command(self, *arguments: str) -> str:
        """What a command prints."""
        done = command(self.data_dir, self.database_url, *arguments, **self.variables())
        assert done.returncode == 0, done.stderr
        return done.stdout

    def variables(self) -> dict[str, str]:
        # No keys given: the site makes its own and keeps them, as on a newcomer's machine.
        return {
            "FORUMPLANNER_ENV": "development",
            "FORUMPLANNER_BASE_URL": self.url,
            "FORUMPLANNER_SECRET_KEY": "",
            "FORUMPLANNER_LINK_KEY": "",
        }

    def password(self, role: str) -> str:
        return (self.data_dir / "secrets" / f"sample-{role}-password").read_text().strip()


def free_port() -> int:
    """A port for a server that is about to start: none of those that the kernel hands out to others meanwhile."""
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = random.randrange(10_000, max(lowest, 20_000))
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


def wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    def is_healthy() -> bool:
        assert process.poll() is None, "the server ended"
        with suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=CEILING_SECONDS) as answer:
            return answer.status == 200
        return False

    wait_until(is_healthy, "the server")


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site of a module; full of the longest where CROWDED is set."""
    with serving(
        databases, tmp_path_factory.mktemp("site"), crowded=getattr(request.module, "CROWDED", False)
    ) as found:
        yield found


@contextmanager
def serving(databases: Databases, folder: Path, *, crowded: bool = False) -> Iterator[Site]:
    """`forumplanner prepare` and `forumplanner serve`, as `make run` does."""
    port = free_port()
    found = Site(f"http://127.0.0.1:{port}", folder)
    databases.prepared(found.data_dir, **found.variables() | {"FORUMPLANNER_BASE_URL": "http://127.0.0.1:8000"})
    if crowded:
        crowd(found.data_dir / "forumplanner.sqlite3")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
    environment |= found.variables() | {"FORUMPLANNER_DATA_DIR": str(found.data_dir)}
    program = Path(sys.executable).with_name("forumplanner")
    words = [program, "serve", "--host", "127.0.0.1", "--port", str(port)]
    with (
        (found.data_dir / "log").open("wb") as log,
        running(words, env=environment, stdout=log, stderr=log) as process,
    ):
        wait_until_healthy(found.url, process)
        yield found


def open_context(browser: Browser, site: Site, width: int, **options: object) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 800 if width > 500 else 640}, base_url=site.url, **options
    )  # type: ignore[arg-type]
    context.set_default_timeout(CEILING_MS)
    return context


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh visitor, on a desktop and on a phone; anything in the browser's console fails the test."""
    context = open_context(browser, site, request.param)
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
    unexpected = [text for text in complaints if not re.search(r"status of (4\d\d)", text)]
    assert unexpected == []


@pytest.fixture
def plain_phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = open_context(browser, site, 360, java_script_enabled=False)
    yield context.new_page()
    context.close()


def sign_in(page: Page, site: Site, role: str) -> None:
    """Sign in as a sample account, through the form."""
    email = {"organiser": "organiser@example.org", "coordinator": "south@example.org", "reader": "reader@example.org"}
    page.goto("/login")
    page.locator("input[name=email]").fill(email[role])
    page.locator("input[name=password]").fill(site.password(role))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    assert "/login" not in page.url, page.inner_text("body")


def open_menu(page: Page) -> None:
    """On a phone what else there is stands behind one word."""
    if (opener := page.locator(".head-opener summary")).is_visible():
        opener.click()


def check_page(page: Page) -> None:
    """No violation of WCAG 2.1 A or AA, nothing that scrolls sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}})"
    )
    violations = [
        (violation["id"], [node["html"][:150] for node in violation["nodes"][:3]]) for violation in found["violations"]
    ]
    assert violations == [], f"{page.url}: {violations}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
