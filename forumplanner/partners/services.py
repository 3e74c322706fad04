"""Reads and changes of partners."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic, selectinload
from sqlalchemy.orm.attributes import flag_modified

from forumplanner.core import thai
from forumplanner.core.errors import Invalid, NotFound, Removed
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import check_fresh
from forumplanner.history.services import Actor, record_change
from forumplanner.partners import rules
from forumplanner.partners.duplicates.models import MergedPartner
from forumplanner.partners.facts import Facts, OrganisationFacts, PersonFacts, fact_texts, facts_of, put_facts
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Person
from forumplanner.partners.particulars import FinanceKind, Membership
from forumplanner.partners.rules import Sight

HISTORY = "partner"
MOST_CALLED_SO = 5
MOST_NETWORKS = 300


def refresh_keys(partner: Partner) -> None:
    """Derive name, sort key and search text from the parts; call after every change of them."""
    if isinstance(partner, Person):
        partner.name = " ".join(part for part in (partner.given_name, partner.surname) if part)
        searched = [partner.shown_name("th"), partner.post, partner.organisation_text, partner.line_name]
        if partner.organisation is not None:
            searched += [partner.organisation.short_name, partner.organisation.name]
    else:
        assert isinstance(partner, Organisation)
        searched = [partner.short_name, partner.name, partner.name_en]
        searched += [text for seat in partner.seats for text in (seat.post_th, seat.post_en)]
        searched += [text for former in partner.names for text in (former.short_name, former.full_name, former.name_en)]
    searched += [text for phone in partner.phones for text in (phone.number, phone.note)]
    searched += [partner.email, *(partner.place.searched if partner.place else ())]
    partner.sort_key = thai.sort_key(partner.name)
    partner.search_text = thai.searchable(*searched)


def tie_to_organisation(session: Session, partner: Partner) -> None:
    """Let a person stand under the organisation whose full or short name is written there, where one alone has it."""
    if not isinstance(partner, Person):
        return
    text = partner.organisation_text
    called = or_(Organisation.sort_key == thai.sort_key(text or ""), Organisation.short_name == text)
    found = list(session.scalars(select(Organisation).where(called).limit(2))) if text else []
    partner.organisation = found[0] if len(found) == 1 and text in (found[0].name, found[0].short_name) else None


def _gather_people(session: Session, organisation: Organisation) -> None:
    """Let those stand under an organisation with whom its name was written before it was in the list."""
    names = [name for name in (organisation.name, organisation.short_name) if name]
    waiting = select(Person).where(Person.organisation_id.is_(None), Person.organisation_text.in_(names))
    for person in session.scalars(waiting.order_by(Person.id)):
        tie_to_organisation(session, person)
        refresh_keys(person)
    session.flush()


def refresh_members(session: Session, organisation_id: int) -> None:
    """Derive anew what an organisation's people are found by, in the transaction that gave it another name."""
    members = select(Person.id).where(Person.organisation_id == organisation_id)
    for partner in session.scalars(
        with_everything(select(Partner)).where(Partner.id.in_(members)).order_by(Partner.id)
    ):
        refresh_keys(partner)
    session.flush()


def with_everything(query: Select[Partner]) -> Select[Partner]:
    """The same query, loading what a list of partners shows in a constant number of queries."""
    return query.options(
        selectin_polymorphic(Partner, [Person, Organisation]),
        selectinload(Organisation.seats),
        selectinload(Partner.regions),
        selectinload(Partner.phones),
        joinedload(Partner.province),
    )


def get_partner(session: Session, partner_id: int, *, to_change: bool = False) -> Partner:
    """A partner by its number; NotFound where there is none, or none any more. `to_change` holds the row until the
    commit."""
    found = session.get(Partner, partner_id, with_for_update=to_change)
    if found is None:
        raise NotFound(N_("There is no such partner. Please begin at the list of partners."))
    if found.erased_at is not None:
        raise Removed(N_("The data of this person was removed. That they were invited is kept as a number alone."))
    return found


def find_merged_into(session: Session, partner_id: int) -> int | None:
    """The number of the partner into whom that one was merged."""
    return session.scalar(select(MergedPartner.partner_id).where(MergedPartner.other_id == partner_id))


