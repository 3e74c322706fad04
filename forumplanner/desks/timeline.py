"""Where things stand on a timeline of some months: places only; templates/desks/_timeline.html draws them.

Two forms of one picture. *Wide*: days run across in per cent of the width, so that text keeps its size while the days
stretch; labels stand beside their bars, in lanes where none touches another. *Tall*, for a phone: days run down in
pixels, labels beside them, pushed down where they would touch.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from forumplanner.web.hues import Hue

Standing = Literal["proposed", "announced", "held", "cancelled"]

DAY = timedelta(days=1)
# The narrowest wide picture, in CSS pixels (a printed A4 page); lanes are laid out for it, wider ones only gain room.
NARROWEST = 680
# Cautious widths of Sarabun at 16 px, in pixels: Thai letters, Latin ones and digits, thin ones.
THAI_WIDTH = 9.8
LATIN_WIDTH = 8.8
THIN_WIDTH = 5.0
THIN = frozenset(" .,-'()ilI")
GAP = 6
HEAD = 64
LANE = 46
FOOT = 30
# Tall form, in pixels.
DAY_HEIGHT = 4
LABEL_HEIGHT = 28
LINE_HEIGHT = 21
AXIS = 84
TALL_WIDEST = 155  # a wider label of the tall form takes two lines
BAR_WIDTH = 22
# More weeks than this get lines without their day of the month.
MOST_WEEK_LABELS = 18


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
class DayMark:
    """A public holiday or an observance day; text is ready: "จันทร์ 5 มี.ค. ชดเชยวันมาฆบูชา"."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A placed entry. Wide: x and width in per cent, lane y in pixels; the label begins (or, `left`, ends) at the bar.
    Tall: top and height of the bar, its column, and the middle of its label's first line, all in pixels."""

    entry: Entry
    x: float
    width: float
    y: int
    left: bool
    top: int
    height: int
    column: int
    label_y: int
    two_lines: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A day, week or month: x and width in per cent, y in pixels of the tall form, text beside it."""

    x: float
    width: float
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that timeline.html draws. Heights are in pixels."""

    bars: Sequence[Bar]
    months: Sequence[Tick]
    weeks: Sequence[Tick]
    holidays: Sequence[Tick]
    observance_days: Sequence[Tick]
    today: Tick | None
    today_left: bool
    today_word_y: int
    height: int
    tall_height: int
    head: int = HEAD
    lane: int = LANE
    axis: int = AXIS
    day_height: int = DAY_HEIGHT
    bar_width: int = BAR_WIDTH
    sentences: Sequence[str] = field(default=())


