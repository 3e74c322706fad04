"""One parent with two children, gunicorn and the queue's consumer; a child that dies is started again.

Without the web process there is nothing to serve: where it keeps dying, the parent ends. Without the worker mail waits
and pages are there: it is tried again for ever, after growing pauses.
"""

import ctypes
import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
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


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def commands(host: str, port: int) -> dict[str, list[str]]:
    """What is run."""
    gunicorn = [
        sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--workers", "1", "--threads", "8",
        "--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "10", "--no-control-socket",
        "--logger-class", "forumplanner.web.gunicorn_logs.Logger", "forumplanner.wsgi:app",
    ]  # fmt: skip
    return {"web": gunicorn, "worker": [sys.executable, "-m", "forumplanner.cli.worker"]}


def fault_of_address(host: str, port: int) -> str | None:
    """A sentence where nothing can be served at that address, found out by taking it for a moment."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As gunicorn does: an address that a server left just now is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            return f"Port {port} is in use. Please choose another: PORT={other} make run"
        if error.errno in (errno.EACCES, errno.EPERM):
            return f"Port {port} is for root alone. Please choose one above 1023: PORT=8001 make run"
        return f"{host} is not an address of this machine. Please choose another: HOST=127.0.0.1 make run"
    return None


@dataclass
class Child:
    """One of the processes, how often it died at its start, and when it may start (monotonic seconds)."""

    name: str
    words: list[str]
    process: subprocess.Popen[bytes] | None = None
    early_deaths: int = 0
    starts_at: float = 0

    def see_to(self, environment: dict[str, str]) -> None:
        """Start it where it does not run and its pause is over."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            log.warning("%s ended with %s", self.name, self.process.returncode)
            self.process = None
            self.early_deaths = self.early_deaths + 1 if now - self.starts_at < SOON_SECONDS else 0
            if self.early_deaths:
                self.starts_at = now + min(2 ** (self.early_deaths - 1), LONGEST_PAUSE_SECONDS)
        if now >= self.starts_at:
            self.starts_at = now
            self.process = subprocess.Popen(  # noqa: S603
                self.words,
                env=environment,
                preexec_fn=_die_with_parent,  # noqa: PLW1509
                process_group=0,
            )


def fault_of_surroundings(settings: Settings, host: str, port: int, *, prepared: bool) -> str | None:
    """A sentence where nothing can be served; `prepared`: the database was seen to just now."""
    fault = fault_of_address(host, port)
    if fault or prepared:
        return fault
    from forumplanner.web.database import fault_of_database

    return fault_of_database(settings)


def serve_forever(settings: Settings, host: str, port: int, *, prepared: bool = False) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code: 1 where nothing can be served or web keeps dying."""
    fault = fault_of_surroundings(settings, host, port, prepared=prepared)
    if fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    stopping, code = False, 0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = [Child(name, words) for name, words in commands(host, port).items()]
    remember_address(settings)
    # Temporary files (fonts of the printing press, uploads) lie below the data folder like all that is written.
    temporary = settings.data_dir / "tmp"
    temporary.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment = {**os.environ, "TMPDIR": str(temporary)}
    while not stopping:
        for child in children:
            child.see_to(environment)
            if child.name == "web" and child.early_deaths == EARLY_DEATHS:
                log.error("%s ended %s times at its start. Please see the lines above.", child.name, EARLY_DEATHS)
                stopping, code = True, 1
        time.sleep(0.2)
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
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