def list_merged_into(session: Session, partner_id: int) -> list[int]:
    """The numbers of all who were merged into this partner."""
    return list(session.scalars(select(MergedPartner.other_id).where(MergedPartner.partner_id == partner_id)))


def find_organisations_called(session: Session, sight: Sight, text: str) -> list[Organisation]:
    """The organisations in sight of exactly this full or short name, at most five; by letters alone, marks aside."""
    query = (
        select(Organisation)
        .where(or_(Organisation.sort_key == thai.sort_key(text), Organisation.short_name == text))
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(50)
    )
    found = [organisation for organisation in session.scalars(query) if is_in_sight(sight, organisation)]
    exact = [organisation for organisation in found if text in (organisation.name, organisation.short_name)]
    return (exact or found)[:MOST_CALLED_SO]


def list_finance_kinds(session: Session) -> list[FinanceKind]:
    """The kinds of community finance organisations in their order."""
    return list(session.scalars(select(FinanceKind).order_by(FinanceKind.list_order)))


def list_networks(session: Session) -> list[Organisation]:
    """The organisations that others belong to, or did, in Thai order; at most MOST_NETWORKS."""
    networks = select(Membership.network_id)
    query = select(Organisation).where(Organisation.id.in_(networks)).order_by(Organisation.sort_key, Organisation.id)
    return list(session.scalars(query.limit(MOST_NETWORKS)))


def is_in_sight(sight: Sight, partner: Partner) -> bool:
    """Whether this partner's name and numbers may be seen."""
    is_organisation = partner.kind == PartnerKind.ORGANISATION
    return rules.may_see_partner(sight, is_organisation, [region.id for region in partner.regions])


def add_partner(session: Session, actor: Actor, facts: Facts) -> Partner:
    """Add a person or an organisation, by the kind of facts."""
    partner = (
        Person(kind=PartnerKind.PERSON)
        if isinstance(facts, PersonFacts)
        else Organisation(kind=PartnerKind.ORGANISATION)
    )
    _check_networks(session, None, facts)
    put_facts(partner, facts)
    session.add(partner)
    with session.no_autoflush:
        tie_to_organisation(session, partner)
    refresh_keys(partner)
    session.flush()
    if isinstance(partner, Organisation):
        _gather_people(session, partner)
    record_change(session, actor, HISTORY, partner.id, "added", None, partner.shown_name("th"), partner_id=partner.id)
    return partner


def _check_networks(session: Session, partner_id: int | None, facts: Facts) -> None:
    """Refuse a network that is not there, and an organisation as its own."""
    wanted = {fact.network_id for fact in facts.networks} if isinstance(facts, OrganisationFacts) else set()
    if not wanted:
        return
    if partner_id in wanted:
        raise Invalid(N_("An organisation is no network of its own. Please name another one."))
    there = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(wanted))))
    if wanted - there:
        raise Invalid(N_("A network was removed meanwhile. Please take it out of this form."))


def change_partner(session: Session, actor: Actor, partner: Partner, facts: Facts, *, seen: str) -> bool:
    """Change a partner to these facts, each difference into history; False where nothing differs.

    `seen` is the stamp of the facts (`fact_texts`) that the form was filled from; Stale where somebody saved since.
    """
    before, after = fact_texts(facts_of(partner)), fact_texts(facts)
    differing = [name for name in after if after[name] != before[name]]
    if not differing:
        return False
    check_fresh(seen, before, after)
    _check_networks(session, partner.id, facts)
    put_facts(partner, facts)
    if "organisation_text" in differing:
        tie_to_organisation(session, partner)
    refresh_keys(partner)
    # Regions and numbers stand in tables of their own; the row's version has to rise for them too.
    flag_modified(partner, "search_text")
    session.flush()
    if isinstance(partner, Organisation) and {"name", "short_name"} & set(differing):
        _gather_people(session, partner)
        refresh_members(session, partner.id)
    for name in differing:
        record_change(session, actor, HISTORY, partner.id, name, before[name], after[name], partner_id=partner.id)
    return True
