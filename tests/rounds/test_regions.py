from datetime import date

import click
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, db, find_mark
from forumplanner.core.errors import Conflict, Invalid, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.desks.region_map import PLACES
from forumplanner.history.services import Actor, list_changes
from forumplanner.places.models import Province, Region
from forumplanner.places.rules import bare_region_name, region_slug
from forumplanner.places.services import get_region, list_provinces, list_regions
from forumplanner.rounds.added_holidays import withdraw_holiday
from forumplanner.rounds.models import Body, Meeting, MeetingKind
from forumplanner.rounds.planning import MeetingPlan, add_meeting
from forumplanner.rounds.regions import (
    RegionNames,
    add_region,
    list_taking_part,
    mapping_of,
    move_provinces,
    rename_region,
    retire_region,
    revive_region,
    set_taking_part,
    shown_of_provinces,
    shown_of_region,
    shown_of_taking_part,
)
from forumplanner.rounds.rules import RESERVED_SLUGS
from forumplanner.rounds.services import get_round, meeting_title
from tests.counting import count_rows
from tests.pages import PageClient, text_of
from tests.rounds.test_planning import make_round

SOMEBODY = Actor(None, "somebody")


def test_a_new_region_comes_last_with_its_body_and_who_made_it(session: Session) -> None:
    region = add_region(session, RegionNames("ภาคกลางตอนล่าง", "Lower Central"), SOMEBODY)
    session.commit()
    assert (region.slug, region.name_th, region.list_order) == ("lower-central", "กลางตอนล่าง", 8)
    body = session.scalars(select(Body).where(Body.region_id == region.id)).one()
    assert (body.slug, body.name_th, body.name_en) == (
        "lower-central",
        "ประชุมวงภาคกลางตอนล่าง",
        "Regional forum: Lower Central",
    )
    assert [(item.actor, item.new) for item in list_changes(session, "region", region.id)][-1] == (
        "somebody",
        "กลางตอนล่าง",
    )


@pytest.mark.parametrize(("thai", "english"), [("ใต้", "Far South"), ("ภาคใต้", ""), ("ชายแดนใต้", "south")])
def test_no_two_regions_have_one_name(session: Session, thai: str, english: str) -> None:
    with pytest.raises(Conflict, match="There is a region"):
        add_region(session, RegionNames(thai, english), SOMEBODY)


@pytest.mark.parametrize(
    ("name", "bare"), [("ภาคใต้", "ใต้"), ("ภาค กทม.", "กทม."), ("ใต้", "ใต้"), ("ภาค", "ภาค"), ("ภาคี", "ภาคี")]
)
def test_the_word_for_region_is_no_part_of_its_name(name: str, bare: str) -> None:
    assert bare_region_name(name) == bare


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("lower-central", "lower-central"),
        ("", "region-8"),
        ("national", "national-2"),
        ("edit", "edit-2"),
        ("2551", "region-2551"),
        ("a" * 60, "a" * 36),
    ],
)
def test_a_slug_is_free_and_can_be_part_of_an_address(words: str, slug: str) -> None:
    assert region_slug(words, 8, RESERVED_SLUGS) == slug


def test_no_page_below_a_round_has_an_address_that_a_meeting_may_take(app: Flask) -> None:
    words = {
        rule.rule.split("/")[3]
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/rounds/<code>/") and not rule.rule.split("/")[3].startswith("<")
    }
    assert {word for word in words if "." not in word} <= RESERVED_SLUGS


def test_after_a_rename_titles_bodies_and_calendars_follow_and_addresses_stay(sample: Flask, session: Session) -> None:
    region = get_region(session, "northeast")
    meeting = session.scalars(select(Meeting).where(Meeting.slug == "northeast")).one()
    mark, sequence, changed = find_mark(session, CALENDAR), meeting.sequence, meeting.changed_at
    assert mark is not None
    number = mark.number
    seen = make_stamp(shown_of_region(region))
    rename_region(session, region, RegionNames("ตะวันออกเฉียงเหนือ", "Northeast"), SOMEBODY, seen=seen)
    session.commit()
    session.expire_all()
    assert (region.slug, meeting.slug) == ("northeast", "northeast")
    assert meeting_title(meeting, "th") == "ประชุมวงภาคตะวันออกเฉียงเหนือ"
    assert (meeting.body.name_th, meeting.body.name_en) == (
        "ประชุมวงภาคตะวันออกเฉียงเหนือ",
        "Regional forum: Northeast",
    )
    assert (meeting.sequence, meeting.changed_at > changed) == (sequence, True)
    after = find_mark(session, CALENDAR)
    assert after is not None
    assert after.number > number
    found = {(item.field, item.old, item.new) for item in list_changes(session, "region", region.id)}
    assert ("name_th", "อีสาน", "ตะวันออกเฉียงเหนือ") in found


def test_a_rename_by_two_at_once_is_refused_with_both_names(session: Session) -> None:
    region = get_region(session, "south")
    seen = make_stamp(shown_of_region(region))
    rename_region(session, region, RegionNames("ใต้บน", "Upper South"), SOMEBODY, seen=seen)
    with pytest.raises(Stale) as refused:
        rename_region(session, region, RegionNames("ใต้ล่าง", "Lower South"), SOMEBODY, seen=seen)
    assert refused.value.theirs == {"name_th": "ใต้บน", "name_en": "Upper South"}


def test_a_retired_region_is_offered_no_more_and_stays_in_its_round(sample: Flask, session: Session) -> None:
    region = get_region(session, "east")
    retire_region(session, region, SOMEBODY)
    session.commit()
    assert region not in list_regions(session, retired=False)
    old = get_round(session, "2550-1")
    assert region in [part.region for part in list_taking_part(session, old)]
    new = make_round(session)
    assert region not in [part.region for part in list_taking_part(session, new)]
    day = date(2008, 2, 1)
    with pytest.raises(Conflict, match="This region is retired"):
        add_meeting(session, new, MeetingPlan(MeetingKind.REGIONAL, day, day, region), SOMEBODY, host="x.example")
    with pytest.raises(Conflict, match="retired already"):
        retire_region(session, region, SOMEBODY)
    revive_region(session, region, SOMEBODY)
    assert region in list_regions(session, retired=False)


def test_the_only_region_cannot_be_retired(session: Session) -> None:
    first, *others = list_regions(session)
    for region in others:
        retire_region(session, region, SOMEBODY)
    with pytest.raises(Conflict, match="only region"):
        retire_region(session, first, SOMEBODY)


def test_a_region_that_has_no_body_gets_one_with_its_first_meeting(session: Session) -> None:
    region = Region(slug="eighth", name_th="ที่แปด", name_en="Eighth", list_order=8)
    session.add(region)
    session.flush()
    day = date(2008, 2, 1)
    plan = MeetingPlan(MeetingKind.REGIONAL, day, day, region)
    meeting = add_meeting(session, make_round(session), plan, SOMEBODY, host="x.example")
    assert (meeting.body.region_id, meeting.body.name_th) == (region.id, "ประชุมวงภาคที่แปด")


def test_a_region_that_is_given_a_forum_takes_part_from_then_on(session: Session) -> None:
    found = make_round(session)
    region = add_region(session, RegionNames("ใหม่", "New land"), SOMEBODY)
    assert region not in [part.region for part in list_taking_part(session, found)]
    day = date(2008, 2, 1)
    add_meeting(session, found, MeetingPlan(MeetingKind.REGIONAL, day, day, region), SOMEBODY, host="x.example")
    assert region in [part.region for part in list_taking_part(session, found)]


def test_a_region_with_a_forum_stays_in_its_round(sample: Flask, session: Session) -> None:
    found = get_round(session, "2550-1")
    seen = make_stamp(shown_of_taking_part(part.region for part in list_taking_part(session, found)))
    with pytest.raises(Conflict, match="has a forum in this round"):
        set_taking_part(session, found, [get_region(session, "south")], SOMEBODY, seen=seen)
    with pytest.raises(Invalid, match="at least one region"):
        set_taking_part(session, found, [], SOMEBODY, seen=seen)


def stamp_of_all(session: Session) -> str:
    """What a form about all provinces would carry now."""
    return make_stamp(shown_of_provinces(list_provinces(session), list_regions(session)))


def test_provinces_move_and_are_confirmed_with_who_and_when(session: Session) -> None:
    seen, west, north = stamp_of_all(session), get_region(session, "west"), get_region(session, "north")
    assert [item.code for item in move_provinces(session, ["73"], west, SOMEBODY, seen=seen)] == ["73"]
    assert move_provinces(session, ["60"], north, SOMEBODY, seen=seen, confirm=False) == []
    assert [item.code for item in move_provinces(session, ["60"], north, SOMEBODY, seen=seen)] == ["60"]
    session.commit()
    nakhon_pathom = session.get_one(Province, "73")
    assert (nakhon_pathom.region_id, nakhon_pathom.please_check) == (west.id, False)
    came = [(item.field, item.old, item.new) for item in list_changes(session, "region", west.id)]
    assert came == [("provinces", None, "นครปฐม")]
    went = list_changes(session, "region", get_region(session, "bangkok").id)
    assert [(item.field, item.old, item.new, item.actor) for item in went] == [
        ("provinces", "นครปฐม", None, "somebody")
    ]
    confirmed = list_changes(session, "region", north.id)
    assert [(item.field, item.new) for item in confirmed] == [("confirmed", "นครสวรรค์")]


def test_what_somebody_moved_meanwhile_is_not_moved_again_unseen(session: Session) -> None:
    seen = stamp_of_all(session)
    west, east = get_region(session, "west"), get_region(session, "east")
    move_provinces(session, ["73"], west, SOMEBODY, seen=seen)
    with pytest.raises(Stale) as refused:
        move_provinces(session, ["73", "62"], east, SOMEBODY, seen=seen)
    assert refused.value.theirs["73"] == "west"
    # Others are no matter of that form.
    move_provinces(session, ["62"], west, SOMEBODY, seen=seen)
    assert {session.get_one(Province, code).region_id for code in ("73", "62")} == {west.id}


