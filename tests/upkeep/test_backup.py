"""Backup and restore: every row comes back, on both databases, or nothing changes."""

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forumplanner.core.db import CALENDAR, Mark, db, read_only
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.outbox.services import queue_message
from forumplanner.outcomes.models import Outcome
from forumplanner.partners.models import Person
from forumplanner.upkeep.backup import Counts, read_backup, write_backup
from forumplanner.web.database import newest_revision
from tests.counting import count_rows

pytestmark = pytest.mark.both_databases


def make_backup(path: Path) -> Counts:
    with read_only(), db.engine.connect() as connection:
        return write_backup(connection, path, newest_revision())


def restore(path: Path) -> Counts:
    with db.engine.begin() as connection:
        return read_backup(connection, path, newest_revision())


def all_texts(session: Session) -> list[tuple[int, str]]:
    return [tuple(row) for row in session.execute(select(Outcome.id, Outcome.text).order_by(Outcome.id))]


def test_restore_brings_back_every_row(sample: Flask, session: Session, tmp_path: Path) -> None:
    before, texts = count_rows(session.connection()), all_texts(session)
    session.rollback()
    assert make_backup(tmp_path / "all.zip") == before
    session.execute(delete(Outcome))
    session.commit()
    assert restore(tmp_path / "all.zip") == before
    assert all_texts(session) == texts
    assert before.rows["meetings"] == 10


def test_new_rows_find_free_numbers_after_a_restore(sample: Flask, session: Session, tmp_path: Path) -> None:
    session.rollback()
    make_backup(tmp_path / "all.zip")
    restore(tmp_path / "all.zip")
    highest = max(session.scalars(select(Person.id)))
    person = Person(given_name="ใหม่", name="ใหม่", sort_key="หใม", search_text="ใหม่")
    session.add(person)
    session.flush()
    assert person.id > highest


def test_backup_of_another_schema_is_refused_and_changes_nothing(
    sample: Flask, session: Session, tmp_path: Path
) -> None:
    before = count_rows(session.connection())
    session.rollback()
    with db.engine.connect() as connection:
        write_backup(connection, tmp_path / "old.zip", "0000")
    with pytest.raises(Conflict):
        restore(tmp_path / "old.zip")
    assert count_rows(session.connection()) == before


@pytest.mark.parametrize("damage", ["cut", "row missing", "no zip", "not json", "bad date"])
def test_damaged_backup_is_refused_and_changes_nothing(
    sample: Flask, session: Session, tmp_path: Path, damage: str
) -> None:
    before = count_rows(session.connection())
    session.rollback()
    path, broken = tmp_path / "all.zip", tmp_path / "broken.zip"
    make_backup(path)
    if damage == "cut":
        broken.write_bytes(path.read_bytes()[:-500])
    elif damage == "no zip":
        broken.write_text("not a backup")
    else:
        with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as copy:
            for name in whole.namelist():
                lines = whole.read(name).splitlines(keepends=True)
                if name == "meetings.jsonl" and damage == "bad date":
                    lines = [line.replace(b"2007-01-30", b"2007-13-30") for line in lines]
                elif name == "outcomes.jsonl" and damage != "bad date":
                    lines = lines[1:] if damage == "row missing" else [b"{", *lines]
                copy.writestr(name, b"".join(lines))
    with pytest.raises(Invalid):
        restore(broken)
    assert count_rows(session.connection()) == before


