"""Every form of the application, found by walking its pages: tests that hold for all forms need no list of them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from forumplanner.core.db import db
from forumplanner.invitations.models import Invitation
from forumplanner.invitations.services import reply_url
from forumplanner.partners.links import find_personal_feed_url
from forumplanner.web.today import settings
from tests.pages import PageClient, form_values

# As many pages of one kind are looked at: states differ, people do not.
PAGES_OF_A_KIND = 6
WHO = ("organiser", "coordinator", "nobody")


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A POST form as one page drew it, for the browser `client`. `form` is its number among the page's POST forms."""

    endpoint: str
    who: str
    page: str
    form: int
    action: str
    values: dict[str, Any] = field(compare=False)
    names: frozenset[str]
    client: PageClient = field(compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.endpoint} from {self.page}"


def client_of(app: Flask, who: str) -> PageClient:
    """A browser of that person."""
    client = PageClient(app)
    return client if who == "nobody" else client.sign_in_as(who)


def names_of(form: Element) -> frozenset[str]:
    """The names of all a form can send."""
    return frozenset(str(node.get("name")) for node in form.iter() if node.get("name"))


def post_forms(root: Element) -> list[Element]:
    """The page's POST forms."""
    return [node for node in root.iter("form") if (node.get("method") or "").lower() == "post"]


def parsed(response: TestResponse) -> Element:
    """The page, parsed as browsers do."""
    root: Element = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    return root


def private_pages(app: Flask) -> list[str]:
    """Pages that a private link opens, answered and not, as addresses of this application."""
    with app.test_request_context():
        invitations = db.session.query(Invitation).order_by(Invitation.id).all()
        found = [reply_url(settings(), invitation) for invitation in invitations[-3:] + invitations[:3]]
        feeds = {
            find_personal_feed_url(db.session(), settings(), invitation.partner_id) for invitation in invitations[:2]
        }
        pages = [urlsplit(address).path for address in found]
        pages += [f"{page}/{more}" for page in pages for more in ("done", "delegate")]
        pages += [urlsplit(feed).path.removesuffix(".ics") + "/" for feed in feeds if feed]
        db.session.remove()
    return pages


def prepare(app: Flask) -> None:
    """Bring about what the sample lacks, so that no form waits for a state that never comes."""
    organiser = client_of(app, "organiser")
    confirm(organiser, "/holidays", {"on": "9 พ.ค. 2550", "name_th": "วันหยุดพิเศษ"})
    for code, window in (("2551-1", "10 ม.ค. - 31 มี.ค. 2551"), ("2551-2", "10 พ.ค. - 31 ก.ค. 2551")):
        confirm(organiser, "/rounds/new", {"code": code, "name_th": f"รอบ {code}", "window": window})
    for region, days in (("south", "15-16 ม.ค. 2551"), ("north", "22-23 ม.ค. 2551")):
        confirm(organiser, "/rounds/2551-1/meetings/new", {"kind": "regional", "region": region, "days": days})
    press(organiser, "/rounds/2550-1/east/cancel", "/cancel")
    for address in sorted(_links(organiser, "/rounds/2550-1/upper-central/invitations", "/invitations/"))[:1]:
        press(organiser, f"{address}/revoke", "/revoke")


def press(client: PageClient, page: str, action: str) -> TestResponse:
    """Press the button of that page that is sent there."""
    root = parsed(client.http.get(page))
    form = next(node for node in post_forms(root) if urlsplit(node.get("action") or page).path.endswith(action))
    return client.http.post(urljoin(page, form.get("action") or page), data=form_values(form))


def confirm(client: PageClient, page: str, typed: dict[str, Any]) -> TestResponse:
    """Type into the form of that page, send it, and send what is read back as well."""
    root = parsed(client.http.get(page))
    form = next(node for node in post_forms(root) if typed.keys() <= names_of(node))
    return send(client, urljoin(page, form.get("action") or page), form_values(form) | typed)


def send(client: PageClient, action: str, data: dict[str, Any]) -> TestResponse:
    """Send a form; where its reading is shown first, send that too."""
    answer = client.http.post(action, data=data)
    if answer.status_code != 200:
        return answer
    again = [node for node in post_forms(parsed(answer)) if form_values(node).get("read")]
    if not again:
        return answer
    return client.http.post(urljoin(action, again[0].get("action") or action), data=form_values(again[0]))


def _links(client: PageClient, page: str, part: str) -> set[str]:
    found = {str(node.get("href")) for node in parsed(client.http.get(page)).iter("a")}
    return {link for link in found if part in link and link.rpartition("/")[2].isdigit()}


def find_forms(app: Flask) -> list[FoundForm]:
    """Every POST form of every kind of page, once for each set of fields it was drawn with."""
    found: dict[tuple[str, frozenset[str]], FoundForm] = {}
    for who in WHO:
        starts = ["/", "/login", "/reset", "/holidays", "/settings", *(private_pages(app) if who == "nobody" else [])]
        for form in _walk(app, who, starts):
            found.setdefault((form.endpoint, form.names), form)
    return sorted(found.values(), key=lambda form: (form.endpoint, form.page, form.form))


def _walk(app: Flask, who: str, starts: list[str]) -> list[FoundForm]:
    client, waiting, seen, forms = client_of(app, who), list(starts), set(starts), []
    kinds: Counter[str] = Counter()
    adapter = app.url_map.bind("localhost")
    while waiting:
        page = waiting.pop(0)
        response = client.http.get(page)
        if response.status_code in (301, 302, 303):
            links = [response.location]
        elif response.status_code != 200 or response.mimetype != "text/html":
            continue
        else:
            root = parsed(response)
            links = [str(node.get("href")) for node in root.iter("a") if node.get("href")]
            for number, node in enumerate(post_forms(root)):
                action = urljoin(page, node.get("action") or page)
                endpoint = adapter.match(urlsplit(action).path, method="POST")[0]
                forms.append(FoundForm(endpoint, who, page, number, action, form_values(node), names_of(node), client))
        for link in links:
            target = urlsplit(urljoin(page, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc or target.scheme or path in seen or "lang=" in path or ".pdf" in path:
                continue
            seen.add(path)
            try:
                kind = str(adapter.match(target.path, method="GET")[0])
            except HTTPException:
                continue
            # What another round has is another state, and so is what a page asks for by a question.
            kind += "".join(code for code in ("2551-1", "2551-2") if code in path)
            kinds[kind] += 1
            if kinds[kind] <= PAGES_OF_A_KIND:
                waiting.append(path)
    return forms
