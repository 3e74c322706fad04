"""`partners import` and `partners export`: what a file would bring, what it brought, and the list had back."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.databases import Databases, command
from tests.partners.importing.messy import FAULTS, messy
from tests.sheets.files import PEOPLE, xlsx


@pytest.fixture
def home(databases: Databases, tmp_path: Path) -> tuple[Path, str]:
    return tmp_path, databases.copy_of("empty", tmp_path)


def people(home: tuple[Path, str]) -> list[tuple[str, str]]:
    with sqlite3.connect(home[1].removeprefix("sqlite:///")) as connection:
        return connection.execute(
            "SELECT name, number FROM partners LEFT JOIN phones ON partner_id = partners.id ORDER BY partners.id"
        ).fetchall()


def test_a_dry_run_says_all_and_writes_nothing(home: tuple[Path, str]) -> None:
    (home[0] / "a.xlsx").write_bytes(xlsx(PEOPLE))
    done = command(*home, "partners", "import", str(home[0] / "a.xlsx"), "--region", "south", "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    row = {"sheet": "Sheet", "state": "new", "messages": []}
    assert json.loads(done.stdout) == {
        "new": 2,
        "update": 0,
        "duplicate": 0,
        "error": 0,
        "rows": [
            {**row, "row": 2, "name": "สมชาย ใจดี", "phones": ["0810000001"]},
            {**row, "row": 3, "name": "สมศรี มีสุข", "phones": ["074123456"]},
        ],
    }
    assert people(home) == []


def test_the_second_time_nothing_changes(home: tuple[Path, str]) -> None:
    path = home[0] / "a.csv"
    path.write_bytes("ชื่อ-สกุล,โทร\nนายสมชาย ใจดี,0810000001\n".encode("cp874"))
    for new in (1, 0):
        done = command(*home, "partners", "import", str(path), "--region", "south", "--json")
        found = json.loads(done.stdout)
        assert (found["new"], found["duplicate"], found["update"]) == (new, 1 - new, 0)
        assert people(home) == [("สมชาย ใจดี", "0810000001")]
    assert found["rows"][0]["sheet"] is None


def test_errors_are_left_out_and_told_in_words(home: tuple[Path, str]) -> None:
    (home[0] / "messy.xlsx").write_bytes(messy())
    done = command(*home, "partners", "import", str(home[0] / "messy.xlsx"), "--region", "south", "--json")
    found = json.loads(done.stdout)
    assert found["error"] == len([fault for fault in FAULTS if fault.state == "error"])
    assert all(row["messages"] for row in found["rows"] if row["state"] in ("error", "duplicate"))
    assert len({name for name, _number in people(home)}) == found["new"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "This file holds no table"),
        ("a.xlsx", b"PK\x03\x04 cut off", "cannot be opened"),
        ("a.csv", b"", "There is nothing in this file"),
        ("a.csv", "ปี,กลุ่ม\n2550,100\n".encode(), "No column with names"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    home: tuple[Path, str], name: str, content: bytes, says: str
) -> None:
    (home[0] / name).write_bytes(content)
    done = command(*home, "partners", "import", str(home[0] / name), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_region_or_a_sheet_that_is_not_there_is_said_to_be_missing(home: tuple[Path, str]) -> None:
    (home[0] / "a.xlsx").write_bytes(xlsx(PEOPLE))
    for options, says in ((["--region", "moon"], "no region moon"), (["--sheet", "2"], "There is no sheet “2”")):
        done = command(*home, "partners", "import", str(home[0] / "a.xlsx"), *options)
        assert done.returncode == 1
        assert says in done.stderr


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_and_imported_again_changes_nothing(home: tuple[Path, str], ending: str) -> None:
    rows = [["ชื่อ-สกุล", "โทร", "กลุ่ม", "ตำบล", "อำเภอ", "จังหวัด", "หมายเหตุ", "ขนาดเสื้อ", "ผู้แนะนำ"]]
    rows += [
        ["นางมาลี ดีใจ", "0810000777, 074-200000 ต่อ 12", "+กลุ่มออมทรัพย์", "บ้านพรุ", "หาดใหญ่", "สงขลา", "ก", "XL", "-ลุงดำ"]
    ]
    rows += [["พระครูสังวร", "0810000778", "'วัด'", "", "", "ตรัง", "-5 คะแนน", "", "ข"], ["สมศรี", "", "กลุ่ม ก", *[""] * 6]]
    (home[0] / "a.csv").write_bytes("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode())
    before = json.loads(
        command(*home, "partners", "import", str(home[0] / "a.csv"), "--region", "south", "--json").stdout
    )
    assert before["new"] == 3, before
    file = home[0] / f"list.{ending}"
    done = command(*home, "partners", "export", "--out", str(file), "--region", "south")
    assert (done.returncode, done.stdout) == (0, f"3 partners in list.{ending}\n"), done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(home[0].glob(".*.part"))
    told = json.loads(command(*home, "personal-data", "report", "--from", "2026-01-01", "--json").stdout)["people"]
    taken = {person["name"] for person in told if any(each["did"] == "exported" for each in person["seen"])}
    assert len(taken) == 3, told
    said = json.loads(command(*home, "partners", "import", str(file), "--dry-run", "--json").stdout)
    assert (said["new"], said["update"], said["error"], said["duplicate"]) == (0, 0, 0, 3), said


def test_another_ending_is_refused_and_leaves_no_file(home: tuple[Path, str]) -> None:
    done = command(*home, "partners", "export", "--out", str(home[0] / "list.pdf"))
    assert (done.returncode, list(home[0].glob("*.pdf"))) == (2, [])
    assert ".xlsx or .csv" in done.stderr


def test_the_index_can_be_built_anew(home: tuple[Path, str]) -> None:
    def found() -> int:
        with sqlite3.connect(home[1].removeprefix("sqlite:///")) as connection:
            [row] = connection.execute("SELECT count(*) FROM partner_trigrams WHERE partner_trigrams MATCH 'สมชาย'")
            return int(row[0])

    (home[0] / "a.xlsx").write_bytes(xlsx(PEOPLE))
    command(*home, "partners", "import", str(home[0] / "a.xlsx"), "--region", "south")
    assert found() == 1
    with sqlite3.connect(home[1].removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO partner_trigrams (partner_trigrams) VALUES ('delete-all')")
    assert found() == 0
    done = command(*home, "partners", "index")
    assert (done.returncode, done.stdout, found()) == (0, "2 partners are in the index.\n", 1), done.stderr


def test_possible_duplicates_are_listed_with_why(home: tuple[Path, str]) -> None:
    for name in ("สมชาย ใจดี", "สมขาย ใจดี"):
        (home[0] / "a.csv").write_text(f"ชื่อ,โทรศัพท์,จังหวัด\n{name},0810000001,สงขลา\n", encoding="utf-8")
        with sqlite3.connect(home[1].removeprefix("sqlite:///")) as connection:
            # Kept already under another number, so that the file brings a second one.
            connection.execute("UPDATE phones SET number = '0810000002'")
        assert command(*home, "partners", "import", str(home[0] / "a.csv")).returncode == 0
    with sqlite3.connect(home[1].removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE phones SET number = '0810000001'")
    done = command(*home, "partners", "duplicates", "--json")
    assert done.returncode == 0, done.stderr
    [pair] = json.loads(done.stdout)
    assert [(each["name"], each["phones"], each["place"]) for each in pair["partners"]] == [
        ("สมชาย ใจดี", ["0810000001"], "จ.สงขลา"),
        ("สมขาย ใจดี", ["0810000001"], "จ.สงขลา"),
    ]
    assert pair["why"] == ["similar name", "same telephone", "same place"]
    assert command(*home, "partners", "duplicates").stdout.endswith("1 pairs\n")
