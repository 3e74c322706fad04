"""Who acted stands on pages in the reader's language: a stored word that is nobody's name is not shown as stored."""

import ast
import re
from pathlib import Path

from forumplanner.history.actors import IN_WORDS


def test_every_actor_without_an_account_has_words_for_pages(project: Path) -> None:
    named: set[str] = set()
    for file in (project / "forumplanner").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Actor":
                named |= {each.value for each in node.args if isinstance(each, ast.Constant) and each.value}  # type: ignore[misc]
    assert {name for name in named if isinstance(name, str)} <= set(IN_WORDS)
    assert len(named) >= 3


def test_every_template_that_shows_who_acted_asks_for_the_words(project: Path) -> None:
    shown = [
        (file.name, line.strip())
        for file in (project / "templates").rglob("*.html")
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bactor\b", line)
    ]
    assert [each for each in shown if not re.search(r"\bactor\|who\b", each[1])] == []
    assert len(shown) >= 5
