"""While somebody types, the likeliest places stand first."""

import pytest

from forumplanner.places.gazetteer import places
from forumplanner.places.searching import MOST_FOUND, search_places


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("สง", "90"),
        ("สงขลา", "90"),
        ("หาด", "9011"),
        ("หาดไหย่", "9011"),
        ("hat y", "9011"),
        ("บ้านพ หา", "901116"),
        ("ต.บ้านพรุ", "901116"),
        ("อ.หา จ.สง", "9011"),
        ("เมือง สง", "9001"),
        ("กทม", "10"),
        ("90250", "901116"),
        ("สงขา", "90"),
    ],
)
def test_the_likeliest_stands_first(typed: str, first: str) -> None:
    assert [place.code for place in search_places(typed)][:1] == [first]


def test_a_word_of_a_level_finds_places_of_that_level_only() -> None:
    assert {len(place.code) for place in search_places("ต.หาด")} == {6}
    assert {len(place.code) for place in search_places("อ.หาด")} == {4}


@pytest.mark.parametrize("typed", ["", "ต.", "ฟฟฟฟฟฟ", "ก" * 5000, "\x00", "😀"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert search_places(typed) == []


def test_few_are_found_of_many() -> None:
    assert len(search_places("บ้าน")) == MOST_FOUND


def test_every_place_is_found_by_the_beginnings_of_its_names() -> None:
    wrong = []
    for place in list(places().values())[::37]:
        typed = " ".join(each.called("th")[:-1] for each in place.line)
        found = search_places(typed)
        # Of many that begin so the first are listed.
        if place not in found and len(found) < MOST_FOUND:
            wrong.append(typed)
    assert wrong == []