def altered(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a backup with one of its files changed."""
    other = path.with_name("altered.zip")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(other, "w") as copy:
        for each in whole.namelist():
            content = whole.read(each)
            copy.writestr(each, change(content) if each == name else content)
    return other


def with_value(table: str, column: str, value: object) -> tuple[str, Callable[[bytes], bytes]]:
    """Another value in the first row of a table."""

    def change(content: bytes) -> bytes:
        first, _, rest = content.partition(b"\n")
        return json.dumps({**json.loads(first), column: value}).encode() + b"\n" + rest

    return f"{table}.jsonl", change


def with_numbers(numbers: object) -> tuple[str, Callable[[bytes], bytes]]:
    return "manifest.json", lambda content: json.dumps({**json.loads(content), "numbers": numbers}).encode()


@pytest.mark.parametrize(
    "alteration",
    [
        with_value("meetings", "status", "dreamt of"),
        with_value("meetings", "venue_th", ["a list"]),
        with_value("meetings", "venue_th", "\0"),
        with_value("meetings", "venue_th", "ก" * 301),
        with_value("meetings", "created_at", "2026-03-02T09:00:00"),
        with_value("meetings", "created_at", 5),
        with_value("meetings", "created_at", "2550-03-02T09:00:00+00:00"),
        with_value("meetings", "starts_on", "2550-01-30"),
        with_value("meetings", "starts_on", "0001-01-01"),
        with_value("meetings", "venue_th", "\ud800"),
        with_value("meeting_days", "opens_at", "09:00:00+07:00"),
        with_value("meetings", "sequence", "abc"),
        with_value("meetings", "sequence", True),
        with_value("meetings", "sequence", 10**30),
        with_value("meetings", "id", 2**31 - 1),
        with_value("partners", "is_sample", "yes"),
        with_value("observations", "value", "NaN"),
        with_value("observations", "value", "1e30"),
        with_numbers([1]),
        with_numbers({"meetings": 2**63 - 1}),
        with_numbers({"meetings": "7"}),
        with_numbers({"meetings": -1}),
        ("meetings.jsonl", lambda content: b"[" * 100_000 + content),
        ("meetings.jsonl", lambda content: b"[]\n" + content),
        ("meetings.jsonl", lambda content: content + content),
        ("meetings.jsonl", lambda content: content.rstrip(b"\n")),
        ("manifest.json", lambda content: b"[" * 100_000),
        ("manifest.json", lambda content: b"[]"),
    ],
)
def test_a_value_no_backup_of_ours_holds_is_refused_and_changes_nothing(
    sample: Flask, session: Session, tmp_path: Path, alteration: tuple[str, Callable[[bytes], bytes]]
) -> None:
    before = count_rows(session.connection())
    session.rollback()
    make_backup(tmp_path / "all.zip")
    with pytest.raises(Invalid):
        restore(altered(tmp_path / "all.zip", *alteration))
    assert count_rows(session.connection()) == before


def test_backup_says_how_many_rows_each_table_has(sample: Flask, session: Session, tmp_path: Path) -> None:
    session.rollback()
    counts = make_backup(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["rows"] == counts.rows
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0


def test_a_number_given_after_the_backup_is_not_given_again(sample: Flask, session: Session, tmp_path: Path) -> None:
    session.rollback()
    make_backup(tmp_path / "monday.zip")
    tuesday = Person(given_name="อังคาร", name="อังคาร", sort_key="อ", search_text="อังคาร")
    session.add(tuesday)
    session.flush()
    number = tuesday.id
    session.commit()
    restore(tmp_path / "monday.zip")
    wednesday = Person(given_name="พุธ", name="พุธ", sort_key="พ", search_text="พุธ")
    session.add(wednesday)
    session.flush()
    assert wednesday.id > number


def test_restoring_lets_no_calendar_keep_what_it_read_since(sample: Flask, session: Session, tmp_path: Path) -> None:
    before = session.get_one(Mark, CALENDAR)
    number, changed_at = before.number, before.changed_at
    session.rollback()
    make_backup(tmp_path / "all.zip")
    restore(tmp_path / "all.zip")
    after = session.get_one(Mark, CALENDAR, populate_existing=True)
    assert (after.number, after.changed_at > changed_at) == (number + 1, True)


def test_a_backup_is_never_written_over(sample: Flask, session: Session, tmp_path: Path) -> None:
    session.rollback()
    (tmp_path / "all.zip").write_text("the only backup")
    with pytest.raises(Conflict):
        make_backup(tmp_path / "all.zip")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("all.zip", "the only backup")]


def test_a_line_without_end_is_not_read_into_memory(sample: Flask, session: Session, tmp_path: Path) -> None:
    """3 MB of file, 300 MB of one line: what is held meanwhile stays a small part of it."""
    session.rollback()
    make_backup(tmp_path / "all.zip")
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(tmp_path / "all.zip") as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in whole.namelist():
            if name != "meetings.jsonl":
                copy.writestr(name, whole.read(name))
        with copy.open("meetings.jsonl", "w") as file:
            file.write(b'{"id": "')
            for _ in range(300):
                file.write(b"a" * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Invalid):
            restore(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100_000_000


def test_a_sample_never_goes_into_production(sample: Flask, session: Session, tmp_path: Path) -> None:
    before = count_rows(session.connection())
    session.rollback()
    make_backup(tmp_path / "sample.zip")
    with pytest.raises(Conflict), db.engine.begin() as connection:
        read_backup(connection, tmp_path / "sample.zip", newest_revision(), production=True)
    assert count_rows(session.connection()) == before


def test_what_is_replaced_is_kept_as_a_backup_like_any_other(sample: Flask, session: Session, tmp_path: Path) -> None:
    session.rollback()
    make_backup(tmp_path / "monday.zip")
    session.execute(delete(Outcome))
    session.commit()
    tuesday = count_rows(session.connection())
    session.rollback()
    with db.engine.begin() as connection:
        read_backup(connection, tmp_path / "monday.zip", newest_revision(), copy=tmp_path / "kept.zip")
    assert restore(tmp_path / "kept.zip") == tuesday


def test_mail_that_waited_when_the_backup_was_made_is_held_after_a_restore(
    sample: Flask, session: Session, tmp_path: Path
) -> None:
    queue_message(session, "k1", "test", "somchai@example.org", "เรื่อง", "ข้อความ")
    sent = queue_message(session, "k2", "test", "somsri@example.org", "เรื่อง", "ข้อความ")
    sent.state = MessageState.SENT
    session.commit()
    make_backup(tmp_path / "all.zip")
    assert restore(tmp_path / "all.zip").held == 1
    states = dict(session.execute(select(OutboxMessage.key, OutboxMessage.state)).all())
    assert states == {"k1": MessageState.HELD, "k2": MessageState.SENT}
