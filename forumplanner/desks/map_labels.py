"""Labels of a map for which no hand has set a place: over their region where it is wide enough, else beside the land.

All in pixels. What finds no room stays without a label; the list beside the map names every region.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Point = tuple[float, float]
Ring = Sequence[Point]
Anchor = Literal["start", "middle", "end"]
BEFORE: Mapping[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}  # the part of a text before its anchor

HALF = 20  # a label has two lines: half of their height
GAP = 8  # between a label and the land, or the next label
STEP = 8  # how closely places are tried
LONGEST_LEAD = 110  # a line across half the country leads nowhere


@dataclass(frozen=True, slots=True)
class Label:
    """A label's place by its anchor, half way down; the line that leads from it into its region."""

    x: float
    y: float
    anchor: Anchor
    width: float
    lead: tuple[Point, Point] | None = None

    @property
    def left(self) -> float:
        return round(self.x - self.width * BEFORE[self.anchor], 1)

    def touches(self, other: "Label") -> bool:
        """Whether two labels stand too close to be read apart."""
        beside = self.left + self.width + GAP <= other.left or other.left + other.width + GAP <= self.left
        return not beside and abs(self.y - other.y) < 2 * HALF


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A region whose label wants a place, how wide it is, and the region's rings."""

    slug: str
    width: float
    rings: Sequence[Ring]


def place_labels(
    wanted: Iterable[Unplaced], land: Sequence[Ring], taken: Sequence[Label], width: int, height: int
) -> dict[str, Label]:
    """Places for labels by slug, the largest regions first; none touches another, or one of those `taken`."""
    placed: dict[str, Label] = {}
    edges = _edges_of(land, height)
    for region in sorted(wanted, key=lambda each: (-_size(each), each.slug)):
        others = [*taken, *placed.values()]
        label = next(
            (found for found in _candidates(region, edges, width) if not any(map(found.touches, others))), None
        )
        if label is not None:
            placed[region.slug] = label
    return placed


def is_inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Whether a point lies in one of the rings."""
    return any(_is_inside_ring(point, ring) for ring in rings)


def _is_inside_ring(point: Point, ring: Ring) -> bool:
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def _area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def _size(region: Unplaced) -> float:
    return sum(map(_area, region.rings))


def _middle_of(region: Unplaced) -> Point:
    """A point inside the region, near the middle of its largest part where that is possible."""
    ring = max(region.rings, key=_area)
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    middle = (sum(xs) / len(xs), sum(ys) / len(ys))
    if _is_inside_ring(middle, ring):
        return middle
    tried = [
        (min(xs) + (max(xs) - min(xs)) * across / 8, min(ys) + (max(ys) - min(ys)) * down / 8)
        for across in range(1, 8)
        for down in range(1, 8)
    ]
    inside = [point for point in tried if _is_inside_ring(point, ring)] or [ring[0]]
    return min(inside, key=lambda point: _distance(point, middle))


def _distance(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _edges_of(land: Sequence[Ring], height: int) -> dict[int, tuple[float, float]]:
    """How far west and east the land reaches, for each line of labels that may be tried."""
    points = [point for ring in land for point in ring]
    found = {}
    for y in range(HALF, height - HALF + 1, STEP):
        beside = [px for px, py in points if abs(py - y) <= HALF + GAP]
        if beside:
            found[y] = (min(beside), max(beside))
    return found


def _candidates(region: Unplaced, edges: Mapping[int, tuple[float, float]], width: int) -> Iterable[Label]:
    """Over the region where the whole label lies on it; then beside the land, the nearest first."""
    middle = _middle_of(region)
    x, y = round(middle[0], 1), round(middle[1], 1)
    half = region.width / 2
    corners = [(x + dx, y + dy) for dx in (-half, 0, half) for dy in (-HALF, HALF)]
    if all(is_inside(corner, region.rings) for corner in corners) and x - half >= 0 and x + half <= width:
        yield Label(x, y, "middle", region.width)
    beside = []
    for line, (west, east) in edges.items():
        if west - GAP - region.width >= 0:
            at = round(west - GAP, 1)
            beside.append(Label(at, line, "end", region.width, ((at + 3, line), (x, y))))
        if east + GAP + region.width <= width:
            at = round(east + GAP, 1)
            beside.append(Label(at, line, "start", region.width, ((at - 3, line), (x, y))))
    near = [label for label in beside if _distance((label.x, label.y), middle) <= LONGEST_LEAD**2]
    yield from sorted(near, key=lambda label: (_distance((label.x, label.y), middle), label.y, label.x))
