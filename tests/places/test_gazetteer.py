"""Every place of Thailand by its code, and its names in addresses."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.places.gazetteer import Level, Place, find_place, places, places_in
from forumplanner.places.models import Province


def place(code: str) -> Place:
    found = find_place(code)
    assert found is not None
    return found


def test_the_whole_country_is_there() -> None:
    assert [sum(each.level == level for each in places().values()) for level in Level] == [77, 928, 7436]


def test_each_place_lies_in_the_one_that_its_code_begins_with() -> None:
    assert all([each.code for each in found.line] == _codes(found.code) for found in places().values())


def _codes(code: str) -> list[str]:
    return [code[:length] for length in (6, 4, 2) if length <= len(code)]


def test_what_lies_in_a_province() -> None:
    inside = places_in(place("90"))
    assert {found.province_code for found in inside} == {"90"}
    assert sum(found.level == Level.DISTRICT for found in inside) == 16
    assert places_in(place("901116")) == ()


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        ("901116", "ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา", "Ban Phru, Hat Yai, Songkhla"),
        ("9011", "อ.หาดใหญ่ จ.สงขลา", "Hat Yai, Songkhla"),
        ("90", "จ.สงขลา", "Songkhla"),
        ("104702", "แขวงบางนาเหนือ เขตบางนา กรุงเทพมหานคร", "Bang Na Nuea, Bang Na, Bangkok"),
        ("10", "กรุงเทพมหานคร", "Bangkok"),
    ],
)
def test_a_place_is_named_as_in_an_address(code: str, thai: str, english: str) -> None:
    assert (place(code).shown("th"), place(code).shown("en"), str(place(code))) == (thai, english, thai)


@pytest.mark.parametrize(("code", "found"), [("901199", "9011"), ("909999", "90"), ("999999", None), ("", None)])
def test_of_a_code_that_is_no_more_what_it_lay_in_is_known(code: str, found: str | None) -> None:
    there = find_place(code)
    assert (there.code if there else None) == found


@pytest.mark.both_databases
def test_the_provinces_of_the_database_are_called_as_the_places(session: Session) -> None:
    rows = {row.code: (row.name_th, row.name_en) for row in session.scalars(select(Province))}
    listed = {each.code: (each.name_th, each.name_en) for each in places().values() if each.level == Level.PROVINCE}
    assert rows == listed
