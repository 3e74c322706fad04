"""Whether somebody who is being typed stands in the list already."""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forumplanner.core import thai
from forumplanner.partners.duplicates.alike import DISTRICT, Traits, Why, compare, rank, traits_of
from forumplanner.partners.facts import Facts, PersonFacts, facts_of
from forumplanner.partners.models import Organisation, OrganisationName, Partner, PartnerKind, Phone
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import in_sight
from forumplanner.partners.services import with_everything

MOST_SHOWN = 5
MOST_COMPARED = 300
_BEHIND_ALL = "\uffff"


def find_possible_duplicates(
    session: Session, sight: Sight, facts: Facts, *, besides: int | None = None
) -> list[tuple[Partner, tuple[Why, ...]]]:
    """Partners in sight whom these facts may be a second record of, each with why, the surest first; at most five.

    `besides` leaves out the record being changed. A constant number of queries.
    """
    typed = traits_of(facts)
    is_person = isinstance(facts, PersonFacts)
    query = (
        select(Partner)
        .where(
            _may_be(typed, facts),
            Partner.kind == (PartnerKind.PERSON if is_person else PartnerKind.ORGANISATION),
            Partner.id != (besides or 0),
            in_sight(sight),
        )
        .options(
            selectinload(Partner.notes),
            selectinload(Organisation.names),
            selectinload(Organisation.memberships),
            selectinload(Organisation.offered_welfare),
            joinedload(Organisation.finance_kind),
        )
        .order_by(Partner.sort_key, Partner.id)
        .limit(MOST_COMPARED)
    )
    found = [
        (partner, why)
        for partner in session.scalars(with_everything(query))
        if (why := compare(typed, traits_of(facts_of(partner), partner.id)))
    ]
    return sorted(found, key=lambda each: rank(each[1]))[:MOST_SHOWN]


def _may_be(typed: Traits, facts: Facts) -> ColumnElement[bool]:
    """What a partner has who may be the same: the name or how it begins, a number, an address, or the group."""
    numbers = select(Phone.partner_id).where(Phone.number.in_(typed.numbers))
    wanted: list[ColumnElement[bool]] = [Partner.id.in_(numbers)]
    if typed.email:
        wanted.append(Partner.email == typed.email)
    if isinstance(facts, PersonFacts):
        given = thai.sort_key(facts.given_name).split(" ")[0]
        # A surname may have changed, and is written in many ways.
        wanted.append(and_(Partner.sort_key >= given, Partner.sort_key < given + _BEHIND_ALL))
        if facts.surname:
            swapped = thai.sort_key(f"{facts.surname} {facts.given_name}")
            wanted.append(Partner.sort_key == swapped)
        if facts.place and len(typed.place) >= DISTRICT:
            wanted.append(
                and_(
                    Partner.place_code.startswith(typed.place[:DISTRICT]),
                    func.substr(Partner.sort_key, 1, 1) == given[:1],
                )
            )
        return or_(*wanted)
    names = [facts.whole_name, *(former.full_name for former in getattr(facts, "former_names", ()))]
    keys = [thai.sort_key(name) for name in names]
    wanted.append(Partner.sort_key.in_(keys))
    former = select(OrganisationName.organisation_id).where(OrganisationName.full_name.in_(names))
    wanted.append(Partner.id.in_(former))
    short = getattr(facts, "short_name", None)
    called = [text for text in (short, facts.whole_name) if text]
    wanted.append(Partner.id.in_(select(Organisation.id).where(Organisation.short_name.in_(called))))
    if facts.place:
        wanted.append(Partner.place_code == facts.place.code)
    return or_(*wanted)
