"""`minutes pdf` and `brief pdf` as processes, as a person runs them."""

from pathlib import Path

import pytest
from flask import Flask

from forumplanner.cli.outputs import minutes_group
from tests.databases import Databases, command
from tests.printing.reading import read_by_pdftotext


@pytest.fixture(scope="module")
def home(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with the sample."""
    folder = tmp_path_factory.mktemp("papers")
    return folder, databases.prepared(folder)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("minutes", "pdf", "2550-1/south", "--thai-digits"), "ครั้งที่ ๑/๒๕๕๐"),
        (("minutes", "pdf", "2550-1/south", "--lang", "en"), "No. 1/2550 (2007)"),
        (("brief", "pdf", "2550-1"), "เอกสารสรุปประกอบการประชุมระดับประเทศ"),
        (("brief", "pdf", "2550-1", "--lang", "en", "--thai-digits"), "As of ๖ March ๒๐๐๗"),
    ],
    ids=["minutes", "minutes in English", "brief", "brief in English"],
)
def test_a_paper_is_written_where_it_was_asked_for(
    home: tuple[Path, str], tmp_path: Path, arguments: tuple[str, ...], line: str
) -> None:
    out = tmp_path / "paper.pdf"
    done = command(*home, *arguments, "--out", str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    assert line in read_by_pdftotext(out.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("minutes", "pdf", "2550-1/nowhere"), "There is no such meeting in this round."),
        (("minutes", "pdf", "2550-1/bangkok"), "The minutes of this meeting have no number yet."),
        (("brief", "pdf", "2551-9"), "There is no round 2551-9."),
    ],
    ids=["meeting", "number", "round"],
)
def test_what_is_not_there_is_said_and_no_file_is_written(
    home: tuple[Path, str], tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = command(*home, *arguments, "--out", str(tmp_path / "paper.pdf"))
    assert (done.returncode, done.stdout, done.stderr.startswith(sentence)) == (1, "", True)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_said(home: tuple[Path, str], tmp_path: Path) -> None:
    done = command(*home, "brief", "pdf", "2550-1", "--out", str(tmp_path / "nowhere" / "paper.pdf"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written" in done.stderr


def test_a_paper_goes_to_standard_output_where_that_is_asked_for(sample: Flask) -> None:
    done = sample.test_cli_runner().invoke(minutes_group, ["pdf", "2550-1/south", "--out", "-"])
    assert (done.exit_code, done.stdout_bytes[:5], done.stderr) == (0, b"%PDF-", "")
    assert not Path("-").exists()
