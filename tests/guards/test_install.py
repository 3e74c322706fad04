"""docs/install.md stays true: its commands run against a fresh installation, its unit is as hard as it says."""

import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import flask_migrate.cli
import pytest

from forumplanner.cli import load_commands
from forumplanner.cli.group import cli
from forumplanner.config import VARIABLES, read_settings
from tests.databases import Databases
from tests.processes import run

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
TEXT = (ROOT / "docs/install.md").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("docs/*/*.md")), ROOT / "README.md"]
# Stand-ins for what only root can do; `restore` asks at a terminal, and there is no mail server to look for.
PRELUDE = """
set -eu
runuser() { shift 4; env -i PATH="$PATH" "$@"; }  # a shell of root's knows nothing of the service's settings
install() {
  case "$*" in
    -d*) for last; do :; done; mkdir -p "$last" ;;
    *) cp "$7" "$8" ;;
  esac
}
forumplanner() {
  case "$1" in
    check) "$PROGRAM" check 2>> faults || true ;;
    restore) "$PROGRAM" "$@" --yes ;;
    *) "$PROGRAM" "$@" ;;
  esac
}
"""
RUNS = re.compile(r"forumplanner |\.venv/bin/forumplanner |\$?rehearse\b|(install|rm) .*forumplanner|cd /var/lib")


def blocks() -> list[str]:
    """The indented blocks: commands, and the contents of files."""
    found = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", TEXT, re.MULTILINE)
    return ["\n".join(line[4:] for line in block.strip("\n").splitlines()) for block in found]


def is_file(block: str) -> bool:
    return block.startswith(("[Unit]", "#!/bin/sh", "server {", "FORUMPLANNER_", "30 2"))


def environment(folder: Path) -> dict[str, str]:
    """The settings of the document with keys filled in; no mail server answers here."""
    [written] = [block for block in blocks() if block.startswith("FORUMPLANNER_ENV")]
    pairs = dict(line.split("=", 1) for line in written.splitlines() if not line.startswith("#"))
    del pairs["FORUMPLANNER_SMTP_URL"]
    own = {
        "FORUMPLANNER_SECRET_KEY": secrets.token_urlsafe(48),
        "FORUMPLANNER_LINK_KEY": secrets.token_urlsafe(48),
        "FORUMPLANNER_DATA_DIR": str(folder),
    }
    return pairs | own


def command_lines(text: str) -> list[list[str]]:
    """The words behind `forumplanner` wherever a document calls it."""
    spans = [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^ {4}(.*)$", text, re.MULTILINE)]
    found = [re.search(r"(?:^|/s?bin/)(?:forumplanner|\$rehearse) ([a-z].*)$", span) for span in spans]
    lines = [re.split(r" (?:&&|\||>|<)", match[1])[0] for match in found if match]
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_call_commands_and_options_that_exist(document: Path) -> None:
    load_commands()
    for words in command_lines(document.read_text(encoding="utf-8")):
        found: click.Command | None = cli
        rest = list(words)
        while isinstance(found, click.Group) and rest and not rest[0].startswith("-"):
            name = rest.pop(0)
            found = flask_migrate.cli.db if (found, name) == (cli, "db") else found.commands.get(name)
        assert found is not None, f"{document.name} calls forumplanner {' '.join(words)}"
        if not isinstance(found, click.Group):
            found.make_parser(click.Context(found)).parse_args(rest)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_settings_that_exist(document: Path) -> None:
    named = set(re.findall(r"\bFORUMPLANNER_[A-Z_]+[A-Z]", document.read_text(encoding="utf-8")))
    assert named - set(VARIABLES) == set()


def test_the_settings_of_the_document_are_taken(tmp_path: Path) -> None:
    assert read_settings(environment(tmp_path), keep=False).is_production


def test_every_block_of_commands_is_shell() -> None:
    for block in blocks():
        if block.startswith("#!/bin/sh") or not is_file(block):
            done = subprocess.run(["sh", "-n"], input=block, capture_output=True, text=True, check=False)
            assert done.returncode == 0, (block, done.stderr)


def test_what_is_called_below_the_checkout_is_there() -> None:
    named = set(re.findall(r"\btools/[\w.]+", TEXT)) | set(re.findall(r"`((?:docs|requirements)/[\w.]+)`", TEXT))
    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert len(named) > 2


def test_the_commands_of_the_document_run_in_their_order(databases: Databases, tmp_path: Path) -> None:
    data, backups = tmp_path / "data", tmp_path / "backups"
    backups.mkdir()
    variables = environment(data)
    databases.prepared(data, FORUMPLANNER_DEMO="0")
    lines = [line for block in blocks() if not is_file(block) for line in block.splitlines() if RUNS.match(line)]
    script = "\n".join([PRELUDE, "forumplanner backup FILE", *(line.removeprefix(".venv/bin/") for line in lines)])
    places = {
        "/opt/forumplanner/.venv/bin": str(BIN),
        "/var/lib/forumplanner": str(data),
        "/var/backups/forumplanner": str(backups),
        "FILE": str(backups / "first.zip"),
    }
    for written, here in places.items():
        script = script.replace(written, here)
    for name in ("user create", "user link", "outbox release", "restore", "backup"):
        assert f"forumplanner {name}" in script
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
    program = {"PROGRAM": str(BIN / "forumplanner")}
    programs = script.count("\nforumplanner ")
    done = run(["sh", "-c", script], programs=programs, env=kept | variables | program, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    # Two links, for two accounts; and in the rehearsal as many rows as in the file.
    assert done.stdout.count("https://forum.example.org/reset/") >= 2, done.stdout
    faults = (tmp_path / "faults").read_text().splitlines()
    assert [line for line in faults if "FORUMPLANNER_SMTP_URL" not in line] == []


def test_the_service_is_as_hard_as_the_document_says(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    assert analyze, "systemd is missing: tools/setup.sh dev installs it"
    [unit] = [block for block in blocks() if block.startswith("[Unit]")]
    (tmp_path / "forumplanner.service").write_text(unit)
    words = [analyze, "security", "--offline=true", "--no-pager", str(tmp_path / "forumplanner.service")]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", said.stdout)
    assert exposure, said.stderr
    assert f"says {exposure[1]}." in unit
    assert float(exposure[1]) < 4
    known = subprocess.run([analyze, "verify", words[-1]], capture_output=True, text=True, check=False)
    faults = [line for line in known.stderr.splitlines() if "forumplanner.service" in line]
    assert [line for line in faults if "is not executable" not in line] == []
