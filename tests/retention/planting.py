"""Data of each kind whose period ends, and running the days."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core import clock
from forumplanner.core.db import SAMPLE, Base, Mark
from forumplanner.core.stamps import make_stamp
from forumplanner.history.models import Change, Look, LookPartner
from forumplanner.history.services import Actor
from forumplanner.invitations.models import ChosenGuest, Invitation
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.partners.models import Partner, PartnerKind, Person, Phone
from forumplanner.partners.services import refresh_keys
from forumplanner.retention import services
from forumplanner.retention.carrying import Carried, carry_out
from forumplanner.retention.kinds import KINDS, Kind
from forumplanner.retention.models import Announcement
from forumplanner.retention.reading import numbers_in_force
from forumplanner.rounds.models import Meeting

DAY = date(2008, 1, 1)
SOMEBODY = Actor(None, "ผู้ดูแล")
OWN_TABLES = {"retention_announcements", "retention_removals", "retention_looked_at"}
Rows = Mapping[str, list[tuple[Any, ...]]]


def at(day: date, hour: int = 12) -> datetime:
    """An instant of that day in Thailand."""
    return datetime.combine(day, time(hour), clock.BANGKOK)


def make_real(session: Session) -> None:
    """Let the sample's rows count as anybody's, but for its accounts: those sign in by their pages."""
    session.execute(delete(Mark).where(Mark.name == SAMPLE))
    session.execute(update(Partner).values(is_sample=False))
    session.flush()


def set_numbers(session: Session, today: date = DAY, **numbers: int) -> None:
    """Set these periods, as an organiser would."""
    now = services.shown_of_numbers(numbers_in_force(session))
    wanted: dict[str, Any] = {**now, **numbers}
    services.set_numbers(session, wanted, SOMEBODY, seen=make_stamp(now), today=today)
    session.commit()


def add_person(session: Session, name: str, made: date) -> Person:
    """Somebody with a telephone."""
    person = Person(kind=PartnerKind.PERSON, given_name=name, surname="ใจงาม", created_at=at(made))
    person.phones = [Phone(number="0810000001")]
    refresh_keys(person)
    session.add(person)
    session.flush()
    return person


def add_account(session: Session, email: str, made: date, used: date | None = None) -> User:
    """An account, last signed in with on that day."""
    user = User(email=email, name="บัญชีเก่า", fs_uniquifier=email, created_at=at(made), last_signed_in_on=used)
    session.add(user)
    session.flush()
    return user


def add_message(session: Session, key: str, sent: date, state: MessageState = MessageState.SENT) -> OutboxMessage:
    """A message to somebody."""
    message = OutboxMessage(
        key=key, kind="test", recipient="somebody@example.org", subject="หัวเรื่อง", text_body="เนื้อความ", state=state,
        message_id=f"<{key}@example.org>", created_at=at(sent, 1), partner_id=1, mime="x",
        sent_at=at(sent) if state == MessageState.SENT else None,
    )  # fmt: skip
    session.add(message)
    session.flush()
    return message


def add_change(session: Session, partner_id: int | None, on: date, **values: Any) -> Change:
    """Something was changed, a long text too."""
    given = {"old": "เดิม", "new": "ใหม่", "field": "note", "thing": "partner", "thing_id": partner_id or 1, **values}
    change = Change(partner_id=partner_id, at=at(on, 23), actor="ผู้แก้ไข", actor_id=1, **given)
    session.add(change)
    session.flush()
    return change


def add_look(session: Session, partner_id: int, on: date) -> Look:
    """Somebody looked."""
    look = Look(on=on, actor_id=1, actor="ผู้ดู", page="desks.partner", thing="partner", thing_id=partner_id, at=at(on))
    look.showed = [LookPartner(partner_id=partner_id, at=at(on))]
    session.add(look)
    session.flush()
    return look


def plant(session: Session) -> None:
    """Around `DAY` something of each kind ends within a year, and something of each does not."""
    make_real(session)
    for months in (2, 5, 30):
        on = DAY - timedelta(days=30 * months)
        person = add_person(session, f"นานแล้ว{months}", on - timedelta(days=900))
        add_change(session, person.id, on - timedelta(days=365 * 3))
        add_change(session, person.id, on - timedelta(days=1000), old=None, new=None, edits="[]")
        add_look(session, person.id, on)
        add_message(session, f"sent {months}", on)
        add_account(session, f"old{months}@example.org", on - timedelta(days=400), on)
    recent = add_person(session, "ใหม่", DAY)
    add_change(session, recent.id, DAY)
    add_change(session, None, DAY - timedelta(days=5000), thing="meeting", field="title_th")
    add_change(session, recent.id, DAY - timedelta(days=1200), thing="personal_feed", field="link_version")
    add_look(session, recent.id, DAY + timedelta(days=100))
    add_message(session, "lately", DAY + timedelta(days=100))
    add_message(session, "waits", DAY - timedelta(days=700), MessageState.QUEUED)
    add_message(session, "held", DAY - timedelta(days=340), MessageState.HELD)
    add_account(session, "new@example.org", DAY - timedelta(days=900), DAY + timedelta(days=100))
    south = session.scalars(select(Meeting).where(Meeting.slug == "south")).one()
    south.contact_name, south.contact_phone = "คุณติดต่อ", "0810000009"
    add_change(session, None, south.ends_on, thing="meeting", thing_id=south.id, field="contact_name", new="คุณติดต่อ")
    session.add(ChosenGuest(meeting_id=south.id, account_id=1, partner_id=recent.id))
    session.commit()


def _erase(session: Session, number: int, _by: Actor) -> None:
    """A stand-in for what erases a person: theirs alone is removed."""
    person = session.get_one(Person, number)
    session.execute(update(Change).where(Change.partner_id == number).values(old=None, new=None))
    session.execute(delete(Invitation).where(Invitation.partner_id == number))
    session.expire_all()
    session.delete(person)
    session.flush()


STAND_IN = _erase


def run_day(session: Session, today: date, kinds: tuple[Kind, ...] = KINDS) -> list[Carried]:
    """What the job does on a day, kind by kind."""
    found = []
    for kind in kinds:
        while (carried := carry_out(session, kind, today, eraser=STAND_IN)) is not None:
            session.commit()
            found.append(carried)
            if carried.is_done:
                break
    session.commit()
    return found


def announced(session: Session) -> dict[tuple[str, int], Announcement]:
    """What is announced, by kind and item."""
    session.expire_all()
    return {(each.kind, each.item): each for each in session.scalars(select(Announcement))}


def whole(session: Session) -> Rows:
    """Every row of every table but those of the periods themselves."""
    return {
        table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name not in OWN_TABLES
    }


def differing(before: Rows, after: Rows) -> set[str]:
    """The tables in which a row is other than it was."""
    return {name for name in before if before[name] != after[name]}


def utc(day: date) -> datetime:
    """Noon of that day."""
    return datetime.combine(day, time(12), UTC)
