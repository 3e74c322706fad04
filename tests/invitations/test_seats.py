"""Agencies have seats: each is invited, listed and answers by itself."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.core.errors import Conflict
from forumplanner.invitations import services
from forumplanner.invitations.lists import list_guests, not_invited
from forumplanner.invitations.models import Channel, Invitation
from forumplanner.invitations.services import Wanted, reply_link
from forumplanner.partners.models import Organisation, Partner, Seat
from forumplanner.rounds.models import Meeting
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
        return agency.id in session.scalars(select(Partner.id).where(not_invited(west)))

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
    checked = f"{WEST}/check?partner={keys[0]}&partner={keys[1]}"
    page = organiser.submit(checked, {"partner": keys}, form=-1, follow=True)
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
