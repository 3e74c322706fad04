"""Commands as processes of their own: results alone on standard output, faults in a sentence."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.databases import Databases, command
from tests.outbox.servers import smtp_server
from tests.processes import start
from tests.waiting import CEILING_SECONDS


@pytest.fixture(scope="module")
def home(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with the sample."""
    folder = tmp_path_factory.mktemp("home")
    return folder, databases.prepared(folder)


def count(url: str) -> dict[str, int]:
    """Rows per table; how many pages SQLite packs a full-text index into is no business of ours."""
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = text("SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')")
        names = connection.execute(tables).scalars().all()
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
    assert (tmp_path / "x.sqlite3").stat().st_mode & 0o777 == 0o600


def test_loading_the_sample_again_changes_nothing(home: tuple[Path, str]) -> None:
    before = count(home[1])
    done = command(*home, "demo", "load")
    assert (done.returncode, done.stdout) == (0, "already loaded\n")
    assert count(home[1]) == before
    assert before["meetings"] == 10


def test_sample_is_refused_in_a_real_database(databases: Databases, tmp_path: Path) -> None:
    url = databases.copy_of("empty", tmp_path)
    assert command(tmp_path, url, "user", "create", "first@example.org", "--role", "organiser").returncode == 0
    before = count(url)
    done = command(tmp_path, url, "demo", "load")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "real data" in done.stderr
    assert count(url) == before


