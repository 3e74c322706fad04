"""Totals of the real finance table, and what they are silent about. Figures: the finance table of 2550."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from forumplanner.register.rules import (
    NO_FIGURE,
    Figure,
    KindFigures,
    Measure,
    Standing,
    Total,
    figure_in_force,
    total_of,
)

DATA = Path(__file__).parent.parent.parent / "forumplanner/data/finance-organisations.csv"
COLUMNS = {
    Measure.GROUPS: ("groups", "groups_is"),
    Measure.MEMBERS: ("members", "members_is"),
    Measure.FUND: ("fund_million_baht", "fund_is"),
}


def real_figures(lang: str = "en") -> list[KindFigures]:
    """The table of 2550 as it was written."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            KindFigures(
                row[f"kind_{lang}"],
                {
                    measure: Figure(Standing(row[standing]), Decimal(row[value]) if row[value] else None, row["as_of"])
                    for measure, (value, standing) in COLUMNS.items()
                },
            )
            for row in csv.DictReader(file)
        ]


VILLAGE, POVERTY, SAVINGS, CREDIT, SAJJA, OTHER, BAHT = (kind.name for kind in real_figures())


@pytest.mark.parametrize(
    ("measure", "with_targets", "value"),
    [
        (Measure.GROUPS, True, "136998"),
        (Measure.GROUPS, False, "97352"),
        (Measure.MEMBERS, True, "451234"),
        (Measure.MEMBERS, False, "451234"),
        # The source prints 101,563: the exact sum, rounded.
        (Measure.FUND, True, "101563.01"),
        (Measure.FUND, False, "90462.13"),
    ],
)
def test_totals_are_those_of_the_printed_table(measure: Measure, with_targets: bool, value: str) -> None:
    assert total_of(real_figures(), measure, with_targets=with_targets).value == Decimal(value)


def test_a_total_with_targets_knows_all_it_is_silent_about() -> None:
    assert total_of(real_figures(), Measure.GROUPS, with_targets=True) == Total(
        measure=Measure.GROUPS,
        with_targets=True,
        value=Decimal(136998),
        summed=(VILLAGE, POVERTY, SAVINGS, CREDIT, SAJJA),
        targets=(POVERTY,),
        without_data=(OTHER, BAHT),
        as_of=("1999", "2004-04", "2004-09"),
        undated=(POVERTY, SAJJA),
    )


def test_a_total_without_targets_leaves_them_out_beside_what_nobody_counted() -> None:
    assert total_of(real_figures(), Measure.FUND, with_targets=False).left_out == (POVERTY, SAJJA, OTHER, BAHT)


def test_members_are_the_credit_unions_alone() -> None:
    total = total_of(real_figures(), Measure.MEMBERS, with_targets=True)
    assert (total.summed, len(total.without_data), total.is_of_one_moment) == ((CREDIT,), 6, True)


@pytest.mark.parametrize(
    ("figures", "one"),
    [
        ([Figure(Standing.COUNT, Decimal(1), "2004"), Figure(Standing.COUNT, Decimal(1), "2004")], True),
        ([Figure(Standing.COUNT, Decimal(1), "2004"), Figure(Standing.COUNT, Decimal(1), "2004-04")], False),
        ([Figure(Standing.COUNT, Decimal(1), "2004"), Figure(Standing.COUNT, Decimal(1))], False),
        ([Figure(Standing.COUNT, Decimal(1)), Figure(Standing.COUNT, Decimal(1))], True),
    ],
)
def test_figures_of_different_or_unknown_times_make_no_sum_of_one_moment(figures: list[Figure], one: bool) -> None:
    kinds = [KindFigures(str(number), {Measure.GROUPS: figure}) for number, figure in enumerate(figures)]
    assert total_of(kinds, Measure.GROUPS, with_targets=True).is_of_one_moment is one


def test_no_data_anywhere_is_no_total_and_not_zero() -> None:
    assert total_of([KindFigures("a"), KindFigures("b")], Measure.FUND, with_targets=True).value is None


def test_a_count_of_zero_is_a_figure() -> None:
    kinds = [KindFigures("a", {Measure.GROUPS: Figure(Standing.COUNT, Decimal(0), "2004")}), KindFigures("b")]
    total = total_of(kinds, Measure.GROUPS, with_targets=False)
    assert (total.value, total.summed, total.without_data) == (Decimal(0), ("a",), ("b",))


def test_of_several_figures_the_newest_that_says_something_is_in_force() -> None:
    undated, old = Figure(Standing.COUNT, Decimal(9)), Figure(Standing.COUNT, Decimal(1), "1999")
    new, silent = Figure(Standing.TARGET, Decimal(2), "2004-04"), Figure(Standing.NO_DATA, None, "2005")
    assert figure_in_force([undated, new, silent, old]) == new
    assert figure_in_force([silent]) == NO_FIGURE
