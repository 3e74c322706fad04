"""Who looked at people's telephone numbers is kept: once a person, page, thing and day, after the page was sent."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core.db import db
from forumplanner.history.looks import record_look
from forumplanner.history.models import Look
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Invitation
from forumplanner.partners.models import Partner
from forumplanner.rounds.services import get_meeting
from tests.pages import PageClient

INVITATIONS = "/rounds/2550-1/south/invitations"


def looks(app: Flask) -> list[tuple[str, str, str, int]]:
    """Who looked at what and where, in the order in which it was kept."""
    with app.app_context():
        return [
            (look.actor, look.page, look.thing, look.thing_id)
            for look in db.session.scalars(select(Look).order_by(Look.id))
        ]


def opened(client: PageClient, path: str) -> int:
    """Open a page to its end, after which notes are made."""
    with client.http.get(path) as answer:
        return answer.status_code


def invited_to_the_south(app: Flask) -> Invitation:
    with app.app_context():
        query = select(Invitation).join(Invitation.partner).where(Partner.name == "สมชาย ใจดี")
        return db.session.scalars(query.where(Invitation.meeting.has(slug="south"))).one()


@pytest.mark.both_databases
def test_opening_telephone_numbers_is_kept_once_a_page_thing_and_day(sample: Flask, client: PageClient) -> None:
    invitation = invited_to_the_south(sample)
    client.sign_in_as("coordinator")
    with sample.app_context():
        (who,) = (user.display_name for user in db.session.scalars(select(User)) if user.has_role("coordinator"))
        meeting_id = get_meeting(db.session(), "2550-1", "south").id
    pages = (INVITATIONS, f"{INVITATIONS}/{invitation.id}", f"/partners/{invitation.partner_id}")
    assert [opened(client, path) for path in (*pages, *pages, f"/partners/{invitation.partner_id}/edit")] == [200] * 7
    assert looks(sample) == [
        (who, "invitations.invitations", "meeting", meeting_id),
        (who, "invitations.invitation", "partner", invitation.partner_id),
        (who, "desks.partner", "partner", invitation.partner_id),
        (who, "partners.edit", "partner", invitation.partner_id),
    ]


def test_who_may_not_look_leaves_no_look(sample: Flask, client: PageClient) -> None:
    invitation = invited_to_the_south(sample)
    paths = (INVITATIONS, f"/partners/{invitation.partner_id}")
    visited = [opened(client, path) for path in paths]
    client.sign_in_as("reader")
    assert (visited, [opened(client, path) for path in paths]) == ([302, 302], [403, 403])
    assert looks(sample) == []


def test_a_day_ends_at_midnight_in_thailand(session: Session) -> None:
    somebody = Actor(7, "somebody")
    for hour in (15, 16, 17, 18):
        record_look(session, somebody, "partner", 1, at=datetime(2026, 1, 5, hour, 30, tzinfo=UTC))
    assert list(session.scalars(select(Look.on).order_by(Look.on))) == [date(2026, 1, 5), date(2026, 1, 6)]
