"""Whoever sees a partner's telephone number or e-mail address is noted, with whose: on every page, as a coordinator.

Each partner gets a number and an address of their own; every page that can be opened is searched for them. What shows
one and notes no look at that very partner fails, and so does a page that notes looks but has no words for the list.
"""

from collections import defaultdict

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from forumplanner.core.db import Base, db
from forumplanner.desks.looking import CHANGED, EXPORTS, PAGES
from forumplanner.history.models import Look, LookPartner
from forumplanner.partners.models import Partner, Phone
from forumplanner.sheets import read_file
from tests.guards.test_access import address, browser, expected_of, parameters, rules
from tests.guards.test_numbers_of_rows import named_in_history
from tests.guards.test_private import found_in
from tests.printing.reading import raw_text

ROLES = ("coordinator", "organiser")
# What is changed without being about a partner.
OF_NOBODY = {"holiday", "partners", "region", "retention", "round", "submission", "user"}
# A second address of a page, that shows more than its first.
MORE = {
    "partners.partners": ("?q=%E0%B8%AA", "?kind=person", "?page=2"),
    "invitations.invitations": ("?state=accepted", "?q=08"),
}


def plant() -> dict[str, int]:
    """A telephone number and an e-mail address of their own for each partner; the partner by both."""
    session, marks = db.session(), {}
    for partner_id in session.scalars(select(Partner.id).order_by(Partner.id)).all():
        number, email = f"0987{partner_id:06}", f"zq{partner_id}x@example.org"
        session.execute(update(Phone).where(Phone.partner_id == partner_id).values(number=number))
        session.execute(update(Base.metadata.tables["partners"]).where(Partner.id == partner_id).values(email=email))
        marks |= {number: partner_id, email: partner_id}
    session.commit()
    return marks


def noted(app: Flask) -> dict[str, set[int]]:
    """Whose data was noted as seen, by page; looks begin anew afterwards."""
    found: dict[str, set[int]] = defaultdict(set)
    with app.app_context():
        query = select(Look.page, LookPartner.partner_id).join(LookPartner, LookPartner.look_id == Look.id)
        for page, partner_id in db.session.execute(query):
            found[page].add(partner_id)
        for table in ("look_partners", "looks"):
            db.session.execute(Base.metadata.tables[table].delete())
        db.session.commit()
    return found


def text_of(answer: TestResponse) -> str:
    """What it says; of paper and workbooks too."""
    if "spreadsheetml" in answer.mimetype:
        book = read_file(answer.get_data(), "list.xlsx")
        return "\n".join(str(row) for sheet in book.sheets for row in sheet.rows)
    return raw_text(answer.get_data()) if answer.mimetype == "application/pdf" else answer.get_data().decode()


@pytest.mark.parametrize("role", ROLES)
def test_whoever_sees_a_telephone_number_is_noted_with_whose(sample: Flask, role: str) -> None:
    client, values = browser(sample, role), parameters(sample)
    with sample.app_context():
        marks = plant()
    noted(sample)
    words = {mark: str(partner_id) for mark, partner_id in marks.items()}
    missed, shown = {}, set()
    for rule in rules(sample, "GET"):
        if expected_of(rule.endpoint, role) != 200 or "link" in rule.arguments or rule.endpoint == "static":
            continue
        for more in ("", *MORE.get(rule.endpoint, ())):
            path = f"{address(sample, rule, values)}{more}"
            with client.get(path) as answer:
                text, is_file = text_of(answer), answer.mimetype != "text/html"
            seen = {int(number) for number in found_in(text, words)}
            kept = noted(sample)
            if seen - kept[rule.endpoint]:
                missed[path] = seen - kept[rule.endpoint]
            if seen:
                shown.add(rule.endpoint)
                assert is_file == (rule.endpoint in EXPORTS), "what leaves as a file is an export, and nothing else is"
            assert {page for page in kept if kept[page]} <= PAGES.keys(), "a page of looks has no words"
    assert missed == {}
    assert {"partners.partners", "desks.partner", "invitations.invitations", "invitations.invitation"} <= shown


def test_whatever_is_changed_about_a_partner_has_words() -> None:
    assert set(named_in_history()) - OF_NOBODY - CHANGED.keys() == set()
    assert PAGES.keys() >= EXPORTS
