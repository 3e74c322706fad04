"""The calendar readers of tests/node, run by the Node of the virtual environment."""

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from forumplanner.ical import MeetingEvent, tidy_event
from tests.processes import run

READERS = Path(__file__).parents[1] / "node"


def read_with(reader: str, *files: Path) -> list[list[dict[str, Any]]]:
    """What the reader understood: a list of events for each file."""
    node = Path(sys.executable).parent / "node"
    command = [node, READERS / f"read_{reader}.mjs", *files]
    done = run(command, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    answer: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return answer


def as_read(event: MeetingEvent) -> dict[str, Any]:
    """What a reader should understand of an event."""
    event = tidy_event(event)
    whole_days = timedelta(days=1 if event.all_day else 0)
    stamp = int(event.changed_at.timestamp())
    return {
        "uid": event.uid,
        "starts": _time(event.starts, event.timezone),
        "ends": _time(event.ends + whole_days, event.timezone),
        "summary": event.summary,
        "location": event.location,
        "description": "\n".join((*event.description_lines, event.url)),
        "url": event.url,
        "categories": list(event.categories),
        "status": event.status.upper(),
        "sequence": event.sequence,
        "created": int(event.created_at.timestamp()),
        "changed": stamp,
        "stamp": stamp,
    }


def _time(moment: date | datetime, zone: str) -> dict[str, Any]:
    if not isinstance(moment, datetime):
        return {"day": moment.isoformat()}
    return {"zone": zone, "seconds": int(moment.replace(tzinfo=ZoneInfo(zone)).timestamp())}
