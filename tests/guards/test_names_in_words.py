"""What documents, docstrings and comments name is there: modules, files, tables, settings, commands of make."""

import ast
import importlib
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forumplanner import factory
from forumplanner.config import VARIABLES
from forumplanner.core.db import Base

ROOT = Path(__file__).parent.parent.parent
SUFFIXES = r"(?:py|md|css|js|mjs|html|toml|txt|in|json|geojson|sh|csv|po|ttf|woff2)"
FILE = re.compile(rf"[\w./-]*\w\.{SUFFIXES}")
DOTTED = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(.*\))?")
NAME = re.compile(r"([A-Za-z]\w*_\w+|[A-Z][a-z]+[A-Z]\w+)(?:\(.*\))?")
PACKAGES = {path.name for path in (ROOT / "forumplanner").iterdir() if (path / "__init__.py").exists()}
# What the running product writes, and what other programs call so.
NOT_OURS = re.compile(r"south\.ics|manifest\.json|css/pages\.css|/etc/.*")


@cache
def tracked() -> list[str]:
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


@cache
def known_words() -> frozenset[str]:
    """Every name that code uses: what stands in strings and comments alone is none."""
    found: set[str] = set(VARIABLES)
    for name in tracked():
        path = ROOT / name
        if name.endswith(".py"):
            tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
            kinds = [(token.type, token.string) for token in tokens]
            found |= {string for kind, string in kinds if kind == tokenize.NAME}
            # Fields of forms, pytest's marks and columns are asked for by their names.
            found |= {string[1:-1] for kind, string in kinds if kind == tokenize.STRING and string[1:-1].isidentifier()}
        elif name.endswith((".html", ".js", ".css", ".sh", ".toml", ".json")):
            text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            found |= set(re.findall(r"[A-Za-z_]\w*", text))
    return frozenset(found)


def is_file(name: str) -> bool:
    bare = name.removeprefix("./").lstrip("/")
    return any(path == bare or path.endswith(f"/{bare}") for path in tracked())


def resolves(dotted: str, near: str) -> bool:
    """A module or what stands in it, below the package, the tests or beside the file that names it; or a column."""
    first, _, rest = dotted.partition(".")
    tables = Base.metadata.tables
    if first in tables and rest in tables[first].c:
        return True
    beside = ".".join(Path(near).parent.parts)
    return any(found_in(f"{place}{dotted}") for place in ("", "forumplanner.", "tests.", f"{beside}."))


@cache
def found_in(dotted: str) -> bool:
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except (ImportError, ValueError):
            continue
        for place, name in enumerate(parts[length:], start=length):
            if not hasattr(found, name):
                # Fields of a class that has no values for them yet.
                return place == len(parts) - 1 and name in getattr(found, "__annotations__", {})
            found = getattr(found, name)
        return True
    return False


def fault_of(word: str, near: str) -> bool:
    """Whether this names what is not there. What is no name is none."""
    dotted, single = DOTTED.fullmatch(word), NAME.fullmatch(word)
    if word.startswith("FORUMPLANNER_"):
        fault = word.partition("=")[0] not in VARIABLES
    elif word.startswith("make "):
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        fault = word.split()[1] not in targets
    elif FILE.fullmatch(word) or NOT_OURS.fullmatch(word):
        fault = not NOT_OURS.fullmatch(word) and not is_file(word)
    elif dotted:
        parts = dotted[1].split(".")
        fault = not resolves(dotted[1], near) and (parts[0] in PACKAGES or not set(parts) <= known_words())
    else:
        fault = single is not None and single[1] not in known_words()
    return fault


def words_of_documents() -> Iterator[tuple[str, str]]:
    for name in tracked():
        if name.endswith(".md") and "node_modules" not in name:
            text = re.sub(r"^```.*?^```", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
            for word in re.findall(r"`([^`\n]+)`", text):
                yield name, word


def words_of_code() -> Iterator[tuple[str, str]]:
    """What docstrings and comments put between backticks."""
    for name in tracked():
        if not name.endswith(".py") or name == "tests/guards/test_names_in_words.py":
            continue
        source = (ROOT / name).read_text(encoding="utf-8")
        texts = [
            token.string
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT
        ]
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                texts.append(node.value.value)
        for word in re.findall(r"`([^`\n]+)`", "\n".join(texts)):
            yield name, word


def test_documents_name_what_is_there() -> None:
    found = list(words_of_documents())
    assert sorted({pair for pair in found if fault_of(pair[1], pair[0])}) == []
    assert len(found) > 300


def test_docstrings_and_comments_name_what_is_there() -> None:
    found = list(words_of_code())
    assert sorted({pair for pair in found if fault_of(pair[1], pair[0])}) == []
    assert len(found) > 500


def test_names_that_are_not_there_are_found() -> None:
    assert factory.FEATURES  # whose import makes every table known
    wrong = ("web.nowhere", "docs/nowhere.md", "accounts.access.no_such_thing", "FORUMPLANNER_NOTHING", "make nothing")
    assert [word for word in wrong if not fault_of(word, "docs/architecture.md")] == []
    right = (
        "web.once",
        "docs/look.md",
        "accounts.access",
        "outbox_messages.mime",
        "FORUMPLANNER_ENV",
        "make run",
        "a | b",
    )
    assert [word for word in right if fault_of(word, "docs/architecture.md")] == []
