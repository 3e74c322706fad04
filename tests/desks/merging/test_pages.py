"""Merging as coordinators do it: from the list, side by side, and what links lead to afterwards."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Invitation
from forumplanner.invitations.services import reply_link
from forumplanner.partners import services
from forumplanner.partners.facts import OrganisationFacts, PersonFacts
from forumplanner.partners.links import personal_feed_url
from forumplanner.places.gazetteer import find_place
from forumplanner.places.models import Region
from forumplanner.rounds.models import Meeting
from tests.counting import counted
from tests.pages import Page, PageClient

ACTOR = Actor(None, "ผู้บันทึก")
PHONE = PhoneNumber("0829990001")


@pytest.fixture
def organiser(client: PageClient, sample: Flask) -> PageClient:
    return client.sign_in_as("organiser")


def add(app: Flask, kind: type[PersonFacts] | type[OrganisationFacts] = PersonFacts, **facts: Any) -> int:
    """The number of a new partner of the South."""
    with app.app_context():
        south = tuple(db.session.scalars(select(Region).where(Region.slug == "south")))
        found = services.add_partner(db.session(), ACTOR, kind(**{"regions": south, "phones": (PHONE,)} | facts))
        db.session.commit()
        return found.id


def add_pair(app: Flask, **more: Any) -> tuple[int, int]:
    one = add(app, given_name="สมจิต", surname="ทองแท้", place=find_place("90"))
    facts = {"given_name": "สมจิตร", "surname": "ทองแท้", "place": find_place("9011"), "post": "ประธาน"}
    return one, add(app, **facts | more)


def invite(app: Flask, partner_id: int, meeting: int = 0) -> str:
    """The link of an invitation to that one of the sample's meetings."""
    with app.app_context():
        meetings = db.session.scalars(select(Meeting).order_by(Meeting.id)).all()
        found = Invitation(meeting_id=meetings[meeting].id, partner_id=partner_id)
        db.session.add(found)
        db.session.commit()
        return reply_link(app.config["SETTINGS"], found)


def feed(app: Flask, partner_id: int) -> str:
    return "/" + personal_feed_url(app.config["SETTINGS"], partner_id).split("/", 3)[3]


def merge(client: PageClient, one: int, other: int, values: dict[str, str] | None = None) -> Page:
    return client.submit(f"/partners/{one}/merge/{other}", values or {}, form="/merge/", follow=True)


def test_from_the_list_side_by_side_to_one_and_back(organiser: PageClient, sample: Flask) -> None:
    one, other = add_pair(sample)
    listed = organiser.get("/partners")
    assert "/partners/duplicates" in listed.links().values()
    page = organiser.get("/partners/duplicates")
    assert "หมายเลขโทรศัพท์เดียวกัน" in page.text
    assert f"/partners/{one}/merge/{other}" in page.links().values()
    kept = merge(organiser, one, other, {"given_name": "other"})
    assert kept.heading == "สมจิตร ทองแท้"
    assert ["ประธาน" in kept.text, "หาดใหญ่" in kept.text, "รวมกับ" in kept.text] == [True, True, True]
    led = organiser.http.get(f"/partners/{other}")
    assert (led.status_code, led.headers["Location"]) == (302, f"/partners/{one}")
    apart = organiser.submit(kept, {}, form="unmerge", follow=True)
    assert apart.heading == "สมจิต ทองแท้"
    assert organiser.get(f"/partners/{other}").heading == "สมจิตร ทองแท้"


def test_every_link_that_was_handed_out_goes_on_working(organiser: PageClient, sample: Flask) -> None:
    one, other = add_pair(sample)
    links = [invite(sample, number, meeting) for number in (one, other) for meeting in (0, 1)]
    links.append(invite(sample, other, 2))
    feeds = [feed(sample, number) for number in (one, other)]
    expected = [organiser.http.get(address).status_code for address in (*feeds, *(f"/reply/{link}" for link in links))]
    assert set(expected) == {200}
    merge(organiser, one, other)
    found = [organiser.http.get(address).status_code for address in (*feeds, *(f"/reply/{link}" for link in links))]
    assert found == expected
    calendars = [organiser.http.get(address).get_data() for address in feeds]
    assert (calendars[0].count(b"BEGIN:VEVENT") > 0, calendars[0]) == (True, calendars[1])
    with sample.app_context():
        assert {each.partner_id for each in db.session.scalars(select(Invitation))} & {other} == set()


