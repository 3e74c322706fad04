"""The house stands: files stay small, nothing is marked safe, the wheel is whole, documents are true."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from forumplanner.config import VARIABLES

ROOT = Path(__file__).parent.parent.parent
# Files that are one long table by nature.
LONG = {"tests/guards/test_access.py"}
LONGEST = 330


def tracked(*patterns: str) -> list[Path]:
    """Files of the checkout, tracked or about to be."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", "*.html", "*.css", "*.js")
        if "migrations" not in path.parts
        for lines in [len(path.read_text(encoding="utf-8").splitlines())]
        if lines > LONGEST and str(path.relative_to(ROOT)) not in LONG
    }
    assert long == {}


def test_no_template_marks_text_safe_or_carries_script_or_style() -> None:
    unsafe = re.compile(r"\|\s*safe\b|\sstyle=|\son\w+=[\"']|autoescape false|javascript:|\bMarkup\(")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("templates/*.html", "templates/*.txt")
        for text in [path.read_text(encoding="utf-8")]
        # Paper carries its style sheet inside; pages never do.
        if unsafe.search(text) or ("<style" in text and "print" not in path.parts)
    ]
    assert found == []


def test_only_core_thai_knows_543() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py")
        if re.search(r"\b543\b", path.read_text(encoding="utf-8")) and "thai" not in path.parts
    ]
    assert found == []


