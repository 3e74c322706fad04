"""The people who are kept and may be those of a file, read in a constant number of queries."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Text, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.core.db import dialect_name
from forumplanner.core.thai import PhoneNumber
from forumplanner.partners.facts import PersonFacts
from forumplanner.partners.importing.people import ReadRow
from forumplanner.partners.models import Partner, PartnerKind, Person, Phone, partner_regions
from forumplanner.partners.particulars import PartnerNote
from forumplanner.partners.parts import NamedNote
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import in_sight
from forumplanner.places.gazetteer import find_place
from forumplanner.places.models import Region


@dataclass(slots=True)
class Kept:
    """A person who is kept."""

    id: int
    shown: str
    facts: PersonFacts


def among(session: Session, column: Any, values: Collection[object]) -> Any:
    """Whether a column is one of many values, handed over as one parameter: a query has room for so many only."""
    if dialect_name(session) == "postgresql":
        return column == func.any(bindparam(None, list(values), type_=ARRAY(column.type)))
    listed = func.json_each(bindparam(None, json.dumps(list(values)), type_=Text)).table_valued("value")
    return column.in_(select(listed.c.value))


def find_kept(session: Session, sight: Sight, rows: Iterable[ReadRow], also: Collection[int] = ()) -> list[Kept]:
    """The people in sight who have a name, a number or an address of these rows, and `also` these; four queries."""
    faultless = [row for row in rows if row.name]
    names = {thai.sort_key(row.name) for row in faultless}
    numbers = {phone.number for row in faultless for phone in row.phones}
    emails = {row.email for row in faultless if row.email}
    by_phone = select(Phone.partner_id).where(among(session, Phone.number, sorted(numbers)))
    wanted = or_(
        among(session, Partner.sort_key, sorted(names)),
        Partner.id.in_(by_phone),
        among(session, Partner.email, sorted(emails)),
        among(session, Partner.id, sorted(also)),
    )
    person, partner = Person.__table__.c, Partner.__table__.c
    query = (
        select(*partner, *(column for column in person if column.name != "id"))
        .join(Person.__table__, person.id == partner.id)
        .where(partner.kind == PartnerKind.PERSON, wanted, in_sight(sight))
        .order_by(partner.id)
    )
    found = list(session.execute(query).mappings())
    ids = [row["id"] for row in found]
    phones: dict[int, list[PhoneNumber]] = {}
    lines = select(Phone).where(among(session, Phone.partner_id, ids)).order_by(Phone.position, Phone.id)
    for phone in session.scalars(lines):
        phones.setdefault(phone.partner_id, []).append(PhoneNumber(phone.number, phone.extension, phone.note))
    notes: dict[int, list[NamedNote]] = {}
    named = select(PartnerNote).where(among(session, PartnerNote.partner_id, ids)).order_by(PartnerNote.position)
    for note in session.scalars(named):
        notes.setdefault(note.partner_id, []).append(NamedNote(note.name, note.text))
    regions: dict[int, list[Region]] = {}
    of = partner_regions.c
    members = select(of.partner_id, Region).join(Region, Region.id == of.region_id).order_by(Region.list_order)
    for partner_id, region in session.execute(members.where(among(session, of.partner_id, ids))):
        regions.setdefault(partner_id, []).append(region)
    return [
        _kept(row, tuple(phones.get(row["id"], ())), tuple(regions.get(row["id"], ())), tuple(notes.get(row["id"], ())))
        for row in found
    ]


_COLUMNS = ("sector", "email", "note", "honorific", "given_name", "surname", "person_class", "post", "languages")


def _kept(
    row: RowMapping, phones: tuple[PhoneNumber, ...], regions: tuple[Region, ...], notes: tuple[NamedNote, ...]
) -> Kept:
    facts = PersonFacts(
        **{name: row[name] for name in (*_COLUMNS, "organisation_text", "line_name")},
        phones=phones,
        regions=regions,
        notes=notes,
        place=find_place(row["place_code"]),
    )
    return Kept(row["id"], thai.join_honorific(facts.honorific or "", facts.whole_name), facts)
