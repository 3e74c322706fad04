"""Where the bars of a timeline and their labels stand, and today's line between them; `desks.timeline` sets the days.

Widths of labels are those of the font, so that none touches another, its neighbours' bars, or today's line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from forumplanner.desks.label_widths import fitting, text_width
from forumplanner.web.hues import Hue

Standing = Literal["proposed", "announced", "held", "cancelled"]

DAY = timedelta(days=1)
# The narrowest wide picture, in CSS pixels (a printed A4 page); lanes are laid out for it, wider ones only gain room.
NARROWEST = 680
GAP = 6
WIDEST = 300  # a wider label of the wide form is shortened; the row below it says all
CLEAR = 4  # between a label and today's line
LABEL_TOP = 4  # a label reaches this far above its lane, and so far down from there
LABEL_BOTTOM = 44
HEAD = 64
LANE = 46
FOOT = 30
# Tall form, in pixels.
DAY_HEIGHT = 4
LABEL_HEIGHT = 28
LINE_HEIGHT = 21
AXIS = 88
TALL_NARROWEST = 288  # a label of the tall form that has no room in this takes two lines
BAR_WIDTH = 22
COLUMN_GAP = 4
MOST_DAY_HEIGHT = 16  # days are stretched up to this where many labels need room


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting on the timeline.

    label: its name, short ("อีสาน"); dates: ready text ("8-9 ก.พ."); hue: its region's place in the list, or the
    national meeting's, None for a working meeting; note: what the table says besides (place or state).
    """

    label: str
    start: date
    end: date
    dates: str
    hue: Hue | None = None
    href: str | None = None
    standing: Standing = "announced"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A placed entry. Wide: x and width in per cent, lane y in pixels; the label begins (or, `left`, ends) at the bar
    and reaches so many pixels from it. Tall: top and height of the bar, its column, and the middle of its label's first
    line, all in pixels."""

    entry: Entry
    x: float
    width: float
    y: int
    left: bool
    label: str
    dates: str
    reach: float
    top: int
    height: int
    column: int
    label_y: int
    two_lines: bool
    tall_label: str
    tall_dates: str

    def behind(self, x: float) -> float:
        """How far a place lies from the bar on its label's side, in per cent; negative on the other."""
        return self.x - x if self.left else x - self.x - self.width


@dataclass(frozen=True, slots=True)
class Tick:
    """A day, week or month: x and width in per cent, y in pixels of the tall form, text beside it."""

    x: float
    width: float
    y: int
    text: str


def place_bars(entries: Sequence[Entry], begin: date, end: date, day_height: int) -> tuple[list[Bar], int, int]:
    """Bars in date order, the number of lanes of the wide form, the height of the tall one."""
    days = (end - begin).days + 1
    pixels = NARROWEST / days
    columns = _columns(entries)
    room = TALL_NARROWEST - label_x(max(columns, default=0) + 1) - 2
    lanes: list[list[tuple[float, float]]] = []
    free_from = 0  # the tall form's labels have taken all above this
    bars: list[Bar] = []
    for entry, column in zip(entries, columns, strict=True):
        start, stop = max(entry.start, begin), min(entry.end, end)
        offset, length = (start - begin).days, (stop - start).days + 1
        label, dates = fitting(entry.label, WIDEST), fitting(entry.dates, WIDEST)
        text = max(text_width(label), text_width(dates)) + GAP
        left = (offset + length) * pixels + text > NARROWEST and offset * pixels - text >= 0
        if left:
            taken = (offset * pixels - text, (offset + length) * pixels + GAP)
        else:
            taken = (offset * pixels, (offset + length) * pixels + text + GAP)
        lane = _free_lane(lanes, taken)
        top = offset * day_height
        label_y = max(top + length * day_height // 2, free_from + LABEL_HEIGHT // 2)
        two_lines = text_width(f"{entry.label} {entry.dates}") > room
        free_from = label_y + LABEL_HEIGHT // 2 + (LINE_HEIGHT if two_lines else 0)
        bars.append(
            Bar(
                entry,
                x=round(100 * offset / days, 3),
                width=round(100 * length / days, 3),
                y=HEAD + lane * LANE,
                left=left,
                label=label,
                dates=dates,
                reach=text,
                top=top,
                height=length * day_height,
                column=column,
                label_y=label_y,
                two_lines=two_lines,
                tall_label=fitting(entry.label, room) if two_lines else entry.label,
                tall_dates=fitting(entry.dates, room) if two_lines else entry.dates,
            )
        )
    return bars, len(lanes), max(days * day_height, free_from)


def label_x(columns: int) -> int:
    """Where labels of the tall form begin, to the right of all bars."""
    return AXIS + 6 + columns * (BAR_WIDTH + COLUMN_GAP) + 14


def _columns(entries: Sequence[Entry]) -> list[int]:
    """The column of each bar of the tall form: beside those that last into its first day."""
    until: list[date] = []
    found = []
    for entry in entries:
        column = next((number for number, last in enumerate(until) if last < entry.start), len(until))
        until[column : column + 1] = [entry.end]
        found.append(column)
    return found


def pieces_of_today(now: Tick, bars: Sequence[Bar], bottom: int) -> list[tuple[int, int]]:
    """Today's line from top to bottom, left out where it would run through a label.

    Laid out for the narrowest picture; a wider one moves the days away from a label, never nearer.
    """
    middle = now.x + now.width / 2
    crossed = {bar.y for bar in bars if 0 <= bar.behind(middle) * NARROWEST / 100 < bar.reach + CLEAR}
    pieces, top = [], HEAD - 8
    for y in sorted(crossed):
        if y - LABEL_TOP > top + LABEL_TOP:
            pieces.append((top, y - LABEL_TOP))
        top = y + LABEL_BOTTOM
    return [*pieces, (top, bottom)]


def _free_lane(lanes: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int:
    for number, lane in enumerate(lanes):
        if all(taken[1] <= begin or end <= taken[0] for begin, end in lane):
            lane.append(taken)
            return number
    lanes.append([taken])
    return len(lanes) - 1
