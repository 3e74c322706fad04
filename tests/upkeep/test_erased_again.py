"""A backup that is older than an erasing does not bring the person back; the command says what it would do."""

import sqlite3
from pathlib import Path

from tests.databases import Databases, command


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        return connection.execute(query).fetchall()


def test_who_was_erased_comes_back_with_no_backup(databases: Databases, tmp_path: Path) -> None:
    home = (tmp_path, databases.copy_of("sample", tmp_path))
    (number, name), *_others = rows(home[1], "SELECT id, name FROM partners WHERE kind = 'person' AND name LIKE '% %'")
    assert command(*home, "backup", str(tmp_path / "b.zip")).returncode == 0
    asked = command(*home, "partners", "erase", str(number))
    assert (asked.returncode, "--yes" in asked.stderr) == (1, True)
    assert rows(home[1], f"SELECT name FROM partners WHERE id = {number}") == [(name,)]
    done = command(*home, "partners", "erase", str(number), "--yes")
    assert done.returncode == 0, done.stderr
    assert str(name) not in done.stdout
    # The backup in the data folder is named: nobody can change it.
    assert "b.zip" in done.stdout
    gone = [("(ลบชื่อแล้ว)",)]
    assert rows(home[1], f"SELECT name FROM partners WHERE id = {number}") == gone
    assert command(*home, "partners", "erase", str(number), "--yes").returncode == 1
    restored = command(*home, "restore", str(tmp_path / "b.zip"), "--yes")
    assert restored.returncode == 0, restored.stderr
    assert f"[{number}]" in restored.stdout
    assert rows(home[1], f"SELECT name FROM partners WHERE id = {number}") == gone
    assert rows(home[1], "SELECT id FROM partners WHERE erased_at IS NOT NULL") == [(number,)]


def test_an_organisation_is_no_person_and_nobody_is_nobody(databases: Databases, tmp_path: Path) -> None:
    home = (tmp_path, databases.copy_of("sample", tmp_path))
    agency = rows(home[1], "SELECT id FROM partners WHERE kind = 'organisation' LIMIT 1")[0][0]
    for number in (agency, 999_999):
        refused = command(*home, "partners", "erase", str(number), "--yes")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "Traceback" not in refused.stderr
