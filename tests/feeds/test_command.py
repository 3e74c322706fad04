"""`feed show`, run as a person runs it."""

import subprocess

import pytest
from flask import Flask

from tests.databases import command
from tests.feeds.golden_files import GOLDEN


def show(app: Flask, *words: str) -> "subprocess.CompletedProcess[str]":
    settings = app.config["SETTINGS"]
    return command(
        settings.data_dir, settings.database_url, "feed", "show", *words, FORUMPLANNER_BASE_URL=settings.base_url
    )


@pytest.mark.parametrize(
    ("words", "golden"),
    [
        (["all"], "all"),
        (["region/south", "--lang", "en"], "region-south-en"),
        (["round/2550-1"], "round"),
        (["round/2550-1/bangkok"], "region-of-round"),
        (["meeting/2550-1/north"], "meeting"),
    ],
)
def test_calendar_is_written_as_it_is_served(sample: Flask, words: list[str], golden: str) -> None:
    done = show(sample, *words)
    expected = (GOLDEN / f"{golden}.ics").read_bytes().decode().replace("\r\n", "\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_personal_calendar_is_written(sample: Flask) -> None:
    done = show(sample, "person/1")
    assert (done.returncode, "คำตอบของท่าน" in done.stdout.replace("\n ", "")) == (0, True)


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("region/moon", "There is no region moon. Please check the address.\n"),
        ("round/2551-1", "There is no round 2551-1. Please begin at the list of rounds.\n"),
        (
            "meeting/2550-1/moon",
            "There is no such meeting in this round. Please choose one from the round's page.\n",
        ),
        ("person/99999", "There is no partner 99999. Please look the number up in the list of partners.\n"),
        (
            "everything",
            "There is no calendar everything. Please name all, region/south, round/2550-1, round/2550-1/south, "
            "meeting/2550-1/south or person/ID.\n",
        ),
    ],
)
def test_unknown_scope_is_a_sentence_and_exit_code_1(sample: Flask, scope: str, sentence: str) -> None:
    done = show(sample, scope)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
