"""Served sites of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.served import Site, start
from tests.databases import Databases
from tests.waiting import CEILING_SECONDS


@pytest.fixture(scope="module")
def sampled(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample round's file, to be copied."""
    folder = tmp_path_factory.mktemp("sampled")
    databases.copy_of("sample", folder)
    return folder / "forumplanner.sqlite3"


@pytest.fixture(scope="module")
def site(sampled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    found, process = start(sampled, tmp_path_factory.mktemp("served"))
    yield found
    process.terminate()
    process.wait(CEILING_SECONDS)
