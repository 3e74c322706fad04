"""Holidays kept by hand: withdrawn ones, those of one region, those of coming years."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, NotFound
from forumplanner.history.services import Actor, list_changes
from forumplanner.places.services import get_region
from forumplanner.rounds.added_holidays import add_holiday, added_holidays, remove_holiday, withdraw_holiday
from forumplanner.rounds.calendar_days import date_warnings, public_holidays
from tests.pages import PageClient

SOMEBODY = Actor(None, "somebody")
CHAKRI = date(2007, 4, 6)


def test_a_withdrawn_holiday_is_none_until_it_is_taken_back(session: Session) -> None:
    row = withdraw_holiday(session, CHAKRI, SOMEBODY)
    extra = added_holidays(session, CHAKRI, CHAKRI)
    assert public_holidays(CHAKRI, CHAKRI, extra) == []
    assert date_warnings(CHAKRI, CHAKRI, extra) == []
    with pytest.raises(Conflict):
        withdraw_holiday(session, CHAKRI, SOMEBODY)
    with pytest.raises(NotFound):
        withdraw_holiday(session, date(2007, 4, 3), SOMEBODY)
    number = row.id
    remove_holiday(session, number, SOMEBODY)
    assert len(public_holidays(CHAKRI, CHAKRI, added_holidays(session, CHAKRI, CHAKRI))) == 1
    assert [item.actor for item in list_changes(session, "holiday", number)] == ["somebody", "somebody"]


def test_a_holiday_of_one_region_warns_there_alone(session: Session) -> None:
    south, north = get_region(session, "south"), get_region(session, "north")
    day = date(2008, 2, 5)
    add_holiday(session, day, "วันหยุดภาคใต้", "", SOMEBODY, region=south)
    extra = added_holidays(session, day, day)
    assert [len(date_warnings(day, day, extra, region_id=found)) for found in (south.id, north.id, None)] == [1, 0, 0]
    # Another region's, and the country's, stand beside it.
    add_holiday(session, day, "วันหยุดภาคเหนือ", "", SOMEBODY, region=north)
    add_holiday(session, day, "วันหยุดทั้งประเทศ", "", SOMEBODY)
    extra = added_holidays(session, day, day)
    names = [public_holidays(day, day, extra, region_id=found)[0].name_th for found in (south.id, None)]
    assert names == ["วันหยุดภาคใต้", "วันหยุดทั้งประเทศ"]
    with pytest.raises(Conflict):
        add_holiday(session, day, "อีกครั้ง", "", SOMEBODY, region=south)


def test_a_region_of_its_own_may_keep_a_day_that_was_withdrawn(session: Session) -> None:
    south = get_region(session, "south")
    withdraw_holiday(session, CHAKRI, SOMEBODY)
    add_holiday(session, CHAKRI, "ภาคใต้หยุด", "", SOMEBODY, region=south)
    extra = added_holidays(session, CHAKRI, CHAKRI)
    found = [[day.name_th for day in public_holidays(CHAKRI, CHAKRI, extra, region_id=key)] for key in (south.id, None)]
    assert found == [["ภาคใต้หยุด"], []]


def test_coming_years_are_listed_and_a_day_is_withdrawn_on_a_page(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get("/holidays?year=2008")
    assert "วันจันทร์ที่ 7 เมษายน 2551" in page.text
    assert "2554" in page.links()
    withdrawn = client.submit("/holidays/withdraw/2007-04-06", {}, form=1, follow=True)
    assert "วันหยุดที่ยกเลิกแล้ว" in withdrawn.text
    back = client.submit(withdrawn, {}, form="/remove", follow=True)
    assert "วันหยุดที่ยกเลิกแล้ว" not in back.text
    client.get("/holidays/withdraw/never", status=404)


def test_the_board_of_a_region_names_its_own_holiday(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = client.get("/holidays")
    typed = {"on": "8 มี.ค. 2550", "name_th": "วันหยุดภาคตะวันตก", "region": "west"}
    check = client.submit(page, typed, form=1, status=200)
    client.submit(check, {}, form=1, follow=True)
    assert "วันหยุดภาคตะวันตก" in client.get("/rounds/2550-1/west").text
    with sample.app_context():
        extra = added_holidays(db.session(), date(2007, 3, 1), date(2007, 3, 31))
        assert [day.region_id for day in extra] == [get_region(db.session(), "west").id]
