"""Processes that tests start: each ends with the process that started it, so that a run cut short leaves none."""

import ctypes
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from tests.waiting import CEILING_SECONDS

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Ask the kernel for this signal when the parent dies, in whatever way."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, number)


def start(words: Sequence[str | Path], *, end: int = signal.SIGTERM, **options: Any) -> subprocess.Popen[Any]:
    """A process that gets the signal `end` when we die."""
    return subprocess.Popen(words, preexec_fn=partial(die_with_parent, end), **options)  # noqa: PLW1509


@contextmanager
def running(words: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process for the time of the block; it is asked to end, and killed if it hangs."""
    process = start(words, **options)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(CEILING_SECONDS)
        process.kill()
        process.wait()


def run(words: Sequence[str | Path], *, programs: int = 1, **options: Any) -> subprocess.CompletedProcess[str]:
    """A process run to its end, with what it wrote. `programs`: how many it starts one after another."""
    ceiling = CEILING_SECONDS * programs
    end = partial(die_with_parent, signal.SIGTERM)
    return subprocess.run(
        words, capture_output=True, text=True, timeout=ceiling, check=False, preexec_fn=end, **options
    )


def catches(process: subprocess.Popen[Any], number: int) -> bool:
    """Whether the process has a handler of its own for that signal by now."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)
