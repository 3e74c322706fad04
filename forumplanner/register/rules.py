"""Figures of community finance organisations: what a total adds up, and what it must say it leaves out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What is observed; fund is in million baht."""

    GROUPS = "groups"
    MEMBERS = "members"
    FUND = "fund"


class Standing(StrEnum):
    """What a figure is. "No data" is not zero."""

    COUNT = "count"
    TARGET = "target"
    NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `as_of` is a Gregorian year, or year and month ("1999", "2004-04"), or empty: the source has none."""

    standing: Standing
    value: Decimal | None
    as_of: str = ""
    source: str = ""


NO_FIGURE = Figure(Standing.NO_DATA, None)


@dataclass(frozen=True, slots=True)
class KindFigures:
    """A kind of organisation with its figure in force for each measure."""

    name: str
    figures: Mapping[Measure, Figure] = field(default_factory=dict)

    def figure(self, measure: Measure) -> Figure:
        """The figure for a measure; "no data" where nobody observed it."""
        return self.figures.get(measure, NO_FIGURE)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over kinds, and all that it does not say by itself.

    `value` is None where no kind has a figure. `targets` are the kinds of which only a target is known: in the sum
    `with_targets`, left out otherwise. `as_of` are the moments of the figures summed, the oldest first; `undated` the
    kinds summed whose source gives none.
    """

    measure: Measure
    with_targets: bool
    value: Decimal | None
    summed: tuple[str, ...]
    targets: tuple[str, ...]
    without_data: tuple[str, ...]
    as_of: tuple[str, ...]
    undated: tuple[str, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The kinds that are not in the sum."""
        return self.without_data if self.with_targets else (*self.targets, *self.without_data)

    @property
    def is_of_one_moment(self) -> bool:
        """Whether all that is summed was observed at the same time, as far as anybody knows."""
        return len(self.as_of) + bool(self.undated) <= 1


def figure_in_force(figures: Iterable[Figure]) -> Figure:
    """Of several figures of one kind and measure the newest that says something; an undated one is the oldest."""
    known = [figure for figure in figures if figure.standing != Standing.NO_DATA]
    return max(known, key=lambda figure: figure.as_of, default=NO_FIGURE)


def total_of(kinds: Sequence[KindFigures], measure: Measure, *, with_targets: bool) -> Total:
    """Add up a measure. What is not known is not taken for zero; what is a target counts only `with_targets`."""
    by_standing: dict[Standing, list[KindFigures]] = {standing: [] for standing in Standing}
    for kind in kinds:
        by_standing[kind.figure(measure).standing].append(kind)
    summed = [
        kind
        for kind in kinds
        if kind.figure(measure).standing == Standing.COUNT
        or (with_targets and kind.figure(measure).standing == Standing.TARGET)
    ]
    figures = [kind.figure(measure) for kind in summed]
    values = [figure.value for figure in figures if figure.value is not None]
    return Total(
        measure=measure,
        with_targets=with_targets,
        value=sum(values, Decimal(0)) if values else None,
        summed=_names(summed),
        targets=_names(by_standing[Standing.TARGET]),
        without_data=_names(by_standing[Standing.NO_DATA]),
        as_of=tuple(sorted({figure.as_of for figure in figures if figure.as_of})),
        undated=_names(kind for kind in summed if not kind.figure(measure).as_of),
    )


def _names(kinds: Iterable[KindFigures]) -> tuple[str, ...]:
    return tuple(kind.name for kind in kinds)
