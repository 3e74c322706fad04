"""Whole feeds kept as files; `python -m tests.ical.events` writes them anew."""

import os
import subprocess
import sys

import pytest

from forumplanner.ical import Feed, FeedHead, body_etag, read_feed, tidy_event
from tests.ical.events import CASES, GOLDEN, body_of
from tests.ical.readers import as_read, read_with

FILES = [GOLDEN / f"{case}.ics" for case in CASES]


def test_every_golden_file_belongs_to_a_case() -> None:
    assert sorted(GOLDEN.glob("*.ics")) == sorted(FILES)


@pytest.mark.parametrize("case", CASES)
def test_feed_is_the_golden_file(case: str) -> None:
    assert body_of(case) == (GOLDEN / f"{case}.ics").read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_golden_file_reads_back_with_icalendar(case: str) -> None:
    head, event = CASES[case]
    clean = FeedHead(head.name, head.description.replace("\n", " "), head.colour, head.timezone)
    assert read_feed((GOLDEN / f"{case}.ics").read_bytes()) == Feed(clean, (tidy_event(event),))


def test_golden_files_read_back_with_ical_js() -> None:
    geo_and_call = [
        {
            "geo": list(tidied.geo) if tidied.geo else None,
            "conference": tidied.conference,
        }
        for tidied in (tidy_event(event) for _, event in CASES.values())
    ]
    expected = [[as_read(event) | more] for (_, event), more in zip(CASES.values(), geo_and_call, strict=True)]
    assert read_with("ical_js", *FILES) == expected


def test_golden_files_read_back_with_node_ical() -> None:
    """But for texts with a backslash before an n: node-ical 0.27 takes newlines out before backslashes."""
    expected = [[as_read(event)] for _, event in CASES.values()]
    for name in ("summary", "description"):
        expected[list(CASES).index("edge-texts")][0].pop(name)
    found = read_with("node_ical", *FILES)
    for name in ("summary", "description"):
        found[list(CASES).index("edge-texts")][0].pop(name)
    assert found == expected


def test_bytes_are_the_same_in_another_process() -> None:
    program = (
        "from tests.ical.events import CASES, body_of\n"
        "from forumplanner.ical import body_etag\n"
        "print(body_etag(b''.join(map(body_of, CASES))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": "12345", "TZ": "America/New_York", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == body_etag(b"".join(map(body_of, CASES)))