def test_prepare_without_sample_asks_for_the_first_organiser(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/real.sqlite3"
    done = command(tmp_path, url, "prepare", FORUMPLANNER_DEMO="0", PORT="8123")
    assert done.returncode == 0
    assert f"FORUMPLANNER_DATA_DIR={tmp_path} PORT=8123 .venv/bin/forumplanner user create" in done.stderr
    assert count(url)["rounds"] == 0
    # A link that was lost is no way in.
    command(tmp_path, url, "user", "create", "first@example.org", "--role", "organiser")
    done = command(tmp_path, url, "prepare", FORUMPLANNER_DEMO="0", PORT="8123")
    assert "PORT=8123 .venv/bin/forumplanner user link first@example.org" in done.stderr


def test_prepare_asks_again_after_an_address_that_is_none(tmp_path: Path) -> None:
    keyboard, screen = pty.openpty()
    environment = {**os.environ, "FORUMPLANNER_DATA_DIR": str(tmp_path), "FORUMPLANNER_DEMO": "0"}
    process = start(
        [Path(sys.executable).with_name("forumplanner"), "prepare"],
        env=environment, stdin=screen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.write(keyboard, b"nobody\nfirst@example.org\n")
    out, err = process.communicate(timeout=CEILING_SECONDS)
    os.close(keyboard)
    os.close(screen)
    assert process.returncode == 0, err
    assert "nobody is not an e-mail address" in err
    assert "/reset/" in out


def test_prepare_without_sample_says_that_the_sample_is_there(home: tuple[Path, str]) -> None:
    done = command(*home, "prepare", FORUMPLANNER_DEMO="0")
    assert "This holds the sample" in done.stderr
    assert "organiser@example.org" in done.stdout


def test_user_create_prints_the_link_alone(databases: Databases, tmp_path: Path) -> None:
    url = databases.copy_of("empty", tmp_path)
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
    url = f"sqlite:///{tmp_path}/old.sqlite3"
    assert command(tmp_path, url, "db", "upgrade", "0001").returncode == 0
    done = command(tmp_path, url, "demo", "load")
    assert (done.returncode, done.stdout) == (1, "")
    assert "forumplanner db upgrade" in done.stderr


@pytest.mark.parametrize("words", [("feed", "show", "all"), ("user", "link", "a@example.org"), ("check",), ("--help",)])
def test_a_command_in_the_wrong_folder_makes_nothing_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "wrong"
    done = command(folder, "", *words)
    if words != ("--help",):
        assert (done.returncode, done.stdout) == (1, "")
        assert f"There is no database {folder}/forumplanner.sqlite3. Please set FORUMPLANNER_DATA_DIR" in done.stderr
    assert not folder.exists()


NO_POSTGRESQL = "postgresql://nobody:hidden@127.0.0.1:1/none"


@pytest.mark.parametrize(
    ("url", "words", "said"),
    [
        (None, ("backup", "/nowhere/x.zip"), "/nowhere/x.zip"),
        (NO_POSTGRESQL, ("feed", "show", "all"), "FORUMPLANNER_DATABASE_URL"),
        ("sqlite:////proc/nowhere/x.sqlite3", ("prepare",), "/proc/nowhere"),
    ],
)
def test_a_fault_of_the_surroundings_is_one_sentence(
    home: tuple[Path, str], url: str | None, words: tuple[str, ...], said: str
) -> None:
    done = command(home[0], url or home[1], *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "hidden" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_check_is_content_with_the_sample(home: tuple[Path, str]) -> None:
    done = command(*home, "check")
    assert (done.returncode, done.stdout) == (0, "ok\n")


def test_check_names_each_fault(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir(mode=0o755)
    done = command(tmp_path, f"sqlite:///{tmp_path}/none.sqlite3", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "db upgrade" in done.stderr
    assert "chmod" in done.stderr


def test_check_names_what_others_may_read_and_a_queue_that_does_not_answer(home: tuple[Path, str]) -> None:
    file = home[0] / "forumplanner.sqlite3"
    file.chmod(0o644)
    done = command(*home, "check", FORUMPLANNER_QUEUE_URL=NO_POSTGRESQL)
    file.chmod(0o600)
    assert (done.returncode, done.stdout) == (1, "")
    assert [f"Others may read {file}" in done.stderr, "FORUMPLANNER_QUEUE_URL" in done.stderr] == [True, True]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("prepare",), ("db", "upgrade")])
def test_files_made_by_an_older_version_are_taken_from_others(
    databases: Databases, tmp_path: Path, words: tuple[str, ...]
) -> None:
    url = databases.copy_of("empty", tmp_path)
    (tmp_path / "queue.sqlite3").touch()
    (tmp_path / "other.sqlite3").touch()
    for file in tmp_path.glob("*.sqlite3"):
        file.chmod(0o644)
    assert command(tmp_path, url, *words).returncode == 0
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("*.sqlite3")}
    assert modes == {"forumplanner.sqlite3": 0o600, "queue.sqlite3": 0o600, "other.sqlite3": 0o644}


PRODUCTION = {
    "FORUMPLANNER_ENV": "production",
    "FORUMPLANNER_SECRET_KEY": "Kx81hQ0wTzv7Yb2nLr5mPd9sGf3jVc6a",
    "FORUMPLANNER_LINK_KEY": "Zq4uWe7rTy1iOp9aSd3fGh6jKl2xCv5b",
    "FORUMPLANNER_BASE_URL": "https://forum.example.org",
}


def test_check_signs_in_at_the_mail_server_as_mail_does(home: tuple[Path, str]) -> None:
    with smtp_server() as (_told, url):
        # It takes mail, and knows no sign-in.
        wrong = url.replace("://", "://forum:hidden@")
        done = command(*home, "check", FORUMPLANNER_SMTP_URL=wrong, **PRODUCTION)
        assert (done.returncode, done.stdout) == (1, "")
        mail, sender, sample = ("FORUMPLANNER_SMTP_URL", "forumplanner@localhost", "holds the sample")
        assert [words in done.stderr for words in (mail, sender, sample)] == [True, True, True]
        assert "hidden" not in done.stderr
        right = {"FORUMPLANNER_SMTP_URL": url, "FORUMPLANNER_MAIL_FROM": "Forum <forum@example.org>"}
        done = command(*home, "check", **right, **PRODUCTION)
    assert [line for line in done.stderr.splitlines() if sample not in line] == []


def test_check_names_all_faults_of_the_settings(tmp_path: Path) -> None:
    changes = {"FORUMPLANNER_LINK_KEY": "", "FORUMPLANNER_BASE_URL": "http://a.org", "FORUMPLANNER_TODAY": "2007-03-06"}
    done = command(tmp_path, "", "check", **(PRODUCTION | changes))
    assert (done.returncode, done.stdout) == (1, "")
    assert [name for name in changes if name not in done.stderr] == []
    assert len(done.stderr.splitlines()) == 3


def test_backup_and_restore_move_a_database_to_another(home: tuple[Path, str], tmp_path: Path) -> None:
    file, other = tmp_path / "all.zip", f"sqlite:///{tmp_path}/other.sqlite3"
    assert command(*home, "backup", str(file)).returncode == 0
    done = command(tmp_path, other, "restore", str(file))
    assert done.returncode == 0, done.stderr
    assert count(other) == count(home[1])


def test_restore_into_an_older_schema_is_refused_and_leaves_the_way_up_open(
    home: tuple[Path, str], tmp_path: Path
) -> None:
    file, old = tmp_path / "all.zip", f"sqlite:///{tmp_path}/old.sqlite3"
    assert command(*home, "backup", str(file)).returncode == 0
    command(tmp_path, old, "db", "upgrade", "0001")
    done = command(tmp_path, old, "restore", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert "forumplanner db upgrade" in done.stderr
    assert command(tmp_path, old, "db", "upgrade").returncode == 0
    assert command(tmp_path, old, "restore", str(file)).returncode == 0
    assert count(old) == count(home[1])


def test_production_is_replaced_by_nobody_who_did_not_say_so_and_what_was_there_is_kept(
    databases: Databases, tmp_path: Path
) -> None:
    database, file = databases.copy_of("empty", tmp_path), tmp_path / "all.zip"
    made = command(tmp_path, database, "user", "create", "a@example.org", "--role", "organiser", **PRODUCTION)
    assert made.returncode == 0, made.stderr
    assert command(tmp_path, database, "backup", str(file), **PRODUCTION).returncode == 0
    command(tmp_path, database, "user", "create", "b@example.org", "--role", "organiser", **PRODUCTION)
    before = count(database)
    refused = command(tmp_path, database, "restore", str(file), **PRODUCTION)
    assert (refused.returncode, "--yes" in refused.stderr, count(database)) == (1, True, before)
    done = command(tmp_path, database, "restore", "--yes", str(file), **PRODUCTION)
    assert done.returncode == 0, done.stderr
    (kept,) = tmp_path.glob("before-restore-*.zip")
    assert str(kept) in done.stdout
    assert command(tmp_path, database, "restore", "--yes", str(kept), **PRODUCTION).returncode == 0
    assert count(database) == before


def test_restore_of_anything_else_is_refused_in_a_sentence(home: tuple[Path, str], tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no backup")
    before = count(home[1])
    done = command(*home, "restore", str(tmp_path / "x.zip"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a complete backup" in done.stderr
    assert count(home[1]) == before