def test_only_the_clock_reads_the_clock() -> None:
    pattern = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|\btime\.time\(|\btime_ns\(|(?:local|gm)time\(")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py")
        if pattern.search(path.read_text(encoding="utf-8")) and path.name != "clock.py"
    ]
    assert found == []


def test_no_table_is_read_by_its_bare_name_past_the_tier_it_belongs_to() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py")
        if re.search(r"(?<![\w.])table\(\s*[\"']", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_when_and_where_a_meeting_is_are_put_into_words_in_one_place() -> None:
    places = r"\.venue\(|\.venue_(th|en|address)\b|own\([\"']venue"
    composes = re.compile(places + r"|thai\.format_\w+\(\s*\w+\.starts_on, \w+\.ends_on")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py", "templates/*")
        if path.relative_to(ROOT).parts[1] not in ("rounds", "demo")
        and composes.search(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "rounds.describing composes it"


def test_states_and_kinds_are_compared_by_their_types_not_by_bare_words() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in tracked("forumplanner/*.py")}
    values: set[str] = set()
    for text in sources.values():
        for body in re.findall(r"^class \w+\(StrEnum\):\n((?:(?: {4}.*)?\n)+)", text, re.MULTILINE):
            values |= set(re.findall(r"^    [A-Z_]+ = \"(\w+)\"", body, re.MULTILINE))
    assert {"approved", "announced", "declined", "working"} <= values
    bare = r"\b(?:kind|state|status|answer|capacity|role|minutes|channel|list)"
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path, text in sources.items()
        if path.parent.name != "ical"  # literal types, which mypy checks
        for word in re.findall(bare + r" [=!]= \"(\w+)\"", text)
        if word in values
    ]
    assert found == []


# By their names alone: what holds a request or a command together, a worker's own steps, and what is written after the
# response.
COMMITS = re.compile(r"/views(\.py|/)|/cli/|/(delivery|afterwards|jobs)\.py")


def test_services_leave_the_commit_to_who_called_them() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py")
        if ".commit()" in path.read_text(encoding="utf-8") and not COMMITS.search(str(path))
    ]
    assert found == []


def test_what_answers_requests_is_called_views() -> None:
    answers = re.compile(r"\brender_template\(|@\w*blueprint\.|\.route\(|\.add_url_rule\(|\bflash\(")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py")
        if answers.search(path.read_text(encoding="utf-8")) and not re.search(r"/views(\.py|/)|/web/", str(path))
    ]
    assert found == []


def test_no_file_names_a_registry_or_this_machine() -> None:
    pattern = re.compile(r"(pypi|pythonhosted|registry\.npmjs|deb\.debian)\.(org|com)|/work/(main|shared)|/root/")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in (".ttf", ".woff2", ".png", ".pdf") and path != Path(__file__)
        if pattern.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_importing_a_rule_does_not_build_the_application() -> None:
    code = (
        "import sys; import forumplanner.rounds.rules, forumplanner.core.thai;"
        "sys.exit(any(name in sys.modules for name in ('flask', 'weasyprint', 'forumplanner.factory', 'icalendar')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_wheel_built_through_an_sdist_carries_templates_translations_and_migrations(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    # As in a fresh clone: nothing that is ignored, so no compiled catalogue.
    for path in tracked():
        copy = tmp_path / "clone" / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    subprocess.run([*build, "-t", "sdist"], cwd=tmp_path / "clone", check=True, capture_output=True)
    (sdist,) = tmp_path.glob("*.tar.gz")
    subprocess.run(["tar", "xzf", str(sdist), "-C", str(tmp_path)], check=True)
    (unpacked,) = tmp_path.glob("forumplanner-*/")
    subprocess.run([*build, "-t", "wheel"], cwd=unpacked, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        "forumplanner/templates/layouts/base.html",
        "forumplanner/translations/th/LC_MESSAGES/messages.mo",
        "forumplanner/translations/th/LC_MESSAGES/wtforms.mo",
        "forumplanner/migrations/env.py",
        "forumplanner/migrations/versions/0001_initial.py",
        "forumplanner/printing/fonts/FPSarabun-Regular.ttf",
        "forumplanner/static/css/tokens.css",
        "forumplanner/data/sample-2550.json",
    }
    assert expected - names == set()
    assert not [name for name in names if name.startswith("tests")]


def test_the_package_names_what_running_needs() -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = (ROOT / "requirements/run.in").read_text(encoding="utf-8").splitlines()
    assert named == [line for line in lines if line and not line.startswith("#")]


def test_settings_document_lists_exactly_the_settings() -> None:
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(FORUMPLANNER_\w+)`", text)) == set(VARIABLES)


class Asked(dict[str, str]):
    """An environment that notes which variables are asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.names.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return super().__getitem__(name)


def test_no_setting_is_read_that_is_not_listed(tmp_path: Path) -> None:
    from forumplanner.config import read_settings

    asked = Asked({"FORUMPLANNER_DATA_DIR": str(tmp_path)})
    read_settings(asked)
    assert {name for name in asked.names if name.startswith("FORUMPLANNER_")} == set(VARIABLES)
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in tracked("forumplanner/*.py")
        for names in [re.findall(r"(?:environ|getenv).*?(FORUMPLANNER_\w+)", path.read_text(encoding="utf-8"))]
        if path.name != "config.py" and set(names) - set(VARIABLES)
    ]
    assert elsewhere == []


@pytest.mark.parametrize("document", ["README.md", "docs/install.md"])
def test_documents_name_only_commands_that_exist(document: str) -> None:
    from forumplanner.cli import load_commands
    from forumplanner.cli.group import cli

    load_commands()
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(
        r"(?:bin/|`)forumplanner ((?:[a-z][a-z-]* ?){1,2})",
        "\n".join(re.findall(r"`[^`]+`|^ {4}.*$|^```[^`]*```", text, re.M)),
    )
    assert named
    for words in (line.split() for line in named):
        # `db` is Flask-Migrate's.
        found = cli.commands.get(words[0]) or words[0] == "db"
        assert found, f"{document} names `forumplanner {words[0]}`"
    makes = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", text, re.M))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert makes - targets == set()


def test_glossary_names_identifiers_that_exist() -> None:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    places = re.findall(r"`(forumplanner(?:\.\w+)+)`", text)
    assert len(places) > 15
    import importlib.util

    for place in places:
        module, _, name = place.rpartition(".")
        # A module is no attribute of its package until somebody imports it.
        assert hasattr(importlib.import_module(module), name) or importlib.util.find_spec(place), place
