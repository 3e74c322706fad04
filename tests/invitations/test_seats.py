"""Agencies have seats: each is invited, listed and answers by itself."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.core.errors import Conflict
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import list_changes
from forumplanner.invitations import services
from forumplanner.invitations.chosen import Choosing, makes_a_guest
from forumplanner.invitations.lists import list_guests
from forumplanner.invitations.models import Channel, Invitation
from forumplanner.invitations.services import Wanted, reply_link
from forumplanner.partners.models import Organisation, Partner, Seat
from forumplanner.partners.rules import Sight
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting
from tests.invitations.conftest import TODAY, partner_named
from tests.invitations.test_services import ACTOR
from tests.pages import PageClient, form_values, text_of

AGENCY = "กรมการพัฒนาชุมชน"
WEST = "/rounds/2550-1/west/invitations"
pytestmark = pytest.mark.usefixtures("sample")


def with_second_seat(session: Session) -> tuple[Organisation, list[Seat]]:
    agency = partner_named(session, AGENCY)
    assert isinstance(agency, Organisation)
    agency.seats.append(Seat(post_th="ผู้อำนวยการสำนัก", post_en="Bureau director", position=2))
    session.flush()
    return agency, agency.seats


def invite(session: Session, meeting: Meeting, *wanted: Wanted) -> services.Invited:
    return services.invite_partners(session, ACTOR, meeting, wanted, today=TODAY)


def test_two_seats_of_one_agency_are_invited_each_once(session: Session, west: Meeting) -> None:
    agency, (first, second) = with_second_seat(session)
    wanted = [Wanted(agency.id, Channel.LETTER, seat_id=seat.id) for seat in (first, second)]
    assert len(invite(session, west, *wanted).invitations) == 2
    assert (invite(session, west, *wanted).already, list_guests([agency], {(agency.id, first.id)})[0].seat) == (
        2,
        second,
    )


def test_an_agency_named_without_a_seat_is_invited_as_its_first(session: Session, west: Meeting) -> None:
    agency, (first, _second) = with_second_seat(session)
    (made,) = invite(session, west, Wanted(agency.id, Channel.LETTER)).invitations
    assert made.seat_id == first.id


@pytest.mark.parametrize("fault", ["retired", "another's"])
def test_a_seat_that_is_retired_or_anothers_is_not_invited(session: Session, west: Meeting, fault: str) -> None:
    agency, seats = with_second_seat(session)
    seats[1].is_retired = fault == "retired"
    other = partner_named(session, "สำนักงานเศรษฐกิจการคลัง")
    wanted = Wanted(agency.id if fault == "retired" else other.id, Channel.LETTER, seat_id=seats[1].id)
    session.flush()
    with pytest.raises(Conflict):
        invite(session, west, wanted)


@pytest.mark.parametrize("fault", ["person twice", "seat twice", "seat of another"])
def test_the_database_refuses(session: Session, west: Meeting, fault: str) -> None:
    agency, (first, _second) = with_second_seat(session)
    person = partner_named(session, "ดำ")
    rows = {
        "person twice": [(person.id, None), (person.id, None)],
        "seat twice": [(agency.id, first.id), (agency.id, first.id)],
        "seat of another": [(person.id, first.id)],
    }[fault]
    session.add_all(Invitation(meeting_id=west.id, partner_id=partner, seat_id=seat) for partner, seat in rows)
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_list_to_choose_from_offers_the_seats_that_are_left(session: Session, west: Meeting) -> None:
    agency, (first, second) = with_second_seat(session)

    def is_offered() -> bool:
        everything = Choosing(west, 1, Sight(everything=True))
        return agency.id in session.scalars(select(Partner.id).where(makes_a_guest(everything)))

    found = [is_offered()]
    invite(session, west, Wanted(agency.id, Channel.LETTER, seat_id=first.id))
    found.append(is_offered())
    invite(session, west, Wanted(agency.id, Channel.LETTER, seat_id=second.id))
    found.append(is_offered())
    assert found == [True, True, False]


# --- pages


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def agency_id(app: Flask) -> int:
    with app.app_context():
        found = partner_named(db.session(), AGENCY).id
        db.session.remove()
    return found


def seats_of(app: Flask) -> list[tuple[str, str | None, bool]]:
    with app.app_context():
        agency = partner_named(db.session(), AGENCY)
        assert isinstance(agency, Organisation)
        found = [(seat.post_th, seat.post_en, seat.is_retired) for seat in agency.seats]
        db.session.remove()
    return found


def test_the_form_of_an_agency_adds_orders_and_retires_seats(app: Flask, organiser: PageClient) -> None:
    edit = f"/partners/{agency_id(app)}/edit"
    page = organiser.submit(edit, {"seats-1-post_th": "รองอธิบดี", "seats-1-post_en": "Deputy"}, form=-1, follow=True)
    assert "รองอธิบดี" in page.text
    organiser.submit(edit, {"seats-2-post_th": "เลขานุการกรม"}, form=-1, follow=True)
    organiser.submit(edit, {"seats-2-place": "1", "seats-1-is_retired": "y"}, form=-1, follow=True)
    assert seats_of(app) == [
        ("เลขานุการกรม", None, False),
        ("อธิบดี", "Director-General", False),
        ("รองอธิบดี", "Deputy", True),
    ]
    organiser.submit(edit, {"seats-0-post_th": ""}, form=-1, follow=True)
    assert ("เลขานุการกรม", None, True) in seats_of(app)


def test_a_seat_named_twice_is_asked_about_and_nothing_typed_is_lost(app: Flask, organiser: PageClient) -> None:
    page = organiser.submit(f"/partners/{agency_id(app)}/edit", {"seats-1-post_th": "อธิบดี"}, form=-1, status=422)
    assert "มีตำแหน่ง อธิบดี ซ้ำกัน" in page.text
    assert form_values(list(page.root.iter("form"))[-1])["seats-1-post_th"] == "อธิบดี"


def test_both_seats_are_chosen_checked_invited_and_listed(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        agency, seats = with_second_seat(db.session())
        keys = [f"{agency.id}-{seat.id}" for seat in seats]
        db.session.commit()
    page = organiser.get(f"{WEST}/add?q={AGENCY}")
    labels = [text_of(node) for node in page.root.iter("label") if AGENCY in text_of(node)]
    assert labels == [f"{AGENCY} (อธิบดี)", f"{AGENCY} (ผู้อำนวยการสำนัก)"]
    check = organiser.submit(page, {"partner": keys, "go": "check"}, form="/add", follow=True)
    page = organiser.submit(check, {}, form="/check", follow=True)
    assert ("อธิบดี" in page.text, "ผู้อำนวยการสำนัก" in page.text) == (True, True)
    with app.app_context():
        query = select(Invitation).where(Invitation.seat_id.in_([int(key.split("-")[1]) for key in keys]))
        west = [found for found in db.session.scalars(query) if found.meeting.slug == "west"]
        links = [reply_link(app.config["SETTINGS"], found) for found in west]
        db.session.remove()
    assert [organiser.get(f"/reply/{link}").heading for link in links] == [
        f"ขอเชิญ อธิบดี {AGENCY}",
        f"ขอเชิญ ผู้อำนวยการสำนัก {AGENCY}",
    ]


@pytest.mark.parametrize("before", ["no seat", "wrong seat"])
def test_the_seat_of_an_open_invitation_is_corrected_on_its_page(
    app: Flask, organiser: PageClient, before: str
) -> None:
    with app.app_context():
        session = db.session()
        agency, (first, second) = with_second_seat(session)
        seat = first if before == "wrong seat" else None
        west = get_meeting(session, "2550-1", "west")
        made = Invitation(meeting=west, partner=agency, seat=seat, seat_id=seat.id if seat else None)
        session.add(made)
        session.commit()
        number, wanted, link = made.id, second.id, reply_link(app.config["SETTINGS"], made)
        db.session.remove()
    stale = organiser.get(f"{WEST}/{number}")
    organiser.submit(f"{WEST}/{number}", {"seat": str(wanted)}, form="/particulars", status=303)
    assert organiser.get(f"/reply/{link}").heading == f"ขอเชิญ ผู้อำนวยการสำนัก {AGENCY}"
    with app.app_context():
        changes = list_changes(db.session(), services.HISTORY, number)
        assert [(change.field, change.old, change.new) for change in changes] == [
            ("seat", "อธิบดี" if before == "wrong seat" else None, "ผู้อำนวยการสำนัก")
        ]
        db.session.remove()
    if before == "wrong seat":
        # Who leaves the box as it was takes nothing back; the same page then saves what it was to save.
        organiser.submit(stale, {"channel": "line"}, form="/particulars", status=409)


def test_a_seat_with_an_invitation_of_its_own_is_refused_beside_the_box(app: Flask, organiser: PageClient) -> None:
    with app.app_context():
        session = db.session()
        agency, (first, second) = with_second_seat(session)
        west = get_meeting(session, "2550-1", "west")
        wanted = [Wanted(agency.id, Channel.LETTER, seat_id=seat.id) for seat in (first, second)]
        number = invite(session, west, *wanted).invitations[0].id
        session.commit()
        other = second.id
        db.session.remove()
    page = organiser.submit(f"{WEST}/{number}", {"seat": str(other)}, form="/particulars", status=409)
    assert "ตำแหน่งนี้มีคำเชิญไปการประชุมนี้อยู่แล้ว" in page.text


@pytest.mark.parametrize("state", ["over", "withdrawn", "anothers", "retired"])
def test_a_seat_is_not_changed_where_it_cannot_be(session: Session, west: Meeting, state: str) -> None:
    agency, (first, second) = with_second_seat(session)
    (made,) = invite(session, west, Wanted(agency.id, Channel.LETTER, seat_id=first.id)).invitations
    if state == "withdrawn":
        services.revoke_invitation(session, ACTOR, made)
    if state == "retired":
        second.is_retired = True
    other = partner_named(session, "สำนักงานเศรษฐกิจการคลัง")
    assert isinstance(other, Organisation)
    if state == "anothers":
        other.seats.append(Seat(post_th="รองผู้อำนวยการ"))
    session.flush()
    wanted = other.seats[-1].id if state == "anothers" else second.id
    with pytest.raises(Conflict):
        services.change_invitation(
            session,
            ACTOR,
            made,
            channel=made.channel,
            capacity=made.capacity,
            seat_id=wanted,
            seen=make_stamp(services.shown_of_particulars(made)),
            today=date(2007, 3, 10) if state == "over" else TODAY,
        )
    assert made.seat_id == first.id
