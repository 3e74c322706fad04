"""All that is kept of one person, put together from what features declare of their tables: for whoever asks for it.

Which columns are personal says the record of processing (`desks.held`), whose a row is say the declarations of erasing
(`desks.erasing`): a new column of personal data is handed over without anybody's doing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session, joinedload

from forumplanner.accounts.models import User
from forumplanner.core import clock
from forumplanner.core.db import Base
from forumplanner.core.personal import Held
from forumplanner.desks.erasing import SAID
from forumplanner.desks.held import HELD
from forumplanner.history.looks import PARTNER
from forumplanner.history.models import Change, Look, LookPartner
from forumplanner.history.services import passages_of
from forumplanner.partners.models import Partner
from forumplanner.places.gazetteer import find_place
from forumplanner.places.services import list_regions
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title

FORMAT = "forumplanner-person"
VERSION = 1
_OWN_NUMBER = "the person's own number, which stands once at the beginning"
_ACCOUNT = "an account, which is told by its role or left out: it is somebody else's"

# Declared tables of which no row is a partner's own.
OF_NO_PARTNER = {
    "users": "accounts are not partners",
    "account_roles": "accounts are not partners",
    "account_regions": "accounts are not partners",
    "submissions": "who submitted is an account",
    "decisions": "who decided is an account",
    "minutes": "who signs is written in words alone",
    "meetings": "whom to ask is written in words alone",
    "partner_imports": "the file has many people's rows; the person's own row stands under partner_import_rows",
    "distinct_partners": "two records by number, one of them somebody else's",
    "merged_partners": "numbers of records alone",
    "merged_invitations": "numbers of invitations alone",
    "partner_merges": "numbers of records; for a day the rows that undoing would put back, which stand elsewhere too",
    "rate_windows": "nobody can read it back",
    "spent_forms": "of accounts",
}
# Declared columns that are not handed over.
LEFT = {
    "changes.edits": "told as what was and what is",
    "changes.actor": _ACCOUNT,
    "changes.actor_id": _ACCOUNT,
    "changes.partner_id": _OWN_NUMBER,
    "chosen_guests.account_id": _ACCOUNT,
    "chosen_guests.partner_id": _OWN_NUMBER,
    "invitations.partner_id": _OWN_NUMBER,
    "looks.actor": _ACCOUNT,
    "looks.actor_id": _ACCOUNT,
    "look_partners.partner_id": _OWN_NUMBER,
    "needs.noted_by": _ACCOUNT,
    "needs.noted_by_id": _ACCOUNT,
    "outbox_messages.html_body": "says what the text says",
    "outbox_messages.mime": "says what the text says",
    "outbox_messages.partner_id": _OWN_NUMBER,
    "outcomes.owner_partner_id": _OWN_NUMBER,
    "partner_import_rows.maybe_id": "of somebody else's row that may be this person's",
    "partner_import_rows.messages": "what the program says of the row",
    "partner_import_rows.partner_id": _OWN_NUMBER,
    "partner_regions.partner_id": _OWN_NUMBER,
    "personal_feeds.partner_id": _OWN_NUMBER,
    "replies.taken_by": _ACCOUNT,
    "retention_holds.noted_by": _ACCOUNT,
    "retention_holds.partner_id": _OWN_NUMBER,
}
# What stands beside declared columns so that they can be understood.
WITH = {
    "attendances": ("meeting_id", "list"),
    "chosen_guests": ("meeting_id",),
    "invitations": ("id", "meeting_id", "created_at", "capacity", "channel", "answer", "answered_at", "revoked_at"),
    "needs": ("invitation_id", "consented_at", "channel"),
    "outbox_messages": ("created_at", "sent_at", "state"),
    "outcomes": ("text", "due_on"),
    "partner_regions": ("region_id",),
    "partners": ("place_code", "sector", "created_at"),
    "people": ("person_class",),
    "personal_feeds": ("created_at", "renewed_at", "revoked_at", "last_fetched_at"),
    "replies": ("invitation_id", "answer", "channel", "at"),
    "retention_holds": ("until",),
    "sittings": ("meeting_id",),
}
# What is a number in the database and a name here.
CALLED = {"meeting_id": "meeting", "region_id": "region", "place_code": "place"}
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data as the record declares it, with the person's rows: a table's name and its values by column."""

    held: Held
    rows: Sequence[tuple[str, Mapping[str, Value]]]


@dataclass(frozen=True, slots=True)
class PersonData:
    """All that is kept of one person."""

    partner_id: int
    made_at: datetime
    tables: Mapping[str, Sequence[Mapping[str, Value]]]
    kinds: Sequence[Kind]


