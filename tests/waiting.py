"""The one place where tests wait: for something that comes true, never for seconds.

A machine that is busy with other things may need long for anything. The ceilings are there for what hangs; no test says
how fast something is.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

CEILING_SECONDS = 300
CEILING_MS = CEILING_SECONDS * 1000
# Of the processor's time, which passes only while we are at work.
PROCESSOR_CEILING_SECONDS = 60
_PAUSE_SECONDS = 0.05
T = TypeVar("T")


def wait_until(condition: Callable[[], T], what: str = "it") -> T:
    """What the condition returns, as soon as that is true."""
    deadline = time.monotonic() + CEILING_SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(_PAUSE_SECONDS)
    return found


@contextmanager
def processor_guard() -> Iterator[None]:
    """Stop what would take hours: for inputs of a size at which work that grows with their square never ends."""

    def stop(*_: object) -> None:
        raise AssertionError(f"at work for {PROCESSOR_CEILING_SECONDS} seconds")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PROCESSOR_CEILING_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
