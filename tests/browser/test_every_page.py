"""Every page that can be reached by links is opened at both widths: no violation, nothing sideways, no complaint.

The site is full of the longest that people write. On the phone each page is looked at in both languages, at twice the
size of text and with the longest dates too.
"""

import json
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import Site, check_page, sign_in
from tests.fitting import misfits

CROWDED = True  # for the fixture `site`

MEETINGS = re.compile(r"^(/rounds/[^/]+/)(?:meetings/[\d-]+|national|[a-z-]+)(?=/)")
REGIONS = re.compile(r"^(/settings/regions/)(?!new$)[a-z-]+")
FILES = re.compile(r"\.(ico|pdf|ics|csv|svg|png|json|xlsx)$|^/static/|^/healthz|^/logout")
# Reached only from a page in a certain state, or by a code; looked at in the journeys.
ELSEWHERE = {
    # Lead on, or answer a script.
    "partners.alike",
    "partners.find",
    "places.find",
    # A round that is only planned: see test_a_planned_rounds_pages_stand_at_both_widths.
    "desks.announce_all",
    "desks.remove_round",
    "desks.revive",
    "invitations.check",
    # A list that somebody imports: see test_importing.
    "partners.decide",
    "partners.import_columns",
    "partners.import_sheets",
    "partners.preview",
    "desks.remove",
    "desks.announce",
    "reply.done",
    "security.mf_recovery",
    "security.reset_password",
    "security.two_factor_token_validation",
}


def kind_of(path: str) -> str:
    """Pages of one kind: the same with other numbers, below other meetings, of other regions."""
    return re.sub(r"\d+", "0", REGIONS.sub(r"\1x", MEETINGS.sub(r"\1x", path)))


def walk(page: Page, *starts: str) -> dict[str, str]:
    """Open one page of each kind that links lead to, check it, and return their paths by kind."""
    waiting = list(starts)
    seen: dict[str, str] = {}
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in seen or FILES.search(path):
            continue
        seen[kind_of(path)] = path
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        look_at(page, path)
        links = page.eval_on_selector_all(
            "a[href]", "nodes => nodes.map(node => String(node.href.baseVal ?? node.href))"
        )
        waiting += sorted(
            {urlsplit(link).path for link in links if link.startswith(site_of(page)) and not urlsplit(link).query}
        )
    return seen


def look_at(page: Page, path: str) -> None:
    """Check the page that is open; on a phone also what it is in English, in large text and with other dates."""
    check_page(page)
    if is_phone(page):
        found = {}
        # Thai last: the walk goes on in it, by the links of the page that was opened last.
        for lang in ("en", "th"):
            page.goto(f"{path}?lang={lang}")
            if said := misfits(page):
                found[lang] = said
        assert found == {}, path


def is_phone(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 500


def site_of(page: Page) -> str:
    return "{0.scheme}://{0.netloc}/".format(urlsplit(page.url))


def endpoints(app: Flask, paths: list[str]) -> set[str]:
    addresses = app.url_map.bind("localhost")
    found = set()
    for path in paths:
        try:
            found.add(str(addresses.match(path)[0]))
        except HTTPException:
            continue
    return found


@pytest.mark.browser
def test_organisers_pages_stand_at_both_widths(page: Page, site: Site, app: Flask) -> None:
    sign_in(page, site, "organiser")
    # First those pages whose fullest state only some meetings have.
    fullest = ["west/invitations", "west/invitations/add", "bangkok/agenda", "bangkok/outcomes", "bangkok/programme"]
    fullest += ["south/attendance", "south/minutes", "northeast/submission", "north/submission", "west/cancel"]
    starts = [f"/rounds/2550-1/{path}" for path in (*fullest, "south", "west", "bangkok")]
    invited = json.loads(site.command("invitations", "list", "2550-1/bangkok", "--json"))
    starts += [f"/rounds/2550-1/bangkok/attendance/invited/{invited[0]['id']}/who", "/settings/accounts/2/two-factor"]
    starts += ["/partners/duplicates", "/partners/10/erase"]
    seen = walk(page, *starts, "/", "/account", "/start")
    found = endpoints(app, list(seen.values()))
    wanted = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint.partition(".")[0] not in ("feeds", "reply", "security", "static")
    }
    unseen = {name for name in wanted - found - ELSEWHERE if not is_file(app, name)}
    assert unseen == set()


def is_file(app: Flask, endpoint: str) -> bool:
    return any(FILES.search(rule.rule) or "<path:" in rule.rule for rule in app.url_map.iter_rules(endpoint))


@pytest.mark.browser
def test_a_planned_rounds_pages_stand_at_both_widths(page: Page, site: Site) -> None:
    sign_in(page, site, "organiser")
    # The site is shared by both widths; each plans a round of its own.
    code = "2551-2" if is_phone(page) else "2551-1"
    page.goto("/rounds/new")
    page.locator("[name=code]").fill(code)
    page.locator("[name=name_th]").fill("รอบที่วางแผนไว้")
    page.locator("[name=window]").fill("1 ม.ค. 2551 - 31 มี.ค. 2551")
    for _ in ("check", "make"):
        page.locator("main form[method=post] button[type=submit]").first.click()
        page.wait_for_load_state()
    page.goto(f"/rounds/{code}/dates")
    page.locator("main form[method=post] input[type=text]").first.fill("8-9 ม.ค. 2551")
    for _ in ("check", "save"):
        page.locator("main form[method=post] button[type=submit]").first.click()
        page.wait_for_load_state()
    for path in ("announce", "remove", "questions", "dates", ""):
        answer = page.goto(f"/rounds/{code}/{path}".rstrip("/"))
        assert answer is not None
        assert answer.status == 200, page.url
        look_at(page, page.url)


@pytest.mark.browser
def test_visitors_pages_stand_at_both_widths(page: Page, site: Site) -> None:
    invited = json.loads(site.command("invitations", "list", "2550-1/west", "--json"))
    seen = walk(page, "/", "/login", "/reset", "/subscribe", *(urlsplit(one["reply_url"]).path for one in invited[:1]))
    assert len(seen) > 7


@pytest.mark.browser
@pytest.mark.parametrize(("path", "status"), [("/no/such/page", 404), ("/rounds/2550-1/nowhere", 404)])
def test_error_pages_stand_at_both_widths(page: Page, site: Site, path: str, status: int) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    check_page(page)
