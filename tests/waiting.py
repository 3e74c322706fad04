"""The one place where tests wait: for something that comes true, never for seconds.

A machine that is busy with other things may need long for anything. The ceiling is there for what hangs.
"""

import time
from collections.abc import Callable
from typing import TypeVar

CEILING_SECONDS = 300
_PAUSE_SECONDS = 0.05
T = TypeVar("T")


def wait_until(condition: Callable[[], T], what: str = "it") -> T:
    """What the condition returns, as soon as that is true."""
    deadline = time.monotonic() + CEILING_SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(_PAUSE_SECONDS)
    return found
