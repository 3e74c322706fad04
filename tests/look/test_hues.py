"""Colours of regions: told apart by name, never the national meeting's, readable on and beside."""

from pathlib import Path

import pytest

from forumplanner.ical import CSS_COLOURS, feed_colour
from forumplanner.web.hues import (
    DARK_PAPER,
    INK,
    LAST,
    OKABE_ITO,
    PAPER,
    colour_of,
    contrast,
    hue_of_place,
    style_sheet,
)

STYLES = Path(__file__).parent.parent.parent / "forumplanner/static/css"
BY_RULE = range(len(OKABE_ITO) + 1, LAST + 1)


def test_the_first_seven_are_okabe_and_itos_as_in_the_style_sheet() -> None:
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8")
    assert [f"--hue-{number}: {colour_of(number)};" in tokens for number in range(1, 8)] == [True] * 7


def test_the_style_sheet_holds_what_the_rule_gives() -> None:
    assert (STYLES / "hues.css").read_text(encoding="utf-8") == style_sheet()


def test_no_two_places_have_one_colour() -> None:
    assert len({colour_of(number) for number in range(1, LAST + 1)}) == LAST


@pytest.mark.parametrize("number", BY_RULE)
def test_ink_is_read_on_it_and_its_edge_is_seen_on_paper(number: int) -> None:
    colour = colour_of(number)
    assert contrast(colour, INK) >= 4.5
    assert contrast(colour, PAPER) >= 3
    assert contrast(colour, DARK_PAPER) >= 3


@pytest.mark.parametrize("number", [8, 77, LAST])
def test_it_is_not_the_national_meetings(number: int) -> None:
    assert colour_of(number).lower() not in (INK, "#e9edeb")


@pytest.mark.parametrize(("place", "number"), [(1, 1), (8, 8), (LAST, LAST), (LAST + 1, 8), (10_000, 39)])
def test_every_place_has_a_class(place: int, number: int) -> None:
    found = hue_of_place(place)
    assert 1 <= found <= LAST
    if place <= LAST + 1:
        assert found == number


def test_calendars_get_the_nearest_name_besides() -> None:
    found = feed_colour(colour_of(8))
    assert found.hexadecimal == colour_of(8).upper()
    assert found.css_name in CSS_COLOURS
    assert feed_colour("#9acd32").css_name == "yellowgreen"
