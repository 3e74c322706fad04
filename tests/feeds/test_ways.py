"""How calendars are handed to programs where the site has https: nothing secret is asked for over http."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.invitations.models import Answer, Invitation
from forumplanner.invitations.services import reply_link
from forumplanner.partners.links import FEED_PURPOSE, calendar_addresses
from forumplanner.web.private_links import make_private_link
from tests.pages import PageClient

SITE = "https://forum.example.org"
FROM_URL = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
SCHEMES = re.compile(r"(webcals?|http)(?::|%3A)(?:/|%2F){2}forum\.example\.org[^\"'<\s]*")


@pytest.fixture
def site(sample: Flask) -> Iterator[Flask]:
    """The sample on a site with https."""
    usual = sample.config["SETTINGS"]
    sample.config["SETTINGS"] = replace(usual, base_url=SITE)
    yield sample
    sample.config["SETTINGS"] = usual


def test_each_program_gets_the_form_it_understands() -> None:
    found = calendar_addresses(f"{SITE}/feeds/all.ics")
    assert (found.apple, found.thunderbird, found.google) == (
        "webcal://forum.example.org/feeds/all.ics",
        "webcals://forum.example.org/feeds/all.ics",
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fforum.example.org%2Ffeeds%2Fall.ics",
    )


def test_a_secret_address_never_leaves_in_a_form_that_asks_over_http() -> None:
    found = calendar_addresses(f"{SITE}/feeds/p/secret/my-meetings.ics", is_secret=True)
    assert (found.apple, found.thunderbird, found.google) == (
        "webcals://forum.example.org/feeds/p/secret/my-meetings.ics",
        "webcals://forum.example.org/feeds/p/secret/my-meetings.ics",
        None,
    )


def test_a_site_without_https_has_only_http_to_offer() -> None:
    found = calendar_addresses("http://localhost:8000/feeds/p/x/my.ics", is_secret=True)
    assert (found.apple, found.thunderbird) == ("webcal://localhost:8000/feeds/p/x/my.ics",) * 2


def test_thunderbird_outlook_and_google_have_their_ways(site: Flask, client: PageClient) -> None:
    links = client.get("/subscribe?region=south").links()
    assert links["เปิดใน Thunderbird"] == "webcals://forum.example.org/feeds/regions/south.ics"
    assert links["เพิ่มใน Outlook.com"].startswith(
        "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Fforum.example.org%2F"
    )
    assert FROM_URL in links.values()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_page_hands_out_a_personal_address_over_http(site: Flask, client: PageClient, lang: str) -> None:
    settings = site.config["SETTINGS"]
    with site.app_context():
        invitation = db.session.scalars(
            select(Invitation).where(Invitation.answer == Answer.ACCEPTED).order_by(Invitation.id)
        ).first()
        assert invitation is not None
        own = f"/feeds/p/{make_private_link(settings.link_key, FEED_PURPOSE, invitation.partner_id, 1)}/"
        answered = f"/reply/{reply_link(settings, invitation)}/done"
        kept = f"/rounds/{invitation.meeting.round.code}/{invitation.meeting.slug}/invitations/{invitation.id}"
        db.session.remove()
    pages = {own: PageClient(site), answered: PageClient(site), kept: PageClient(site).sign_in_as("organiser")}
    for path, who in pages.items():
        page = who.get(path, lang=lang)
        text = page.response.get_data(as_text=True)
        assert "forum.example.org/feeds/p/" in text, path
        found = {match[1] for match in SCHEMES.finditer(text)}
        assert found <= {"webcals"}, path
    assert FROM_URL in pages[own].get(own).links().values()
