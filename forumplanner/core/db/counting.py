"""Counts that features export, read together: one query, however many rows they are counted for and by how many."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counting(Generic[T]):
    """How a feature counts: `kind` is a dataclass whose fields have defaults.

    `select_for` takes the ids of what is counted for and returns a select of one row for each, at most: a column by the
    name `key`, and one for each field by the field's name.
    """

    kind: type[T]
    key: str
    select_for: Callable[[Collection[int]], Select[*tuple[Any, ...]]]


def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group meet a condition."""
    return func.sum(case((condition, 1), else_=0))


def read_counts(
    session: Session, row_id: InstrumentedAttribute[int], ids: Collection[int], countings: Sequence[Counting[Any]]
) -> dict[int, list[Any]]:
    """By the id of each row what each feature counts for it, in the order given; a field keeps its default where no
    row is found, or the row holds nothing there."""
    query: Select[*tuple[Any, ...]] = select(row_id).where(row_id.in_(ids))
    for counting in countings:
        found = counting.select_for(ids).subquery()
        query = query.add_columns(*(found.c[field.name] for field in fields(counting.kind)))
        query = query.outerjoin(found, found.c[counting.key] == row_id)
    return {row[0]: _split(row[1:], countings) for row in session.execute(query)}


def _split(values: Sequence[object], countings: Sequence[Counting[Any]]) -> list[Any]:
    parts, at = [], 0
    for counting in countings:
        names = [field.name for field in fields(counting.kind)]
        told = zip(names, values[at : at + len(names)], strict=True)
        parts.append(counting.kind(**{name: value for name, value in told if value is not None}))
        at += len(names)
    return parts
