"""Settings: defaults, and what production refuses."""

import os
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from forumplanner.config import SettingsError, read_settings, remember_address

SAFE = {
    "FORUMPLANNER_ENV": "production",
    "FORUMPLANNER_SECRET_KEY": "Kx81hQ0wTzv7Yb2nLr5mPd9sGf3jVc6a",
    "FORUMPLANNER_LINK_KEY": "Zq4uWe7rTy1iOp9aSd3fGh6jKl2xCv5b",
    "FORUMPLANNER_BASE_URL": "https://forum.example.org",
}


def test_defaults_keep_everything_below_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings({"FORUMPLANNER_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/forumplanner.sqlite3"
    assert settings.queue_url == f"sqlite:///{tmp_path}/queue.sqlite3"
    assert (settings.env, settings.demo, settings.today) == ("development", True, None)


def test_secrets_are_made_once_and_are_ours_alone(tmp_path: Path) -> None:
    variables = {"FORUMPLANNER_DATA_DIR": str(tmp_path)}
    first, second = read_settings(variables), read_settings(variables)
    assert (first.secret_key, first.link_key) == (second.secret_key, second.link_key)
    assert first.secret_key != first.link_key
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()}
    assert modes == {"secret_key": 0o600, "link_key": 0o600}


def test_two_processes_making_a_secret_at_once_get_the_same(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from forumplanner.config import kept_secret

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _number: kept_secret(tmp_path, "one"), range(32)))
    assert len(found) == 1
    assert len(found.pop()) > 30


@pytest.mark.parametrize(("given", "on"), [("", True), ("1", True), ("0", False), ("no", False), ("FALSE", False)])
def test_switches_are_on_unless_said_otherwise(tmp_path: Path, given: str, on: bool) -> None:
    switches = {"FORUMPLANNER_DEMO": given, "FORUMPLANNER_FEED_GZIP": given}
    settings = read_settings({"FORUMPLANNER_DATA_DIR": str(tmp_path), **switches})
    assert (settings.demo, settings.feed_gzip) == (on, on)


def test_commands_beside_a_server_print_its_address(tmp_path: Path) -> None:
    variables = {"FORUMPLANNER_DATA_DIR": str(tmp_path)}
    before = read_settings(variables).base_url
    remember_address(read_settings({**variables, "PORT": "8123"}))
    assert [before, read_settings(variables).base_url, read_settings({**variables, "PORT": "9000"}).base_url] == [
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8123",
        "http://127.0.0.1:9000",
    ]


@pytest.mark.parametrize("base_url", ["https://forum.example.org", "http://127.0.0.1:9000"])
def test_an_address_that_is_given_is_not_remembered(tmp_path: Path, base_url: str) -> None:
    variables = {"FORUMPLANNER_DATA_DIR": str(tmp_path), "FORUMPLANNER_BASE_URL": base_url}
    remember_address(read_settings(variables), variables)
    assert not (tmp_path / "address").exists()