def test_a_renewed_address_ends_the_other_one_too(organiser: PageClient, sample: Flask) -> None:
    one, other = add_pair(sample)
    old = feed(sample, other)
    merge(organiser, one, other)
    page = organiser.get(old.rpartition("/")[0] + "/")
    assert organiser.http.get(old).status_code == 200
    organiser.submit(page, {}, form="renew", status=303)
    assert organiser.http.get(old).status_code == 404


def test_two_who_merge_at_once_are_told(organiser: PageClient, sample: Flask) -> None:
    one, other = add_pair(sample)
    late = organiser.get(f"/partners/{one}/merge/{other}")
    merge(organiser, one, other)
    page = organiser.submit(late, {}, form="/merge/", follow=True)
    assert (page.heading, "รวมสองรายนี้แล้ว" in page.text) == ("สมจิตร ทองแท้", True)


def test_what_was_changed_since_the_page_opened_is_looked_at_again(organiser: PageClient, sample: Flask) -> None:
    one, other = add_pair(sample)
    late = organiser.get(f"/partners/{one}/merge/{other}")
    organiser.submit(f"/partners/{other}/edit", {"post": "เลขานุการ"}, form=-1)
    page = organiser.submit(late, {}, form="/merge/", status=409)
    assert ["ยังไม่ได้รวม" in error for error in page.errors()] == [True]
    assert organiser.submit(page, {}, form="/merge/", follow=True).heading == "สมจิตร ทองแท้"


def test_what_stands_in_the_way_is_said_with_the_meeting(organiser: PageClient, sample: Flask) -> None:
    person, organisation = add(sample, given_name="บ้านนา"), add(sample, OrganisationFacts, name="บ้านนา")
    page = organiser.get(f"/partners/{person}/merge/{organisation}")
    assert "รวมกันไม่ได้" in page.text
    assert organiser.get(f"/partners/{person}/merge/{person}").text.count("รวมกันไม่ได้") == 1


def test_not_the_same_is_remembered_and_taken_back(organiser: PageClient, sample: Flask) -> None:
    one, other = add_pair(sample)
    page = organiser.submit("/partners/duplicates", {}, form="not-same", follow=True)
    assert f"/partners/{one}/merge/{other}" not in page.links().values()
    apart = organiser.get("/partners/duplicates/apart")
    assert "สมจิต ทองแท้" in apart.text
    organiser.submit(apart, {}, form="maybe-same", follow=True)
    assert f"/partners/{one}/merge/{other}" in organiser.get("/partners/duplicates").links().values()


def test_who_keeps_another_region_neither_sees_nor_merges(client: PageClient, sample: Flask) -> None:
    with sample.app_context():
        north = tuple(db.session.scalars(select(Region).where(Region.slug == "north")))
    one, other = add_pair(sample, regions=north)
    coordinator = client.sign_in_as("coordinator")
    assert f"/partners/{one}/merge/{other}" not in coordinator.get("/partners/duplicates").links().values()
    coordinator.get(f"/partners/{one}/merge/{other}", status=403)


def test_the_list_asks_as_often_for_many_pairs_as_for_one(organiser: PageClient, sample: Flask) -> None:
    counts = []
    for many in (1, 15):
        for number in range(many):
            add_pair(sample, given_name="สมจิต", phones=(PhoneNumber(f"08299900{number:02}"),))
        organiser.get("/partners/duplicates")
        with counted(sample) as asked:
            organiser.get("/partners/duplicates")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_while_somebody_is_typed_who_may_be_the_same_is_told(organiser: PageClient, sample: Flask) -> None:
    one, _other = add_pair(sample)
    asked = {"kind": "person", "name": "นายสมจิต ทองแท้", "phones": "082-999-0001"}
    found = organiser.http.get("/partners/alike.json", query_string=asked).get_json()
    assert [row["href"] for row in found][:1] == [f"/partners/{one}"]
    assert "0829990001" not in str(found).replace("-", "")
    typed = {"full_name": asked["name"], "phones": asked["phones"]}
    page = organiser.submit("/partners/new/person", typed, form=-1, status=409)
    assert "บันทึกเป็นคนใหม่" in page.text
