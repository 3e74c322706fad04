"""Two partners with much that points at them, on a database of the sample round."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.core.db import Base
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.models import Look, LookPartner
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Answer, ChosenGuest, Invitation, Needs, Reply, ReplyChannel
from forumplanner.outbox.models import OutboxMessage
from forumplanner.outcomes.models import Outcome
from forumplanner.partners.duplicates.deciding import tell_apart
from forumplanner.partners.facts import OrganisationFacts, PersonFacts
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.models import Partner, PartnerKind, PersonalFeed
from forumplanner.partners.particulars import Membership, Welfare
from forumplanner.partners.parts import FormerName, NamedNote, SeatFact
from forumplanner.partners.services import add_partner
from forumplanner.places.gazetteer import find_place
from forumplanner.places.models import Region
from forumplanner.rounds.models import Meeting

ACTOR = Actor(None, "ผู้รวม")
AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
# Histories are written by merging and by undoing; the marks count both.
NOT_COMPARED = {"changes", "marks", "partner_merges"}


def whole_database(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for what may differ afterwards."""
    session.flush()
    session.expire_all()
    return {
        table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_COMPARED
    }


def add_person(session: Session, **more: Any) -> Partner:
    """A person."""
    regions = tuple(session.scalars(select(Region).order_by(Region.id).limit(1)))
    return add_partner(session, ACTOR, PersonFacts(**{"given_name": "สมศรี", "regions": regions} | more))


def add_organisation(session: Session, **more: Any) -> Partner:
    """An organisation."""
    return add_partner(session, ACTOR, OrganisationFacts(**{"name": "กลุ่มออมทรัพย์บ้านนา"} | more))


def invite(session: Session, partner: Partner, meeting: Meeting, **more: Any) -> Invitation:
    """An invitation, with an answer where one is given."""
    found = Invitation(meeting_id=meeting.id, partner_id=partner.id, created_at=AT, changed_at=AT, **more)
    session.add(found)
    session.flush()
    if found.answer is not None:
        found.answered_at, found.for_starts_on, found.for_ends_on = AT, meeting.starts_on, meeting.ends_on
        days = {"for_starts_on": meeting.starts_on, "for_ends_on": meeting.ends_on}
        reply = Reply(invitation_id=found.id, answer=found.answer, channel=ReplyChannel.LINK, at=AT, **days)
        session.add(reply)
        session.flush()
    return found


def free_meetings(session: Session) -> list[Meeting]:
    """The meetings of the sample."""
    return list(session.scalars(select(Meeting).order_by(Meeting.id)))


def add_pair(session: Session, seed: int) -> tuple[Partner, Partner]:
    """Two partners of one kind, by chance with much or little of all that can point at one, and nothing in the way."""
    chance = random.Random(seed)
    third = add_person(session, given_name="คนที่สาม")
    regions = list(session.scalars(select(Region).order_by(Region.id)))
    accounts = list(session.scalars(select(User.id).order_by(User.id)))
    looks = _add_looks(session, accounts[0])
    is_person = seed % 2 == 0
    both = []
    for number in range(2):
        common: dict[str, Any] = {
            "phones": tuple(
                PhoneNumber(f"08100000{chance.randrange(3):02}", note=chance.choice((None, "บ้าน"))) for _ in "x"
            ),
            "place": find_place(chance.choice(("90", "9011", "901101"))) if chance.random() < 0.7 else None,
            "email": chance.choice((None, "a@example.org", "b@example.org")),
            "note": chance.choice((None, "จดไว้", "จดไว้\nอีกบรรทัด")),
            "notes": tuple(NamedNote(name, chance.choice("ABC")) for name in ("เสื้อ", "รถ") if chance.random() < 0.6),
            "regions": tuple(regions[: chance.randrange(1, 4)]),
        }
        if is_person:
            facts: dict[str, Any] = {"given_name": "สมศรี", "surname": chance.choice((None, "แก้วมณี", "ใจดี"))}
            facts |= {"honorific": chance.choice((None, "นาง")), "languages": chance.choice((None, "ไทย", "มลายู"))}
            both.append(add_person(session, **common, **facts))
        else:
            seats = tuple(SeatFact(post) for post in ("ประธาน", "เลขานุการ", "เหรัญญิก") if chance.random() < 0.6)
            facts = {"name": f"กลุ่มบ้านนา{number or ''}", "short_name": chance.choice((None, "กบน.")), "seats": seats}
            facts["welfare"] = tuple(kind for kind in Welfare if chance.random() < 0.3)
            facts["former_names"] = (FormerName("กลุ่มเดิม"),) if chance.random() < 0.5 else ()
            both.append(add_organisation(session, **common, **facts))
    for place, partner in enumerate(both):
        _point_at(session, chance, partner, third, accounts, looks, is_second=bool(place))
    session.commit()
    return both[0], both[1]


