"""Erasing somebody: the page that says what goes, what stands in the way, who may, and what of others stays."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Removed
from forumplanner.core.thai import PhoneNumber
from forumplanner.core.traces import NAME_REMOVED
from forumplanner.desks.erasing import erase_person
from forumplanner.history.models import Change
from forumplanner.history.services import SYSTEM, list_changes
from forumplanner.invitations.models import Answer, Invitation
from forumplanner.invitations.services import restore_invitation
from forumplanner.partners.facts import PersonFacts
from forumplanner.partners.models import Person
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, list_partners
from forumplanner.partners.services import add_partner, get_partner
from forumplanner.rounds.models import Meeting
from tests.pages import PageClient

EVERYBODY = Sight(everything=True)


def somchai(session: Session) -> Person:
    return session.scalars(select(Person).where(Person.given_name == "สมชาย")).one()


@pytest.mark.usefixtures("sample")
def test_whoever_is_still_invited_is_refused_until_it_is_withdrawn(session: Session) -> None:
    person = somchai(session)
    invitation = session.scalars(select(Invitation).where(Invitation.partner_id == person.id)).one()
    invitation.meeting.starts_on = invitation.meeting.ends_on = clock.today() + timedelta(days=7)
    session.flush()
    with pytest.raises(Conflict) as refused:
        erase_person(session, person.id, by=SYSTEM)
    assert refused.value.params["name"] == "นายสมชาย ใจดี"
    assert person.given_name == "สมชาย"
    invitation.revoked_at = clock.now()
    erase_person(session, person.id, by=SYSTEM)
    assert somebody_erased(session, person.id)
    # What is left of it is a number: nobody is invited by it again.
    invitation = session.get_one(Invitation, invitation.id)
    with pytest.raises(Conflict):
        restore_invitation(session, SYSTEM, invitation, today=clock.today())


@pytest.mark.usefixtures("sample")
def test_whoever_asks_for_it_is_erased_with_the_invitations_to_come(session: Session) -> None:
    person = somchai(session)
    invitation = session.scalars(select(Invitation).where(Invitation.partner_id == person.id)).one()
    invitation.meeting.starts_on = invitation.meeting.ends_on = clock.today() + timedelta(days=7)
    session.flush()
    erase_person(session, person.id, by=SYSTEM, withdrawing=True)
    assert somebody_erased(session, person.id)
    assert session.get_one(Invitation, invitation.id).revoked_at is not None


def somebody_erased(session: Session, number: int) -> bool:
    session.expire_all()
    return session.get_one(Person, number).name == NAME_REMOVED


@pytest.mark.usefixtures("sample")
def test_what_counts_stays_and_nobody_finds_the_number_that_is_left(session: Session) -> None:
    person = somchai(session)
    number, before = person.id, len(list_partners(session, EVERYBODY, PartnerFilter()).partners)
    answered = select(func.count()).select_from(Invitation).where(Invitation.answer == Answer.ACCEPTED)
    came = select(func.count()).select_from(Attendance).where(Attendance.list == AttendanceList.CAME)
    counts = session.scalar(answered), session.scalar(came)
    erase_person(session, number, by=SYSTEM)
    assert (session.scalar(answered), session.scalar(came)) == counts
    assert len(list_partners(session, EVERYBODY, PartnerFilter()).partners) == before - 1
    assert list_partners(session, EVERYBODY, PartnerFilter(text=NAME_REMOVED)).partners == []
    with pytest.raises(Removed):
        get_partner(session, number)
    noted = list_changes(session, "partner", number)[0]
    assert (noted.field, noted.new, noted.actor) == ("erased", "yes", SYSTEM.name)
    rest = session.scalars(select(Change).where(Change.partner_id == number, Change.field != "erased"))
    assert {change.new for change in rest} <= {"***", None}


@pytest.mark.usefixtures("sample")
def test_a_namesake_keeps_everything_of_their_own(session: Session) -> None:
    person = somchai(session)
    facts = PersonFacts(
        honorific="นาย", given_name="สมชาย", surname="ใจดี", phones=(PhoneNumber("0822223333"),), note="นายสมชาย ใจดี"
    )
    other = add_partner(session, SYSTEM, facts)
    longer = add_partner(session, SYSTEM, PersonFacts(honorific="นาย", given_name="สมชาย", surname="ใจดีมาก"))
    meeting = session.scalars(select(Meeting).order_by(Meeting.id)).first()
    assert meeting is not None
    invitation = Invitation(meeting=meeting, partner=other)
    session.add(invitation)
    session.flush()
    for name, number in (("นายสมชาย ใจดี", invitation.id), ("นายสมชาย ใจดี", None), ("นายสมชาย ใจดีมาก", None)):
        line = Attendance(meeting_id=meeting.id, invitation_id=number, list=AttendanceList.CAME, position=90, name=name)
        session.add(line)
    session.flush()
    erase_person(session, person.id, by=SYSTEM)
    session.expire_all()
    assert (other.name, other.note, longer.name) == ("สมชาย ใจดี", "นายสมชาย ใจดี", "สมชาย ใจดีมาก")
    lines = session.scalars(select(Attendance).where(Attendance.position == 90).order_by(Attendance.id))
    assert [line.name for line in lines] == ["นายสมชาย ใจดี", NAME_REMOVED, "นายสมชาย ใจดีมาก"]
    assert "added" in {change.field for change in list_changes(session, "partner", other.id)}
    assert list_changes(session, "partner", other.id)[0].new == "นายสมชาย ใจดี"


@pytest.mark.usefixtures("sample")
def test_a_number_that_others_have_too_stays_where_it_is_about_them(session: Session) -> None:
    person = somchai(session)
    shared = person.phones[0].number
    add_partner(session, SYSTEM, PersonFacts(given_name="คนอื่น", phones=(PhoneNumber(shared),)))
    meeting = session.scalars(select(Meeting).order_by(Meeting.id)).first()
    assert meeting is not None
    meeting.contact_name, meeting.contact_phone = "นายสมชาย ใจดี", shared
    erase_person(session, person.id, by=SYSTEM)
    session.expire_all()
    assert (meeting.contact_name, meeting.contact_phone) == (None, shared)


def test_the_page_says_what_goes_then_does_it(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    with sample.app_context():
        number = somchai(db.session()).id
        meeting = db.session.scalars(select(Meeting).order_by(Meeting.id)).first()
        assert meeting is not None
        meeting.note_th = "ให้คุณสมชาย กล่าวเปิด ต่อจากนายสมชาย ใจดี"
        db.session.commit()
    page = client.get(f"/partners/{number}/erase")
    assert "นายสมชาย ใจดี" in page.text
    # What people have to look at themselves is shown.
    assert "ให้คุณสมชาย กล่าวเปิด" in page.text
    assert any(path.startswith("/rounds/") for path in page.links().values())
    done = client.submit(page, {}, form=1, status=303)
    done = client.get(done.response.headers["Location"])
    assert "ลบข้อมูลของบุคคลนี้แล้ว" in done.text
    assert "สมชาย ใจดี" not in done.text
    for path in ("", "/edit", "/invite", "/erase", "/data.json", "/data.pdf"):
        assert client.http.get(f"/partners/{number}{path}").status_code == 404
    with sample.app_context():
        assert db.session.scalar(select(Meeting.note_th).where(Meeting.id == meeting_id(sample))) == (
            f"ให้คุณสมชาย กล่าวเปิด ต่อจาก{NAME_REMOVED}"
        )


def meeting_id(_app: Flask) -> int:
    return db.session.scalars(select(Meeting.id).order_by(Meeting.id)).first() or 0