def lay_out(
    entries: Iterable[Entry],
    *,
    month_name: Callable[[date], str],
    holidays: Iterable[DayMark] = (),
    observance_days: Iterable[DayMark] = (),
    today: date | None = None,
    today_text: str = "",
    first: date | None = None,
    last: date | None = None,
) -> Timeline:
    """Place meetings, holidays, observance days and today on a timeline of whole months.

    first, last: the days to show; the whole months of the entries unless given (today widens nothing). Entries outside
    are left out, entries across an edge are cut. month_name names the month of its first day. An empty list with no
    `first` and `last` raises ValueError.
    """
    wanted = sorted(entries, key=_by_day_and_list)
    begin, end = _whole_months(wanted, first, last)
    days = (end - begin).days + 1
    shown = [entry for entry in wanted if entry.start <= end and entry.end >= begin]

    def at(day: date) -> float:
        return round(100 * (day - begin).days / days, 3)

    def tick(day: date, text: str) -> Tick:
        return Tick(at(day), round(100 / days, 3), (day - begin).days * DAY_HEIGHT, text)

    def within(marks: Iterable[DayMark]) -> list[Tick]:
        return [tick(mark.day, mark.text) for mark in sorted(marks, key=_by_day) if begin <= mark.day <= end]

    bars, lanes, tall_height = _place(shown, begin, end)
    months = [
        Tick(at(month), round(at(following) - at(month), 3), (month - begin).days * DAY_HEIGHT, month_name(month))
        for month, following in pairwise(_months(begin, end))
    ]
    now = tick(today, today_text) if today is not None and begin <= today <= end else None
    return Timeline(
        bars=bars,
        months=months,
        weeks=_weeks(begin, end, tick),
        holidays=within(holidays),
        observance_days=within(observance_days),
        today=now,
        today_left=now is not None and now.x > 50,
        today_word_y=_clear_of(now.y + DAY_HEIGHT // 2, [month.y + 14 for month in months]) if now else 0,
        height=HEAD + max(lanes, 1) * LANE + FOOT,
        tall_height=tall_height,
        sentences=[mark.text for mark in sorted(holidays, key=_by_day) if begin <= mark.day <= end],
    )


def text_width(text: str) -> float:
    """A cautious width of a label in CSS pixels at 16 px: marks above and below take no room."""
    return sum(
        THIN_WIDTH if character in THIN else LATIN_WIDTH if character.isascii() else THAI_WIDTH
        for character in text
        if unicodedata.category(character) not in ("Mn", "Me", "Cf")
    )


def _by_day_and_list(entry: Entry) -> tuple[date, date, bool, int, str]:
    """Regions in list order, others behind them."""
    is_region = isinstance(entry.hue, int)
    return entry.start, entry.end, not is_region, entry.hue if isinstance(entry.hue, int) else 0, entry.label


def _by_day(mark: DayMark) -> date:
    return mark.day


def _whole_months(entries: Sequence[Entry], first: date | None, last: date | None) -> tuple[date, date]:
    starts = [entry.start for entry in entries] if first is None else [first]
    ends = [entry.end for entry in entries] if last is None else [last]
    if not starts or not ends:
        raise ValueError("a timeline needs entries, or a first and a last day")
    return min(starts).replace(day=1), _next_month(max(ends)) - DAY


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _months(begin: date, end: date) -> list[date]:
    """First days of the months shown, and of the one after."""
    found = [begin]
    while found[-1] <= end:
        found.append(_next_month(found[-1]))
    return found


def _weeks(begin: date, end: date, tick: Callable[[date, str], Tick]) -> list[Tick]:
    monday = begin + DAY * (-begin.weekday() % 7)
    mondays = [monday + 7 * DAY * number for number in range(((end - monday).days // 7) + 1)]
    labelled = len(mondays) <= MOST_WEEK_LABELS
    return [tick(day, str(day.day) if labelled else "") for day in mondays]


def _clear_of(y: int, others: Sequence[int]) -> int:
    """A height near y at which a word touches none of the others."""
    for other in others:
        if abs(y - other) < LABEL_HEIGHT - 6:
            return other + LABEL_HEIGHT - 6
    return y


def _place(entries: Sequence[Entry], begin: date, end: date) -> tuple[list[Bar], int, int]:
    """Bars in date order, the number of lanes of the wide form, the height of the tall one."""
    days = (end - begin).days + 1
    pixels = NARROWEST / days
    lanes: list[list[tuple[float, float]]] = []
    columns: list[date] = []
    free_from = 0  # the tall form's labels have taken all above this
    bars: list[Bar] = []
    for entry in entries:
        start, stop = max(entry.start, begin), min(entry.end, end)
        offset, length = (start - begin).days, (stop - start).days + 1
        text = max(text_width(entry.label), text_width(entry.dates)) + GAP
        left = offset * pixels + length * pixels + text > NARROWEST and offset * pixels - text >= 0
        if left:
            taken = (offset * pixels - text, (offset + length) * pixels + GAP)
        else:
            taken = (offset * pixels, (offset + length) * pixels + text + GAP)
        lane = _free_lane(lanes, taken)
        column = next((number for number, until in enumerate(columns) if until < start), len(columns))
        columns[column : column + 1] = [stop]
        top = offset * DAY_HEIGHT
        label_y = max(top + length * DAY_HEIGHT // 2, free_from + LABEL_HEIGHT // 2)
        two_lines = text_width(f"{entry.label} {entry.dates}") > TALL_WIDEST
        free_from = label_y + LABEL_HEIGHT // 2 + (LINE_HEIGHT if two_lines else 0)
        bars.append(
            Bar(
                entry,
                x=round(100 * offset / days, 3),
                width=round(100 * length / days, 3),
                y=HEAD + lane * LANE,
                left=left,
                top=top,
                height=length * DAY_HEIGHT,
                column=column,
                label_y=label_y,
                two_lines=two_lines,
            )
        )
    return bars, len(lanes), max(days * DAY_HEIGHT, free_from)


def _free_lane(lanes: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int:
    for number, lane in enumerate(lanes):
        if all(taken[1] <= begin or end <= taken[0] for begin, end in lane):
            lane.append(taken)
            return number
    lanes.append([taken])
    return len(lanes) - 1