def test_production_takes_safe_settings(tmp_path: Path) -> None:
    settings = read_settings({**SAFE, "FORUMPLANNER_DATA_DIR": str(tmp_path)})
    assert settings.is_production
    assert settings.base_host == "forum.example.org"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"FORUMPLANNER_SECRET_KEY": ""}, "FORUMPLANNER_SECRET_KEY"),
        ({"FORUMPLANNER_SECRET_KEY": "short"}, "FORUMPLANNER_SECRET_KEY"),
        ({"FORUMPLANNER_SECRET_KEY": "sample-" + "x1y2z3" * 8}, "FORUMPLANNER_SECRET_KEY"),
        ({"FORUMPLANNER_SECRET_KEY": "your-secret-key-here-please-replace-it-now"}, "FORUMPLANNER_SECRET_KEY"),
        ({"FORUMPLANNER_SECRET_KEY": "Kx81hQ0wTzv7Yb2nLr5mPd9sGf3jVc6a # ours"}, "FORUMPLANNER_SECRET_KEY"),
        ({"FORUMPLANNER_LINK_KEY": "Zq4uWe7rTy1iOp9aSd3fGh6jKl2xCv5b..."}, "FORUMPLANNER_LINK_KEY"),
        ({"FORUMPLANNER_LINK_KEY": ""}, "FORUMPLANNER_LINK_KEY"),
        ({"FORUMPLANNER_LINK_KEY": SAFE["FORUMPLANNER_SECRET_KEY"]}, "must differ"),
        ({"FORUMPLANNER_BASE_URL": ""}, "FORUMPLANNER_BASE_URL"),
        ({"FORUMPLANNER_BASE_URL": "http://forum.example.org"}, "https://"),
        ({"FORUMPLANNER_TODAY": "2007-03-06"}, "FORUMPLANNER_TODAY"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path: Path, change: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({**SAFE, "FORUMPLANNER_DATA_DIR": str(tmp_path), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"FORUMPLANNER_ENV": "staging"},
        {"FORUMPLANNER_DATABASE_URL": "mysql://localhost/x"},
        {"FORUMPLANNER_BASE_URL": "forum.example.org"},
        {"FORUMPLANNER_BASE_URL": "https://example.org/forum"},
        {"FORUMPLANNER_BASE_URL": "https://127.0.0.1:99999999"},
        {"FORUMPLANNER_BASE_URL": "https://[::1"},
        {"FORUMPLANNER_BASE_URL": "https://user:password@example.org"},
        {"FORUMPLANNER_SMTP_URL": "mail.example.org"},
        {"FORUMPLANNER_SMTP_URL": "smtp://mail.example.org:none"},
        {"FORUMPLANNER_SMTP_URL": "smtp://[::1"},
        {"FORUMPLANNER_MAIL_FROM": "nobody@"},
        {"FORUMPLANNER_MAIL_FROM": "nobody"},
        {"FORUMPLANNER_QUEUE_URL": "foo://x"},
        {"FORUMPLANNER_QUEUE_URL": "redis://localhost"},
        {"FORUMPLANNER_QUEUE_URL": "sqlite"},
        {"PORT": "abc"},
        {"FORUMPLANNER_TODAY": "6 มี.ค. 2550"},
    ],
)
def test_unreadable_settings_are_refused_by_name(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(change))):
        read_settings({"FORUMPLANNER_DATA_DIR": str(tmp_path), **change})


def test_today_can_be_moved_outside_production(tmp_path: Path) -> None:
    settings = read_settings({"FORUMPLANNER_DATA_DIR": str(tmp_path), "FORUMPLANNER_TODAY": "2007-03-06"})
    assert settings.today == date(2007, 3, 6)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    wrong = {
        "FORUMPLANNER_ENV": "production",
        "FORUMPLANNER_DATA_DIR": str(tmp_path),
        "FORUMPLANNER_SECRET_KEY": "short",
        "FORUMPLANNER_BASE_URL": "http://forum.example.org",
        "FORUMPLANNER_TODAY": "2007-03-06",
        "FLASK_DEBUG": "1",
    }
    with pytest.raises(SettingsError) as told:
        read_settings(wrong)
    named = ("LINK_KEY is missing", "TODAY", "SECRET_KEY is too short", "FLASK_DEBUG", "BASE_URL must begin with https")
    assert [words in fault for words, fault in zip(named, told.value.faults, strict=True)] == [True] * 5


def test_the_settings_of_the_installation_guide_are_taken_once_the_secrets_are_filled_in(project: Path) -> None:
    text = (project / "docs/install.md").read_text(encoding="utf-8")
    block = re.search(r"(?:^ {4}.*\n)*^ {4}FORUMPLANNER_ENV=.*\n(?:^ {4}.*\n)*", text, re.M)
    assert block is not None
    # As systemd reads it: a line is a comment as a whole or not at all.
    lines = [line.strip() for line in block[0].splitlines() if not line.strip().startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    with pytest.raises(SettingsError) as told:
        read_settings(values)
    assert [fault.split()[0] for fault in told.value.faults] == ["FORUMPLANNER_SECRET_KEY", "FORUMPLANNER_LINK_KEY"]
    keys = ("FORUMPLANNER_SECRET_KEY", "FORUMPLANNER_LINK_KEY")
    settings = read_settings({**values, **{name: SAFE[name] for name in keys}})
    assert (settings.base_host, settings.mail_from) == ("forum.example.org", "forum@example.org")


def test_a_data_folder_may_hold_any_letters(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c %41 ภาค"
    settings = read_settings({"FORUMPLANNER_DATA_DIR": str(folder)})
    assert make_url(settings.database_url).database == str(folder / "forumplanner.sqlite3")
    assert make_url(settings.queue_url).database == str(folder / "queue.sqlite3")


@pytest.mark.parametrize("words", [("feed", "show", "all"), ("serve",)])
def test_a_wrong_setting_ends_a_command_with_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    from tests.databases import command

    done = command(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", *words, FORUMPLANNER_ENV="staging")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "FORUMPLANNER_" in done.stderr
    assert os.listdir(tmp_path) == []
