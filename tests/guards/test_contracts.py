"""The import contracts of pyproject.toml hold what they say: planted faults are found, whatever a module is called."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "forumplanner"

# A module, and what it must never import. Those that do not exist are made: nobody need list a new module anywhere.
PLANTED = {
    "attendance/rules.py": "import flask",
    "minutes/services.py": "import wtforms",
    "outcomes/services/reading.py": "import flask_babel",
    "invitations/services/answering.py": "import flask",
    "rounds/planning.py": "import flask_login",
    "feeds/looks.py": "import flask_security",
    "feeds/words.py": "import flask_babel",
    "briefs/compiling.py": "import flask_wtf",
    "partners/links.py": "import flask",
    "desks/timeline.py": "import flask",
    "outbox/delivery.py": "import flask",
    "upkeep/emptying.py": "import flask_security",
    "places/newly_made.py": "import flask",
    "attendance/newly_made/inside.py": "import wtforms",
    "desks/views/board.py": "import icalendar",
    "briefs/views/pages.py": "import weasyprint",
    "cli/data.py": "import weasyprint",
    "register/rules.py": "import forumplanner.register.views",
    "register/tables.py": "import forumplanner.register.views",
    "agenda/services.py": "import forumplanner.agenda.access",
    "agenda/views/agenda.py": "import forumplanner.outcomes.services",
    "invitations/lists.py": "import forumplanner.invitations.views.showing",
    "desks/services.py": "import forumplanner.desks.views.ways",
    "desks/views/pages.py": "import forumplanner.upkeep.views",
    "outbox/jobs.py": "import forumplanner.accounts.services",
    "outbox/services.py": "import forumplanner.web.limits",
    "rounds/services.py": "import forumplanner.partners.models",
    "core/errors.py": "import forumplanner.web.forms",
    "accounts/forms.py": "import forumplanner.accounts.views.security",
}


def test_planted_faults_are_all_found(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "forumplanner", ignore=shutil.ignore_patterns("__pycache__", "static", "fonts"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in PLANTED.items():
        path = tmp_path / "forumplanner" / name
        if not path.parent.is_dir():
            path.parent.mkdir()
            (path.parent / "__init__.py").touch()
        with path.open("a", encoding="utf-8") as file:
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
