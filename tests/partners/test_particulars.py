"""What partners have several of: named notes, networks, welfare; people who stand under an organisation."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.errors import Invalid
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor, list_changes
from forumplanner.partners import services
from forumplanner.partners.facts import OrganisationFacts, PersonFacts, fact_texts, facts_of
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.partners.particulars import Level, Membership, PartnerNote, Welfare
from forumplanner.partners.parts import MembershipFact, NamedNote
from tests.pages import Page, PageClient, form_values, text_of

ACTOR = Actor(None, "ผู้ทดสอบ")


def changed(session: Session, partner: Partner, facts: PersonFacts | OrganisationFacts) -> bool:
    seen = make_stamp(fact_texts(facts_of(partner)))
    return services.change_partner(session, ACTOR, partner, facts, seen=seen)


@pytest.fixture
def network(session: Session) -> Organisation:
    found = services.add_partner(session, ACTOR, OrganisationFacts(name="เครือข่ายสัจจะ", short_name="คสจ."))
    assert isinstance(found, Organisation)
    return found


def test_an_organisations_particulars_are_kept_changed_and_told_in_history(
    session: Session, network: Organisation
) -> None:
    facts = OrganisationFacts(
        name="กลุ่มบ้านนา",
        level=Level.GROUP,
        welfare=(Welfare.BIRTH, Welfare.DEATH),
        networks=(MembershipFact(network.id, network.name),),
        notes=(NamedNote("สี", "เขียว"), NamedNote("ผู้แนะนำ", "ลุงดำ")),
    )
    group = services.add_partner(session, ACTOR, facts)
    session.expire_all()
    assert facts_of(group) == facts
    after = OrganisationFacts(
        name="กลุ่มบ้านนา", level=Level.SUBDISTRICT, welfare=(Welfare.DEATH,), notes=(NamedNote("ผู้แนะนำ", "ป้าแดง"),)
    )
    assert changed(session, group, after)
    session.expire_all()
    assert facts_of(group) == after
    assert not changed(session, group, after)
    assert session.scalars(select(Membership)).all() == []
    assert [note.name for note in session.scalars(select(PartnerNote))] == ["ผู้แนะนำ"]
    told = {change.field: (change.old, change.new) for change in list_changes(session, services.HISTORY, group.id)}
    assert told["networks"] == ("เครือข่ายสัจจะ", None)
    assert told["notes"] == ("สี: เขียว, ผู้แนะนำ: ลุงดำ", "ผู้แนะนำ: ป้าแดง")
    assert told["welfare"] == ("birth, death", "death")


@pytest.mark.parametrize("text", ["เครือข่ายสัจจะ", "คสจ."])
def test_a_person_stands_under_the_organisation_that_is_written_with_them(
    session: Session, network: Organisation, text: str
) -> None:
    person = services.add_partner(session, ACTOR, PersonFacts(given_name="มาลา", organisation_text=text))
    assert isinstance(person, Person)
    assert person.organisation is network
    assert "คสจ" in person.search_text
    changed(session, person, PersonFacts(given_name="มาลา", organisation_text="กลุ่มอื่น"))
    assert person.organisation is None


def test_whoever_was_there_before_their_organisation_stands_under_it_once_it_is_added(session: Session) -> None:
    person = services.add_partner(session, ACTOR, PersonFacts(given_name="มาลา", organisation_text="กลุ่มบ้านไร่"))
    other = services.add_partner(session, ACTOR, PersonFacts(given_name="ดำ", organisation_text="กลุ่มบ้านไร่ใหม่"))
    group = services.add_partner(session, ACTOR, OrganisationFacts(name="กลุ่มบ้านไร่", name_en="Ban Rai"))
    assert isinstance(person, Person)
    assert isinstance(other, Person)
    assert (person.organisation, other.organisation) == (group, None)
    assert changed(session, group, OrganisationFacts(name="กลุ่มบ้านไร่ใหม่"))
    assert (person.organisation, other.organisation) == (group, group)


def test_two_organisations_of_one_name_have_nobody_by_guessing(session: Session, network: Organisation) -> None:
    services.add_partner(session, ACTOR, OrganisationFacts(name="เครือข่ายสัจจะ"))
    person = services.add_partner(session, ACTOR, PersonFacts(given_name="มาลา", organisation_text="เครือข่ายสัจจะ"))
    assert isinstance(person, Person)
    assert person.organisation is None


@pytest.mark.parametrize("of_itself", [True, False])
def test_no_network_of_its_own_and_none_that_is_not_there(
    session: Session, network: Organisation, of_itself: bool
) -> None:
    number = network.id if of_itself else 2**31 - 1
    facts = OrganisationFacts(name="เครือข่ายสัจจะ", networks=(MembershipFact(number, "เครือข่ายสัจจะ"),))
    with pytest.raises(Invalid):
        changed(session, network, facts)
    assert facts_of(network).whole_name == "เครือข่ายสัจจะ"


@pytest.fixture
def coordinator(client: PageClient, sample: object) -> PageClient:
    return client.sign_in_as("coordinator")


def typed(page: Page, **more: str | None) -> dict[str, str | None]:
    return {**form_values([node for node in page.root.iter("form") if node.get("method") == "post"][-1]), **more}


def shown(page: Page) -> dict[str, str]:
    """What a partner's page says, by what it is called."""
    keys, values = page.root.iter("dt"), page.root.iter("dd")
    return {text_of(key): text_of(value) for key, value in zip(keys, values, strict=False)}


