"""Papers that were printed before, and how many are printed at once.

Printing keeps a processor busy for as long as half a minute. So two papers are printed at a time, by all processes of
the machine together, and a paper whose content has not changed is not printed again: its bytes lie under the data
folder for a day, named by a hash of all that they say and of all that draws them.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from forumplanner.config import PACKAGE, templates_dir
from forumplanner.core import clock

AT_ONCE = 2
MOST_BYTES = 64_000_000
KEPT_SECONDS = 24 * 3600
# A paper may be printed at this very moment for somebody else: most take no longer.
PATIENCE_SECONDS = 1.0
_DRAWN_BY = (".py", ".css", ".svg", ".ttf", ".html")

_here = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Enough papers are being printed already, or this one is."""


def paper_key(document: object, make: Callable[[Any], bytes]) -> str:
    """A name for the paper that `make` draws of a document: the same for the same content, words, fonts and templates.

    The document is a frozen value of plain values: its `repr` says all of it.
    """
    text = repr(document)
    if " at 0x" in text:
        raise TypeError("a paper's document must hold plain values only")
    told = f"{_version()}\n{make.__module__}.{make.__qualname__}\n{text}"
    if "<" in make.__qualname__:  # a function inside another, which its name does not tell apart
        told += secrets.token_hex(16)
    return hashlib.sha256(told.encode()).hexdigest()[:40]


@cache
def _version() -> str:
    """A hash of everything that draws papers."""
    digest = hashlib.sha256(importlib.metadata.version("weasyprint").encode())
    for folder in (PACKAGE, templates_dir() / "print"):
        for path in sorted(found for found in folder.rglob("*") if found.suffix in _DRAWN_BY):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def find_or_print(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """The paper of that key, kept or printed now; raises Busy where it has to wait for others.

    Where nothing can be written it is printed all the same, and not kept.
    """
    path = folder / f"{key}.pdf"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(OSError):
            return path.read_bytes()
        with _a_turn(folder, key) as is_ours:
            if is_ours:
                with suppress(OSError):  # printed by somebody else meanwhile
                    return path.read_bytes()
                paper = make()
                with suppress(OSError):
                    _keep(path, paper)
                    forget_papers(folder, MOST_BYTES, KEPT_SECONDS)
                return paper
        if time.monotonic() > deadline:
            raise Busy
        time.sleep(0.1)


@contextmanager
def _a_turn(folder: Path, key: str) -> Iterator[bool]:
    """Whether this paper may be printed now, held until the end of the block."""
    with ExitStack() as held:
        is_ours = _here.acquire(blocking=False)
        if is_ours:
            held.callback(_here.release)
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            is_ours = _lock(held, folder / f"{key}.lock") and any(
                _lock(held, folder / f"turn-{number}.lock") for number in range(AT_ONCE)
            )
        yield is_ours


def _lock(held: ExitStack, path: Path) -> bool:
    """Lock a file that may not be locked by anybody; where no file can be made there is nothing to lock."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return False
    held.callback(os.close, descriptor)
    return True


def _keep(path: Path, paper: bytes) -> None:
    """Keep it whole, or not at all."""
    part = path.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(paper)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def forget_papers(folder: Path, most_bytes: int, kept_seconds: float) -> None:
    """Remove what has lain for too long, and the oldest of the rest until it takes no more than that."""
    now, found = clock.now().timestamp(), []
    for path in folder.glob("*"):
        with suppress(OSError):
            about = path.stat()
            found.append((about.st_mtime, about.st_size, path))
    room = most_bytes
    for at, size, path in sorted(found, reverse=True):
        room -= size
        if (room < 0 or now - at > kept_seconds) and not path.name.startswith("turn-"):
            path.unlink(missing_ok=True)
