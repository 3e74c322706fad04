"""One parent with two children, gunicorn and the queue's consumer; a child that dies is started again."""

import ctypes
import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from forumplanner.cli import PRIVATE
from forumplanner.config import Settings, SettingsError, read_port, read_settings, remember_address
from forumplanner.web.log_lines import set_up_logging

log = logging.getLogger("forumplanner.cli.processes")

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20
# A child that dies sooner than this is started again after a pause, and not for ever.
SOON_SECONDS = 10
EARLY_DEATHS = 3


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


def serve_forever(settings: Settings, host: str, port: int) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code: 1 where the address cannot be had or a child keeps dying."""
    fault = fault_of_address(host, port)
    if fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    stopping, code = False, 0
    early_deaths: dict[str, int] = {}
    children: dict[str, subprocess.Popen[bytes]] = {}
    started: dict[str, float] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    todo = commands(host, port)
    remember_address(settings)
    # Temporary files (fonts of the printing press, uploads) lie below the data folder like all that is written.
    temporary = settings.data_dir / "tmp"
    temporary.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment = {**os.environ, "TMPDIR": str(temporary)}
    while not stopping:
        for name, words in todo.items():
            child = children.get(name)
            if child is not None and child.poll() is None:
                continue
            if child is not None:
                log.warning("%s ended with %s", name, child.returncode)
                soon = time.monotonic() - started[name] < SOON_SECONDS
                early_deaths[name] = early_deaths.get(name, 0) + 1 if soon else 0
                if early_deaths[name] == EARLY_DEATHS:
                    log.error("%s ended %s times at its start. Please see the lines above.", name, EARLY_DEATHS)
                    stopping, code = True, 1
                    break
                if soon:
                    time.sleep(1)
            started[name] = time.monotonic()
            children[name] = subprocess.Popen(words, env=environment, preexec_fn=_die_with_parent, process_group=0)  # noqa: PLW1509, S603
        time.sleep(0.2)
    for child in children.values():
        child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return code


def main() -> None:
    """`python -m forumplanner.cli.processes`: `serve` at HOST and PORT, without loading the commands: a quick start.

    With `--only-look`: nothing but whether that can be; what prepares the start asks first.
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
    sys.exit(serve_forever(settings, host, port))


if __name__ == "__main__":
    main()
