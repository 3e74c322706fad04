"""Partners in both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.errors import NotFound, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor, list_changes
from forumplanner.partners import services
from forumplanner.partners.duplicates.asking import find_possible_duplicates
from forumplanner.partners.facts import OrganisationFacts, PersonFacts, fact_texts, facts_of
from forumplanner.partners.models import Organisation, Partner, PersonClass
from forumplanner.partners.parts import FormerName
from forumplanner.partners.rules import Sight
from forumplanner.places.models import Region

ACTOR = Actor(None, "ผู้ทดสอบ")
EVERYTHING = Sight(everything=True)


def region(session: Session, slug: str) -> Region:
    return session.scalars(select(Region).where(Region.slug == slug)).one()


def somsri(session: Session, **changes: object) -> PersonFacts:
    facts = PersonFacts(
        honorific="นาง",
        given_name="สมศรี",
        surname="แก้วมณี",
        phones=(PhoneNumber("0810009999"),),
        regions=(region(session, "south"),),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def seen(partner: Partner) -> str:
    return make_stamp(fact_texts(facts_of(partner)))


def test_a_person_is_kept_with_what_was_given(session: Session) -> None:
    facts = somsri(session, person_class=PersonClass.LAY, post="ประธาน", email="somsri@example.org")
    partner = services.add_partner(session, ACTOR, facts)
    session.expire_all()
    assert (facts_of(partner), partner.shown_name("th")) == (facts, "นางสมศรี แก้วมณี")


def test_a_person_needs_neither_surname_nor_address(session: Session) -> None:
    partner = services.add_partner(session, ACTOR, PersonFacts(honorific="ลุง", given_name="ดำ"))
    assert (partner.name, partner.email, partner.phones) == ("ดำ", None, [])


def test_formulas_and_markup_in_a_name_stay_as_typed(session: Session) -> None:
    name = '=HYPERLINK("http://x")<script>alert(1)</script>'
    partner = services.add_partner(session, ACTOR, PersonFacts(given_name=name))
    session.expire_all()
    assert partner.name == name


def test_an_unknown_number_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        services.get_partner(session, 12345)


def test_each_changed_field_becomes_history(session: Session) -> None:
    partner = services.add_partner(session, ACTOR, somsri(session))
    facts = somsri(session, surname="ใจดี", phones=(PhoneNumber("021234567", "12"),))
    services.change_partner(session, ACTOR, partner, facts, seen=seen(partner))
    changes = list_changes(session, services.HISTORY, partner.id)
    assert {(change.field, change.old, change.new, change.actor) for change in changes} == {
        ("added", None, "นางสมศรี แก้วมณี", "ผู้ทดสอบ"),
        ("surname", "แก้วมณี", "ใจดี", "ผู้ทดสอบ"),
        ("phones", "081-000-9999", "02-123-4567 ต่อ 12", "ผู้ทดสอบ"),
    }


@pytest.mark.parametrize("change", ["regions", "line_name", "phones"])
def test_the_version_rises_with_every_change(session: Session, change: str) -> None:
    partner = services.add_partner(session, ACTOR, somsri(session))
    before = partner.version
    values = {"regions": (region(session, "north"),), "line_name": "ศรี", "phones": ()}
    services.change_partner(session, ACTOR, partner, somsri(session, **{change: values[change]}), seen=seen(partner))
    session.expire_all()
    assert partner.version == before + 1


def test_saving_nothing_new_changes_nothing(session: Session) -> None:
    partner = services.add_partner(session, ACTOR, somsri(session))
    before = partner.version
    assert services.change_partner(session, ACTOR, partner, somsri(session), seen="") is False
    assert partner.version == before


def test_a_stale_save_is_refused_with_both_texts(session: Session) -> None:
    partner = services.add_partner(session, ACTOR, somsri(session))
    before = seen(partner)
    services.change_partner(session, ACTOR, partner, somsri(session, post="ประธาน"), seen=before)
    with pytest.raises(Stale) as refusal:
        services.change_partner(session, ACTOR, partner, somsri(session, post="เลขานุการ"), seen=before)
    assert (refusal.value.theirs, refusal.value.yours) == ({"post": "ประธาน"}, {"post": "เลขานุการ"})


def test_an_organisation_keeps_its_former_names_and_is_found_by_them(session: Session) -> None:
    former = FormerName("กรมเก่า", "กก.", date(2000, 1, 1), date(2002, 10, 2))
    facts = OrganisationFacts(name="กรมใหม่", short_name="กม.", former_names=(former,))
    partner = services.add_partner(session, ACTOR, facts)
    session.expire_all()
    assert isinstance(partner, Organisation)
    assert facts_of(partner) == facts
    assert {name.full_name for name in partner.names} == {"กรมเก่า", "กรมใหม่"}
    assert "กรมเก่า" in partner.search_text


def test_a_renamed_organisation_keeps_one_row_for_its_present_name(session: Session) -> None:
    partner = services.add_partner(session, ACTOR, OrganisationFacts(name="กรมการ", short_name="กก."))
    renamed = OrganisationFacts(name="กรมการใหม่", former_names=(FormerName("กรมการ", "กก."),))
    services.change_partner(session, ACTOR, partner, renamed, seen=seen(partner))
    session.expire_all()
    assert isinstance(partner, Organisation)
    assert [(name.full_name, name.short_name) for name in partner.names] == [("กรมการใหม่", None), ("กรมการ", "กก.")]


def duplicates(session: Session, facts: PersonFacts | OrganisationFacts, sight: Sight = EVERYTHING) -> list[str]:
    return [found.shown_name("th") for found, _why in find_possible_duplicates(session, sight, facts)]


def test_the_same_name_with_the_same_last_digits_is_pointed_out(session: Session) -> None:
    services.add_partner(session, ACTOR, somsri(session))
    assert duplicates(session, somsri(session, honorific="น.ส.", phones=(PhoneNumber("0999999999"),))) == [
        "นางสมศรี แก้วมณี"
    ]


def test_the_same_name_with_other_digits_is_somebody_else(session: Session) -> None:
    services.add_partner(session, ACTOR, somsri(session))
    assert duplicates(session, somsri(session, phones=(PhoneNumber("0810001111"),))) == []


def test_a_possible_duplicate_out_of_sight_is_not_revealed(session: Session) -> None:
    services.add_partner(session, ACTOR, somsri(session, regions=(region(session, "north"),)))
    south = Sight(region_ids=frozenset({region(session, "south").id}))
    assert duplicates(session, somsri(session), south) == []


def test_a_person_is_no_duplicate_of_an_organisation(session: Session) -> None:
    services.add_partner(session, ACTOR, OrganisationFacts(name="สมศรี แก้วมณี"))
    assert duplicates(session, somsri(session)) == []


def test_a_changed_record_is_no_duplicate_of_itself(session: Session) -> None:
    partner = services.add_partner(session, ACTOR, somsri(session))
    assert find_possible_duplicates(session, EVERYTHING, somsri(session), besides=partner.id) == []


def test_names_are_kept_in_thai_order_on_every_database(session: Session) -> None:
    for name in ("เอก", "กลม", "แก้ว", "ขาว", "ก๋ง", "กง"):
        services.add_partner(session, ACTOR, PersonFacts(given_name=name))
    ordered = session.scalars(select(Partner.name).order_by(Partner.sort_key, Partner.id))
    assert list(ordered) == ["กง", "ก๋ง", "กลม", "แก้ว", "ขาว", "เอก"]
