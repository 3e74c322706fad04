"""Each page that takes names, telephone numbers or addresses of people says in two lines who keeps them, for what, how
long, and how to have them removed."""

import re
from urllib.parse import urljoin, urlsplit

from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.invitations.models import Invitation
from forumplanner.invitations.services import reply_link
from tests.every_form import names_of, parsed, post_forms
from tests.guards.test_access import address, browser, parameters, rules

# What fields are called that take such data. A new one is thought about here.
PERSONAL = re.compile(
    r"(^|[-_])(phones?|email|surname|given_name|full_name|line_name|owner|chair|substitute_for)$"
    r"|(delegate|contact|recorder|checker)_(name|phone|email)$"
)
# `name` is a person's here; elsewhere it is a region's, a holiday's or a round's.
NAMES_PEOPLE = ("accounts.", "attendance.", "upkeep.", "partners.")
# Nothing is kept of what is typed there: it only says who signs in.
SIGNING_IN = ("security.",)


def asks_for_people(endpoint: str, names: set[str]) -> bool:
    """Whether a form takes personal data."""
    if endpoint.startswith(SIGNING_IN):
        return False
    named = {name for name in names if PERSONAL.search(name)}
    return bool(named or ("name" in names and endpoint.startswith(NAMES_PEOPLE)))


def own_pages(app: Flask) -> list[str]:
    """The pages of somebody invited to a meeting that lies ahead."""
    with app.app_context():
        ahead = select(Invitation).where(Invitation.meeting.has(slug="west")).order_by(Invitation.id.desc())
        link = reply_link(app.config["SETTINGS"], db.session.scalars(ahead).all()[0])
        db.session.rollback()
    return [f"/reply/{link}", f"/reply/{link}/delegate", "/partners/new/organisation", "/rounds/2550-1/west/attendance"]


def test_every_page_that_takes_personal_data_says_what_becomes_of_it(sample: Flask) -> None:
    client, values = browser(sample, "organiser"), parameters(sample)
    pages = [address(sample, rule, values) for rule in rules(sample, "GET") if rule.endpoint != "static"]
    adapter = sample.url_map.bind("localhost")
    silent, asking = [], set()
    for page in pages + own_pages(sample):
        response = client.get(page)
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        root, text = parsed(response), response.get_data(as_text=True)
        for form in post_forms(root):
            action = urlsplit(urljoin(page, form.get("action") or page)).path
            endpoint = str(adapter.match(action, method="POST")[0])
            if asks_for_people(endpoint, set(names_of(form))):
                asking.add(endpoint)
                if text.count('id="keeping"') != 1:
                    silent.append((page, endpoint))
    assert silent == []
    assert {"partners.new_partner", "reply.delegate", "attendance.add_line", "rounds.details"} <= asking
