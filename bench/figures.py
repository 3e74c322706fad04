"""A figure, and how two things are measured fairly on a machine that does other work too."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

Clock = Callable[[], float]
ROUNDS = 41
SECONDS = 0.05
"""How long one side runs in one round: short, so that what else the machine does meets both alike."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `ratio` is ours / baseline of the value: below 1 is better where the value is a cost."""

    name: str
    ours: float
    baseline: float
    unit: str
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline

    def line(self) -> str:
        """`NAME RATIO (ours VALUE UNIT, baseline VALUE UNIT)`."""
        ours, baseline = (f"{value:.4g} {self.unit}" for value in (self.ours, self.baseline))
        return f"{self.name} {self.ratio:.3g} (ours {ours}, baseline {baseline})"

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {**asdict(self), "ratio": self.ratio}


def time_in_turn(
    ours: Callable[[], object], baseline: Callable[[], object], clock: Clock = time.perf_counter
) -> tuple[float, float]:
    """Seconds for one call of each: medians of many short rounds, in each of which both run, one after the other.

    `clock` may be `time.process_time` where a call waits for nothing outside this process: what else the machine does
    then counts less.
    """
    sides = [(each, _calls_in(each, clock)) for each in (ours, baseline)]
    rounds = [[_time(each, count, clock) for each, count in sides] for _ in range(ROUNDS)]
    ours_times, baseline_times = zip(*rounds, strict=True)
    return median(ours_times), median(baseline_times)


def _calls_in(call: Callable[[], object], clock: Clock) -> int:
    """How many calls fill one side's time; warms up on the way."""
    call()
    count = 1
    while (taken := _time(call, count, clock) * count) < SECONDS / 4:
        count *= 2
    return max(1, round(count * SECONDS / taken))


def _time(call: Callable[[], object], count: int, clock: Clock) -> float:
    began = clock()
    for _ in range(count):
        call()
    return (clock() - began) / count
