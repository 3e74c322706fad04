"""Whose name a row nearly has, in the same district or group: among the people who are kept, and the rows before.

Where both have telephone numbers, these decide (`matching`); so only who has none is looked for here.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from forumplanner.partners.duplicates.alike import DISTRICT, Traits, compare, person_traits
from forumplanner.partners.importing.keeping import among
from forumplanner.partners.importing.people import ReadRow
from forumplanner.partners.models import Partner, PartnerKind, Person, Phone
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import in_sight

Block = tuple[str, str]


def find_near(session: Session, sight: Sight, rows: Iterable[ReadRow]) -> Mapping[int, Sequence[int]]:
    """By the identity of a row, the numbers of the people in sight who may be its person; two queries."""
    wanted = [row for row in rows if row.given_name and not row.is_faulty]
    districts = {row.place.code[:DISTRICT] for row in wanted if row.place and len(row.place.code) >= DISTRICT}
    groups = {row.organisation_text for row in wanted if row.organisation_text}
    if not districts and not groups:
        return {}
    partner, person = Partner.__table__.c, Person.__table__.c
    district = type_coerce(func.substr(partner.place_code, 1, DISTRICT), String())
    here = or_(among(session, district, sorted(districts)), among(session, person.organisation_text, sorted(groups)))
    query = (
        select(partner.id, partner.name, partner.email, partner.place_code, person.organisation_text)
        .join(Person.__table__, person.id == partner.id)
        .where(partner.kind == PartnerKind.PERSON, here, in_sight(sight))
        .order_by(partner.id)
    )
    people = list(session.execute(query))
    numbers: dict[int, list[str]] = {}
    phones = select(Phone.partner_id, Phone.number).where(among(session, Phone.partner_id, [row.id for row in people]))
    for partner_id, number in session.execute(phones):
        numbers.setdefault(partner_id, []).append(number)
    known = Neighbours()
    for row in people:
        traits = person_traits(
            row.id, row.name, numbers.get(row.id, ()), row.email, row.place_code, row.organisation_text
        )
        known.add(traits, _blocks(row.name, row.place_code, row.organisation_text))
    found = {}
    for each in wanted:
        numbers_of = known.find(each)
        if numbers_of:
            found[id(each)] = numbers_of
    return found


class Neighbours:
    """People by district and group, each with the letter their name begins with."""

    def __init__(self) -> None:
        self._known: dict[Block, list[Traits]] = {}
        self._rows: dict[Block, list[tuple[int, ReadRow]]] = {}

    def add(self, traits: Traits, blocks: Iterable[Block]) -> None:
        """Let somebody be found who stands in these blocks."""
        for block in blocks:
            self._known.setdefault(block, []).append(traits)

    def add_row(self, number: int, row: ReadRow) -> None:
        """The same of a row, of which no more is read before somebody stands beside it."""
        for block in _blocks_of(row):
            self._rows.setdefault(block, []).append((number, row))

    def find(self, row: ReadRow) -> list[int]:
        """The numbers of those who may be the row's person."""
        found: dict[int, None] = {}
        own: Traits | None = None
        for block in _blocks_of(row):
            beside = [*self._known.get(block, ())]
            beside += [_traits(*each) for each in self._rows.get(block, ()) if not (row.phones and each[1].phones)]
            for other in beside:
                if other.id in found or (row.phones and other.numbers):
                    continue
                own = own or _traits(0, row)
                if own.key != other.key and compare(own, other):
                    found[other.id] = None
        return list(found)


def _traits(number: int, row: ReadRow) -> Traits:
    place = row.place.code if row.place else None
    return person_traits(
        number, row.name, [phone.number for phone in row.phones], row.email, place, row.organisation_text
    )


def _blocks_of(row: ReadRow) -> list[Block]:
    return _blocks(row.given_name, row.place.code if row.place else None, row.organisation_text)


def _blocks(name: str, place_code: str | None, group: str | None) -> list[Block]:
    initial = name[:1]
    found = [(place_code[:DISTRICT], initial)] if place_code and len(place_code) >= DISTRICT else []
    return [*found, (group, initial)] if group else found
