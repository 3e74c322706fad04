"""More rounds of history: the sample round copied into other years, row by row."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forumplanner.attendance.models import Attendance
from forumplanner.attendance.rules import AttendanceList
from forumplanner.core.db import Base
from forumplanner.invitations.models import Answer, Invitation, Reply, ReplyChannel
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.partners.models import Organisation, OrganisationName, PartnerKind, Person, Phone
from forumplanner.partners.services import refresh_keys
from forumplanner.rounds.models import Meeting, Round

# Parents first; rows of these tables belong to a round, directly or through its meetings.
COPIED = (
    "rounds", "questions", "meetings", "meeting_days", "agenda_items", "programme_entries", "invitations", "replies",
    "attendances", "sittings", "outcomes", "submissions", "decisions", "minutes",
)  # fmt: skip
YEAR = timedelta(days=364)


def add_history(session: Session, count: int) -> None:
    """Add `count` copies of the sample round, each a year further back."""
    (original,) = session.scalars(select(Round.id).where(Round.code == "2550-1"))
    for number in range(1, count + 1):
        _copy(session, original, number)
    session.commit()
    session.expire_all()


def add_crowd(session: Session, count: int) -> None:
    """Add `count` partners to the South's forum: each in an organisation, invited, there, with a commitment."""
    meeting = session.scalars(select(Meeting).join(Round).where(Meeting.slug == "south", Round.code == "2550-1")).one()
    item_id = session.scalars(
        select(Outcome.agenda_item_id).join(Outcome.agenda_item).where(Outcome.agenda_item.has(meeting_id=meeting.id))
    ).first()
    for number in range(1, count + 1):
        organisation = Organisation(kind=PartnerKind.ORGANISATION, name=f"กลุ่มทดลองที่ {number}")
        organisation.names = [OrganisationName(full_name=organisation.name)]
        person = Person(kind=PartnerKind.PERSON, given_name=f"ทดลอง{number}", organisation=organisation)
        person.regions = [meeting.region] if meeting.region else []
        person.phones = [Phone(number=f"08100{number:05}", position=1)]
        for partner in (organisation, person):
            refresh_keys(partner)
            session.add(partner)
        days = {"for_starts_on": meeting.starts_on, "for_ends_on": meeting.ends_on}
        invitation = Invitation(meeting=meeting, partner=person, answer=Answer.ACCEPTED, **days)
        invitation.replies = [Reply(answer=Answer.ACCEPTED, channel=ReplyChannel.LINK, **days)]
        session.add(invitation)
        session.flush()
        session.add(
            Attendance(
                meeting=meeting,
                invitation=invitation,
                list=AttendanceList.CAME,
                position=100 + number,
                name=person.name,
            )
        )
        session.add(
            Outcome(
                agenda_item_id=item_id, kind=OutcomeKind.COMMITMENT, position=100 + number, text="งานทดลอง",
                owner=person.name, owner_partner=person, due_on=date(2007, 4, 30),
            )
        )  # fmt: skip
    session.commit()
    session.expire_all()


def _copy(session: Session, original: int, number: int) -> None:
    ids: dict[str, dict[int, int]] = {name: {} for name in COPIED}
    for name in COPIED:
        table = Base.metadata.tables[name]
        order = [table.c.id] if name != "agenda_items" else [table.c.parent_id.isnot(None), table.c.id]
        for row in session.execute(select(table).order_by(*order)).mappings().all():
            parents = [
                (key.parent.name, key.column.table.name)
                for key in table.foreign_keys
                if key.column.table.name in COPIED and row[key.parent.name] is not None
            ]
            if name == "rounds" and row["id"] != original:
                continue
            if any(row[column] not in ids[parent] for column, parent in parents):
                continue
            values = _shifted(dict(row), number)
            del values["id"]
            values |= {column: ids[parent][row[column]] for column, parent in parents}
            ids[name][row["id"]] = session.execute(insert(table).values(values).returning(table.c.id)).scalar_one()


def _shifted(values: dict[str, Any], number: int) -> dict[str, Any]:
    for name, value in values.items():
        if type(value) is date:
            values[name] = value - YEAR * number
        elif name == "year":
            values[name] = value - number
        elif name == "uid":
            values[name] = f"{number}-{value}"
        elif name == "code":
            values[name] = f"{2550 - number}-1"
        elif name == "slug" and value[:2] == "20":
            values[name] = (date.fromisoformat(value) - YEAR * number).isoformat()
    return values
