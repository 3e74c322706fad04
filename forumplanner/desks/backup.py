"""Backup and restore while the application runs, the same file for SQLite and PostgreSQL.

A backup is a zip: `manifest.json` (format, schema revision, rows per table) and one file of JSON lines per table. It is
read in one transaction, so it shows one instant; it is restored in one transaction, so there is no half.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Numeric, Table, delete, func, insert, select, text
from sqlalchemy.types import Date, Time

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_

FORMAT = 1
ROWS_AT_ONCE = 500
LARGEST_MANIFEST = 1_000_000


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
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in Base.metadata.sorted_tables:
                counts[table.name] = _write_table(connection, archive, table)
            manifest = {"format": FORMAT, "revision": revision, "made_at": clock.now().isoformat(), "rows": counts}
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        partial.chmod(0o600)
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
            for table in reversed(tables):
                connection.execute(delete(table))
            counts = {table.name: _read_table(connection, archive, table) for table in tables}
    except (zipfile.BadZipFile, OSError, KeyError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Invalid(N_("%(file)s is not a whole backup. Nothing was changed."), file=path.name) from error
    if counts != manifest["rows"]:
        raise Invalid(N_("%(file)s does not hold the rows it should. Nothing was changed."), file=path.name)
    _reset_sequences(connection)
    return Counts(counts)


def count_rows(connection: Connection) -> Counts:
    """Rows per table, now."""
    return Counts(
        {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }
    )


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


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Time):
        return time.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Numeric) and isinstance(value, str) else value


def _reset_sequences(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns and table.autoincrement_column is not None:
            connection.execute(
                select(
                    func.setval(
                        func.pg_get_serial_sequence(table.name, "id"),
                        func.coalesce(select(func.max(table.c.id)).scalar_subquery(), 1),
                        select(table.c.id).exists(),
                    )
                )
            )
