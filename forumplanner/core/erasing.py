"""Taking a person out of all rows: what each feature says of its tables, and the sweep through every text there is.

Every column that can hold text is swept, so a new one is without anybody's doing. A feature declares in its module
`erasing` what the sweep cannot know: whose a row is, which texts are not people's words, what stands in a form of its
own, and what of the rows of the person themselves goes.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    LargeBinary,
    String,
    Table,
    Text,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from forumplanner.core.db import Base
from forumplanner.core.traces import DATA_REMOVED, NAME_REMOVED, Traces

AT_ONCE = 2000
Whose = Callable[[Table], ColumnElement[Any]]


class Cleaned(NamedTuple):
    """A text from which a name was taken, as it was and as it is; `partner_id`: the partner whose row it is."""

    table: str
    column: str
    partner_id: int | None
    before: Any
    after: Any


class Doubtful(NamedTuple):
    """A text in which the given name stands alone: theirs or another's, which only people can tell."""

    table: str
    column: str
    meeting_id: int | None
    around: str


@dataclass(slots=True)
class Leaving:
    """Whoever is taken out. `certified`: meetings whose minutes are certified and keep the name. `namesakes`: others of
    exactly this name, whose own rows keep it. Features count here what they did, by the name of a kind of data.
    """

    partner_id: int
    traces: Traces
    certified: frozenset[int] = frozenset()
    namesakes: frozenset[int] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)
    cleaned: list[Cleaned] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)
    kept: int = 0

    def count(self, what: str, number: int) -> None:
        """Note that so many of a kind went."""
        if number:
            self.counts[what] = self.counts.get(what, 0) + number


Act = Callable[[Session, Leaving], None]


@dataclass(frozen=True, slots=True)
class Erasing:
    """What a feature says of its tables.

    `whose`: the partner a row belongs to, as an expression over the table. `printed_in`: the meeting whose minutes
    print the row. `left`: columns (`table.column`) that the sweep leaves, each with the reason. `emptied`: columns that
    become empty where nothing but the name stood in them. `own`: what becomes of the person's own rows, before the
    sweep; `after`: what is to follow it.
    """

    whose: Mapping[str, Whose] = field(default_factory=dict)
    printed_in: Mapping[str, Whose] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    emptied: Collection[str] = ()
    own: Act | None = None
    after: Act | None = None


def together(features: Collection[Erasing]) -> Erasing:
    """What all of them say, but for their acts."""
    whose: dict[str, Whose] = {}
    printed: dict[str, Whose] = {}
    left: dict[str, str] = {}
    emptied: set[str] = set()
    for each in features:
        whose |= each.whose
        printed |= each.printed_in
        left |= each.left
        emptied |= set(each.emptied)
    return Erasing(whose, printed, left, emptied)


def holds_text(column: Column[Any]) -> bool:
    """Whether words of people can stand in a column; keys and choices from a list are none."""
    kinds = (String, Text, JSON, LargeBinary)
    return isinstance(column.type, kinds) and not isinstance(column.type, Enum) and not column.primary_key


def swept_columns(table: Table, left: Mapping[str, str]) -> list[Column[Any]]:
    """The columns of a table that the sweep reads."""
    return [column for column in table.columns if holds_text(column) and f"{table.name}.{column.name}" not in left]


def sweep(session: Session, leaving: Leaving, said: Erasing, *, write: bool = True) -> None:
    """Take the person out of every text of every table, rows of their namesakes and certified minutes aside.

    Without `write` it only looks. What it found stands in `leaving`.
    """
    for table in Base.metadata.sorted_tables:
        columns = swept_columns(table, said.left)
        if columns:
            for keys, values in list(_found(session, table, columns, leaving, said)):
                if write:
                    if "version" in table.c:
                        values["version"] = table.c.version + 1
                    same = [column == key for column, key in zip(table.primary_key.columns, keys, strict=True)]
                    session.execute(update(table).where(*same).values(values))


def _found(
    session: Session, table: Table, columns: list[Column[Any]], leaving: Leaving, said: Erasing
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The rows that name the person: their keys, and their texts without the name."""
    whose = said.whose[table.name](table) if table.name in said.whose else literal(None)
    meeting = said.printed_in[table.name](table) if table.name in said.printed_in else literal(None)
    keys = list(table.primary_key.columns)
    # Where people find it, whether or not minutes print it.
    stands_in = table.c.id if table.name == "meetings" else table.c.get("meeting_id", meeting)
    query = select(*keys, *columns, whose.label("whose_row"), meeting.label("of_meeting"), stands_in.label("stands_in"))
    # Most of 137,000 groups have no note and no extension.
    query = query.where(or_(*(column.is_not(None) for column in columns))).order_by(*keys)
    for row in session.execute(query, execution_options={"yield_per": AT_ONCE}):
        *values, theirs, of_meeting, place = row
        if theirs in leaving.namesakes and theirs is not None:
            continue
        own = theirs is not None and theirs == leaving.partner_id
        changed: dict[str, Any] = {}
        for column, value in zip(columns, values[len(keys) :], strict=True):
            if value is None or value == "":
                continue
            cleaned = clean(leaving.traces, value, own=own)
            if not own:
                _note_doubt(leaving, table, column, value, place)
            if cleaned == value:
                continue
            if of_meeting in leaving.certified:
                leaving.kept += 1
            else:
                leaving.cleaned.append(Cleaned(table.name, column.name, theirs, value, cleaned))
                is_bare = f"{table.name}.{column.name}" in said.emptied and cleaned in (NAME_REMOVED, DATA_REMOVED)
                # An empty column of JSON is no JSON of nothing.
                changed[column.name] = null() if is_bare else cleaned
        if changed:
            yield tuple(values[: len(keys)]), changed


def clean(traces: Traces, value: Any, *, own: bool = False) -> Any:
    """A value without the name. Text that is JSON is read as such: letters may stand in it as codes."""
    if isinstance(value, str):
        if value.startswith(("[", "{")):
            try:
                held = json.loads(value)
            except ValueError:
                return traces.removed_from(value, own=own)
            cleaned = traces.removed_from_value(held, own=own)
            return value if cleaned == held else json.dumps(cleaned, ensure_ascii=False)
        return traces.removed_from(value, own=own)
    if isinstance(value, bytes):
        return value
    cleaned = traces.removed_from_value(value, own=own)
    return value if cleaned == value else cleaned


def _note_doubt(leaving: Leaving, table: Table, column: Column[Any], value: Any, meeting_id: int | None) -> None:
    around = leaving.traces.may_name(value) if isinstance(value, str) else None
    if around:
        leaving.doubtful.append(Doubtful(table.name, column.name, meeting_id, around))
