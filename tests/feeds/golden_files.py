"""The sample's calendars, kept as files; `python -m tests.feeds.golden_files` writes them anew (then read the
difference)."""

import tempfile
from pathlib import Path

from flask import Flask

from tests.databases import command, make_settings

GOLDEN = Path(__file__).parent / "golden"
# File, address.
CASES = {
    "all": "/feeds/all.ics",
    "all-en": "/feeds/all.ics?lang=en",
    "region-south": "/feeds/regions/south.ics",
    "region-south-en": "/feeds/regions/south.ics?lang=en",
    "round": "/feeds/2550-1.ics",
    "region-of-round": "/feeds/2550-1/bangkok.ics",
    "meeting": "/feeds/m/2550-1/north.ics",
    "working-meeting": "/feeds/m/2550-1/2007-01-23.ics",
}


def body_of(app: Flask, case: str) -> bytes:
    """What the application answers."""
    answer = app.test_client().get(CASES[case])
    assert answer.status_code == 200, answer.status
    return answer.data


def write_all() -> None:
    """Make the sample anew and write every file."""
    from forumplanner.factory import create_app

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'sample.sqlite3'}"
        for words in (("db", "upgrade"), ("demo", "load")):
            done = command(folder, url, *words)
            assert done.returncode == 0, done.stderr
        app = create_app(make_settings(folder, url))
        for case in CASES:
            (GOLDEN / f"{case}.ics").write_bytes(body_of(app, case))


if __name__ == "__main__":
    write_all()
