"""`forumplanner serve` as an office runs it, against a bare Python that imports the same libraries and nothing else."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figures import Figure
from bench.sample import prepared_folder
from tests.browser.conftest import free_port

ROUNDS = 5
MEGABYTE = 1024 * 1024
# What the application has loaded by the time it can answer, ours left out, in the order in which it was loaded.
LIBRARIES = """
import sys
from forumplanner.factory import create_app
create_app()
print(*(name for name in sys.modules if name.partition(".")[0] not in ("forumplanner", "__main__")))
"""
IMPORT = """
import importlib, sys
for name in sys.argv[1].split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass
print("ready", flush=True)
sys.stdin.read()
"""


def measure() -> Iterator[Figure]:
    """`process_start`: from nothing to the first answer. `process_memory`: all processes together, after it."""
    with prepared_folder() as environment:
        libraries = subprocess.run(
            [sys.executable, "-c", LIBRARIES], env=environment, check=True, capture_output=True, text=True
        ).stdout
        rounds = [(serve(environment), bare(libraries, environment)) for _ in range(ROUNDS)]
    ours, baseline = zip(*rounds, strict=True)
    start, bare_start = (median(seconds for seconds, _bytes in side) for side in (ours, baseline))
    memory, bare_memory = (median(found for _seconds, found in side) / MEGABYTE for side in (ours, baseline))
    yield Figure("process_start", start, bare_start, "s", "until health answers, against importing the same libraries")
    yield Figure("process_memory", memory, bare_memory, "MB", "PSS of parent, web and worker, against that one process")


def serve(environment: dict[str, str]) -> tuple[float, int]:
    """Seconds until health answers, and the memory of the whole tree then."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "forumplanner.cli.processes"],
        env=environment | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with wait_for(f"http://127.0.0.1:{port}/healthz", process):
            taken = time.perf_counter() - began
        # The worker is there by now, too.
        time.sleep(2)
        return taken, sum(map(memory_of, tree(process.pid)))
    finally:
        process.terminate()
        process.wait(60)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> "urllib.request.addinfourl":
    """The first answer of that address."""
    while True:
        assert process.poll() is None, "the server ended"
        try:
            return urllib.request.urlopen(url, timeout=60)
        except OSError:
            time.sleep(0.005)


def bare(libraries: str, environment: dict[str, str]) -> tuple[float, int]:
    """Seconds until the libraries are imported, and the memory of that process."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, libraries], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    taken = time.perf_counter() - began
    found = memory_of(process.pid)
    process.communicate()
    return taken, found


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(found for child in children for found in tree(int(child)))]


def memory_of(pid: int) -> int:
    """Bytes of memory, what is shared divided by those who share it."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
