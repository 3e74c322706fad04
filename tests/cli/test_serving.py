"""`serve`: web and worker under one parent, which starts a dead child again and ends them all with itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from forumplanner.cli.processes import Child
from tests import processes
from tests.browser.conftest import free_port, wait_until_healthy
from tests.databases import Databases, command
from tests.processes import running
from tests.waiting import CEILING_SECONDS, wait_until


@pytest.fixture
def migrated(databases: Databases, tmp_path: Path) -> Path:
    """A data folder with an empty database that is up to date."""
    databases.copy_of("empty", tmp_path)
    return tmp_path


@pytest.fixture
def served(migrated: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running `forumplanner serve` and its address."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
    environment["FORUMPLANNER_DATA_DIR"] = str(migrated / "data")
    environment["FORUMPLANNER_DATABASE_URL"] = f"sqlite:///{migrated / 'forumplanner.sqlite3'}"
    words = [Path(sys.executable).with_name("forumplanner"), "serve", "--port", str(port)]
    with running(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield process, f"http://127.0.0.1:{port}"


def children_of(pid: int) -> list[int]:
    """Direct children that have not ended."""
    found = []
    for name in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        # One that ends at this very moment has no status any more.
        with suppress(FileNotFoundError, ProcessLookupError):
            if "Z (zombie)" not in Path(f"/proc/{name}/status").read_text():
                found.append(int(name))
    return found


def test_a_killed_child_is_started_again_and_all_end_with_the_parent(
    served: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, url = served
    wait_until(lambda: len(children_of(process.pid)) == 2)
    for victim in children_of(process.pid):
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda gone=victim: gone not in children_of(process.pid) and len(children_of(process.pid)) == 2)
        wait_until_healthy(url, process)
    with urllib.request.urlopen(f"{url}/healthz", timeout=CEILING_SECONDS) as answer:
        assert json.load(answer) == {"database": True, "schema": True}
    last = children_of(process.pid)
    process.terminate()
    assert process.wait(CEILING_SECONDS) == 0
    assert [pid for pid in last if Path(f"/proc/{pid}").exists()] == []


ROOT = Path(__file__).parent.parent.parent


def run(words: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
    environment |= {"FORUMPLANNER_DATA_DIR": str(folder), **variables}
    return processes.run(words, env=environment)


def test_a_port_in_use_is_told_before_anything_is_made_or_printed(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for words in (["tools/run.sh"], [str(Path(sys.executable).with_name("forumplanner")), "serve"]):
            done = run([str(ROOT / words[0]), *words[1:]], tmp_path / "data", PORT=str(port))
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith(f"Port {port} is in use. Please choose another: PORT=")
    assert not (tmp_path / "data" / "forumplanner.sqlite3").exists()


@pytest.mark.parametrize(
    ("variables", "code", "said"), [({"HOST": "nowhere.invalid"}, 1, "nowhere.invalid"), ({"PORT": "abc"}, 2, "'abc'")]
)
def test_an_address_that_is_none_is_one_sentence(
    tmp_path: Path, variables: dict[str, str], code: int, said: str
) -> None:
    done = run([str(ROOT / "tools/run.sh")], tmp_path, **variables)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (code, "", 1)
    assert said in done.stderr


QUICKLY = [sys.executable, "-m", "forumplanner.cli.processes"]
SERVE = [str(Path(sys.executable).with_name("forumplanner")), "serve"]


def test_a_web_process_that_keeps_dying_ends_the_parent_and_its_other_children(tmp_path: Path) -> None:
    script = f"""
import sys, time
from pathlib import Path
from forumplanner.cli.processes import Child, watch
from forumplanner.web.log_lines import set_up_logging

def work():
    Path({str(tmp_path / "worker")!r}).write_text("ran")
    time.sleep(600)

def die():
    raise ZeroDivisionError("planted")

