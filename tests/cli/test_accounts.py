"""`user list`, `user change`, `region list`, and what their help says."""

import json
from pathlib import Path

import pytest

from tests.databases import Databases, command

SLUGS = ["north", "upper-central", "bangkok", "northeast", "east", "west", "south"]


@pytest.fixture(scope="module")
def home(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("accounts")
    return folder, databases.prepared(folder)


def test_accounts_are_listed_and_changed(home: tuple[Path, str]) -> None:
    done = command(*home, "user", "change", "south@example.org", "--region", "south", "--region", "west")
    assert (done.returncode, done.stdout) == (0, "")
    listed = command(*home, "user", "list")
    (line,) = [line for line in listed.stdout.splitlines() if line.startswith("south@example.org")]
    assert line.split("\t") == [
        "south@example.org", "coordinator", "west,south", "on", "-", "ผู้ประสานงานภาคใต้ (ตัวอย่าง)",
    ]  # fmt: skip
    command(*home, "user", "change", "south@example.org", "--role", "reader", "--name", "สมศรี")
    rows = {row["email"]: row for row in json.loads(command(*home, "user", "list", "--json").stdout)}
    assert {name: rows["south@example.org"][name] for name in ("role", "regions", "name")} == {
        "role": "reader",
        "regions": [],
        "name": "สมศรี",
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("user", "off", "organiser@example.org"), "Nobody else could organise"),
        (("user", "change", "organiser@example.org", "--role", "reader"), "Nobody else could organise"),
        (("user", "change", "nobody@example.org", "--role", "reader"), "no account for nobody@example.org"),
        (("user", "change", "reader@example.org", "--role", "coordinator"), "needs a region"),
        (
            ("user", "change", "reader@example.org", "--role", "coordinator", "--region", "moon"),
            "There is no region moon. These there are: north, upper-central",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(home: tuple[Path, str], words: tuple[str, ...], sentence: str) -> None:
    done = command(*home, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr


def test_regions_are_listed(home: tuple[Path, str]) -> None:
    lines = command(*home, "region", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == SLUGS


@pytest.mark.parametrize("words", [("user", "create"), ("user", "change")])
def test_help_names_the_regions(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = " ".join(command(tmp_path, "", *words, "--help").stdout.split())
    assert [slug for slug in SLUGS if slug not in said] == []
