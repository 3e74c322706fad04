"""The import contracts of pyproject.toml hold what they say: planted faults are found, and no module is forgotten."""

import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "forumplanner"
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
BELOW_FORMS = "Below the forms nobody knows the web"
WEB = re.compile(r"^\s*(?:from|import) (?:flask|wtforms|weasyprint)", re.MULTILINE)
# Put the features together or stand among the pages; they need nothing of Flask's by name, but may.
FREE = (
    "*.views",
    "*.views.*",
    "*.forms",
    "*.fields",
    "*.access",
    "*.words",
    "desks.rules",
    "briefs.layout",
    "partners.links",
    "partners.qr",
    "accounts.wording",
)

# A module, and what it must never import.
PLANTED = {
    "attendance/rules.py": "import flask",
    "minutes/services.py": "import wtforms",
    "outcomes/services/reading.py": "import flask_babel",
    "rounds/planning.py": "import flask_login",
    "feeds/looks.py": "import flask_security",
    "briefs/compiling.py": "import flask_wtf",
    "desks/board.py": "import icalendar",
    "briefs/views.py": "import weasyprint",
    "register/rules.py": "import forumplanner.register.views",
    "agenda/services.py": "import forumplanner.agenda.access",
    "rounds/services.py": "import forumplanner.partners.models",
    "core/errors.py": "import forumplanner.web.forms",
}


def test_planted_faults_are_all_found(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "forumplanner", ignore=shutil.ignore_patterns("__pycache__", "static", "fonts"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in PLANTED.items():
        with (tmp_path / "forumplanner" / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    words, environment = [sys.executable, "-c", code], {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    missed = [f"{name}: {line}" for name, line in PLANTED.items() if not re.search(_arrow(name, line), done.stdout)]
    assert missed == []


def _arrow(name: str, line: str) -> str:
    module = "forumplanner." + name.removesuffix(".py").replace("/", ".")
    return re.escape(module) + r" -> " + re.escape(line.removeprefix("import ")) + r"\b"


@pytest.mark.parametrize(
    ("name", "but"), [("Only ical imports icalendar", "ical"), ("Only printing imports WeasyPrint", "printing")]
)
def test_only_contracts_name_everything_else(name: str, but: str) -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    expected = {f"forumplanner.{part}" for part in parts - {"__init__", but}}
    assert set(CONTRACTS[name]["source_modules"]) == expected


def test_every_module_that_does_without_the_web_is_held_to_it() -> None:
    held = [
        pattern.removeprefix("forumplanner.").replace("**", "*") for pattern in CONTRACTS[BELOW_FORMS]["source_modules"]
    ]
    features = set(CONTRACTS["Layers inside a feature"]["containers"]) | {"forumplanner.outbox"}
    loose = []
    for feature in sorted(feature.removeprefix("forumplanner.") for feature in features):
        for path in sorted((PACKAGE / feature).rglob("*.py")):
            name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
            if path.stem == "__init__" or WEB.search(path.read_text(encoding="utf-8")):
                continue
            if not any(fnmatchcase(name, pattern) for pattern in (*held, *FREE)):
                loose.append(name)
    assert loose == [], "please add these to the contract, or to FREE here"
