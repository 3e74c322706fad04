"""Backup and restore while the application runs, the same file for SQLite and PostgreSQL.

A backup is a zip: `manifest.json` (format, schema revision, rows per table) and one file of JSON lines per table. It is
read in one transaction, so it shows one instant; it is restored in one transaction, so there is no half.
"""

import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import InvalidOperation
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, column, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, SAMPLE, Base, Mark
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.outbox.services import hold_all_queued
from forumplanner.upkeep.stored_values import LARGEST_NUMBER, from_json, to_json

FORMAT = 1
ROWS_AT_ONCE = 500
# Bytes. A finished mail with its papers is the largest row there is; a line without end would fill the memory.
LARGEST_MANIFEST = 1_000_000
LARGEST_LINE = 30_000_000
LARGEST_BATCH = 10_000_000
# What reading a cut, altered or foreign file can raise.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, KeyError, TypeError, ValueError, InvalidOperation, IntegrityError,
    DataError, AttributeError, RecursionError, OverflowError,
)  # fmt: skip


FILE_EXISTS = N_("%(file)s is there already. Please name another file: a backup is never written over.")
# A row's values, and the length of its line.
Row = tuple[dict[str, Any], int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows per table; of a restore also how many messages came back that nobody knows the fate of, and are held."""

    rows: dict[str, int]
    held: int = field(default=0, compare=False)

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def write_backup(connection: Connection, path: Path, revision: str) -> Counts:
    """Write all tables to `path`, as they are in the connection's transaction; the file appears only when whole.

    Raises Conflict where there is a file of that name: a backup is never written over.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    return _write(connection, path, revision)


def _write(connection: Connection, path: Path, revision: str) -> Counts:
    if path.exists():
        raise Conflict(FILE_EXISTS, file=path.name)
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
        try:
            os.link(partial, path)  # unlike a renaming, it never replaces what somebody made meanwhile
        except FileExistsError as error:
            raise Conflict(FILE_EXISTS, file=path.name) from error
    finally:
        partial.unlink(missing_ok=True)
    return Counts(counts)


def read_backup(
    connection: Connection, path: Path, revision: str, *, production: bool = False, copy: Path | None = None
) -> Counts:
    """Replace all rows by the backup's. Refuses a file of another schema, a damaged one, one whose counts differ, and
    in `production` one of a sample.

    What is replaced is first written to `copy`, a backup like any other, in the same transaction; not where nobody has
    put anything in.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _read_manifest(archive, revision)
            tables = Base.metadata.sorted_tables
            if connection.dialect.name == "postgresql":
                names = ", ".join(f'"{table.name}"' for table in tables)
                connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
            if copy and _holds_work(connection):
                _write(connection, copy, revision)
            calendar = connection.execute(select(Mark.number).where(Mark.name == CALENDAR)).scalar() or 0
            for table in reversed(tables):
                connection.execute(delete(table))
            counts = {table.name: _read_table(connection, archive, table, manifest) for table in tables}
            if production and connection.execute(select(Mark.name).where(Mark.name == SAMPLE)).scalar():
                raise Conflict(
                    N_("%(file)s is a backup of a sample, which is not for production. Nothing was changed."),
                    file=path.name,
                )
            _raise_numbers(connection, _read_numbers(manifest))
            _touch_calendars(connection, calendar)
            held = hold_all_queued(connection)
    except DAMAGE as error:
        raise Invalid(N_("%(file)s is not a complete backup. Nothing was changed."), file=path.name) from error
    if counts != manifest["rows"]:
        raise Invalid(N_("%(file)s is incomplete: rows are missing. Nothing was changed."), file=path.name)
    return Counts(counts, held)


def _holds_work(connection: Connection) -> bool:
    """Whether anybody has put anything in; regions, bodies and roles come with the schema."""
    tables = (Base.metadata.tables[name] for name in ("rounds", "partners", "users"))
    return any(connection.execute(select(table.c.id).limit(1)).first() for table in tables)


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    query = select(table).order_by(*table.primary_key.columns)
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
        for row in connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}).mappings():
            values = {column.name: to_json(row[column]) for column in table.columns}
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


def _read_table(connection: Connection, archive: zipfile.ZipFile, table: Table, manifest: dict[str, Any]) -> int:
    """Insert a table's rows; no more is read than the manifest says there are."""
    count, expected = 0, int(manifest["rows"][table.name])
    with archive.open(f"{table.name}.jsonl") as file:
        for batch in _batches(_parents_first(table, _rows(table, file, expected))):
            connection.execute(insert(table), batch)
            count += len(batch)
    return count


def _rows(table: Table, file: IO[bytes], expected: int) -> Iterator[Row]:
    for _ in range(expected):
        line = file.readline(LARGEST_LINE)
        if not line:
            return
        if not line.endswith(b"\n"):
            raise ValueError(f"{table.name}: a line without end")
        yield _row(table, json.loads(line)), len(line)
    if file.read(1):
        raise ValueError(f"{table.name}: more rows than there should be")


def _row(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    return {column.name: from_json(column, values[column.name]) for column in table.columns}


def _parents_first(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of a table that refers to itself (agenda items below others), each after its parent."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if not own:
        yield from rows
        return
    waiting, done = list(rows), set()
    while waiting:
        ready = [row for row in waiting if all(row[0][name] is None or row[0][name] in done for name in own)]
        if not ready:
            raise KeyError(table.name)
        done |= {row["id"] for row, _ in ready}
        yield from ready
        waiting = [row for row in waiting if row[0]["id"] not in done]


def _batches(rows: Iterable[Row]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for row, length in rows:
        batch.append(row)
        size += length
        if len(batch) == ROWS_AT_ONCE or size > LARGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


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
