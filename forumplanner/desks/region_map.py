"""A small map of the regions: shapes and places of labels only; templates/desks/_region_map.html draws it.

Outlines come from Natural Earth's provinces; which province belongs to which region is the caller's knowledge, so that
a province moved to another region moves on the map too.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import cos, radians
from typing import Literal

from forumplanner.desks.label_widths import text_width
from forumplanner.desks.map_labels import Anchor, Label, Point, Ring, Unplaced, is_inside, place_labels
from forumplanner.desks.timeline_bars import Standing
from forumplanner.web.hues import Hue

# How a region is filled: its forum was held, lies ahead, or there is none to go to.
Fill = Literal["held", "ahead", "none"]
FILLS: Mapping[Standing, Fill] = {"held": "held", "announced": "ahead", "proposed": "ahead", "cancelled": "none"}

WEST, NORTH = 95.2, 20.5  # the corner of the picture, in degrees
WIDTH, HEIGHT = 352, 516  # CSS pixels; text keeps its size beside that
TEXT = 15  # its size
SCALE = 34.6  # pixels a degree of latitude
NARROWING = cos(radians(13.5))  # a degree of longitude is that much shorter in the middle of the country


@dataclass(frozen=True, slots=True)
class Entry:
    """A region: its name, and of its forum the dates ("8-9 ก.พ.", or what is said instead), standing and address."""

    slug: str
    label: str
    hue: Hue
    dates: str = ""
    standing: Standing | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands, in degrees: by its anchor, half way down; the line that leads from it into its region.

    home: a point in the heart of the region that was meant. Where it belongs to another now, the rule places the label.
    """

    longitude: float
    latitude: float
    anchor: Anchor
    home: Point
    lead: tuple[Point, Point] | None = None