def test_rounds_that_are_over_keep_the_provinces_their_regions_had(sample: Flask, session: Session) -> None:
    found, provinces = get_round(session, "2550-1"), list_provinces(session)
    before = sorted(mapping_of(list_taking_part(session, found), provinces))
    clock.move_today(date(2025, 1, 15))
    new = add_region(session, RegionNames("กลาง", "Central"), SOMEBODY)
    codes = [code for code, slug in before if slug == "west"]
    move_provinces(session, codes, new, SOMEBODY, seen=stamp_of_all(session))
    session.commit()
    after = sorted(mapping_of(list_taking_part(session, found), list_provinces(session)))
    assert after == before
    assert {slug for _code, slug in before} == set(PLACES)


def test_regions_are_kept_by_pages(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    assert "ภาคและจังหวัด" in client.get("/settings").links()
    page = client.submit("/settings/regions/new", {"name_th": "ภาคกลาง", "name_en": "Central"}, form=1, follow=True)
    assert page.heading == "ภาคกลาง"
    brought = client.submit(page, {"provinces": ["73", "70"]}, form="/provinces", follow=True)
    assert "ราชบุรี" in brought.text
    renamed = client.submit(brought, {"name_th": "กลางล่าง"}, form="/settings/regions/central", follow=True)
    assert renamed.heading == "ภาคกลางล่าง"
    retired = client.submit("/settings/regions/central/retire", {}, form=1, follow=True)
    assert "จังหวัดเหล่านี้ยังอยู่ในภาคที่เลิกใช้แล้ว" in retired.text
    client.submit("/settings/provinces/73", {"region": "west"}, form=1)
    with sample.app_context():
        region = get_region(db.session(), "central")
        who = {item.actor for item in list_changes(db.session(), "region", region.id)}
        assert (who, region.retired_at is not None) == ({"ส่วนกลาง (ตัวอย่าง)"}, True)
        assert db.session.get_one(Province, "73").region.slug == "west"


def test_what_is_to_be_confirmed_is_marked_on_every_list_until_somebody_did(sample: Flask, client: PageClient) -> None:
    organiser = client.sign_in_as("organiser")
    lists = ("/settings/regions", "/settings/provinces", "/settings/regions/north", "/settings/provinces/60")
    before = [organiser.get(path).text for path in lists]
    assert [text.count("รอตรวจสอบ") for text in before[1:3]] == [1 + 2 * 6, 2]
    assert "ยังไม่มีผู้แก้ไข" in before[3]
    organiser.submit("/settings/provinces/60", {"is_right": "y"}, form=1)
    after = [organiser.get(path).text for path in lists]
    assert [text.count("รอตรวจสอบ") for text in after[1:3]] == [1 + 2 * 5, 1]
    # Who and when, in the list and on its own page.
    assert after[1].count("ส่วนกลาง (ตัวอย่าง)") == before[1].count("ส่วนกลาง (ตัวอย่าง)") + 1
    assert "ภาคเหนือ" in after[3]
    assert "ยังไม่มีผู้แก้ไข" not in after[3]


def test_a_province_that_moved_says_where_to_and_by_whom(sample: Flask, client: PageClient) -> None:
    organiser = client.sign_in_as("organiser")
    organiser.submit("/settings/provinces/81", {"region": "west"}, form=1)
    [row] = [text_of(node) for node in organiser.get("/settings/provinces/81").root.iter("tr")][1:]
    assert "ส่วนกลาง (ตัวอย่าง)" in row
    assert row.endswith("ภาคตะวันตก")


def test_what_was_typed_stays_on_a_refused_form(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.submit("/settings/regions/new", {"name_th": "ใต้", "name_en": "Deep South"}, form=1, status=422)
    values = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert (values["name_th"], values["name_en"]) == ("ใต้", "Deep South")
    assert page.find_all("field-error")


def test_the_regions_of_a_round_are_chosen_on_a_page(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    with sample.app_context():
        make_round(db.session())
        db.session.commit()
    page = client.submit("/rounds/2551-1/regions", {"regions": ["north", "south"]}, form=1, follow=True)
    assert "กลางบน" not in page.text
    refused = client.submit("/rounds/2550-1/regions", {"regions": ["north"]}, form=1, status=409)
    assert refused.find_all("field-error")


@pytest.mark.both_databases
def test_the_migration_keeps_every_row_on_its_way_down_and_up(sample: Flask) -> None:
    with sample.app_context():
        before = count_rows(db.session.connection()).rows
        db.session.remove()
        downgrade(revision="0013")
        upgrade()
        assert count_rows(db.session.connection()).rows == before
        parts = list_taking_part(db.session(), get_round(db.session(), "2550-1"))
        assert [part.region.slug for part in parts] == [region.slug for region in list_regions(db.session())]
        withdraw_holiday(db.session(), date(2007, 4, 6), SOMEBODY)
        db.session.commit()
        db.session.remove()
        with pytest.raises(click.ClickException, match="Nothing was changed"):
            downgrade(revision="0013")
        assert count_rows(db.session.connection()).rows["added_holidays"] == 1
