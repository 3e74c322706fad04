"""Backup and restore while the application runs, the same file for SQLite and PostgreSQL.

A backup is a zip: `manifest.json` (format, schema revision, rows per table) and one file of JSON lines per table. It is
read in one transaction, so it shows one instant; it is restored in one transaction, so there is no half.
"""

import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, column, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.types import JSON, Boolean, Date, Enum, Integer, Numeric, String, Time, TypeEngine

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, Base, Mark, UTCDateTime
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_

FORMAT = 1
ROWS_AT_ONCE = 500
LARGEST_MANIFEST = 1_000_000
LARGEST_INTEGER = 2**31 - 1
# Half of what rows can be numbered by: behind it the same number is left for new ones.
LARGEST_NUMBER = 2**30
# What reading a cut, altered or foreign file can raise.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, KeyError, TypeError, ValueError, InvalidOperation, IntegrityError,
    DataError, AttributeError, RecursionError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows per table."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def write_backup(connection: Connection, path: Path, revision: str) -> Counts:
    """Write all tables to `path`, as they are in the connection's transaction; the file appears only when whole."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    partial = path.with_name(f"{path.name}.partial")
    counts: dict[str, int] = {}
    try:
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in Base.metadata.sorted_tables:
                counts[table.name] = _write_table(connection, archive, table)
            manifest = {"format": FORMAT, "revision": revision, "made_at": clock.now().isoformat(), "rows": counts}
            manifest["numbers"] = _last_numbers(connection)
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return Counts(counts)


def read_backup(connection: Connection, path: Path, revision: str) -> Counts:
    """Replace all rows by the backup's. Refuses a file of another schema, a damaged one, one whose counts differ."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _read_manifest(archive, revision)
            tables = Base.metadata.sorted_tables
            if connection.dialect.name == "postgresql":
                names = ", ".join(f'"{table.name}"' for table in tables)
                connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
            calendar = connection.execute(select(Mark.number).where(Mark.name == CALENDAR)).scalar() or 0
            for table in reversed(tables):
                connection.execute(delete(table))
            counts = {table.name: _read_table(connection, archive, table) for table in tables}
            _raise_numbers(connection, _read_numbers(manifest))
            _touch_calendars(connection, calendar)
    except DAMAGE as error:
        raise Invalid(N_("%(file)s is not a whole backup. Nothing was changed."), file=path.name) from error
    if counts != manifest["rows"]:
        raise Invalid(N_("%(file)s does not hold the rows it should. Nothing was changed."), file=path.name)
    return Counts(counts)


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    query = select(table).order_by(*table.primary_key.columns)
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
        for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query).mappings():
            values = {column.name: _to_json(row[column]) for column in table.columns}
            file.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _read_manifest(archive: zipfile.ZipFile, revision: str) -> dict[str, Any]:
    if archive.getinfo("manifest.json").file_size > LARGEST_MANIFEST:
        raise zipfile.BadZipFile
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest["format"] != FORMAT or manifest["revision"] != revision:
        raise Conflict(
            N_(
                "The backup was made by another version (%(theirs)s; this is %(ours)s). Please restore it with that"
                " version, then update. Nothing was changed."
            ),
            theirs=manifest["revision"],
            ours=revision,
        )
    return manifest


def _read_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    with archive.open(f"{table.name}.jsonl") as file:
        rows = (_row(table, json.loads(line)) for line in file)
        for batch in _batches(_parents_first(table, rows)):
            connection.execute(insert(table), batch)
            count += len(batch)
    return count


def _row(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    return {column.name: _from_json(column, values[column.name]) for column in table.columns}


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows of a table that refers to itself (agenda items below others), each after its parent."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if not own:
        yield from rows
        return
    waiting, done = list(rows), set()
    while waiting:
        ready = [row for row in waiting if all(row[name] is None or row[name] in done for name in own)]
        if not ready:
            raise KeyError(table.name)
        done |= {row["id"] for row in ready}
        yield from ready
        waiting = [row for row in waiting if row["id"] not in done]


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_READERS: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (UTCDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (Numeric, Decimal),
)


def _from_json(column: Column[Any], value: Any) -> Any:
    """The value as the column holds it; ValueError and its like for one that no column of ours could have given."""
    if value is None or isinstance(column.type, JSON):
        return value
    read = next((read for kind, read in _READERS if isinstance(column.type, kind)), None)
    found = read(value) if read else value
    if not _fits(column, found):
        raise ValueError(f"{column}: no such value")
    return found


def _fits(column: Column[Any], value: Any) -> bool:
    kind = column.type
    match value:
        case bool():
            return isinstance(kind, Boolean)
        case int():
            most = LARGEST_NUMBER if column.primary_key else LARGEST_INTEGER
            return isinstance(kind, Integer) and abs(value) <= most
        case str():
            among = value in kind.enums if isinstance(kind, Enum) else "\0" not in value
            return isinstance(kind, String) and among and len(value) <= (kind.length or len(value))
        case Decimal():
            whole = (kind.precision or 0) - (kind.scale or 0) if isinstance(kind, Numeric) else 0
            return value.is_finite() and abs(value) < 10**whole
        case datetime():
            return value.tzinfo is not None
    return isinstance(value, date | time)


def _read_numbers(manifest: dict[str, Any]) -> dict[str, int]:
    numbers: dict[str, int] = manifest.get("numbers", {})
    for name, number in numbers.items():
        if type(number) is not int or not 0 <= number <= LARGEST_NUMBER:
            raise ValueError(f"{name}: no such number")
    return numbers


def _last_numbers(connection: Connection) -> dict[str, int]:
    """The last number each table gave to a row, also where that row is gone: links and history name it for ever."""
    if connection.dialect.name == "postgresql":
        names = {
            table: connection.execute(select(func.pg_get_serial_sequence(table, "id"))).scalar()
            for table in _numbered()
        }
        return {
            table: connection.execute(select(column("last_value")).select_from(text(name))).scalar_one()
            for table, name in names.items()
            if name
        }
    if not inspect(connection).has_table("sqlite_sequence"):
        return {}
    return {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}


def _raise_numbers(connection: Connection, numbers: dict[str, int]) -> None:
    """Go on numbering behind the backup, the rows restored and what this database gave before."""
    now = _last_numbers(connection)
    for name in _numbered():
        table = Base.metadata.tables[name]
        highest = connection.execute(select(func.max(table.c.id))).scalar() or 0
        last = max(highest, numbers.get(name, 0), now.get(name, 0))
        if not last:
            continue
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), last)))
        elif table.dialect_options["sqlite"]["autoincrement"]:
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {"name": name, "last": last}
            )


def _numbered() -> list[str]:
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if "id" in table.columns and table.autoincrement_column is not None
    ]


def _touch_calendars(connection: Connection, before: int) -> None:
    """Let no calendar program keep what it read between backup and restore."""
    restored = connection.execute(select(Mark.number).where(Mark.name == CALENDAR)).scalar()
    if restored is not None:
        values = {"number": max(before, restored) + 1, "changed_at": clock.now()}
        connection.execute(update(Mark).where(Mark.name == CALENDAR).values(values))