set_up_logging()
sys.exit(watch([Child("web", die), Child("worker", work)]))
"""
    done = run([sys.executable, "-c", script], tmp_path)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, (tmp_path / "worker").read_text()) == (1, "ran")
    assert told[-1]["message"] == "web ended 3 times at its start. Please see the lines above."
    assert sum("planted" in line.get("exception", "") for line in told) == 3


def test_all_processes_together_take_less_than_180_megabytes(served: tuple[subprocess.Popen[bytes], str]) -> None:
    process, url = served
    wait_until(lambda: len(children_of(process.pid)) == 2)
    for _ in range(5):
        with urllib.request.urlopen(f"{url}/login", timeout=CEILING_SECONDS) as answer:
            assert answer.status == 200
    kilobytes = 0
    for pid in (process.pid, *children_of(process.pid)):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    assert kilobytes < 180 * 1024


def test_children_end_when_their_parent_is_killed(served: tuple[subprocess.Popen[bytes], str]) -> None:
    process, _url = served
    wait_until(lambda: len(children_of(process.pid)) == 2)
    children = children_of(process.pid)
    process.kill()
    process.wait(CEILING_SECONDS)
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def test_pages_are_there_while_the_queue_does_not_answer(migrated: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
    environment |= {"FORUMPLANNER_DATA_DIR": str(migrated), "PORT": str(port)}
    environment |= {"FORUMPLANNER_QUEUE_URL": "postgresql://127.0.0.1:1/none"}
    log = migrated / "log"
    with log.open("wb") as out, running(QUICKLY, env=environment, stdout=out, stderr=out) as process:
        wait_until(lambda: log.read_text().count('"worker ended with 1"') >= 4)
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
    lines = log.read_text().splitlines()
    told = [json.loads(line)["message"] for line in lines]
    assert "Traceback" not in "".join(lines)
    assert sum("FORUMPLANNER_QUEUE_URL cannot be opened, mail waits" in message for message in told) >= 4


@pytest.mark.parametrize(("early_deaths", "pause"), [(1, 1), (2, 2), (3, 4), (9, 60)])
def test_pauses_before_another_try_grow_to_a_minute(
    monkeypatch: pytest.MonkeyPatch, early_deaths: int, pause: int
) -> None:
    monkeypatch.setattr("forumplanner.cli.processes.time", SimpleNamespace(monotonic=lambda: 1000.0))
    child = Child("worker", lambda: 1, early_deaths=early_deaths - 1)
    child.starts_at, child.pid = 1000.0, os.posix_spawn("/bin/false", ["false"], {})
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    child.see_to()
    assert (child.pid, child.starts_at) == (None, 1000.0 + pause)


@pytest.mark.parametrize("words", [QUICKLY, SERVE])
@pytest.mark.parametrize("state", ["missing", "empty", "old"])
def test_a_database_that_cannot_be_served_is_one_sentence(
    tmp_path: Path, request: pytest.FixtureRequest, words: list[str], state: str
) -> None:
    if state == "empty":
        (tmp_path / "forumplanner.sqlite3").touch()
    elif state == "old":
        folder = request.getfixturevalue("migrated")
        url = f"sqlite:///{folder}/forumplanner.sqlite3"
        assert command(folder, url, "db", "downgrade", "0004").returncode == 0
    done = run(words, tmp_path, PORT=str(free_port()))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "forumplanner db upgrade" in done.stderr
    assert not (tmp_path / "address").exists()


PRODUCTION = {
    "FORUMPLANNER_ENV": "production",
    "FORUMPLANNER_SECRET_KEY": "Kx81hQ0wTzv7Yb2nLr5mPd9sGf3jVc6a",
    "FORUMPLANNER_LINK_KEY": "Zq4uWe7rTy1iOp9aSd3fGh6jKl2xCv5b",
    "FORUMPLANNER_BASE_URL": "https://forum.example.org",
}


def test_production_serves_no_sample(databases: Databases, migrated: Path) -> None:
    databases.copy_of("sample", migrated)
    for words in (SERVE, [str(ROOT / "tools/run.sh")]):
        done = run(words, migrated, PORT=str(free_port()), **PRODUCTION)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
        assert done.stderr.startswith("The database holds the sample")


def test_mail_settings_that_cannot_be_read_are_told_before_anything_starts(migrated: Path) -> None:
    wrong = {"FORUMPLANNER_SMTP_URL": "mail.example.org", "FORUMPLANNER_MAIL_FROM": "nobody@"}
    done = run(QUICKLY, migrated, PORT=str(free_port()), **wrong)
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines()] == list(wrong)
