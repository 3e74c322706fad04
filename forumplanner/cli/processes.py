"""One parent with two children, gunicorn and the queue's consumer; a child that dies is started again."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from forumplanner.config import Settings, SettingsError, read_settings, remember_address

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20
# A child that dies sooner than this is started again after a pause, not at once.
SOON_SECONDS = 5


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


def serve_forever(settings: Settings, host: str, port: int) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code."""
    stopping = False
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
                log.warning("%s ended with %s and is started again", name, child.returncode)
                if time.monotonic() - started[name] < SOON_SECONDS:
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
    return 0


def main() -> None:
    """`python -m forumplanner.cli.processes HOST PORT`: `serve` without loading the commands, for a quick start."""
    try:
        settings = read_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    sys.exit(serve_forever(settings, sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
