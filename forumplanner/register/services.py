"""Reads of the register."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forumplanner.register.models import FinanceKind, Measure
from forumplanner.register.rules import Figure, KindFigures, figure_in_force


def list_figures(session: Session, lang: str) -> list[KindFigures]:
    """The kinds in their order, each with its figures in force and its name in a language; one query."""
    query = select(FinanceKind).options(joinedload(FinanceKind.observations)).order_by(FinanceKind.list_order)
    return [_figures_of(kind, lang) for kind in session.scalars(query).unique()]


def _figures_of(kind: FinanceKind, lang: str) -> KindFigures:
    observed: dict[Measure, list[Figure]] = {measure: [] for measure in Measure}
    for row in kind.observations:
        observed[row.measure].append(Figure(row.standing, row.value, row.as_of, row.source or ""))
    return KindFigures(kind.name(lang), {measure: figure_in_force(found) for measure, found in observed.items()})
