"""What tests of invitations begin with: the sample's western forum, which lies ahead, and people to invite to it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.invitations.models import Invitation
from forumplanner.invitations.services import reply_link
from forumplanner.partners.models import Partner
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.services import get_meeting
from tests.pages import PageClient

TODAY = date(2007, 3, 6)


@pytest.fixture
def west(sample: Flask, session: Session) -> Meeting:
    """The western forum of 8-9 March 2550."""
    return get_meeting(session, "2550-1", "west")


def partner_named(session: Session, name: str) -> Partner:
    """A partner of the sample by the name without honorific."""
    return session.scalars(select(Partner).where(Partner.name == name)).one()


def invitation_of(session: Session, slug: str, name: str) -> Invitation:
    """An invitation of the sample."""
    meeting = get_meeting(session, "2550-1", slug)
    query = select(Invitation).join(Invitation.partner)
    return session.scalars(query.where(Invitation.meeting_id == meeting.id, Partner.name == name)).one()


@pytest.fixture
def link_of(sample: Flask) -> Callable[..., str]:
    """Gives the address of somebody's own page: `link_of("west", "ศิริพร เพชรน้ำ")`."""

    def find(slug: str, name: str) -> str:
        with sample.app_context():
            link = reply_link(sample.config["SETTINGS"], invitation_of(db.session(), slug, name))
            db.session.remove()
        return f"/reply/{link}"

    return find


@pytest.fixture
def change_status(sample: Flask) -> Callable[[str, MeetingStatus], None]:
    """Announces, proposes or cancels a meeting of the sample."""

    def change(slug: str, status: MeetingStatus) -> None:
        with sample.app_context():
            get_meeting(db.session(), "2550-1", slug).status = status
            db.session.commit()
            db.session.remove()

    return change


@pytest.fixture
def own(link_of: Callable[..., str]) -> str:
    """The address of a page that has not been answered."""
    return link_of("west", "ศิริพร เพชรน้ำ")


def address_of(app: Flask, slug: str, name: str) -> str:
    with app.app_context():
        number = invitation_of(db.session(), slug, name).id
        db.session.remove()
    return f"/rounds/2550-1/{slug}/invitations/{number}"


def stored(app: Flask, slug: str, name: str) -> Invitation:
    db.session.remove()
    return invitation_of(db.session(), slug, name)


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    """Somebody who may invite to every meeting."""
    return client.sign_in_as("organiser")


@pytest.fixture
def siriporn(sample: Flask) -> str:
    """The address of an invitation that has no answer yet."""
    return address_of(sample, "west", "ศิริพร เพชรน้ำ")
