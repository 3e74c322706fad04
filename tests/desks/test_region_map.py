"""The map of the regions: every province has its shape, shapes join into regions, fills say how a forum stands."""

import json
import re

import pytest

from forumplanner.desks.region_map import PLACES, Entry, RegionMap, lay_out, outlines_of, read_shapes
from tests.look.gallery import PROVINCES, REGIONS, ROOT, region_model

SLUGS = [region["slug"] for region in REGIONS]


def drawn(outline: str) -> list[list[tuple[int, int]]]:
    """The closed rings of path data, in tenths of pixels."""
    rings = []
    for ring in re.findall(r"M([^z]+)z", outline):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        rings.append(points)
    return rings


def area(outline: str) -> float:
    """The area that an outline encloses, in square pixels."""
    total = 0.0
    for ring in drawn(outline):
        total += abs(sum(a * d - b * c for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 200
    return total


def forum(**more: object) -> RegionMap:
    return lay_out([Entry("north", "เหนือ", 1, "28 ก.พ. - 1 มี.ค.", **more)], PROVINCES)  # type: ignore[arg-type]


def test_every_province_has_a_shape_and_every_shape_is_a_province_of_a_region():
    assert sorted(read_shapes()) == sorted(code for code, _slug in PROVINCES)
    assert {slug for _code, slug in PROVINCES} == set(SLUGS)


def test_shapes_are_named_as_their_provinces():
    text = (ROOT / "forumplanner/data/provinces.geojson").read_text(encoding="utf-8")
    names = {shape["id"]: shape["properties"]["name"] for shape in json.loads(text)["features"]}
    rows = json.loads((ROOT / "forumplanner/data/provinces.json").read_text(encoding="utf-8"))
    assert names == {row["code"]: row["th"] for row in rows}


def test_every_region_has_a_place_for_its_label():
    assert sorted(PLACES) == sorted(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_region_is_as_large_as_its_provinces_together(slug: str):
    provinces = [outlines_of(frozenset({(code, slug)}))[slug] for code, region in PROVINCES if region == slug]
    whole = outlines_of(frozenset(PROVINCES))[slug]
    assert area(whole) == pytest.approx(sum(area(province) for province in provinces), rel=0.01)


def test_borders_inside_a_region_are_dissolved():
    outlines = outlines_of(frozenset(PROVINCES))
    assert {slug: len(drawn(outlines[slug])) for slug in ("north", "northeast", "bangkok", "upper-central")} == {
        "north": 1,
        "northeast": 1,
        "bangkok": 1,
        "upper-central": 1,
    }


def test_a_province_moved_to_another_region_moves_on_the_map():
    moved = [(code, "north" if code == "18" else slug) for code, slug in PROVINCES]
    before, after = outlines_of(frozenset(PROVINCES)), outlines_of(frozenset(moved))
    assert area(after["north"]) > area(before["north"])
    assert area(after["upper-central"]) < area(before["upper-central"])


def test_all_lies_inside_the_picture():
    model = region_model("th")
    points = [point for area in model.areas for ring in drawn(area.outline) for point in ring]
    assert min(min(x, y) for x, y in points) >= 0
    assert (max(x for x, _y in points) <= model.width * 10, max(y for _x, y in points) <= model.height * 10) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("standing", "fill"),
    [("held", "held"), ("announced", "ahead"), ("proposed", "ahead"), ("cancelled", "none"), (None, "none")],
)
def test_a_region_is_filled_by_how_its_forum_stands(standing: str | None, fill: str):
    assert [found.fill for found in forum(standing=standing).areas] == [fill]


def test_a_label_stands_on_the_plain_colour_only_where_it_is_solid():
    assert [forum(standing=standing).areas[0].is_over for standing in ("held", "announced")] == [True, False]


def test_a_region_without_provinces_keeps_its_label():
    (found,) = lay_out([Entry("east", "ตะวันออก", 5)], []).areas
    assert (found.outline, found.entry.label) == ("", "ตะวันออก")
