"""The box that leads to a person, and the filters of the list."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Invitation
from forumplanner.partners import services
from forumplanner.partners.addresses import Asked
from forumplanner.partners.facts import OrganisationFacts, PersonFacts
from forumplanner.partners.models import Organisation, Partner, PartnerKind
from forumplanner.partners.particulars import FinanceKind, Level
from forumplanner.partners.parts import MembershipFact
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, Without, list_partners
from forumplanner.places.gazetteer import find_place
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
ACTOR = Actor(None, "ผู้ทดสอบ")


@pytest.fixture
def coordinator(client: PageClient) -> PageClient:
    return client.sign_in_as("coordinator")


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def listed(page: Page) -> list[str]:
    """The names of the list, in its order."""
    return [text_of(next(head.iter("a"))) for head in page.root.iter("th") if head.get("scope") == "row"]


@pytest.mark.parametrize("typed", ["ใจดี", "081-000-0003", "๐๘๑ ๐๐๐ ๐๐๐๓", "สมชาย สงขลา"])
def test_whoever_alone_is_meant_is_opened_at_once(coordinator: PageClient, app: Flask, typed: str) -> None:
    with app.app_context():
        somchai = db.session.scalars(select(Partner).where(Partner.name == "สมชาย ใจดี")).one()
        number, phone = somchai.id, somchai.phones[0].number
    typed = typed.replace("081-000-0003", phone).replace("๐๘๑ ๐๐๐ ๐๐๐๓", f"{phone[:3]}-{phone[3:]}")
    answer = coordinator.get(f"/partners/find?q={typed}", 302)
    assert answer.response.headers["Location"] == f"/partners/{number}"


def test_where_several_are_meant_or_nobody_the_list_is_opened(coordinator: PageClient) -> None:
    for typed in ("สำนักงาน", "ไม่มีใครชื่อนี้"):
        answer = coordinator.get(f"/partners/find?q={typed}", 302)
        boxes = coordinator.get(answer.response.headers["Location"]).root.iter("input")
        assert [box.get("value") for box in boxes if box.get("name") == "q"] == [typed]
    assert coordinator.get("/partners/find", 302).response.headers["Location"] == "/partners"


def test_while_typing_names_come_with_who_they_are_and_nobody_out_of_sight(coordinator: PageClient) -> None:
    found = coordinator.http.get("/partners/found.json?q=สม").get_json()
    assert [(entry["name"], entry["about"]) for entry in found if "สมชาย" in entry["name"]] == [
        ("นายสมชาย ใจดี", "ประธานเครือข่ายกลุ่มออมทรัพย์, เครือข่ายกลุ่มออมทรัพย์จังหวัดสงขลา, สงขลา")
    ]
    assert coordinator.http.get("/partners/found.json?q=ส").get_json() == []
    assert coordinator.http.get("/partners/found.json?q=ประเสริฐ").get_json() == []  # of Bangkok


def test_the_box_is_on_every_page_of_those_who_may_look(client: PageClient) -> None:
    def boxes(path: str) -> int:
        return sum(1 for form in client.get(path).root.iter("form") if form.get("action") == "/partners/find")

    assert boxes("/") == 0
    client.sign_in_as("coordinator")
    assert [boxes(path) for path in ("/", "/rounds", "/partners", "/rounds/2550-1/south")] == [1, 1, 0, 1]


FITTING = {
    "answered=never-answered": lambda partner, invited, answered: partner.id in invited - answered,
    "answered=never-invited": lambda partner, invited, answered: partner.id not in invited,
    "answered=invited&kind=organisation": lambda partner, invited, _: (
        partner.id in invited and partner.kind == PartnerKind.ORGANISATION
    ),
    "without=email": lambda partner, *_: partner.email is None,
    "without=phone&kind=person": lambda partner, *_: not partner.phones and partner.kind == PartnerKind.PERSON,
    "province=90": lambda partner, *_: partner.province_code == "90",
    "province=90&q=สมชาย": lambda partner, *_: partner.province_code == "90" and "สมชาย" in partner.name,
    "level=nonsense&province=1&of_kind=99999&network=-1&without=x&answered=y": lambda *_: True,
}


@pytest.mark.parametrize("asked", FITTING)
def test_filters_narrow_together_and_stay_in_the_form(organiser: PageClient, app: Flask, asked: str) -> None:
    with app.app_context():
        invited = set(db.session.scalars(select(Invitation.partner_id).where(Invitation.revoked_at.is_(None))))
        answered = set(db.session.scalars(select(Invitation.partner_id).where(Invitation.answer.is_not(None))))
        partners = db.session.scalars(select(Partner).order_by(Partner.sort_key, Partner.id))
        fitting = [partner.shown_name("th") for partner in partners if FITTING[asked](partner, invited, answered)]
    page = organiser.get(f"/partners?{asked}")
    assert listed(page) == fitting
    (folded,) = (node for node in page.root.iter("details") if "more" in (node.get("class") or ""))
    assert (folded.get("open") is not None) == ("nonsense" not in asked)


def test_organisations_are_found_by_level_kind_and_network(session: Session) -> None:
    kind = session.scalars(select(FinanceKind).order_by(FinanceKind.list_order)).first()
    network = services.add_partner(session, ACTOR, OrganisationFacts(name="เครือข่าย ก", level=Level.DISTRICT))
    assert isinstance(network, Organisation)
    facts = OrganisationFacts(name="กลุ่ม ข", finance_kind=kind, networks=(MembershipFact(network.id, network.name),))
    group = services.add_partner(session, ACTOR, facts)
    services.add_partner(session, ACTOR, PersonFacts(given_name="คำ", place=find_place("900101")))
    assert kind is not None
    nothing = PartnerFilter()
    found = {
        name: [partner.name for partner in list_partners(session, Sight(everything=True), wanted).partners]
        for name, wanted in {
            "level": replace(nothing, level=Level.DISTRICT),
            "kind": replace(nothing, finance_kind_id=kind.id),
            "network": replace(nothing, network_id=network.id),
            "place": replace(nothing, place_code="9001"),
            "unreachable": replace(nothing, network_id=network.id, without=Without.PHONE),
        }.items()
    }
    names = {"level": [network.name], "kind": [group.name], "network": [group.name], "unreachable": [group.name]}
    assert found == names | {"place": ["คำ"]}
    assert services.list_networks(session) == [network]


def test_links_to_other_pages_carry_every_filter(app: Flask) -> None:
    asked = Asked(*(f"a{number}" for number in range(10)), page=1)
    with app.test_request_context():
        address = asked.address(page=2)
    assert {part.split("=")[1] for part in address.split("?")[1].split("&")} == {f"a{n}" for n in range(10)} | {"2"}
