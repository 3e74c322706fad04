"""Fixtures: the application on SQLite and on PostgreSQL, empty or with the round of 2550.

A test that asks for `session` runs on both databases; one that asks for `client` runs on SQLite, unless it carries
`@pytest.mark.both_databases`. Asking for `sample` fills the database with the sample round first.

On PostgreSQL a test that works in its `session` alone runs in an outer transaction, which is rolled back behind it.
What is seen from other connections, threads or processes asks for `real_commits` too, directly or through another
fixture; a test that forgets to is told.
"""

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import db, set_reading
from tests.databases import Databases
from tests.keeper import Keeper
from tests.page_checks import compile_catalogues
from tests.pages import PageClient
from tests.processes import die_with_parent
from tests.waiting import CEILING_MS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# A busy machine is no fault of a test's.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")
POSTGRES, SHARED = "postgres_uri", "shared_folder"
_keeper: pytest.StashKey[Keeper] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """A worker dies with the run; the run has a keeper, which clears up behind it."""
    # What is built lives as long as the worker: looking through it for garbage again and again finds none.
    gc.set_threshold(50_000, 20, 100)
    if hasattr(config, "workerinput"):
        die_with_parent(signal.SIGKILL)
        return
    compile_catalogues()
    config.stash[_keeper] = keeper = Keeper()
    # pytest's own folder stays where it is, for who wants to look; all other temporary files go with the run.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    temporary = keeper.folder / "tmp"
    for folder in (temporary, keeper.folder / SHARED):
        folder.mkdir()
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)


def pytest_collection_finish() -> None:
    """Nor is there garbage in what was imported."""
    gc.freeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tell the keeper of pytest's folder."""
    keeper = session.config.stash.get(_keeper, None)
    if keeper is not None:
        keeper.also_remove(session.config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell each worker where PostgreSQL is, and the folder of what they share."""
    keeper = node.config.stash[_keeper]  # type: ignore[attr-defined]
    node.workerinput |= {POSTGRES: keeper.postgres(), SHARED: str(keeper.folder / SHARED)}  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run has ended."""
    keeper = config.stash.get(_keeper, None)
    if keeper is not None:
        keeper.done()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the databases a test runs on."""
    if "app" in metafunc.fixturenames:
        both = "session" in metafunc.fixturenames or metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("app", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True, scope="function")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The databases of this worker."""
    keeper = request.config.stash.get(_keeper, None)
    worker = getattr(request.config, "workerinput", {})
    found = Databases(
        tmp_path_factory.mktemp("databases"),
        keeper.folder / SHARED if keeper else Path(worker[SHARED]),
        worker.get("workerid", "alone"),
        keeper.postgres if keeper else lambda: str(worker[POSTGRES]),
    )
    yield found
    found.close()


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """The application on a database as its template is: rolled back or made anew."""
    content = "sample" if "sample" in request.fixturenames else "empty"
    with _isolated(request, databases, content) as application:
        yield application
        clock.move_today(None)
        set_reading(False)


def _isolated(request: pytest.FixtureRequest, databases: Databases, content: str) -> AbstractContextManager[Flask]:
    alone = "session" in request.fixturenames and "real_commits" not in request.fixturenames
    if request.param == "postgresql" and alone and not request.node.get_closest_marker("both_databases"):
        return databases.rolled_back_app(content)
    return nullcontext(databases.fresh_app(request.param, content))


@pytest.fixture
def real_commits() -> None:
    """For a test whose work is seen from other connections, threads or processes: it gets a database of its own."""


@pytest.fixture
def sample(app: Flask) -> Flask:
    """The application with the round of 2550 loaded; today is 6 March 2550."""
    return app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session inside an application context, on each database in turn."""
    with app.app_context():
        from forumplanner.web.today import find_sample_today

        clock.move_today(find_sample_today())
        db.session.rollback()
        yield db.session()
        db.session.rollback()


@pytest.fixture
def client(app: Flask, real_commits: None) -> PageClient:
    """A page client that checks every page it opens."""
    return PageClient(app)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium; a worker can have but one Playwright."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    assert program, "Chromium is missing: tools/setup.sh dev installs it"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS, timeout=CEILING_MS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent
