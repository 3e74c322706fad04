"""No test waits for seconds: a busy machine makes it fail. `tests.waiting` waits for what comes true."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HELPER = Path(__file__).parents[1] / "waiting.py"
SLEEPS = {"sleep", "wait_for_timeout", "pause", "monotonic", "perf_counter", "process_time"}
WAITS = {"wait", "join", "communicate", "wait_until", "set_default_timeout", "set_default_navigation_timeout"}
TIMEOUTS = {"timeout", "ready_timeout", "seconds", "deadline"}


def waits_of(source: str) -> Iterator[str]:
    """What in this source waits for a number of seconds, or measures them."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SLEEPS:
            yield f"line {node.lineno}: {name}"
        for keyword in node.keywords:
            if keyword.arg in TIMEOUTS and _is_seconds(keyword.value) and name not in ("settings", "timedelta"):
                yield f"line {node.lineno}: {name}({keyword.arg}={ast.unparse(keyword.value)})"
        if name in WAITS and node.args and _is_seconds(node.args[-1]):
            yield f"line {node.lineno}: {name}({ast.unparse(node.args[-1])})"


def _is_seconds(node: ast.expr) -> bool:
    # Not to wait at all is no matter of seconds.
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value != 0


def test_only_the_helper_waits() -> None:
    folder = HELPER.parent
    found = {
        str(path.relative_to(folder)): waits
        for path in sorted(folder.rglob("*.py"))
        if path != HELPER and "node_modules" not in path.parts
        if (waits := list(waits_of(path.read_text(encoding="utf-8"))))
    }
    assert found == {}, "please wait with tests.waiting: wait_until(condition), CEILING_SECONDS, processor_guard()"


@pytest.mark.parametrize(
    "line",
    [
        "time.sleep(1)",
        "sleep(0.5)",
        "page.wait_for_timeout(300)",
        "started = time.monotonic()",
        "process.wait(30)",
        "thread.join(timeout=5)",
        "out = process.communicate(timeout=60)",
        "wait_until(done, 15)",
        "urlopen(url, timeout=5)",
        "context.set_default_timeout(10_000)",
    ],
)
def test_waiting_for_seconds_is_found(line: str) -> None:
    assert len(list(waits_of(line))) == 1


@pytest.mark.parametrize(
    "line",
    ["process.wait(CEILING_SECONDS)", "sqlite3.connect(path, timeout=0)", "thread.join()", "','.join(words)",
     "settings(deadline=None)", "timedelta(seconds=5)", "wait_until(done, 'the server')"],
)  # fmt: skip
def test_waiting_for_a_condition_is_not(line: str) -> None:
    assert list(waits_of(line)) == []
