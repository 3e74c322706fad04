"""Where things stand on a timeline of some months: places only; templates/desks/_timeline.html draws them.

Two forms of one picture. *Wide*: days run across in per cent of the width, so that text keeps its size while the days
stretch; labels stand beside their bars, in lanes where none touches another. *Tall*, for a phone: days run down in
pixels, labels beside them, pushed down where they would touch.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from forumplanner.desks.label_widths import text_width
from forumplanner.desks.timeline_bars import (
    AXIS,
    BAR_WIDTH,
    COLUMN_GAP,
    DAY,
    DAY_HEIGHT,
    FOOT,
    GAP,
    HEAD,
    LABEL_HEIGHT,
    LANE,
    MOST_DAY_HEIGHT,
    NARROWEST,
    Bar,
    Entry,
    Tick,
    label_x,
    pieces_of_today,
    place_bars,
)

# More weeks than this get lines without their day of the month.
MOST_WEEK_LABELS = 18


@dataclass(frozen=True, slots=True)
class DayMark:
    """A public holiday or an observance day; text is ready: "จันทร์ 5 มี.ค. ชดเชยวันมาฆบูชา"."""

    day: date
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
    today_pieces: Sequence[tuple[int, int]]
    today_word_y: int
    height: int
    tall_height: int
    head: int = HEAD
    lane: int = LANE
    axis: int = AXIS
    label_x: int = 0
    day_height: int = DAY_HEIGHT
    bar_width: int = BAR_WIDTH
    column_gap: int = COLUMN_GAP
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

    day_height = min(max(DAY_HEIGHT, -(-len(shown) * LABEL_HEIGHT // days)), MOST_DAY_HEIGHT)

    def at(day: date) -> float:
        return round(100 * (day - begin).days / days, 3)

    def tick(day: date, text: str) -> Tick:
        return Tick(at(day), round(100 / days, 3), (day - begin).days * day_height, text)

    def within(marks: Iterable[DayMark]) -> list[Tick]:
        return [tick(mark.day, mark.text) for mark in sorted(marks, key=_by_day) if begin <= mark.day <= end]

    bars, lanes, tall_height = place_bars(shown, begin, end, day_height)
    names = _names_of_months(_months(begin, end), days, month_name)
    months = [
        Tick(at(month), round(at(following) - at(month), 3), (month - begin).days * day_height, name)
        for (month, following), name in zip(pairwise(_months(begin, end)), names, strict=True)
    ]
    now = tick(today, today_text) if today is not None and begin <= today <= end else None
    height = HEAD + max(lanes, 1) * LANE + FOOT
    return Timeline(
        bars=bars,
        months=months,
        weeks=_weeks(begin, end, tick),
        holidays=within(holidays),
        observance_days=within(observance_days),
        today=now,
        today_left=now is not None and now.x > 50,
        today_word_y=_clear_of(now.y + day_height // 2, [month.y + 14 for month in months]) if now else 0,
        today_pieces=pieces_of_today(now, bars, height - 6) if now else (),
        height=height,
        tall_height=tall_height,
        label_x=label_x(max((bar.column for bar in bars), default=0) + 1),
        day_height=day_height,
        sentences=[mark.text for mark in sorted(holidays, key=_by_day) if begin <= mark.day <= end],
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


def _names_of_months(months: Sequence[date], days: int, month_name: Callable[[date], str]) -> list[str]:
    """With their years where those have room, else without; of very many months every third."""
    full = [month_name(month) for month in months[:-1]]
    rooms = [(after - month).days * NARROWEST / days for month, after in pairwise(months)]

    def fit(names: Sequence[str]) -> bool:
        return all(text_width(name, weight="Bold") + 2 * GAP <= room for name, room in zip(names, rooms, strict=True))

    if fit(full):
        return full
    short = [name.partition(" ")[0] for name in full]
    return short if fit(short) else [name if number % 3 == 0 else "" for number, name in enumerate(short)]


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
