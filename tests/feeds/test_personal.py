"""A person's own calendar: what it tells, to whom, and for how long."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.feeds.personal import renew_address
from forumplanner.history.services import SYSTEM
from forumplanner.ical import MeetingEvent, read_feed
from forumplanner.invitations.models import Answer, Invitation
from forumplanner.partners.links import FEED_PURPOSE
from forumplanner.partners.models import Partner, Person, PersonalFeed
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.web.private_links import make_private_link
from tests.databases import make_settings
from tests.feeds.conftest import AddressOf, Counted

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
PRIVATE = {
    "Cache-Control": "private, max-age=0, must-revalidate",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def person(session: Session, name: str) -> Person:
    return session.scalars(select(Person).where(Person.given_name == name)).one()


def events(http: FlaskClient, path: str) -> dict[str, MeetingEvent]:
    answer = http.get(path)
    assert answer.status_code == 200, answer.text
    return {event.uid.removeprefix("2550-1-").partition("@")[0]: event for event in read_feed(answer.data).events}


def invitation(session: Session, partner: Partner, slug: str = "south") -> Invitation:
    query = select(Invitation).join(Invitation.meeting).where(Meeting.slug == slug)
    return session.scalars(query.where(Invitation.partner_id == partner.id)).one()


def test_person_sees_their_own_meetings_answer_and_contact(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    found = events(http, address_of(person(session, "สมชาย")))
    assert list(found) == ["south"]
    assert found["south"].description_lines[:9] == (
        "วันอังคารที่ 30 มกราคม 2550 เวลา 09.00-16.30 น.",
        "วันพุธที่ 31 มกราคม 2550 เวลา 09.00-15.00 น.",
        "",
        "ท่านได้รับเชิญเป็นสมาชิกที่ประชุม",
        "คำตอบของท่าน: มาร่วมประชุม",
        "",
        "เวทีขับเคลื่อนขบวนองค์กรการเงินชุมชน พ.ศ. 2550",
        "",
        "ติดต่อ: ผู้ประสานงานภาคใต้ (ตัวอย่าง) 081-000-0099",
    )


def test_personal_calendar_tells_nothing_of_anybody_else(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    """Neither names nor telephone numbers of the sample's people and delegates stand in any of their calendars."""
    people = session.scalars(select(Partner)).all()
    texts = "".join(http.get(address_of(each)).text.replace("\r\n ", "") for each in people)
    names = [each.given_name for each in people if isinstance(each, Person)]
    names += [phone.number for each in people for phone in each.phones]
    names += [each.delegate_name for each in session.scalars(select(Invitation)) if each.delegate_name]
    assert (len(names) > 30, [name for name in names if name in texts]) == (True, [])


def test_public_calendars_name_no_contact(http: FlaskClient) -> None:
    assert "081-000-0099" not in http.get("/feeds/all.ics").text


@pytest.mark.parametrize(
    ("name", "lang", "summary", "says", "free"),
    [
        ("สมชาย", "th", "ประชุมวงภาคใต้", "คำตอบของท่าน: มาร่วมประชุม", False),
        ("ดำ", "th", "ไม่มา: ประชุมวงภาคใต้", "คำตอบของท่าน: ไม่สามารถมาได้", True),
        ("ยูโซะ", "th", "ส่งผู้แทน: ประชุมวงภาคใต้", "คำตอบของท่าน: ส่งผู้แทน", True),
        ("ดำ", "en", "Not coming: Regional forum: South", "Your answer: not coming", True),
    ],
)
def test_answer_is_marked(
    session: Session,
    http: FlaskClient,
    address_of: AddressOf,
    name: str,
    lang: str,
    summary: str,
    says: str,
    free: bool,
) -> None:
    found = events(http, f"{address_of(person(session, name))}?lang={lang}")["south"]
    assert (found.summary, says in found.description_lines, found.free) == (summary, True, free)


def test_answer_changes_the_calendar_at_once(session: Session, http: FlaskClient, address_of: AddressOf) -> None:
    partner = person(session, "สมชาย")
    before = http.get(address_of(partner))
    found = invitation(session, partner)
    found.answer, found.answered_at, found.changed_at = Answer.DECLINED, NOW, NOW
    session.commit()
    after = events(http, address_of(partner))["south"]
    assert (
        before.headers["ETag"] != http.get(address_of(partner)).headers["ETag"],
        after.changed_at,
        after.sequence,
    ) == (
        True,
        NOW,
        0,
    )


def test_calendar_without_changes_costs_one_query(
    session: Session, http: FlaskClient, address_of: AddressOf, queries: Counted
) -> None:
    path = address_of(person(session, "สมชาย"))
    etag = http.get(path).headers["ETag"]
    with queries() as statements:
        answer = http.get(path, headers={"If-None-Match": etag})
        counted = len(statements)
    assert (answer.status_code, counted, {name: answer.headers[name] for name in PRIVATE}) == (304, 1, PRIVATE)


