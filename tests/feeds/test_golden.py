"""The sample's calendars: kept as files, and read back by three independent readers."""
# ruff: noqa: DTZ001 - planned hours are local times without a zone

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.factory import create_app
from forumplanner.ical import read_feed
from tests.feeds.golden_files import CASES, GOLDEN, body_of
from tests.ical.readers import read_with

# The real round of 2550, as written in its schedule: slug, first day or opening, last day or closing.
ROUND = [
    ("2006-11-19", date(2006, 11, 19), date(2006, 11, 19)),
    ("2007-01-23", date(2007, 1, 23), date(2007, 1, 23)),
    ("south", datetime(2007, 1, 30, 9, 0), datetime(2007, 1, 31, 15, 0)),
    ("northeast", datetime(2007, 2, 8, 9, 0), datetime(2007, 2, 9, 15, 0)),
    ("north", datetime(2007, 2, 28, 9, 0), datetime(2007, 3, 1, 15, 30)),
    ("bangkok", datetime(2007, 3, 4, 9, 0), datetime(2007, 3, 5, 15, 0)),
    ("west", datetime(2007, 3, 8, 9, 0), datetime(2007, 3, 9, 15, 0)),
    ("east", date(2007, 3, 12), date(2007, 3, 13)),
    ("upper-central", date(2007, 3, 19), date(2007, 3, 20)),
    ("national", date(2007, 3, 29), date(2007, 3, 29)),
]
BANGKOK = ZoneInfo("Asia/Bangkok")


def test_every_golden_file_belongs_to_a_case() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.ics")) == sorted(CASES)


@pytest.mark.both_databases
def test_calendars_are_the_golden_files_on_both_databases(sample: Flask) -> None:
    assert {case: body_of(sample, case) for case in CASES} == {
        case: (GOLDEN / f"{case}.ics").read_bytes() for case in CASES
    }


def test_another_instance_of_the_application_answers_the_same_bytes(sample: Flask) -> None:
    another = create_app(sample.config["SETTINGS"])
    bodies = [body_of(another, case) for case in CASES]
    with another.app_context():
        # A connection left open would later tidy up beside the next test's database.
        db.engine.dispose()
    assert bodies == [body_of(sample, case) for case in CASES]


def uid(slug: str) -> str:
    return f"2550-1-{slug}@127.0.0.1"


def test_round_reads_back_with_icalendar() -> None:
    feed = read_feed((GOLDEN / "round.ics").read_bytes())
    assert [(event.uid, event.starts, event.ends) for event in feed.events] == [
        (uid(slug), starts, ends) for slug, starts, ends in ROUND
    ]


def as_written(moment: date | datetime, *, end: bool = False) -> dict[str, Any]:
    """A time as the readers of tests/node print it; the end of whole days is the day after."""
    if isinstance(moment, datetime):
        return {"zone": "Asia/Bangkok", "seconds": int(moment.replace(tzinfo=BANGKOK).timestamp())}
    return {"day": date.fromordinal(moment.toordinal() + end).isoformat()}


@pytest.mark.parametrize("reader", ["ical_js", "node_ical"])
@pytest.mark.parametrize("case", ["round", "all", "all-en"])
def test_round_reads_back_with_other_readers(reader: str, case: str) -> None:
    ((*found,),) = read_with(reader, GOLDEN / f"{case}.ics")
    assert [(event["uid"], event["starts"], event["ends"], event["status"]) for event in found] == [
        (uid(slug), as_written(starts), as_written(ends, end=True), "CONFIRMED") for slug, starts, ends in ROUND
    ]


@pytest.mark.parametrize("reader", ["ical_js", "node_ical"])
def test_texts_read_back_as_they_were_meant(reader: str) -> None:
    ((south, _national),) = read_with(reader, GOLDEN / "region-south.ics")
    assert {name: south[name] for name in ("summary", "location", "description", "url", "categories")} == {
        "summary": "ประชุมวงภาคใต้",
        "location": "ห้องประชุมตัวอย่าง อ.หาดใหญ่ จ.สงขลา",
        "description": (
            "วันอังคารที่ 30 มกราคม 2550 เวลา 09.00-16.30 น.\n"
            "วันพุธที่ 31 มกราคม 2550 เวลา 09.00-15.00 น.\n"
            "\n"
            "เวทีขับเคลื่อนขบวนองค์กรการเงินชุมชน พ.ศ. 2550\n"
            "\n"
            "ระเบียบวาระ\n"
            "1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ\n"
            "2 เรื่องรับรองรายงานการประชุม\n"
            "3 เรื่องสืบเนื่อง\n"
            "4 เรื่องเสนอเพื่อพิจารณา\n"
            "4.1 ทำงานในพื้นที่นำร่องระดับตำบล\n"
            "4.2 รวมกองทุนให้เป็นแหล่งเรียนรู้ แล้วขยายออกไปทุกระดับ\n"
            "4.3 ฐานข้อมูลรายประเด็นและรายพื้นที่\n"
            "4.4 ผูกกลุ่มการเงินเข้ากับสวัสดิการของชุมชน\n"
            "5 เรื่องอื่น ๆ\n"
            "http://localhost/rounds/2550-1/south"
        ),
        "url": "http://localhost/rounds/2550-1/south",
        "categories": ["ภาคใต้"],
    }


def test_english_calendar_has_the_same_meetings_at_the_same_times() -> None:
    def facts(case: str) -> list[tuple[Any, ...]]:
        events = read_feed((GOLDEN / f"{case}.ics").read_bytes()).events
        return [(each.uid, each.sequence, each.starts, each.ends, each.changed_at, each.url) for each in events]

    assert facts("all-en") == facts("all")


def slugs_of(case: str) -> list[str]:
    events = read_feed((GOLDEN / f"{case}.ics").read_bytes()).events
    return [event.uid.removeprefix("2550-1-").partition("@")[0] for event in events]


@pytest.mark.parametrize(
    ("case", "slugs"),
    [
        ("all", [slug for slug, _, _ in ROUND]),
        ("region-south", ["south", "national"]),
        ("round", [slug for slug, _, _ in ROUND]),
        ("region-of-round", ["bangkok", "national"]),
        ("meeting", ["north"]),
        ("working-meeting", ["2007-01-23"]),
    ],
)
def test_calendar_holds_the_meetings_of_its_scope(case: str, slugs: list[str]) -> None:
    assert slugs_of(case) == slugs


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.ics")), ids=lambda path: path.stem)
def test_golden_file_holds_nothing_that_breaks_subscriptions(path: Path) -> None:
    body = path.read_bytes()
    lines = body.replace(b"\r\n ", b"").split(b"\r\n")
    faults = {
        "begins with": not body.startswith(b"BEGIN:VCALENDAR\r\n"),
        "forbidden": [line for line in lines if re.match(rb"(METHOD|ATTENDEE|ORGANIZER|RRULE|BEGIN:VALARM)\b", line)],
        "too long": [line for line in body.split(b"\r\n") if len(line) > 75],
        "Buddhist years": re.findall(rb":2[4-9]\d\d\d{4}", body),
        "bare line ends": re.findall(rb"[^\r]\n", body),
    }
    assert {name: found for name, found in faults.items() if found} == {}
