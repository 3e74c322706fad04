"""Every parameter is read, and every default is told otherwise by somebody: what nobody uses goes.

Signatures that somebody else dictates are left alone, told by the code itself: what is decorated, handed over as a
value, or a method of a class with a base.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "forumplanner"
# What tests give in the world's stead; how dates and numbers are read and shown, whichever way pages ask today; what
# every message carries (decision 0008).
GIVEN = {
    "read_settings(environ)",
    "remember_address(environ)",
    "parse_date(year)",
    "parse_range(year)",
    "format_numeric(lang)",
    "read_phone(field)",
    "queue_message(attachments)",
    "queue_message(partner_id)",
    "queue_message(invitation_id)",
    "queue_message(version)",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Found:
    """A function of the product; `cls` where it is a method."""

    place: str
    node: Function
    cls: ast.ClassDef | None

    def __str__(self) -> str:
        return f"{self.place}: {self.node.name}"


@cache
def trees() -> dict[str, ast.Module]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def functions() -> Iterator[Found]:
    for place, tree in trees().items():
        owners = {id(child): node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for child in node.body}
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield Found(place, node, owners.get(id(node)))


@cache
def handed_over() -> frozenset[str]:
    """Names that are used otherwise than to be called: as callbacks, in tables, by their module."""
    called = {id(node.func) for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute) and id(node) not in called:
                found.add(node.id if isinstance(node, ast.Name) else node.attr)
    return frozenset(found)


def is_dictated(found: Found) -> bool:
    """Whether others decide on its parameters."""
    if found.node.decorator_list and any(
        ast.unparse(item) not in ("staticmethod", "classmethod", "cache", "contextmanager")
        for item in found.node.decorator_list
    ):
        return True
    # A class of somebody else's, or one of ours that others derive from, has methods called by their names.
    if found.cls is not None and (found.cls.bases or found.node.name.startswith("__")):
        return True
    return found.node.name in handed_over()


def is_stub(node: Function) -> bool:
    body = [item for item in node.body if not (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))]
    return not body or all(isinstance(item, ast.Raise | ast.Pass) for item in body)


def parameters_of(node: Function) -> list[str]:
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [item.arg for item in named if item.arg not in ("self", "cls") and not item.arg.startswith("_")]


def test_every_parameter_is_read() -> None:
    unread = []
    for found in functions():
        if is_dictated(found) or is_stub(found.node):
            continue
        names = {node.id for item in found.node.body for node in ast.walk(item) if isinstance(node, ast.Name)}
        unread += [f"{found}({name})" for name in parameters_of(found.node) if name not in names]
    assert unread == []


@cache
def calls() -> dict[str, list[ast.Call]]:
    found: dict[str, list[ast.Call]] = defaultdict(list)
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                found[node.func.id if isinstance(node.func, ast.Name) else node.func.attr].append(node)
    return found


@cache
def templates() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").rglob("*.*")))


def is_passed(found: Found, name: str) -> bool:
    """Whether some call gives this parameter; a template's call may give any."""
    node = found.node
    called = found.cls.name if found.cls is not None and node.name == "__init__" else node.name
    if re.search(rf"\b{re.escape(called)}\b", templates()):
        return True
    positions = [item.arg for item in (*node.args.posonlyargs, *node.args.args) if item.arg not in ("self", "cls")]
    for call in calls().get(called, ()):
        if any(isinstance(item, ast.Starred) for item in call.args) or any(not word.arg for word in call.keywords):
            return True
        if name in {word.arg for word in call.keywords}:
            return True
        if name in positions and len(call.args) > positions.index(name):
            return True
    return False


def defaults_of(node: Function) -> list[str]:
    positional = [*node.args.posonlyargs, *node.args.args]
    first = len(positional) - len(node.args.defaults)
    given = [item.arg for item in positional[first:]] if node.args.defaults else []
    return given + [
        item.arg for item, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if value is not None
    ]


def test_every_default_is_told_otherwise_somewhere() -> None:
    never = [
        f"{found}({name})"
        for found in functions()
        if not is_dictated(found)
        for name in defaults_of(found.node)
        if f"{found.node.name}({name})" not in GIVEN and not is_passed(found, name)
    ]
    assert never == []
