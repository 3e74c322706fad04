"""What one test writes, no other sees; a run that is cut short leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.places.models import Region
from tests.databases import Databases, NotIsolated
from tests.processes import running
from tests.waiting import wait_until


def moon() -> Region:
    return Region(slug="moon", name_th="ดวงจันทร์", name_en="Moon", list_order=99)


def slugs() -> list[str]:
    return list(db.session.scalars(select(Region.slug).where(Region.slug == "moon")))


@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_committed_is_not_there_in_the_next_test(session: Session, turn: int) -> None:
    assert slugs() == []
    session.add(moon())
    session.commit()
    session.expire_all()
    assert slugs() == ["moon"]


def test_an_outer_transaction_keeps_commits_and_takes_them_all_back(databases: Databases) -> None:
    for _ in range(2):
        with databases.rolled_back_app("empty") as app, app.app_context():
            assert slugs() == []
            assert "Moon" not in db.session.scalars(select(Region.name_en)).all()
            db.session.add(moon())
            db.session.commit()
            db.session.add(moon())
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
            assert slugs() == ["moon"]
            db.session.execute(text("UPDATE regions SET name_en = 'Moon'"))
            db.session.commit()


def test_a_test_in_an_outer_transaction_is_told_when_it_asks_for_another_connection(databases: Databases) -> None:
    with databases.rolled_back_app("empty") as app, app.app_context():
        for ask in (db.engine.connect, db.engine.begin, db.engine.raw_connection):
            with pytest.raises(NotIsolated, match="real_commits"):
                ask()
        url = app.config["SETTINGS"].database_url.replace("+psycopg", "")
        with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
            psycopg.connect(url)


def test_a_test_in_an_outer_transaction_is_told_when_another_thread_works_in_it(databases: Databases) -> None:
    told: list[BaseException] = []

    def work(app: Flask) -> None:
        with app.app_context():
            try:
                slugs()
            except NotIsolated as error:
                told.append(error)

    with databases.rolled_back_app("empty") as app:
        thread = threading.Thread(target=work, args=(app,))
        thread.start()
        thread.join()
    assert len(told) == 1


@pytest.mark.parametrize("how", ["statement", "connection", "commit and begin"])
def test_a_test_that_ends_the_outer_transaction_fails_and_harms_no_other(databases: Databases, how: str) -> None:
    def end() -> None:
        with databases.rolled_back_app("empty") as app, app.app_context():
            connection = db.session.connection()
            db.session.add(moon())
            db.session.flush()
            if how == "connection":
                connection.get_transaction().commit()  # type: ignore[union-attr]
                return
            raw = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
            raw.execute("COMMIT")
            if how == "commit and begin":
                raw.execute("BEGIN")

    with pytest.raises(NotIsolated, match="ended by the test"):
        end()
    with databases.rolled_back_app("empty") as app, app.app_context():
        assert slugs() == []


def test_a_statement_that_failed_spoils_no_other_test(databases: Databases) -> None:
    with databases.rolled_back_app("empty") as app, app.app_context():
        raw = db.session.connection().connection.dbapi_connection.cursor()  # type: ignore[union-attr]
        with pytest.raises(psycopg.errors.UndefinedTable):
            raw.execute("SELECT * FROM nowhere")
    with databases.rolled_back_app("empty") as app, app.app_context():
        assert slugs() == []


CASE = """
import os
from pathlib import Path

def test_it(databases, tmp_path):
    from tests.processes import start
    from tests.waiting import wait_until
    child = start(["sleep", "1000"])
    databases.check_postgres()
    made = tmp_path / "made"
    made.write_text("\\n".join([os.environ["TMPDIR"], str(tmp_path), str(os.getpid()), str(child.pid)]))
    made.rename(Path(os.environ["NOTED"]) / "note")
    wait_until(lambda: False)
"""


def processes_in(folder: str) -> list[str]:
    """Command lines of processes that name this folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if folder in line:
            found.append(line)
    return found


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# What a shell runs in the background hears no Ctrl-C, nor does what that starts. This one does.
HEARING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"


@pytest.mark.parametrize(
    ("number", "workers"),
    [(signal.SIGINT, "0"), (signal.SIGTERM, "1"), (signal.SIGKILL, "0"), (signal.SIGKILL, "1")],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_run_cut_short_leaves_no_process_and_no_folder(
    tmp_path: Path, project: Path, number: signal.Signals, workers: str
) -> None:
    case = tmp_path / "test_case.py"
    case.write_text(CASE)
    noted = tmp_path / "noted"
    noted.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "TMPDIR"))}
    environment |= {"NOTED": str(noted), "PYTEST_DEBUG_TEMPROOT": str(tmp_path)}
    words = [sys.executable, "-c", HEARING, sys.executable, "-m", "pytest"]
    words += ["-p", "tests.conftest", f"-n{workers}", f"--rootdir={project}"]
    words += ["-c", str(project / "pyproject.toml"), str(case)]
    with running(
        words, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        wait_until(lambda: list(noted.iterdir()) or run.poll() is not None, "the test to begin")
        assert run.poll() is None, run.stdout.read()  # type: ignore[union-attr]
        temporary, own, *pids = next(noted.iterdir()).read_text().splitlines()
        folder = str(Path(temporary).parent)
        assert any("postgres" in line for line in processes_in(folder))
        run.send_signal(number)
        run.communicate()
    wait_until(lambda: not processes_in(folder), "PostgreSQL and the keeper to end")
    wait_until(lambda: not any(map(is_running, pids)), "the worker and its child to end")
    assert not Path(folder).exists()
    # After Ctrl-C pytest ends by itself, and what it keeps is there to look at.
    assert Path(own).exists() == (number == signal.SIGINT)
