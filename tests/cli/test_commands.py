"""Commands as processes of their own: results alone on standard output, faults in a sentence."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.databases import command


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with the sample."""
    folder = tmp_path_factory.mktemp("home")
    url = f"sqlite:///{folder / 'forumplanner.sqlite3'}"
    done = command(folder, url, "prepare")
    assert done.returncode == 0, done.stderr
    return folder, url


def count(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        found = {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}
    engine.dispose()
    return found


def test_prepare_prints_the_address_and_three_sign_ins(tmp_path: Path) -> None:
    done = command(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", "prepare", PORT="8123")
    assert done.returncode == 0, done.stderr
    assert "http://127.0.0.1:8123" in done.stdout
    lines = [line.split() for line in done.stdout.splitlines() if "@" in line]
    assert [line[0] for line in lines] == ["organiser@example.org", "south@example.org", "reader@example.org"]
    for role, line in zip(("organiser", "coordinator", "reader"), lines, strict=True):
        kept = tmp_path / "secrets" / f"sample-{role}-password"
        assert kept.read_text() == line[1]
        assert kept.stat().st_mode & 0o777 == 0o600


def test_loading_the_sample_again_changes_nothing(home: tuple[Path, str]) -> None:
    before = count(home[1])
    done = command(*home, "demo", "load")
    assert (done.returncode, done.stdout) == (0, "already loaded\n")
    assert count(home[1]) == before
    assert before["meetings"] == 10


def test_sample_is_refused_in_a_real_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/real.sqlite3"
    assert command(tmp_path, url, "db", "upgrade").returncode == 0
    assert command(tmp_path, url, "user", "create", "first@example.org", "--role", "organiser").returncode == 0
    before = count(url)
    done = command(tmp_path, url, "demo", "load")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "real data" in done.stderr
    assert count(url) == before


def test_prepare_without_sample_asks_for_the_first_organiser(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/real.sqlite3"
    done = command(tmp_path, url, "prepare", FORUMPLANNER_DEMO="0")
    assert done.returncode == 0
    assert "user create" in done.stderr
    assert count(url)["rounds"] == 0


def test_user_create_prints_the_link_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/real.sqlite3"
    command(tmp_path, url, "db", "upgrade")
    done = command(tmp_path, url, "user", "create", "c@example.org", "--role", "coordinator", "--region", "south")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("http://127.0.0.1:8000/reset/")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("user", "create", "not an address", "--role", "reader"), "not an e-mail address"),
        (("user", "create", "x@example.org", "--role", "coordinator"), "needs a region"),
        (("user", "create", "x@example.org", "--role", "coordinator", "--region", "moon"), "no region moon"),
        (("user", "create", "south@example.org", "--role", "reader"), "account"),
    ],
)
def test_user_create_refuses_in_a_sentence(home: tuple[Path, str], words: tuple[str, ...], sentence: str) -> None:
    before = count(home[1])["users"]
    done = command(*home, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert count(home[1])["users"] == before


def test_a_command_on_an_old_database_says_what_to_do(tmp_path: Path) -> None:
    done = command(tmp_path, f"sqlite:///{tmp_path}/none.sqlite3", "demo", "load")
    assert done.returncode == 1
    assert "forumplanner db upgrade" in done.stderr


def test_check_is_content_with_the_sample(home: tuple[Path, str]) -> None:
    done = command(*home, "check")
    assert (done.returncode, done.stdout) == (0, "ok\n")


def test_check_names_each_fault(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir(mode=0o755)
    done = command(tmp_path, f"sqlite:///{tmp_path}/none.sqlite3", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "db upgrade" in done.stderr
    assert "chmod" in done.stderr


def test_backup_and_restore_move_a_database_to_another(home: tuple[Path, str], tmp_path: Path) -> None:
    file, other = tmp_path / "all.zip", f"sqlite:///{tmp_path}/other.sqlite3"
    assert command(*home, "backup", str(file)).returncode == 0
    done = command(tmp_path, other, "restore", str(file))
    assert done.returncode == 0, done.stderr
    assert count(other) == count(home[1])


def test_restore_of_anything_else_is_refused_in_a_sentence(home: tuple[Path, str], tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no backup")
    before = count(home[1])
    done = command(*home, "restore", str(tmp_path / "x.zip"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a whole backup" in done.stderr
    assert count(home[1]) == before