def _add_looks(session: Session, account_id: int) -> list[int]:
    found = []
    for thing_id in range(1, 4):
        look = Look(on=AT.date(), actor_id=account_id, actor="ก", page="x", thing="partners", thing_id=thing_id, at=AT)
        session.add(look)
        session.flush()
        found.append(look.id)
    return found


def _point_at(
    session: Session,
    chance: random.Random,
    partner: Partner,
    third: Partner,
    accounts: list[int],
    looks: list[int],
    *,
    is_second: bool,
) -> None:
    _invite_to_some(session, chance, partner, accounts[0], is_second=is_second)
    for look_id in looks:
        if chance.random() < 0.6:
            at = AT + timedelta(minutes=chance.randrange(9))
            session.add(LookPartner(look_id=look_id, partner_id=partner.id, at=at))
    if chance.random() < 0.6:
        revoked = chance.choice((None, AT))
        session.add(PersonalFeed(partner_id=partner.id, link_version=chance.randrange(1, 4), revoked_at=revoked))
    if chance.random() < 0.5:
        tell_apart(session, ACTOR, partner, third)
    for outcome in session.scalars(select(Outcome).order_by(Outcome.id)):
        if chance.random() < 0.2:
            outcome.owner_partner_id = partner.id
    if chance.random() < 0.5:
        kept = PartnerImport(account_id=accounts[0], file_name="x.xlsx", content=b"")
        session.add(kept)
        session.flush()
        row = {"position": 1, "sheet": 0, "number": 2, "cells": "สมศรี", "state": State.NEW}
        session.add(PartnerImportRow(import_id=kept.id, **row, partner_id=partner.id, written_version=partner.version))
    _add_message(session, partner)
    if partner.kind == PartnerKind.ORGANISATION:
        network = add_organisation(session, name="เครือข่ายจังหวัด")
        session.add(Membership(network_id=network.id, member_id=partner.id))
        add_person(session, given_name="สมาชิก", organisation_text=partner.name)
    session.flush()


def _invite_to_some(
    session: Session, chance: random.Random, partner: Partner, account_id: int, *, is_second: bool
) -> None:
    seats = [seat.id for seat in getattr(partner, "seats", ())]
    for meeting in free_meetings(session):
        for seat_id in seats or [None]:
            if chance.random() < 0.5:
                continue
            answer = chance.choice((None, Answer.ACCEPTED))
            found = invite(
                session, partner, meeting, seat_id=seat_id, answer=answer, comment=chance.choice((None, "ฝาก", "บอก"))
            )
            if chance.random() < 0.2:
                found.revoked_at = AT
            # One of the two alone, so that nothing stands in the way.
            if is_second and answer and chance.random() < 0.4:
                session.add(Needs(invitation_id=found.id, help_needed="รถเข็น", consented_at=AT, channel="link"))
                line = {"list": AttendanceList.CAME, "position": 90, "name": "สมศรี", "invitation_id": found.id}
                session.add(Attendance(meeting_id=meeting.id, **line))
        if chance.random() < 0.3:
            seat_id = chance.choice(seats) if seats else None
            session.add(
                ChosenGuest(meeting_id=meeting.id, account_id=account_id, partner_id=partner.id, seat_id=seat_id)
            )
    session.flush()


def _add_message(session: Session, partner: Partner) -> None:
    table = OutboxMessage.__table__
    needed: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable or column.primary_key or column.default is not None or column.server_default is not None:
            continue
        kind = column.type.python_type
        needed[column.name] = AT if kind is datetime else 1 if kind in (int, bool) else f"x{partner.id}"
    session.execute(insert(table).values({**needed, "partner_id": partner.id}))  # type: ignore[arg-type]
