"""Settings: defaults, and what production refuses."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

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


def test_commands_beside_a_server_print_its_address(tmp_path: Path) -> None:
    variables = {"FORUMPLANNER_DATA_DIR": str(tmp_path)}
    before = read_settings(variables).base_url
    remember_address(read_settings({**variables, "PORT": "8123"}))
    assert [before, read_settings(variables).base_url, read_settings({**variables, "PORT": "9000"}).base_url] == [
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8123",
        "http://127.0.0.1:9000",
    ]


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
        {"FORUMPLANNER_TODAY": "6 มี.ค. 2550"},
    ],
)
def test_unreadable_settings_are_refused_by_name(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(change))):
        read_settings({"FORUMPLANNER_DATA_DIR": str(tmp_path), **change})


def test_today_can_be_moved_outside_production(tmp_path: Path) -> None:
    settings = read_settings({"FORUMPLANNER_DATA_DIR": str(tmp_path), "FORUMPLANNER_TODAY": "2007-03-06"})
    assert settings.today == date(2007, 3, 6)


def test_a_wrong_setting_ends_a_command_with_one_sentence(tmp_path: Path) -> None:
    from tests.databases import command

    done = command(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", "check", FORUMPLANNER_ENV="production")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "FORUMPLANNER_" in done.stderr
    assert os.listdir(tmp_path) == []