def gather(session: Session, partner: Partner) -> PersonData:
    """Read it; a query a table, however much there is."""
    called = _Called(session)
    tables: dict[str, list[Mapping[str, Value]]] = {}
    kinds = []
    for held in HELD:
        rows = []
        for table in held.columns:
            if table in OF_NO_PARTNER:
                continue
            is_first = table not in tables
            if is_first:
                tables[table] = list(_rows(session, table, partner.id, called))
            # Columns of one table may be of several kinds: names here, addresses there.
            others = {name for each in HELD if each is not held for name in each.columns.get(table, ())}
            beside = set() if is_first else {CALLED.get(name, name) for name in WITH.get(table, ())}
            rows += [
                (table, {name: value for name, value in row.items() if name not in others | beside})
                for row in tables[table]
            ]
        if set(held.columns) - set(OF_NO_PARTNER):
            kinds.append(Kind(held, rows))
    return PersonData(partner.id, clock.now(), tables, kinds)


def handed_over(table: str) -> list[str]:
    """The columns of a table that are handed over, those declared and those beside them."""
    declared = [name for held in HELD for name in held.columns.get(table, ()) if f"{table}.{name}" not in LEFT]
    beside = [name for name in WITH.get(table, ()) if name not in declared]
    return [*beside, *dict.fromkeys(declared)]


def as_json(data: PersonData) -> dict[str, Any]:
    """The document: rows by table, columns by the names they have in the database. `docs/personal-data.md`."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "partner_id": data.partner_id,
        "made_at": data.made_at.isoformat(timespec="seconds"),
        "data": dict(data.tables),
    }


class _Called:
    """Meetings and regions by number as they are called, each read once."""

    def __init__(self, session: Session) -> None:
        query = select(Meeting).options(joinedload(Meeting.region), joinedload(Meeting.round))
        self._meetings = {meeting.id: meeting for meeting in session.scalars(query)}
        self._regions = {region.id: region.name("th") for region in list_regions(session)}

    def meeting(self, number: int | None) -> str | None:
        meeting = self._meetings.get(number or 0)
        return f"{meeting_title(meeting, 'th')} {meeting.starts_on.isoformat()}" if meeting else None

    def region(self, number: int | None) -> str | None:
        return self._regions.get(number or 0)


def _rows(session: Session, table: str, partner_id: int, called: _Called) -> Iterator[Mapping[str, Value]]:
    """The person's rows of a table."""
    if table in OF_NO_PARTNER:
        return
    if table == "changes":
        yield from _changes(session, partner_id)
    elif table == "looks":
        yield from _looks(session, partner_id)
    elif table != "look_partners":
        found = Base.metadata.tables[table]
        names = handed_over(table)
        query = select(*(found.c[name] for name in names)).where(_whose(found) == partner_id)
        for row in session.execute(query.order_by(*found.primary_key.columns)).mappings():
            yield {CALLED.get(name, name): _plain(name, row[name], called) for name in names}


def _whose(table: Table) -> ColumnElement[Any]:
    return SAID.whose[table.name](table) if table.name in SAID.whose else table.c.partner_id


def _plain(name: str, value: Any, called: _Called) -> Value:
    """A value as text, number or nothing; numbers of meetings and places as they are called."""
    shown: Any = value
    if name in ("meeting_id", "region_id"):
        shown = called.meeting(value) if name == "meeting_id" else called.region(value)
    elif name == "place_code":
        place = find_place(value)
        shown = place.shown("th") if place else None
    elif name == "cells":
        shown = " | ".join(part for part in str(value).split("\x1f") if part)
    elif isinstance(value, StrEnum):
        shown = value.value
    elif isinstance(value, datetime):
        shown = value.astimezone(clock.BANGKOK).isoformat(timespec="seconds")
    elif isinstance(value, date | time):
        shown = value.isoformat()
    return shown if isinstance(shown, bool | int) or shown is None else str(shown)


def _changes(session: Session, partner_id: int) -> Iterator[Mapping[str, Value]]:
    query = select(Change).where(Change.partner_id == partner_id).order_by(Change.at, Change.id)
    for change in session.scalars(query):
        before, after = passages_of(change)
        at = change.at.astimezone(clock.BANGKOK).isoformat(timespec="seconds")
        yield {"at": at, "thing": change.thing, "field": change.field, "old": before or None, "new": after or None}


def _looks(session: Session, partner_id: int) -> Iterator[Mapping[str, Value]]:
    """Who looked, by role and day."""
    query = (
        select(LookPartner.at, Look.actor_id, Look.page, Look.thing)
        .join(Look, Look.id == LookPartner.look_id)
        .where(LookPartner.partner_id == partner_id)
        .order_by(LookPartner.at, Look.id)
    )
    found = list(session.execute(query))
    ids = {row.actor_id for row in found}
    roles = {
        user.id: user.roles[0].name for user in session.scalars(select(User).where(User.id.in_(ids))) if user.roles
    }
    for row in found:
        on = clock.day_of(row.at).isoformat()
        yield {"on": on, "role": roles.get(row.actor_id), "page": row.page or (PARTNER if row.thing == PARTNER else "")}
