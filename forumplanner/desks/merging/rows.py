"""Every column that refers to a partner, and rows as they are, to be compared and put back.

A test finds a column that refers to a partner and stands in none of these lists.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Date, Table, and_, delete, insert, or_, select, update
from sqlalchemy import Enum as EnumOf
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core.db import Base, UTCDateTime
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.partners.importing.keeping import among

# By these columns rows belong to a partner, as their own or as what points at them.
OF_PARTNERS = {
    "partners": ("id",),
    "people": ("id", "organisation_id"),
    "organisations": ("id",),
    "phones": ("partner_id",),
    "partner_notes": ("partner_id",),
    "partner_regions": ("partner_id",),
    "offered_welfare": ("organisation_id",),
    "organisation_names": ("organisation_id",),
    "memberships": ("network_id", "member_id"),
    "seats": ("organisation_id",),
    "personal_feeds": ("partner_id",),
    "invitations": ("partner_id",),
    "chosen_guests": ("partner_id",),
    "retention_holds": ("partner_id",),
    "outcomes": ("owner_partner_id",),
    "partner_import_rows": ("partner_id", "maybe_id"),
    "outbox_messages": ("partner_id",),
    "changes": ("partner_id",),
    "look_partners": ("partner_id",),
    "distinct_partners": ("partner_id", "other_id"),
    "merged_partners": ("partner_id",),
}
# By these to an invitation.
OF_INVITATIONS = {
    "needs": ("invitation_id",),
    "replies": ("invitation_id",),
    "attendances": ("invitation_id",),
    "merged_invitations": ("invitation_id",),
    "outbox_messages": ("invitation_id",),
}
# These are part of what is carried with another column of their row.
WITH_THEIR_ROW = ("invitations.seat_id", "chosen_guests.seat_id")
# Numbers of what is gone, kept as they were.
LEFT_AS_THEY_ARE = (
    "merged_partners.other_id",
    "merged_invitations.other_id",
    "partner_merges.partner_id",
    "partner_merges.other_id",
)
# Derived from others: made anew where somebody changed it since.
DERIVED = {("partners", "search_text")}
# New rows of these are referred to by rows that are put back first.
REFERRED_TO = ("seats",)

CHANGED_SINCE = N_(
    "This cannot be undone any more: somebody worked on it since. Please correct the particulars, or add the other one."
)

Row = dict[str, Any]
Rows = dict[tuple[str, tuple[Any, ...]], Row]
# A row's table and key, what of it was, what it became; None where there was no row.
Changed = tuple[str, tuple[Any, ...], Row | None, Row | None]


def table_of(name: str) -> Table:
    """The table of that name."""
    return Base.metadata.tables[name]


def read_rows(session: Session, partner_ids: Collection[int], invitation_ids: Collection[int]) -> Rows:
    """All rows that belong to these partners and invitations; a constant number of queries."""
    found: Rows = {}
    for columns, ids in ((OF_PARTNERS, partner_ids), (OF_INVITATIONS, invitation_ids)):
        for name, of in columns.items():
            table = table_of(name)
            belongs = or_(*(table.c[column].in_(ids) for column in of))
            _take(found, table, session.execute(select(table).where(belongs)).mappings())
    partners, people = table_of("partners"), table_of("people")
    members = select(people.c.id).where(people.c.organisation_id.in_(partner_ids))
    _take(found, partners, session.execute(select(partners).where(partners.c.id.in_(members))).mappings())
    return found


def read_again(session: Session, before: Rows) -> Rows:
    """The same rows as they are now, as far as they are there."""
    found: Rows = {}
    keys: dict[str, list[tuple[Any, ...]]] = {}
    for name, key in before:
        keys.setdefault(name, []).append(key)
    for name, wanted in keys.items():
        _take(
            found,
            table_of(name),
            session.execute(select(table_of(name)).where(_have(session, name, wanted))).mappings(),
        )
    return {each: row for each, row in found.items() if each in before}


def _have(session: Session, name: str, keys: Sequence[tuple[Any, ...]]) -> Any:
    """Whose key is one of these, or begins like one: a query has room for so many parameters only."""
    first = next(iter(table_of(name).primary_key.columns))
    return among(session, first, sorted({key[0] for key in keys}))


def _take(found: Rows, table: Table, rows: Any) -> None:
    keys = [column.name for column in table.primary_key.columns]
    for row in rows:
        found[table.name, tuple(row[key] for key in keys)] = dict(row)


def compare_rows(before: Rows, after: Rows) -> list[Changed]:
    """What became otherwise."""
    changed: list[Changed] = []
    for name, key in {**before, **after}:
        old, new = before.get((name, key)), after.get((name, key))
        if old == new:
            continue
        if old is not None and new is not None:
            differing = [column for column in old if old[column] != new[column]]
            old, new = {each: old[each] for each in differing}, {each: new[each] for each in differing}
        changed.append((name, key, old, new))
    return changed


def put_back(session: Session, changed: Sequence[Changed]) -> None:
    """Make all of them as they were; Conflict where one is not as it became, or something new refers to it."""
    _check_untouched(session, changed)
    tables = [table.name for table in Base.metadata.sorted_tables]
    order = sorted(changed, key=lambda each: tables.index(each[0]))
    added = [each for each in order if each[2] is None]
    try:
        with session.begin_nested():
            for name, key, _old, _new in reversed([each for each in added if each[0] not in REFERRED_TO]):
                session.execute(delete(table_of(name)).where(_is(table_of(name), key)))
            for name, _key, old, new in order:
                if old is not None and new is None:
                    session.execute(insert(table_of(name)).values(old))
            for name, key, old, new in order:
                if old is not None and new is not None:
                    session.execute(update(table_of(name)).where(_is(table_of(name), key)).values(old))
            for name, key, _old, _new in [each for each in added if each[0] in REFERRED_TO]:
                session.execute(delete(table_of(name)).where(_is(table_of(name), key)))
    except IntegrityError as error:
        raise Conflict(CHANGED_SINCE) from error
    session.expire_all()


def _check_untouched(session: Session, changed: Sequence[Changed]) -> None:
    now = read_again(session, {(name, key): {} for name, key, _old, _new in changed})
    for name, key, _old, new in changed:
        row = now.get((name, key))
        if (row is None) != (new is None):
            raise Conflict(CHANGED_SINCE)
        for column, value in (new or {}).items():
            if row is not None and row[column] != value and (name, column) not in DERIVED:
                raise Conflict(CHANGED_SINCE)


def _is(table: Table, key: Sequence[Any]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))


def write_down(changed: Sequence[Changed]) -> str:
    """As JSON, by which the values come back as they were."""
    return json.dumps([[name, key, _plain(old), _plain(new)] for name, key, old, new in changed], ensure_ascii=False)


def read_up(text: str) -> list[Changed]:
    """What `write_down` wrote."""
    return [(name, tuple(key), _values(name, old), _values(name, new)) for name, key, old, new in json.loads(text)]


def _plain(row: Row | None) -> Row | None:
    if row is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value.value if isinstance(value, Enum) else value
        for name, value in row.items()
    }


def _values(name: str, row: Mapping[str, Any] | None) -> Row | None:
    if row is None:
        return None
    columns = table_of(name).c
    return {column: _value(columns[column], value) for column, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(column.type, UTCDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return column.type.enum_class(value) if isinstance(column.type, EnumOf) and column.type.enum_class else value


def references() -> Iterator[str]:
    """The columns of the lists above, as `table.column`."""
    for columns in (OF_PARTNERS, OF_INVITATIONS):
        for name, of in columns.items():
            yield from (f"{name}.{column}" for column in of)
    yield from WITH_THEIR_ROW
    yield from LEFT_AS_THEY_ARE
