"""Who may be the same: the rule, and that looking for what two have in common passes over nobody whom it finds."""

import random
from itertools import combinations

import pytest

from forumplanner.partners.duplicates import finding
from forumplanner.partners.duplicates.alike import (
    Traits,
    Why,
    compare,
    name_of_people,
    organisation_traits,
    person_traits,
)
from forumplanner.partners.duplicates.finding import find_pairs

PHONE, OTHER_PHONE = "0810000001", "0899999999"


def person(name: str, phones: str = "", place: str = "", group: str = "", number: int = 1) -> Traits:
    return person_traits(number, name, phones.split(), None, place, group)


def organisation(name: str, phones: str = "", place: str = "", short: str = "", *former: str) -> Traits:
    return organisation_traits(1, (name, *former), (short,), phones.split(), None, place)


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ("นางสมศรี แก้วมณี", "น.ส. สมศรี  แก้วมณี", Why.NAME),
        ("สมศรี (แดง) แก้วมณี", "สมศรี แก้วมณี", Why.NAME),
        ("สมศรี แกวมณี", "สมศรี แก้วมณี", Why.SPELLING),
        ("สมสรี แก้วมนี", "สมศรี แก้วมณี", Why.SPELLING),
        ("สมศรีแก้วมณี", "สมศรี แก้วมณี", Why.SPELLING),
        ("อารี แก้วมณี", "อารีย์ แก้วมณี", Why.SPELLING),
        ("แก้วมณี สมศรี", "สมศรี แก้วมณี", Why.SWAPPED),
        ("สมศรี แก้วมุณี", "สมศรี แก้วมณี", Why.NEAR_NAME),
        ("สมขาย แก้วมณี", "สมชาย แก้วมณี", Why.NEAR_NAME),
        ("สมศรี ใจดี", "สมศรี แก้วมณี", Why.SURNAME),
        ("สมศรี", "สมศรี แก้วมณี", Why.SURNAME),
    ],
)
def test_names_that_go_with_one_telephone_number(one: str, other: str, named: Why) -> None:
    assert compare(person(one, PHONE), person(other, PHONE)) == (named, Why.PHONE)


@pytest.mark.parametrize("other", ["สมชาย แก้วมณี", "มานี แก้วมณี", "วิชิต แก้วมณี"])
def test_a_family_that_shares_a_telephone_is_several(other: str) -> None:
    assert compare(person("วิชัย แก้วมณี", PHONE), person(other, PHONE)) == ()


def test_a_namesake_in_another_province_with_another_telephone_is_none() -> None:
    assert compare(person("สมศรี แก้วมณี", PHONE, "9011"), person("สมศรี แก้วมณี", OTHER_PHONE, "50")) == ()


def test_a_name_goes_with_a_place_or_a_group() -> None:
    for place, other in (("90", "901101"), ("9011", "9011")):
        found = compare(person("สมศรี แก้วมณี", PHONE, place), person("สมศรี แก้วมณี", OTHER_PHONE, other))
        assert found == (Why.NAME, Why.PLACE)
    one = person("สมศรี แก้วมณี", PHONE, "", "กลุ่มออมทรัพย์บ้านนา")
    assert compare(one, person("สมศรี แก้วมณี", OTHER_PHONE, "", "กลุ่มออมทรัพย์ บ้านนา")) == (Why.NAME, Why.GROUP)


def test_where_nothing_is_known_the_whole_name_is_enough_and_the_given_name_is_not() -> None:
    assert compare(person("สมศรี แก้วมณี"), person("สมศรี แก้วมณี", PHONE)) == (Why.NAME, Why.NOTHING_APART)
    assert compare(person("สมศรี"), person("สมศรี", PHONE)) == ()


NA, NA_YAI = "กลุ่มออมทรัพย์บ้านนา", "กลุ่มออมทรัพย์บ้านนาใหญ่"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (organisation("องค์กรการเงิน บ้านนา", "", "901101"), organisation("องค์กรการเงินบ้านนา", "", "901101"), Why.NAME),
        (organisation("กรมใหม่", PHONE, "", "", "กรมเก่า"), organisation("กรมเก่า", PHONE), Why.FORMER_NAME),
        (organisation("สถาบันพัฒนาองค์กรชุมชน", short="พอช."), organisation("พอช"), Why.SHORT_NAME),
        (organisation(NA_YAI, "", "901101"), organisation(NA_YAI.rstrip("่"), "", "901101"), Why.NAME),
        (organisation(f"{NA}หนอง", "", "901101"), organisation(f"{NA}นอง", "", "901101"), Why.NEAR_NAME),
    ],
)
def test_organisations_by_each_of_their_names(one: Traits, other: Traits, why: Why) -> None:
    assert (compare(one, other)[0], compare(other, one)[0]) == (why, why)


def test_groups_of_one_name_in_two_places_and_of_two_numbers_in_one_are_two() -> None:
    assert compare(organisation("กลุ่มบ้านนา", place="901101"), organisation("กลุ่มบ้านนา", place="500101")) == ()
    numbered = [organisation(f"กลุ่มออมทรัพย์บ้านนา หมู่ {number}", PHONE, "901101") for number in (1, 2)]
    assert compare(*numbered) == ()


def test_a_person_is_no_organisation() -> None:
    assert compare(person("บ้านนา", PHONE), organisation("บ้านนา", PHONE)) == ()


def test_looking_for_what_they_have_in_common_passes_over_nobody() -> None:
    chance = random.Random(2550)
    names = ("สมศรี แก้วมณี", "สมสรี แก้วมณี", "สมศรี ใจดี", "แก้วมณี สมศรี", "สมศรี แก้วมุณี", "สมชาย ใจดี", "สมศรี")
    phones, places = (PHONE, OTHER_PHONE, "", "0820000001"), ("", "90", "9011", "901101", "50")
    groups = ("", "กลุ่มออมทรัพย์บ้านนา", "กลุ่มออมทรัพย์ บ้านนา")
    people = [
        person(*(chance.choice(each) for each in (names, phones, places, groups)), number=number)
        for number in range(1, 120)
    ]
    expected = {(one.id, two.id): why for one, two in combinations(people, 2) if (why := compare(one, two))}
    found = {(pair.first, pair.second): pair.why for pair in find_pairs(people)}
    assert (found, len(expected) > 20) == (expected, True)


def test_many_who_have_one_thing_in_common_are_parted_so_that_work_does_not_grow_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A switchboard's number, or a name that every village has."""
    asked = []
    monkeypatch.setattr(finding, "compare", lambda one, other: asked.append((one, other)) or ())
    monkeypatch.setattr(finding, "LARGE", 20)
    counts = []
    for many in (1000, 2000):
        asked.clear()
        find_pairs([person(f"คนที่{number} บ้านนา", PHONE, number=number) for number in range(many)])
        counts.append(len(asked))
    assert counts[1] < 3 * counts[0]


def test_numbered_names_are_several_people() -> None:
    assert name_of_people("สมาชิก ที่ 1", "สมาชิก ที่ 2") is None
    assert name_of_people("สมาชิก ที่ 1", "สมาชิก ที 1") == Why.SPELLING
