"""Fixtures: the application on SQLite and on PostgreSQL, empty or with the round of 2550.

A test that asks for `session` runs on both databases; one that asks for `client` runs on SQLite, unless it carries
`@pytest.mark.both_databases`. Asking for `sample` fills the database with the sample round first.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import db, set_reading
from tests.databases import Databases, start_postgres, stop_postgres
from tests.pages import PageClient

POSTGRES = "postgres_uri"


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the controlling process, when the first test needs it (workers: at once)."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", default=None):
        config.stash[_server] = start_postgres()


_server: pytest.StashKey[tuple[object, str]] = pytest.StashKey()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Hand the server's address to each worker."""
    node.workerinput[POSTGRES] = node.config.stash[_server][1]  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    found = config.stash.get(_server, None)
    if found is not None:
        stop_postgres(found[0])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the databases a test runs on."""
    if "app" in metafunc.fixturenames:
        both = "session" in metafunc.fixturenames or metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("app", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True, scope="function")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The databases of this worker."""
    config = request.config
    worker = getattr(config, "workerinput", {})

    def postgres_uri() -> str:
        if POSTGRES in worker:
            return str(worker[POSTGRES])
        if config.stash.get(_server, None) is None:
            config.stash[_server] = start_postgres()
        return config.stash[_server][1]

    found = Databases(tmp_path_factory.mktemp("databases"), worker.get("workerid", "alone"), postgres_uri)
    yield found
    found.close()


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """The application on a fresh database."""
    content = "sample" if "sample" in request.fixturenames else "empty"
    application = databases.fresh_app(request.param, content)
    yield application
    clock.move_today(None)
    set_reading(False)


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
def client(app: Flask) -> PageClient:
    """A page client that checks every page it opens."""
    return PageClient(app)


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent
