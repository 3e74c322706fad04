"""Scripts run on the oldest telephones that docs/look.md promises: old language, old browsers' own names."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import CEILING_SECONDS

# Chrome 60 (Android 7 as it was sold) and Safari 12 read this much of the language.
YEAR = 2017
# What came to browsers later, in any of the two; a script may use it where it asks first.
LATER = {
    "AbortController", "BroadcastChannel", "IntersectionObserver", "ResizeObserver", "allSettled", "at", "clipboard",
    "flat", "flatMap", "fromEntries", "globalThis", "hasOwn", "matchAll", "queueMicrotask", "replaceAll",
    "replaceChildren", "replaceWith", "requestIdleCallback", "requestSubmit", "showModal", "structuredClone",
    "toggleAttribute", "trimEnd", "trimStart", "userAgentData", "visualViewport",
}  # fmt: skip
ASKED_FIRST = {("copy.js", "clipboard"), ("unsaved.js", "requestSubmit")}


def read(project: Path, *files: Path) -> list[dict[str, object]]:
    node, reader = Path(sys.executable).parent / "node", project / "tests/node/read_scripts.mjs"
    done = subprocess.run(
        [node, reader, str(YEAR), *files], capture_output=True, text=True, timeout=CEILING_SECONDS, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def scripts(project: Path) -> list[Path]:
    return sorted((project / "forumplanner/static/js").glob("*.js"))


def test_every_script_is_written_in_what_the_oldest_telephone_reads(project: Path) -> None:
    found = read(project, *scripts(project))
    assert [entry for entry in found if "error" in entry] == []
    used = {(Path(str(entry["file"])).name, name) for entry in found for name in entry["names"]}  # type: ignore[attr-defined]
    assert {(file, name) for file, name in used if name in LATER} <= ASKED_FIRST
    assert len(found) >= 4


@pytest.mark.parametrize(
    "newer",
    ["a ?? b", "a?.b", "a ||= b", "({...a})", "class A { #b = 1 }", "async () => { for await (const a of b); }"],
)
def test_newer_language_is_found(project: Path, tmp_path: Path, newer: str) -> None:
    script = tmp_path / "newer.js"
    script.write_text(f"{newer};", encoding="utf-8")
    assert "error" in read(project, script)[0]


def test_what_came_later_is_asked_for_before_it_is_used(project: Path) -> None:
    for file, name in ASKED_FIRST:
        text = (project / "forumplanner/static/js" / file).read_text(encoding="utf-8")
        assert f"navigator.{name}) continue" in text or f"if (form.{name})" in text


def test_the_promise_stands_in_the_docs(project: Path) -> None:
    text = (project / "docs/look.md").read_text(encoding="utf-8")
    assert all(words in text for words in ("Android 7", "Chrome 60", "iOS 12", f"ECMAScript {YEAR}"))
