"""A meeting that cannot be shown is left out and named to its organisers; the calendar lives."""

import logging
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forumplanner.core.db import CALENDAR, bump_mark, db
from forumplanner.feeds import documents
from forumplanner.feeds.documents import list_unrenderable
from forumplanner.ical import read_feed
from forumplanner.rounds.models import Meeting, Round
from forumplanner.upkeep.checking import list_database_faults
from tests.feeds.conftest import Counted
from tests.pages import PageClient, text_of

LEFT = "This meeting cannot be shown in calendars: "
# What no page lets anybody store, but an import or a repair by hand may have left behind.
BROKEN = [
    ({"starts_on": date(2550, 3, 8), "ends_on": date(2550, 3, 9)}, "they know the years 1970 to 2399, not 2550."),
    ({"ends_on": date(2550, 3, 9)}, "they know the years 1970 to 2399, not 2550."),
    ({"timezone": "Mars/Olympus"}, "Mars/Olympus is not a time zone known here."),
    ({"uid": "two\r\nlines"}, "its identifier is damaged."),
    ({"title_th": "\u2028"}, "it has no title."),
]


def break_meeting(session: Session, slug: str, values: dict[str, object]) -> None:
    session.execute(update(Meeting).where(Meeting.slug == slug).values(**values))
    bump_mark(session, CALENDAR)
    session.commit()


@pytest.mark.parametrize(("values", "why"), BROKEN)
def test_broken_meeting_is_left_out_logged_and_named(
    session: Session,
    http: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    values: dict[str, object],
    why: str,
) -> None:
    break_meeting(session, "west", values)
    with caplog.at_level(logging.WARNING, "forumplanner.feeds"):
        events = read_feed(http.get("/feeds/2550-1.ics").data).events
    named = [(found.meeting.slug, str(found.refusal)) for found in list_unrenderable(session)]
    assert (len(events), [slug for slug, _ in named], len(caplog.records)) == (9, ["west"], 1)
    assert named[0][1].startswith(LEFT + why)


def test_meetings_of_one_round_can_be_asked_for(sample: Flask, session: Session) -> None:
    break_meeting(session, "west", {"timezone": "Mars/Olympus"})
    round_id = session.scalars(select(Round.id)).one()
    found = [list_unrenderable(session, round_id=number) for number in (round_id, round_id + 1)]
    assert [[each.meeting.slug for each in named] for named in found] == [["west"], []]


def test_fault_of_our_own_in_one_meeting_leaves_the_others(
    session: Session, http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_for_west(meeting: Meeting, lang: str) -> str:
        if meeting.slug == "west":
            raise ZeroDivisionError
        return meeting.slug

    monkeypatch.setattr(documents, "meeting_title", fail_for_west)
    events = read_feed(http.get("/feeds/2550-1.ics").data).events
    assert (len(events), [found.meeting.slug for found in list_unrenderable(session)]) == (9, ["west"])


def test_broken_meeting_alone_is_an_empty_calendar(session: Session, http: FlaskClient) -> None:
    """Better than an error page: whoever took the file sees that nothing is in it, and the page tells the rest."""
    break_meeting(session, "west", {"timezone": "Mars/Olympus"})
    answer = http.get("/feeds/m/2550-1/west.ics")
    assert (answer.status_code, read_feed(answer.data).events) == (200, ())


def test_nothing_is_named_while_all_is_well(session: Session, http: FlaskClient, queries: Counted) -> None:
    with queries() as statements:
        found = list_unrenderable(session)
    assert (found, len(statements)) == ([], 3)


@pytest.mark.parametrize(
    "text",
    ["ก" * 200_000, "บรรทัด\u2028ใหม่\u0085และ\u2029อีก", "ควบคุม\x07", "=cmd|' /C calc'!A1", '<b>หนา</b> & "คำ" \\n ; ,'],
    ids=["long", "separators", "controls", "formula", "html"],
)
def test_any_note_a_person_can_type_leaves_a_calendar_that_reads_back(
    session: Session, http: FlaskClient, text: str
) -> None:
    break_meeting(session, "west", {"note_th": text, "venue_th": text[:300]})
    assert len(read_feed(http.get("/feeds/2550-1.ics").data).events) == 10


def test_a_meeting_that_calendars_leave_out_is_named_to_organisers_alone(sample: Flask, client: PageClient) -> None:
    with sample.app_context():
        break_meeting(db.session(), "west", {"timezone": "Mars/Olympus"})
        faults = list_database_faults(sample.config["SETTINGS"])
    sentence = "This meeting cannot be shown in calendars: Mars/Olympus is not a time zone known here."
    client.http.set_cookie("lang", "en")
    shown = []
    for role in ("organiser", "coordinator"):
        page = client.sign_in_as(role).get("/rounds/2550-1")
        shown.append([text_of(notice) for notice in page.find_all("notice-problem") if sentence in text_of(notice)])
    assert [len(notices) for notices in shown] == [1, 0]
    assert [fault.startswith(f"/rounds/2550-1/west: {sentence}") for fault in faults] == [True]