# Set by hand, as on any map: over wide regions, beside the narrow ones, out at sea for those in the middle. The labels
# of all others are placed by `desks.map_labels`.
PLACES: Mapping[str, Place] = {
    "north": Place(99.4, 18.7, "middle", (99.4, 18.7)),
    "upper-central": Place(98.15, 15.75, "end", (99.95, 15.2), ((98.25, 15.75), (99.85, 15.2))),
    "bangkok": Place(100.45, 11.0, "start", (100.6, 13.8), ((100.6, 11.5), (100.6, 13.8))),
    "northeast": Place(103.25, 15.8, "middle", (103.25, 15.8)),
    "east": Place(102.95, 12.9, "start", (101.9, 13.2)),
    "west": Place(98.15, 13.6, "end", (99.1, 14.4)),
    "south": Place(100.5, 9.0, "start", (99.4, 8.8)),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A placed region, in pixels but for its outline, path data in tenths of them.

    x, y: of the label, by its anchor, half way down; left, width: what a finger may touch there; lead: from, to.
    Without a label there was no room for it: the list names the region.
    """

    entry: Entry
    fill: Fill
    outline: str
    x: float
    y: float
    anchor: Anchor
    left: float
    width: float
    lead: tuple[Point, Point] | None
    has_label: bool = True

    @property
    def is_over(self) -> bool:
        """Whether the label stands on the solid colour of its region."""
        return self.anchor == "middle" and self.fill == "held"


@dataclass(frozen=True, slots=True)
class RegionMap:
    """All that region_map.html draws; fills are those that occur."""

    areas: Sequence[Area]
    fills: frozenset[Fill]
    width: int = WIDTH
    height: int = HEIGHT


def lay_out(entries: Iterable[Entry], provinces: Iterable[tuple[str, str]]) -> RegionMap:
    """Place the regions; provinces are pairs of a province's code and its region's slug."""
    pairs, wanted = frozenset(provinces), list(entries)
    outlines, rings = outlines_of(pairs), rings_of(pairs)
    by_hand = _labels_by_hand(entry for entry in wanted if _is_at_home(entry.slug, rings))
    by_rule = [
        Unplaced(entry.slug, _width(entry), rings[entry.slug])
        for entry in wanted
        if entry.slug in rings and entry.slug not in by_hand
    ]
    land = [ring for found in rings.values() for ring in found]
    placed = by_hand | place_labels(by_rule, land, [*by_hand.values()], WIDTH, HEIGHT)
    areas = [_area(entry, outlines.get(entry.slug, ""), placed.get(entry.slug)) for entry in wanted]
    return RegionMap(areas, frozenset(area.fill for area in areas))


def _width(entry: Entry) -> float:
    return round(max(text_width(entry.label, TEXT, "SemiBold"), text_width(entry.dates, TEXT)), 1)


def _is_at_home(slug: str, rings: Mapping[str, Sequence[Ring]]) -> bool:
    """Whether a hand has set a place for this region, and its provinces, if any, are about those that were meant."""
    place = PLACES.get(slug)
    return place is not None and (slug not in rings or is_inside(_project(*place.home), rings[slug]))


def _labels_by_hand(entries: Iterable[Entry]) -> dict[str, Label]:
    """Labels whose names still fit where a hand meant them to stand."""
    placed: dict[str, Label] = {}
    for entry in entries:
        label = _by_hand(entry)
        if label.left >= 0 and label.left + label.width <= WIDTH and not any(map(label.touches, placed.values())):
            placed[entry.slug] = label
    return placed


def _by_hand(entry: Entry) -> Label:
    place = PLACES[entry.slug]
    x, y = _project(place.longitude, place.latitude)
    lead = (_project(*place.lead[0]), _project(*place.lead[1])) if place.lead else None
    return Label(x, y, place.anchor, _width(entry), lead)


def _area(entry: Entry, outline: str, label: Label | None) -> Area:
    fill = FILLS[entry.standing] if entry.standing else "none"
    if label is None:
        return Area(entry, fill, outline, 0, 0, "middle", 0, 0, None, has_label=False)
    return Area(entry, fill, outline, label.x, label.y, label.anchor, label.left, label.width, label.lead)


@lru_cache(maxsize=16)
def rings_of(provinces: frozenset[tuple[str, str]]) -> Mapping[str, Sequence[Ring]]:
    """The closed rings of each region's provinces by its slug, in pixels, borders between them included."""
    shapes = read_shapes()
    found: dict[str, list[Ring]] = {}
    for code, slug in sorted(provinces):
        rings = [[_project(*point) for point in ring] for ring in shapes.get(code, ())]
        found.setdefault(slug, []).extend(rings)
    return found


@lru_cache(maxsize=16)
def outlines_of(provinces: frozenset[tuple[str, str]]) -> Mapping[str, str]:
    """Path data of each region's outline by its slug, the borders between its provinces dissolved."""
    codes: dict[str, list[str]] = {}
    for code, slug in provinces:
        codes.setdefault(slug, []).append(code)
    shapes = read_shapes()
    return {
        slug: _outline(ring for code in sorted(found) for ring in shapes.get(code, ())) for slug, found in codes.items()
    }


@lru_cache(maxsize=1)
def read_shapes() -> Mapping[str, Sequence[Sequence[Point]]]:
    """The closed rings of every province by its code, in degrees; neighbours share their points."""
    text = (files("forumplanner") / "data" / "provinces.geojson").read_text("utf-8")
    return {
        feature["id"]: [
            [(longitude, latitude) for longitude, latitude in ring]
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
        ]
        for feature in json.loads(text)["features"]
    }


def _outline(rings: Iterable[Sequence[Point]]) -> str:
    """Rings joined where they touch: an edge of two provinces lies inside."""
    edges = Counter(frozenset(edge) for ring in rings for edge in pairwise(ring))
    neighbours: dict[Point, list[Point]] = {}
    for (one, other), times in ((sorted(edge), times) for edge, times in edges.items()):
        if times == 1:
            neighbours.setdefault(one, []).append(other)
            neighbours.setdefault(other, []).append(one)
    paths = []
    for start, onward in neighbours.items():
        while onward:
            ring = [start]
            while len(ring) == 1 or ring[-1] != start:
                after = neighbours[ring[-1]].pop()
                neighbours[after].remove(ring[-1])
                ring.append(after)
            paths.append(_path(ring))
    return "".join(paths)


def _path(ring: Sequence[Point]) -> str:
    """A closed ring in tenths of a pixel, each point from the one before."""
    points = [tuple(round(value * 10) for value in _project(*point)) for point in ring[:-1]]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points)]
    (x, y), drawn = points[0], [step for step in steps if step != (0, 0)]
    return f"M{x} {y}l" + " ".join(f"{dx} {dy}" for dx, dy in drawn).replace(" -", "-") + "z"


def _project(longitude: float, latitude: float) -> Point:
    return round((longitude - WEST) * NARROWING * SCALE, 1), round((NORTH - latitude) * SCALE, 1)
