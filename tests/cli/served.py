"""A served sample database, for tests that ask as programs do."""

import os
import shutil
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

from tests import processes
from tests.browser.conftest import free_port, wait_until_healthy
from tests.waiting import CEILING_SECONDS


class Site:
    """A served sample database, with its log."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.log = folder / "log"
        self.database = folder / "forumplanner.sqlite3"

    def open(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), CEILING_SECONDS)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=CEILING_SECONDS)
        try:
            connection.request(method, path, body or None, {name.replace("_", "-"): v for name, v in headers.items()})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, answer.read().decode()
        finally:
            connection.close()


def start(sampled: Path, folder: Path, **variables: str) -> tuple[Site, subprocess.Popen[bytes]]:
    """Serve a copy of the sample."""
    shutil.copyfile(sampled, folder / sampled.name)
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
    environment |= {"FORUMPLANNER_DATA_DIR": str(folder), "PORT": str(port), **variables}
    site = Site(folder, port)
    with site.log.open("wb") as log:
        words_ = [sys.executable, "-m", "forumplanner.cli.processes"]
        process = processes.start(words_, env=environment, stdout=log, stderr=log)
    wait_until_healthy(f"http://127.0.0.1:{port}", process)
    return site, process
