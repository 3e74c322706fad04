"""Zones other than Bangkok: their blocks mean what the zone database means."""
# ruff: noqa: DTZ001 - planned hours are local times without a zone

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from forumplanner.ical import join_feed, render_event
from forumplanner.ical.zones import zone_block
from tests.ical.events import HEAD, meeting
from tests.ical.readers import as_read, read_with

CHANGES = {
    "Europe/Berlin": [datetime(2007, 3, 25, 2), datetime(2007, 10, 28, 3), datetime(2058, 3, 31, 2)],
    "America/New_York": [datetime(2007, 3, 11, 2), datetime(2007, 11, 4, 2)],
    "Asia/Ho_Chi_Minh": [datetime(1975, 6, 13)],
    "Asia/Kathmandu": [datetime(1986, 1, 1)],
    "Asia/Bangkok": [datetime(2007, 1, 1)],
}


def test_ical_js_finds_the_same_instants_around_every_change(tmp_path: Path) -> None:
    """Each hour from six before to six after a change, but for the one skipped and the one that comes twice."""
    events = [
        meeting(
            uid=f"m{number}@x.org",
            timezone=zone,
            starts=change + timedelta(hours=hour),
            ends=change + timedelta(hours=hour + 12),
        )
        for zone, changes in CHANGES.items()
        for number, change in enumerate(changes)
        for hour in (-6, -5, -4, -3, -2, 1, 2, 3, 4, 5, 6)
    ]
    file = tmp_path / "zones.ics"
    file.write_bytes(join_feed(HEAD, map(render_event, events)))
    ((*found,),) = read_with("ical_js", file)
    assert [(each["starts"], each["ends"]) for each in found] == [
        (expected["starts"], expected["ends"]) for expected in map(as_read, events)
    ]


@pytest.mark.parametrize("zone", CHANGES)
def test_block_has_no_comment_and_is_built_once(zone: str) -> None:
    assert (b"COMMENT" in zone_block(zone), zone_block(zone) is zone_block(zone)) == (False, True)


def test_utc_needs_no_block() -> None:
    assert zone_block("UTC") == b""
