"""Reads of the register."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.register.models import FinanceKind, Measure, Observation
from forumplanner.register.rules import Figure, KindFigures, figure_in_force


def list_figures(session: Session, lang: str) -> list[KindFigures]:
    """The kinds in their order, each with its figures in force and its name in a language; one query."""
    query = (
        select(FinanceKind, Observation)
        .outerjoin(Observation, Observation.kind_id == FinanceKind.id)
        .order_by(FinanceKind.list_order, Observation.id)
    )
    observed: dict[FinanceKind, list[Observation]] = {}
    for kind, row in session.execute(query):
        observed.setdefault(kind, []).extend([row] if row is not None else [])
    return [_figures_of(kind, rows, lang) for kind, rows in observed.items()]


def _figures_of(kind: FinanceKind, rows: Iterable[Observation], lang: str) -> KindFigures:
    observed: dict[Measure, list[Figure]] = {measure: [] for measure in Measure}
    for row in rows:
        observed[row.measure].append(Figure(row.standing, row.value, row.as_of, row.source or ""))
    return KindFigures(kind.name(lang), {measure: figure_in_force(found) for measure, found in observed.items()})
