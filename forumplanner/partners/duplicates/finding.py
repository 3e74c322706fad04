"""The pairs of partners who may be the same, in a constant number of queries and in time that grows with their number.

Who is compared with whom is found by what they would have to have in common: a number, an address, a name as it sounds,
a place or a group. What comes of it is kept in each process until a partner changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select, true
from sqlalchemy.orm import Session

from forumplanner.history.models import Change
from forumplanner.partners.duplicates.alike import (
    DISTRICT,
    SUBDISTRICT,
    Traits,
    Why,
    compare,
    organisation_traits,
    person_traits,
    rank,
    sound_of,
)
from forumplanner.partners.duplicates.models import DistinctPair
from forumplanner.partners.importing.keeping import among
from forumplanner.partners.models import Organisation, OrganisationName, Partner, Person, Phone
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import in_sight

LARGE = 200
"""So many who have one thing in common are parted further before they are compared."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners by number, the lower first, and why they may be the same."""

    first: int
    second: int
    why: tuple[Why, ...]


def list_pairs(session: Session, sight: Sight) -> list[Pair]:
    """The pairs of which both are in sight and that nobody told apart, the surest first."""
    return _left_of(session, sight, _all_pairs(session, _mark(session)))


def _left_of(session: Session, sight: Sight, found: list[Pair]) -> list[Pair]:
    apart = {(pair.partner_id, pair.other_id) for pair in session.scalars(select(DistinctPair))}
    left = [pair for pair in found if (pair.first, pair.second) not in apart]
    if sight.everything or not left:
        return left
    ids = {number for pair in left for number in (pair.first, pair.second)}
    seen = set(session.scalars(select(Partner.id).where(among(session, Partner.id, sorted(ids)), in_sight(sight))))
    return [pair for pair in left if pair.first in seen and pair.second in seen]


_kept: WeakKeyDictionary[Engine, tuple[Any, list[Pair]]] = WeakKeyDictionary()


def _is_known(session: Session, mark: Any) -> bool:
    known = _kept.get(session.get_bind().engine)
    return known is not None and known[0] == mark


def _all_pairs(session: Session, mark: Any) -> list[Pair]:
    engine = session.get_bind().engine
    if not _is_known(session, mark):
        _kept[engine] = mark, find_pairs(load_traits(session))
    return _kept[engine][1]


def _mark(session: Session) -> Any:
    """Differs whenever a partner was added, changed or removed; one query, which reads every version once."""
    partners = Partner.__table__.c
    last = select(partners.created_at, partners.search_text).order_by(partners.id.desc()).limit(1).subquery()
    changed = select(Change.id, Change.at).order_by(Change.id.desc()).limit(1).subquery()
    counted = select(func.count().label("partners"), func.sum(partners.version).label("versions")).subquery()
    query = select(counted, last, changed).join(last, true(), isouter=True).join(changed, true(), isouter=True)
    return session.execute(query.select_from(counted)).one()


def load_traits(session: Session) -> list[Traits]:
    """Of all partners; four queries."""
    numbers: dict[int, list[str]] = {}
    for partner_id, number in session.execute(select(Phone.partner_id, Phone.number)):
        numbers.setdefault(partner_id, []).append(number)
    partner, person, organisation = Partner.__table__.c, Person.__table__.c, Organisation.__table__.c
    common = (partner.id, partner.name, partner.email, partner.place_code)
    people = select(*common, person.organisation_text).join(Person.__table__, person.id == partner.id)
    people = people.where(partner.erased_at.is_(None))
    found = [
        person_traits(number, name, numbers.get(number, ()), email, place, group)
        for number, name, email, place, group in session.execute(people)
    ]
    names: dict[int, list[tuple[str, str | None]]] = {}
    named = OrganisationName.__table__.c
    for number, full, short in session.execute(select(named.organisation_id, named.full_name, named.short_name)):
        names.setdefault(number, []).append((full, short))
    organisations = select(*common, organisation.short_name)
    organisations = organisations.join(Organisation.__table__, organisation.id == partner.id)
    for number, name, email, place, short in session.execute(organisations):
        former = names.get(number, ())
        found.append(
            organisation_traits(
                number,
                (name, *(each[0] for each in former)),
                (short, *(each[1] for each in former)),
                numbers.get(number, ()),
                email,
                place,
            )
        )
    return found


def find_pairs(partners: Sequence[Traits]) -> list[Pair]:
    """The pairs among these who may be the same, the surest first."""
    blocks: dict[tuple[str, ...], list[Traits]] = {}
    for one in partners:
        for key in set(_keys(one)):
            blocks.setdefault(key, []).append(one)
    found: dict[tuple[int, int], Pair] = {}
    looked: set[tuple[int, int]] = set()
    for together in _parted(blocks.values()):
        for one, other in combinations(together, 2):
            numbers = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if numbers in looked:
                continue
            looked.add(numbers)
            why = compare(one, other)
            if why:
                found[numbers] = Pair(*numbers, why)
    names = {one.id: one.key for one in partners}
    return sorted(found.values(), key=lambda pair: (rank(pair.why), names[pair.first], pair.first, pair.second))


def _keys(one: Traits) -> Iterator[tuple[str, ...]]:
    """What two who may be the same have in common, at least one of these."""
    kind = "p" if one.is_person else "o"
    for number in one.numbers:
        yield kind, "number", number
        # Two of one name whose numbers end alike are found by the name.
    if one.email:
        yield kind, "address", one.email
    if one.is_person:
        yield kind, "name", one.sound.replace(" ", "")
        yield kind, "name", "".join(sound_of(one.key).split())
        initial = sound_of(one.key)[:1]
        if len(one.place) >= DISTRICT:
            yield kind, "place", one.place[:DISTRICT], initial
        if one.group:
            yield kind, "group", one.group[:12], initial
        return
    for name in {*one.names, *one.shorts}:
        yield kind, "name", name
    if len(one.place) >= SUBDISTRICT and not one.numbers:
        yield kind, "place", one.place


def _parted(blocks: Iterable[list[Traits]]) -> Iterator[list[Traits]]:
    """Blocks small enough to compare each with each: by province where they are large, then by how names begin."""
    for block in blocks:
        if len(block) < 2:
            continue
        if len(block) <= LARGE:
            yield block
            continue
        parts: dict[tuple[str, str], list[Traits]] = {}
        for one in block:
            parts.setdefault((one.place[:2], ""), []).append(one)
        for part in parts.values():
            if len(part) <= LARGE:
                yield part
                continue
            smaller: dict[str, list[Traits]] = {}
            for one in part:
                smaller.setdefault(f"{one.place} {one.key[:6]}", []).append(one)
            for last in smaller.values():
                yield from (last[at : at + 2 * LARGE] for at in range(0, len(last), LARGE))
