"""What can be changed about a partner, as one value: filled by forms, compared for history, shown in conflicts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from forumplanner.core.thai import PhoneNumber
from forumplanner.partners.models import (
    Organisation,
    OrganisationName,
    Partner,
    Person,
    PersonClass,
    Phone,
    Seat,
    Sector,
)
from forumplanner.partners.particulars import FinanceKind, Level, Membership, OfferedWelfare, PartnerNote, Welfare
from forumplanner.partners.parts import FormerName, MembershipFact, NamedNote, SeatFact
from forumplanner.places.gazetteer import Place
from forumplanner.places.models import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFacts:
    """What people and organisations have alike."""

    sector: Sector = Sector.COMMUNITY
    regions: tuple[Region, ...] = ()
    place: Place | None = None
    phones: tuple[PhoneNumber, ...] = ()
    email: str | None = None
    note: str | None = None
    notes: tuple[NamedNote, ...] = ()

    @property
    def whole_name(self) -> str:
        """The name partners are compared by."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts(PartnerFacts):
    """A person's."""

    honorific: str | None = None
    given_name: str
    surname: str | None = None
    person_class: PersonClass = PersonClass.LAY
    post: str | None = None
    organisation_text: str | None = None
    line_name: str | None = None
    languages: str | None = None

    @property
    def whole_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.surname) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts(PartnerFacts):
    """An organisation's. `former_names` does not hold the present name; `seats` stand in the order they are listed."""

    name: str
    short_name: str | None = None
    name_en: str | None = None
    level: Level | None = None
    finance_kind: FinanceKind | None = None
    welfare: tuple[Welfare, ...] = ()
    networks: tuple[MembershipFact, ...] = ()
    seats: tuple[SeatFact, ...] = ()
    former_names: tuple[FormerName, ...] = ()

    @property
    def whole_name(self) -> str:
        return self.name


Facts = PersonFacts | OrganisationFacts


def facts_of(partner: Partner) -> Facts:
    """A partner's facts as they are saved now."""
    regions = tuple(sorted(partner.regions, key=lambda region: region.list_order))
    phones = numbers_of(partner)
    if isinstance(partner, Person):
        return PersonFacts(
            sector=partner.sector,
            regions=regions,
            place=partner.place,
            phones=phones,
            email=partner.email,
            note=partner.note,
            notes=notes_of(partner),
            honorific=partner.honorific,
            given_name=partner.given_name,
            surname=partner.surname,
            person_class=partner.person_class,
            post=partner.post,
            organisation_text=partner.organisation_text,
            line_name=partner.line_name,
            languages=partner.languages,
        )
    assert isinstance(partner, Organisation)
    return OrganisationFacts(
        sector=partner.sector,
        regions=regions,
        place=partner.place,
        phones=phones,
        email=partner.email,
        note=partner.note,
        notes=notes_of(partner),
        name=partner.name,
        short_name=partner.short_name,
        name_en=partner.name_en,
        level=partner.level,
        finance_kind=partner.finance_kind,
        welfare=tuple(offered.kind for offered in partner.offered_welfare),
        networks=networks_of(partner),
        seats=tuple(SeatFact(seat.post_th, seat.post_en, seat.is_retired, seat.id) for seat in partner.seats),
        former_names=former_names_of(partner),
    )


def numbers_of(partner: Partner) -> tuple[PhoneNumber, ...]:
    """A partner's telephone numbers as values."""
    return tuple(PhoneNumber(phone.number, phone.extension, phone.note) for phone in partner.phones)


def notes_of(partner: Partner) -> tuple[NamedNote, ...]:
    """A partner's named notes as values."""
    return tuple(NamedNote(note.name, note.text) for note in partner.notes)


def networks_of(organisation: Organisation) -> tuple[MembershipFact, ...]:
    """The networks it belongs to, or did."""
    return tuple(
        MembershipFact(row.network_id, row.network.name, row.member_from, row.member_until)
        for row in organisation.memberships
    )


def former_names_of(organisation: Organisation) -> tuple[FormerName, ...]:
    """The names it had; the present one stands in `names` too and is left out."""
    present = present_name(organisation)
    return tuple(
        FormerName(name.full_name, name.short_name, name.valid_from, name.valid_until)
        for name in organisation.names
        if name is not present
    )


