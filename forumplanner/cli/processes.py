"""One parent and its children, the web processes and the queue's consumer; a child that dies is started again.

The parent loads the application once and forks: what the children do not change they share, and a child is there
again at once. It opens the listening socket too: where a child is missing a visitor waits a moment and is not refused.

Without a web process there is nothing to serve: where it keeps dying, the parent ends. Without the worker mail waits
and pages are there: it is tried again for ever, after growing pauses.
"""

import atexit
import ctypes
import errno
import gc
import logging
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import FrameType

from forumplanner.cli import PRIVATE
from forumplanner.config import Settings, SettingsError, read_port, read_settings, remember_address
from forumplanner.web.log_lines import set_up_logging

log = logging.getLogger("forumplanner.cli.processes")

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20
# A child that dies sooner than this is started again after a pause; the web process not for ever.
SOON_SECONDS = 10
EARLY_DEATHS = 3
LONGEST_PAUSE_SECONDS = 60
WAITING_CONNECTIONS = 1024


def open_address(host: str, port: int) -> socket.socket:
    """The listening socket of that address; raises OSError where it cannot be had."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, protocol)
    try:
        # An address that a server left just now is free.
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
    except OSError:
        found.close()
        raise
    return found


def fault_of_address(host: str, port: int) -> str | None:
    """A sentence where nothing can be served at that address, found out by taking it for a moment."""
    try:
        open_address(host, port).close()
    except OSError as error:
        return _words_of(error, host, port)
    return None


def _words_of(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return f"Port {port} is in use. Please choose another: PORT={other} make run"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is for root alone. Please choose one above 1023: PORT=8001 make run"
    return f"{host} is not an address of this machine. Please choose another: HOST=127.0.0.1 make run"


@dataclass
class Child:
    """One of the processes: what it does, how often it died at its start, and when it may start (monotonic seconds)."""

    name: str
    run: Callable[[], int]
    pid: int | None = None
    early_deaths: int = 0
    starts_at: float = 0

    def see_to(self) -> None:
        """Start it where it does not run and its pause is over."""
        now = time.monotonic()
        if self.pid is not None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if not found:
                return
            log.warning("%s ended with %s", self.name, os.waitstatus_to_exitcode(status))
            self.pid = None
            self.early_deaths = self.early_deaths + 1 if now - self.starts_at < SOON_SECONDS else 0
            if self.early_deaths:
                self.starts_at = now + min(2 ** (self.early_deaths - 1), LONGEST_PAUSE_SECONDS)
        if now >= self.starts_at:
            self.starts_at = now
            self.pid = start(self.name, self.run)

    def has_ended(self) -> bool:
        """Whether it is gone; takes note of its end."""
        if self.pid is not None and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = None
        return self.pid is None

    def signal(self, number: int) -> None:
        """Send it a signal if it runs."""
        if self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def start(name: str, run: Callable[[], int]) -> int:
    """Fork a child that runs this and ends; it is told to end when the parent does. Returns its number."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Ctrl-C is the parent's: it tells its children.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.setpgid(0, 0)
        if os.getppid() == parent:
            code = run()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        log.exception("%s failed", name)
    finally:
        # What was registered at the end of a process: the printing press removes its copies of fonts.
        with suppress(BaseException):
            atexit._run_exitfuncs()
        os._exit(code)


def fault_of_surroundings(settings: Settings, host: str, port: int, *, prepared: bool) -> str | None:
    """A sentence where nothing can be served; `prepared`: the database was seen to just now."""
    fault = fault_of_address(host, port)
    if fault or prepared:
        return fault
    from forumplanner.web.database import fault_of_database

    return fault_of_database(settings)


def serve_forever(settings: Settings, host: str, port: int, *, prepared: bool = False) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code: 1 where nothing can be served or web keeps dying."""
    # Loading makes much and leaves little to collect; looking for it takes a fifth of the start.
    gc.disable()
    fault = fault_of_surroundings(settings, host, port, prepared=prepared)
    if fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    try:
        listening = open_address(host, port)
    except OSError as error:  # somebody took it just now
        sys.stderr.write(f"{_words_of(error, host, port)}\n")
        return 1
    remember_address(settings)
    # Temporary files (fonts of the printing press, uploads) lie below the data folder like all that is written.
    temporary = settings.data_dir / "tmp"
    temporary.mkdir(parents=True, exist_ok=True, mode=0o700)
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else files, most))
    # From here on visitors wait in line until a child takes them.
    listening.listen(WAITING_CONNECTIONS)
    return watch(load_children(settings, listening))


def load_children(settings: Settings, listening: socket.socket) -> list[Child]:
    """Load the application, which all children share, and say what they are."""
    from forumplanner.cli import web, worker
    from forumplanner.factory import create_app

    app = create_app(settings)
    # What is there now is never collected: looking through it would make each child a copy of its own.
    gc.freeze()
    gc.enable()

    def work() -> int:
        listening.close()
        return worker.run(app)

    return [
        *(Child("web", partial(web.run, app, listening)) for _ in range(settings.web_processes)),
        Child("worker", work),
    ]


def watch(children: Sequence[Child]) -> int:
    """Keep these running until SIGTERM or SIGINT, then end them; returns the exit code."""
    stopping, code = False, 0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        for child in children:
            child.see_to()
            if child.name == "web" and child.early_deaths == EARLY_DEATHS:
                log.error("%s ended %s times at its start. Please see the lines above.", child.name, EARLY_DEATHS)
                stopping, code = True, 1
        time.sleep(0.2)
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(not child.has_ended() for child in children):
        if time.monotonic() > deadline:
            for child in children:
                child.signal(signal.SIGKILL)
        time.sleep(0.05)
    return code


def main() -> None:
    """`python -m forumplanner.cli.processes`: `serve` at HOST and PORT, without loading the commands: a quick start.

    With `--only-look`: nothing but whether the address can be had; what prepares the start asks first. With
    `--prepared`: the database is not looked at, since `prepare` just did.
    """
    os.umask(PRIVATE)
    set_up_logging()
    host = os.environ.get("HOST", "").strip() or "127.0.0.1"
    try:
        port = read_port()
        if "--only-look" in sys.argv:
            fault = fault_of_address(host, port)
            if fault:
                sys.stderr.write(f"{fault}\n")
            sys.exit(1 if fault else 0)
        settings = read_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    sys.exit(serve_forever(settings, host, port, prepared="--prepared" in sys.argv))


if __name__ == "__main__":
    main()