def test_withdrawn_invitation_leaves(session: Session, http: FlaskClient, address_of: AddressOf) -> None:
    partner = person(session, "สมชาย")
    http.get(address_of(partner))
    invitation(session, partner).revoked_at = NOW
    session.commit()
    assert events(http, address_of(partner)) == {}


def test_proposed_meeting_is_not_shown_even_to_the_invited(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    partner = person(session, "สมชาย")
    invitation(session, partner).meeting.status = MeetingStatus.PROPOSED
    session.commit()
    assert events(http, address_of(partner)) == {}


def test_cancelled_meeting_says_so_rather_than_what_was_answered(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    partner = person(session, "เอกชัย")
    found = invitation(session, partner, "west")
    found.answer, found.meeting.status = Answer.DECLINED, MeetingStatus.CANCELLED
    session.commit()
    shown = events(http, address_of(partner))["west"]
    assert (shown.summary, shown.description_lines[0]) == ("ยกเลิก: ประชุมวงภาคตะวันตก", "การประชุมนี้ยกเลิกแล้ว")


def test_wrong_addresses_are_all_answered_alike(session: Session, http: FlaskClient, sample: Flask) -> None:
    settings = sample.config["SETTINGS"]
    somchai = person(session, "สมชาย").id
    right = make_private_link(settings.link_key, FEED_PURPOSE, somchai, 1)
    other_key = make_settings(settings.data_dir, settings.database_url, link_key="k" * 40)
    wrong = [
        right[:-1],
        right[:-1] + ("a" if right[-1] != "a" else "b"),
        make_private_link(settings.link_key, FEED_PURPOSE, somchai, 2),
        make_private_link(settings.link_key, FEED_PURPOSE, 999_999, 1),
        make_private_link(settings.link_key, "reply", somchai, 1),
        make_private_link(other_key.link_key, FEED_PURPOSE, somchai, 1),
        "a.b",
        "..",
        "%2e%2e",
        "a%2Fb",
        "%2F",
        "%00",
        "%25",
        "%",
        "-",
        "0-0-",
        "zzzzzzzzzz-zzzzzz-" + "a" * 20,
        "%E0%B9%83",
        right.replace("-", "%E2%80%90"),
        "x" * 4000,
    ]
    answers = {text: http.get(f"/feeds/p/{text}/x.ics") for text in wrong}
    found = {
        text: (each.status_code, each.mimetype, each.headers.get("Set-Cookie"), each.headers["Cache-Control"])
        for text, each in answers.items()
    }
    assert found == dict.fromkeys(wrong, (404, "text/plain", None, "no-store"))


def test_name_in_the_address_is_free(session: Session, http: FlaskClient, address_of: AddressOf) -> None:
    name = quote("วันประชุม")
    answer = http.get(address_of(person(session, "สมชาย"), name=name))
    expected = f"inline; filename=\"calendar.ics\"; filename*=UTF-8''{name}.ics"
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (200, expected)


def fetched_at(session: Session, partner: Partner) -> datetime | None:
    session.rollback()
    return session.scalar(select(PersonalFeed.last_fetched_at).where(PersonalFeed.partner_id == partner.id))


def test_fetch_is_noted_after_the_answer_once_an_hour(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    partner = person(session, "สมชาย")
    path = address_of(partner)
    session.rollback()
    noted = []
    for minutes in (0, 59, 60):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            http.get(path).close()
        noted.append(fetched_at(session, partner))
    assert noted == [NOW, NOW, NOW + timedelta(hours=1)]


def test_asking_for_the_head_is_no_fetch(session: Session, http: FlaskClient, address_of: AddressOf) -> None:
    partner = person(session, "สมชาย")
    path = address_of(partner)
    session.rollback()
    http.head(path).close()
    assert fetched_at(session, partner) is None


def test_note_of_a_fetch_keeps_the_address_that_is_in_force(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    partner = person(session, "สมชาย")
    renew_address(session, partner.id, SYSTEM)
    session.commit()
    http.get(address_of(partner, 2)).close()
    session.rollback()
    feed = session.get_one(PersonalFeed, partner.id)
    assert (feed.link_version, feed.last_fetched_at is not None) == (2, True)


def test_answer_comes_although_the_note_cannot_be_written(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    """Somebody else holds the lock: the note is given up after half a second, and the reader has noticed nothing."""
    partner = person(session, "สมชาย")
    path = address_of(partner, 2)
    renew_address(session, partner.id, SYSTEM)
    session.commit()
    with db.engine.begin() as somebody_else:
        somebody_else.execute(update(PersonalFeed).values(link_version=2))
        answer = http.get(path)
        answer.close()
    assert (answer.status_code, fetched_at(session, partner)) == (200, None)
