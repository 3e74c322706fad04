"""Finding partners in both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.stamps import make_stamp
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor
from forumplanner.partners import services
from forumplanner.partners.facts import OrganisationFacts, PersonFacts, fact_texts, facts_of
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Person, Sector
from forumplanner.partners.parts import SeatFact
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, conditions, count_found, list_partners, list_partners_beside
from forumplanner.places.gazetteer import find_place
from forumplanner.places.models import Region

ACTOR = Actor(None, "ผู้ทดสอบ")
EVERYTHING = Sight(everything=True)


@pytest.fixture
def south(session: Session) -> Region:
    """The region, with some partners in and out of it."""
    regions = {region.slug: region for region in session.scalars(select(Region))}
    of_south = (regions["south"],)
    for facts in (
        PersonFacts(
            honorific="นาย", given_name="สมชาย", surname="ใจดี", phones=(PhoneNumber("0810000001"),), regions=of_south
        ),
        PersonFacts(honorific="นาง", given_name="น้ำฝน", organisation_text="เครือข่าย 100% จริง", regions=of_south),
        PersonFacts(given_name="มาลา", regions=(regions["north"],)),
        PersonFacts(
            given_name="แจ๋ว",
            post="ประธานเครือข่ายต่าง ๆ",
            place=find_place("57"),
            phones=(PhoneNumber("0810000002", note="คุณแดง ลูกสาว"),),
        ),
        OrganisationFacts(name="กรมการพัฒนาชุมชน", short_name="พช.", seats=(SeatFact("อธิบดี"),), sector=Sector.GOVERNMENT),
        OrganisationFacts(name="Credit Union", sector=Sector.COOPERATIVE, regions=(regions["north"],)),
    ):
        services.add_partner(session, ACTOR, facts)
    return regions["south"]


def names(session: Session, wanted: PartnerFilter, sight: Sight = EVERYTHING) -> list[str]:
    return [partner.name for partner in list_partners(session, sight, wanted).partners]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("สมชาย", ["สมชาย ใจดี"]),
        ("ใจดี สมชาย", ["สมชาย ใจดี"]),
        ("นายสมชาย", ["สมชาย ใจดี"]),
        ("081-000-0001", ["สมชาย ใจดี"]),
        ("๐๘๑๐๐๐๐๐๐๑", ["สมชาย ใจดี"]),
        ("+66 81 000 0001", ["สมชาย ใจดี"]),
        ("นํ้าฝน", ["น้ำฝน"]),  # typed as most keyboards do it: ํ, then the tone
        ("พช", ["กรมการพัฒนาชุมชน"]),
        ("cREDIT", ["Credit Union"]),
        ("100%", ["น้ำฝน"]),
        ("%", ["น้ำฝน"]),
        ("_", []),
        ("แจว", ["แจ๋ว"]),
        ("แจ๋ว", ["แจ๋ว"]),
        ("แจ่ว", []),
        ("เชียงราย", ["แจ๋ว"]),
        ("chiang rai", ["แจ๋ว"]),
        ("ต่างๆ", ["แจ๋ว"]),
        ("ต่าง ๆ", ["แจ๋ว"]),
        ("ลูกสาว", ["แจ๋ว"]),
        ("ประธาน เชียงราย", ["แจ๋ว"]),
        ("อธิบดี", ["กรมการพัฒนาชุมชน"]),
        ("น าฝน", ["น้ำฝน"]),
        ("น้\uf711าฝน", ["น้ำฝน"]),
        ("ไม่มีใคร", []),
    ],
)
def test_search_reads_repaired_text_and_takes_wildcards_as_letters(
    session: Session, south: Region, typed: str, found: list[str]
) -> None:
    assert names(session, PartnerFilter(text=typed)) == found


def test_filters_narrow_together(session: Session, south: Region) -> None:
    assert [
        names(session, PartnerFilter(region_id=south.id)),
        names(session, PartnerFilter(sector=Sector.COOPERATIVE)),
        names(session, PartnerFilter(kind=PartnerKind.ORGANISATION, sector=Sector.GOVERNMENT)),
        names(session, PartnerFilter(kind=PartnerKind.PERSON, sector=Sector.GOVERNMENT)),
    ] == [["น้ำฝน", "สมชาย ใจดี"], ["Credit Union"], ["กรมการพัฒนาชุมชน"], []]


def test_a_coordinator_finds_the_own_region_and_national_agencies(session: Session, south: Region) -> None:
    sight = Sight(region_ids=frozenset({south.id}))
    assert names(session, PartnerFilter(), sight) == ["กรมการพัฒนาชุมชน", "น้ำฝน", "สมชาย ใจดี"]


def test_a_reader_finds_nobody(session: Session, south: Region) -> None:
    assert (names(session, PartnerFilter(), Sight()), count_found(session, Sight(), PartnerFilter())) == ([], 0)


def test_pages_follow_each_other_without_gap_or_overlap(session: Session, south: Region) -> None:
    pages = [list_partners(session, EVERYTHING, PartnerFilter(), page=page, size=2) for page in (1, 2, 3, 4)]
    listed = [partner.id for page in pages for partner in page.partners]
    ordered = list(session.scalars(select(Partner.id).order_by(Partner.sort_key, Partner.id)))
    assert (listed, [page.has_more for page in pages]) == (ordered, [True, True, False, False])


def test_one_region_can_come_before_the_others(session: Session, south: Region) -> None:
    window = list_partners_beside(session, conditions(EVERYTHING, PartnerFilter()), first_region_id=south.id)
    assert [partner.name for partner in window.partners[:2]] == ["น้ำฝน", "สมชาย ใจดี"]


def test_a_renamed_organisation_and_province_are_found_by_their_new_names(session: Session, south: Region) -> None:
    agency = session.scalars(select(Organisation).where(Organisation.short_name == "พช.")).one()
    person = session.scalars(select(Person).where(Person.given_name == "แจ๋ว")).one()
    person.organisation = agency
    services.refresh_keys(person)
    before = facts_of(agency)
    assert isinstance(before, OrganisationFacts)
    after = replace(before, name="กรมใหม่ล่าสุด")
    services.change_partner(session, ACTOR, agency, after, seen=make_stamp(fact_texts(before)))
    assert names(session, PartnerFilter(text="ใหม่ล่าสุด")) == ["กรมใหม่ล่าสุด", "แจ๋ว"]