def test_a_new_person_is_asked_four_things_and_invited_from_there(coordinator: PageClient) -> None:
    page = coordinator.get("/partners/new/person")
    (folded,) = (node for node in page.root.iter("details") if "more" in (node.get("class") or ""))
    assert folded.get("open") is None
    inside = {node.get("name") for node in folded.iter() if node.get("name")}
    assert {"full_name", "phones", "organisation_text"} & inside == set()
    assert {"post", "email", "line_name", "languages", "notes-0-name"} <= inside
    more = {"full_name": "นางมาลี ดีใจ", "phones": "081-000-0777", "notes-0-name": "ขนาดเสื้อ", "notes-0-text": "XL"}
    led = coordinator.submit(page, {**more, "go": "invite"}, form=-1, status=302)
    choice = coordinator.get(led.response.headers["Location"])
    ways = [
        node.get("href") for node in choice.root.iter("a") if "invitations/add?partner=" in (node.get("href") or "")
    ]
    assert ways == []  # the South's forum is over on the sample's day
    assert "ไม่มีการประชุมที่เชิญได้" in choice.text
    partner = coordinator.get(led.response.headers["Location"].removesuffix("/invite"))
    assert shown(partner)["ขนาดเสื้อ"] == "XL"


def test_an_organiser_chooses_among_meetings_that_are_to_come(client: PageClient, sample: object) -> None:
    page = client.sign_in_as("organiser").get("/partners/10/invite")
    ways = [node.get("href") or "" for node in page.root.iter("a")]
    assert {way.split("/")[3] for way in ways if "invitations/add?partner=10" in way} == {
        "west",
        "east",
        "upper-central",
        "national",
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"notes-0-name": "สี"}, "กรุณากรอกข้อความของหมายเหตุ"),
        ({"notes-0-text": "เขียว"}, "กรุณาตั้งชื่อหมายเหตุนี้"),
        ({"networks-0-name": "เครือข่ายที่ไม่มี"}, "ไม่มีองค์กรชื่อนี้"),
        ({"networks-0-member_from": "2545"}, "กรุณากรอกชื่อเครือข่าย"),
        (
            {"networks-0-name": "พอช.", "networks-0-member_from": "2545", "networks-0-member_until": "2540"},
            "อยู่ก่อนวันแรก",
        ),
    ],
)
def test_half_a_row_is_refused_where_it_stands_and_unfolded(
    client: PageClient, sample: object, row: dict[str, str], said: str
) -> None:
    organiser = client.sign_in_as("organiser")
    page = organiser.get("/partners/new/organisation")
    page = organiser.submit(page, {"name": "กลุ่มใหม่", "sector": "community", **row}, form=-1, status=422)
    (folded,) = (node for node in page.root.iter("details") if "more" in (node.get("class") or ""))
    assert folded.get("open") is not None
    assert [said in text_of(node) for node in folded.iter("p") if node.get("class") == "field-error"] == [True]
    kept = typed(page)
    assert {name: kept[name] for name in row} == row


def test_a_networks_own_page_is_a_link_away_on_both_sides(client: PageClient, sample: object) -> None:
    organiser = client.sign_in_as("organiser")
    page = organiser.get("/partners/new/organisation")
    more = {"name": "กลุ่มใหม่", "sector": "community", "networks-0-name": "พอช.", "networks-0-member_from": "2545"}
    led = organiser.submit(page, {**more, "level": "group", "welfare": "birth"}, form=-1, status=302)
    page = organiser.get(led.response.headers["Location"])
    assert shown(page)["เครือข่ายที่สังกัด"] == "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน) (ตั้งแต่ 2545)"
    assert (shown(page)["ระดับ"], shown(page)["สวัสดิการที่จัดให้สมาชิก"]) == ("กลุ่ม", "เกิด")


def test_a_refusal_of_networks_is_said_on_the_form(client: PageClient, sample: object) -> None:
    organiser = client.sign_in_as("organiser")
    page = organiser.get("/partners/1/edit")
    page = organiser.submit(page, {"networks-0-name": "พอช."}, form=-1, status=422)
    assert "องค์กรสังกัดตนเองไม่ได้" in text_of(page.find_all("error-summary")[0])
