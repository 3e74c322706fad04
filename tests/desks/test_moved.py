"""What follows when a meeting's days are corrected: its address, the number of its minutes."""

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.minutes.models import Minutes
from forumplanner.rounds.services import find_meeting
from tests.desks.test_scheduling import facts
from tests.pages import PageClient


@pytest.fixture
def organiser(sample: Flask, client: PageClient) -> PageClient:
    client.http.set_cookie("lang", "en")
    return client.sign_in_as("organiser")


def test_a_working_meeting_that_moves_takes_its_address_along(sample: Flask, organiser: PageClient) -> None:
    old = "/rounds/2550-1/meetings/2006-11-19"
    page = organiser.submit(f"{old}/dates", {"days": "20 พ.ย. 2549"}, form=1, status=200)
    organiser.submit(page, {}, form=1)
    assert facts(sample, "2006-11-20") == ("2006-11-20", "2006-11-20", "announced", 1)
    assert organiser.get("/rounds/2550-1/meetings/2006-11-20").heading == organiser.get(old).heading


def test_minutes_follow_a_date_corrected_into_another_year(sample: Flask, organiser: PageClient) -> None:
    with sample.app_context():
        meeting = find_meeting(db.session(), "2550-1", "2006-11-19")
        assert meeting is not None
        db.session.add(Minutes(meeting_id=meeting.id, body_id=meeting.body_id, year=2006, number=7))
        db.session.commit()
    page = organiser.submit("/rounds/2550-1/meetings/2006-11-19/dates", {"days": "22 ม.ค. 2550"}, form=1, status=200)
    organiser.submit(page, {}, form=1)
    with sample.app_context():
        meeting = find_meeting(db.session(), "2550-1", "2007-01-22")
        assert meeting is not None
        kept = db.session.query(Minutes).filter_by(meeting_id=meeting.id).one()
        assert (kept.number, kept.year) == (1, 2007)
