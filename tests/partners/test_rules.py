"""Names and who may see whom: no database."""

import pytest

from forumplanner.partners.rules import (
    Sight,
    SplitName,
    may_change_partner,
    may_see_partner,
    phones_agree,
    split_name,
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("นายสมชาย ใจดี", SplitName("นาย", "สมชาย", "ใจดี")),
        ("พระครูสังวรธรรมคุณ", SplitName("พระครู", "สังวรธรรมคุณ", None)),
        ("ลุงดำ", SplitName("ลุง", "ดำ", None)),
        ("สมศรี ณ สงขลา", SplitName(None, "สมศรี", "ณ สงขลา")),
        ("Mr. John Smith", SplitName("Mr.", "John", "Smith")),
    ],
)
def test_a_name_in_one_line_is_split_into_its_parts(name: str, parts: SplitName) -> None:
    assert split_name(name) == parts


SOUTH, NORTH = 7, 1
EVERYTHING, OF_SOUTH, NOTHING = Sight(everything=True), Sight(region_ids=frozenset({SOUTH})), Sight()


@pytest.mark.parametrize(
    ("sight", "is_organisation", "regions", "seen"),
    [
        (EVERYTHING, False, [NORTH], True),
        (EVERYTHING, False, [], True),
        (OF_SOUTH, False, [SOUTH], True),
        (OF_SOUTH, False, [NORTH, SOUTH], True),
        (OF_SOUTH, False, [NORTH], False),
        (OF_SOUTH, False, [], False),
        (OF_SOUTH, True, [], True),
        (OF_SOUTH, True, [NORTH], False),
        (NOTHING, True, [], False),
        (NOTHING, False, [SOUTH], False),
    ],
)
def test_coordinators_see_their_regions_and_national_agencies(
    sight: Sight, is_organisation: bool, regions: list[int], seen: bool
) -> None:
    assert may_see_partner(sight, is_organisation, regions) is seen


def test_a_national_agency_is_changed_by_organisers_alone() -> None:
    assert [may_change_partner(sight, []) for sight in (EVERYTHING, OF_SOUTH, NOTHING)] == [True, False, False]


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"),
    [
        (["0810000001"], ["0999990001"], True),
        (["0810000001"], ["0810000002"], False),
        (["0810000001", "021234567"], ["074124567"], True),
        ([], ["0810000001"], True),
    ],
)
def test_numbers_agree_in_their_last_four_digits(ours: list[str], theirs: list[str], agree: bool) -> None:
    assert phones_agree(ours, theirs) is agree
