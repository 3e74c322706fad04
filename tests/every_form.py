"""Every form of the application, found by walking its pages: tests that hold for all forms need no list of them."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from forumplanner.accounts.models import User
from forumplanner.agenda.models import AgendaItem
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Answer, Food, Invitation, Needs, Reply, ReplyChannel
from forumplanner.invitations.services import reply_url
from forumplanner.partners.duplicates.models import PartnerMerge
from forumplanner.partners.facts import PersonFacts
from forumplanner.partners.links import feed_page_url, find_personal_feed_url
from forumplanner.partners.models import Person
from forumplanner.partners.services import add_partner
from forumplanner.places.models import Region
from forumplanner.retention.models import Hold
from forumplanner.rounds.models import Meeting
from forumplanner.web.today import settings
from tests.pages import PageClient, form_values

# So many pages of one kind are looked at without finding a form that none of them had before.
PATIENCE = {"organiser": 4, "coordinator": 2, "nobody": 2}
# States that only some meetings have.
FULLEST = [
    f"/rounds/{path}"
    for path in (
        "2551-1/south/dates",
        "2550-1/east/revive",
        "2550-1/national/cancel",
        "2550-1/bangkok/attendance",
        "2550-1/bangkok/attendance/invited/17/who",
        "2550-1/bangkok/attendance?form=add",
        "2550-1/bangkok/attendance?form=sitting",
        "2550-1/bangkok/minutes",
        "2550-1/north/attendance",
        "2550-1/north/submission",
        # One that is answered first: the form that takes an answer is opened there.
        "2550-1/west/invitations/19",
        "2550-1/south/invitations/1",
        "2550-1/national/invitations/27",
        "2550-1/national/invitations/28",
        "2550-1/west/invitations/check",
        "2551-1/north/agenda",
    )
]
_NO_PAGE = re.compile(r"\.(pdf|ics|csv|svg|png)\b|[?&](lang|view)=")


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


# Who walks, and whose forms are their own.
WHO = tuple(PATIENCE)


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


class _Reader(HTMLParser):
    """Builds the tree of a page whose HTML is valid, as the page client makes sure: ten times as fast as it does."""

    EMPTY = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.tree, self.open = TreeBuilder(), list[str]()
        self.handle_starttag("document", [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.open.append(tag)
        if tag in self.EMPTY:
            self.handle_endtag(tag)
        elif tag == "textarea":
            self.is_first_line = True

    is_first_line = False

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open[-1] != tag:
                self.tree.end(self.open.pop())
            self.tree.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        # Browsers drop the one line end behind the tag.
        self.tree.data(data.removeprefix("\n") if self.is_first_line else data)
        self.is_first_line = False


def parsed(response: TestResponse) -> Element:
    """The page as a tree."""
    reader = _Reader()
    reader.feed(response.get_data(as_text=True).replace("\r\n", "\n"))
    reader.handle_endtag("document")
    return reader.tree.close()


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
        pages += [urlsplit(feed_page_url(feed)).path for feed in feeds if feed]
        db.session.remove()
    return pages


def prepare(app: Flask) -> None:
    """Bring about what the sample lacks, so that no form waits for a state that never comes."""
    organiser, nobody = client_of(app, "organiser"), client_of(app, "nobody")
    confirm(organiser, "/holidays", {"on": "9 พ.ค. 2550", "name_th": "วันหยุดพิเศษ"})
    for code, window in (("2551-1", "10 ม.ค. - 31 มี.ค. 2551"), ("2551-2", "10 พ.ค. - 31 ก.ค. 2551")):
        confirm(organiser, "/rounds/new", {"code": code, "name_th": f"รอบ {code}", "window": window})
    for region, days in (("south", "15-16 ม.ค. 2551"), ("north", "22-23 ม.ค. 2551")):
        confirm(organiser, "/rounds/2551-1/meetings/new", {"kind": "regional", "region": region, "days": days})
    press(organiser, "/rounds/2550-1/east/cancel", "/cancel")
    for number in (1, 2):
        rows = f"ชื่อ-สกุล\tโทร\nนายตัวอย่าง ที่{number}\t081-000-077{number}\n-\t081-000-0770\n"
        rows += f"ตัวอย่าง ที่{number}\t081-000-077{number}, 074-100-00{number}\n"
        confirm(organiser, "/partners/import", {"pasted": rows, "region": "south"})
    press(organiser, "/partners/import/2", "/write")
    confirm(organiser, "/settings/regions/new", {"name_th": "ลุ่มน้ำทดลอง"})
    press(organiser, "/settings/regions/region-8/retire", "/retire")
    *_, coming, declining = private_pages(app)[:3]
    for page, answer in ((coming, "accepted"), (declining, "declined")):
        confirm(nobody, page, {"answer": answer})
    press(organiser, "/rounds/2550-1/bangkok/attendance", "/invited/16")
    withdrawn = "/rounds/2550-1/west/invitations/19"
    press(organiser, f"{withdrawn}/revoke", "/revoke")
    confirm(organiser, "/rounds/2550-1/west/invitations/add", {"partner": ["1", "2"]})
    with app.app_context():
        reader = next(user for user in db.session.query(User) if user.has_role("reader"))
        reader.tf_primary_method, reader.tf_totp_secret = "authenticator", "none"
        came = db.session.get_one(Invitation, 16)
        days = {"for_starts_on": came.meeting.starts_on, "for_ends_on": came.meeting.ends_on}
        came.answer = Answer.DECLINED
        came.replies.append(Reply(answer=came.answer, channel=ReplyChannel.TELEPHONE, **days))
        told = Needs(food=Food.HALAL, consented_at=clock.now(), channel=ReplyChannel.LINK)
        db.session.get_one(Invitation, 1).needs = told
        bare = db.session.query(Meeting).filter_by(slug="north").order_by(Meeting.id.desc()).first()
        for item in db.session.query(AgendaItem).filter_by(meeting=bare, parent_id=None):
            db.session.delete(item)
        held = db.session.query(Person).order_by(Person.id).first()
        db.session.add(Hold(partner_id=held.id, until=date(2010, 1, 1), reason="-", noted_by="-"))
        pairs = [add_twice(name) for name in ("ก้องเกียรติ", "ขวัญใจ", "คมสัน")]
        db.session.commit()
    # One pair is left to be looked at, one was told apart, one was merged.
    _left, (one, two), (kept, other) = pairs
    press(organiser, f"/partners/{one}/merge/{two}", f"/not-same/{two}")
    press(organiser, f"/partners/{kept}/merge/{other}", f"/merge/{other}")


def merged_pages(app: Flask) -> list[str]:
    """The pages of those who were made of two."""
    with app.app_context():
        return [f"/partners/{merge.partner_id}" for merge in db.session.query(PartnerMerge)]


def add_twice(name: str) -> tuple[int, int]:
    """The same person two times; their numbers."""
    south = db.session.query(Region).filter_by(slug="south").one()
    phones = (PhoneNumber(f"08100007{len(name):02}"),)
    facts = PersonFacts(given_name=name, surname="ซ้ำกัน", phones=phones, post="ประธาน", regions=(south,))
    more = replace(facts, honorific="นาย", post="เหรัญญิก")
    first, second = (add_partner(db.session(), Actor(None, ""), each) for each in (facts, more))
    return first.id, second.id


def drawn(form: FoundForm, client: PageClient) -> tuple[Element, str]:
    """That form as its page draws it now, and where it is sent."""
    adapter = client.app.url_map.bind("localhost")
    for node in post_forms(parsed(client.http.get(form.page))):
        action = urljoin(form.page, node.get("action") or form.page)
        if action == form.action and adapter.match(urlsplit(action).path, method="POST")[0] == form.endpoint:
            return node, action
    raise AssertionError(f"{form} is not there any more")


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
    return carry_out(client, action, data)[0]


def carry_out(client: PageClient, action: str, data: dict[str, Any]) -> tuple[TestResponse, str, dict[str, Any]]:
    """The answer to the form, or where its reading is shown first to the form there; and what was sent last."""
    answer = client.http.post(action, data=data)
    if answer.status_code == 200:
        for node in post_forms(parsed(answer)):
            if form_values(node).get("read"):
                action, data = urljoin(action, node.get("action") or action), form_values(node)
                return client.http.post(action, data=data), action, data
    return answer, action, data


def find_forms(app: Flask) -> list[FoundForm]:
    """Every POST form of every kind of page, once for each set of fields it was drawn with."""
    found: dict[tuple[str, frozenset[str]], FoundForm] = {}
    for who in WHO:
        starts = [
            *FULLEST,
            *merged_pages(app),
            "/settings/regions/region-8",
            "/",
            "/login",
            "/reset",
            "/holidays",
            "/settings",
        ]
        for form in _walk(app, who, [*starts, *(private_pages(app) if who == "nobody" else [])]):
            found.setdefault((form.endpoint, form.names), form)
    return sorted(found.values(), key=lambda form: (form.endpoint, form.page, form.form))


def _walk(app: Flask, who: str, starts: list[str]) -> Iterator[FoundForm]:
    client, waiting, seen = client_of(app, who), deque(starts), set(starts)
    known: set[tuple[str, frozenset[str]]] = set()
    in_vain: Counter[str] = Counter()
    adapter = app.url_map.bind("localhost")
    while waiting:
        page = waiting.popleft()
        try:
            kind = str(adapter.match(urlsplit(page).path, method="GET")[0])
        except HTTPException:
            continue
        # What another round has is another state.
        kind += "".join(code for code in ("2551-1", "2551-2") if code in page)
        if in_vain[kind] >= PATIENCE[who]:
            continue
        response = client.http.get(page)
        in_vain[kind] += 1
        links = []
        if response.status_code in (301, 302, 303):
            links = [response.location]
        elif response.status_code == 200 and response.mimetype == "text/html":
            root = parsed(response)
            links = [str(node.get("href")) for node in root.iter("a") if node.get("href")]
            for number, node in enumerate(post_forms(root)):
                action = urljoin(page, node.get("action") or page)
                endpoint = adapter.match(urlsplit(action).path, method="POST")[0]
                form = FoundForm(endpoint, who, page, number, action, form_values(node), names_of(node), client)
                if (endpoint, form.names) not in known:
                    known.add((endpoint, form.names))
                    in_vain[kind] = 0
                    yield form
        for link in links:
            target = urlsplit(urljoin(page, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if not (target.netloc or target.scheme or path in seen or _NO_PAGE.search(path)):
                seen.add(path)
                waiting.append(path)