def present_name(organisation: Organisation) -> OrganisationName | None:
    """The row of its present name."""
    return next((name for name in organisation.names if name.full_name == organisation.name), None)


def put_facts(partner: Partner, facts: Facts) -> None:
    """Write facts into a partner's row; the derived columns are the caller's."""
    partner.sector = facts.sector
    partner.regions = list(facts.regions)
    partner.place_code = facts.place.code if facts.place else None
    partner.email = facts.email
    partner.note = facts.note
    if numbers_of(partner) != facts.phones:
        partner.phones = [
            Phone(number=phone.number, extension=phone.extension, note=phone.note, position=position)
            for position, phone in enumerate(facts.phones, start=1)
        ]
    _put_notes(partner, facts.notes)
    if isinstance(partner, Person):
        assert isinstance(facts, PersonFacts)
        for name in _OF_A_PERSON:
            setattr(partner, name, getattr(facts, name))
        return
    assert isinstance(partner, Organisation)
    assert isinstance(facts, OrganisationFacts)
    partner.level, partner.finance_kind = facts.level, facts.finance_kind
    if tuple(offered.kind for offered in partner.offered_welfare) != facts.welfare:
        kept = {offered.kind: offered for offered in partner.offered_welfare}
        partner.offered_welfare = [kept.get(kind) or OfferedWelfare(kind=kind) for kind in facts.welfare]
    if networks_of(partner) != facts.networks:
        partner.memberships = [
            Membership(network_id=fact.network_id, member_from=fact.member_from, member_until=fact.member_until)
            for fact in facts.networks
        ]
    _put_names(partner, facts)
    _put_seats(partner, facts.seats)


_OF_A_PERSON = (
    *("honorific", "given_name", "surname", "person_class", "post", "organisation_text", "line_name", "languages"),
)


def _put_notes(partner: Partner, notes: Sequence[NamedNote]) -> None:
    kept = {note.name: note for note in partner.notes}
    rows = [kept.get(note.name) or PartnerNote(name=note.name) for note in notes]
    for position, (row, note) in enumerate(zip(rows, notes, strict=True), start=1):
        row.text, row.position = note.text, position
    partner.notes = rows


def _put_seats(organisation: Organisation, seats: Sequence[SeatFact]) -> None:
    """Write the seats in their order; one that is left out is retired, never deleted: invitations may refer to it."""
    known = {seat.id: seat for seat in organisation.seats}
    given = [(known.pop(fact.id, None) if fact.id else None, fact) for fact in seats]
    for position, (kept, fact) in enumerate(given, start=1):
        seat = kept
        if seat is None:
            seat = Seat()
            organisation.seats.append(seat)
        seat.position, seat.is_retired = position, fact.is_retired
        seat.post_th, seat.post_en = fact.post_th, fact.post_en
    for position, left_out in enumerate(known.values(), start=len(given) + 1):
        left_out.position, left_out.is_retired = position, True


def _put_names(organisation: Organisation, facts: OrganisationFacts) -> None:
    present = present_name(organisation)
    former_differ = former_names_of(organisation) != facts.former_names
    if present is None:
        present = OrganisationName()
        organisation.names.insert(0, present)
    present.full_name, present.short_name, present.name_en = facts.name, facts.short_name, facts.name_en
    if former_differ:
        former = (
            OrganisationName(
                full_name=name.full_name,
                short_name=name.short_name,
                valid_from=name.valid_from,
                valid_until=name.valid_until,
            )
            for name in facts.former_names
        )
        organisation.names = [present, *former]
    for field in ("name", "short_name", "name_en"):
        setattr(organisation, field, getattr(facts, field))


def fact_texts(facts: Facts) -> dict[str, str]:
    """Each fact in words, by its field; "" where there is none. Enum values stay as they are stored."""
    texts: dict[str, str] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        texts["place_code" if field.name == "place" else field.name] = _text(value)
    return texts


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Region | FinanceKind):
        return value.name_th
    if isinstance(value, tuple):
        return _joined(value)
    return str(value)


def _joined(values: Iterable[object]) -> str:
    return ", ".join(_text(value) for value in values)
