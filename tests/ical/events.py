"""The meetings of the golden files; `python -m tests.ical.events` writes the files anew (then read the difference)."""
# ruff: noqa: DTZ001 - planned hours are local times without a zone

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from forumplanner.ical import OKABE_ITO, FeedHead, MeetingEvent, join_feed, render_event

GOLDEN = Path(__file__).parent / "golden"

HEAD = FeedHead("เวทีภาคใต้", "การประชุมวงภาคของภาคใต้ และการประชุมระดับประเทศ", OKABE_ITO[4])
ENGLISH_HEAD = FeedHead("Forums of the South", "Regional forums of the South, and the national meetings", OKABE_ITO[4])

SOUTH = MeetingEvent(
    uid="m-7k2q9x@forum.example.org",
    starts=datetime(2007, 1, 30, 9, 0),
    ends=datetime(2007, 1, 31, 16, 30),
    summary="ประชุมวงภาคใต้",
    location="หอประชุมตัวอย่าง อ.หาดใหญ่ จ.สงขลา",
    description_lines=(
        "วันอังคารที่ 30 มกราคม 2550 เวลา 09.00-16.30 น.",
        "วันพุธที่ 31 มกราคม 2550 เวลา 08.30-16.30 น.",
        "",
        "1. เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "2. การบูรณาการกองทุนเป็นศูนย์เรียนรู้",
    ),
    url="https://forum.example.org/rounds/2550-1/south",
    categories=("ภาคใต้",),
    created_at=datetime(2006, 12, 1, 3, 15, 7, tzinfo=UTC),
    changed_at=datetime(2006, 12, 20, 8, 0, 0, tzinfo=UTC),
    geo=(7.00866, 100.47469),
)


def meeting(**changes: Any) -> MeetingEvent:
    """The forum of the South, changed."""
    return replace(SOUTH, **changes)


EDGE_TEXT = "กู้, ยืม; \"ออม\" 'สวัสดิการ' C:\\New\\names 100% <b>&amp;</b> :; = น้ำ ปั้ม ที่ ก็ 👩🏽‍🌾🇹🇭 ไม้ยมก ๆ ฯลฯ"

CASES: dict[str, tuple[FeedHead, MeetingEvent]] = {
    "two-days": (HEAD, SOUTH),
    "whole-days": (
        HEAD,
        meeting(
            starts=date(2007, 1, 30),
            ends=date(2007, 1, 31),
            location="",
            description_lines=("วันอังคารที่ 30 - วันพุธที่ 31 มกราคม 2550 ยังไม่กำหนดเวลา",),
            geo=None,
        ),
    ),
    "one-day": (
        HEAD,
        meeting(
            uid="m-national@forum.example.org",
            starts=datetime(2007, 3, 29, 9, 0),
            ends=datetime(2007, 3, 29, 16, 30),
            summary="ประชุมระดับประเทศ",
            location="กรุงเทพฯ",
            description_lines=("วันพฤหัสบดีที่ 29 มีนาคม 2550 เวลา 09.00-16.30 น.",),
            url="https://forum.example.org/rounds/2550-1/national",
            categories=(),
            geo=None,
            conference="https://meet.example.org/national?room=1,2",
        ),
    ),
    "crosses-a-month": (
        HEAD,
        meeting(
            uid="m-north@forum.example.org",
            starts=date(2007, 2, 28),
            ends=date(2007, 3, 1),
            summary="ประชุมวงภาคเหนือ",
            description_lines=(),
            categories=("ภาคเหนือ",),
            geo=None,
        ),
    ),
    "cancelled": (
        HEAD,
        meeting(
            summary="ยกเลิก: ประชุมวงภาคใต้",
            status="cancelled",
            sequence=3,
            changed_at=datetime(2007, 1, 25, 1, 2, 3, tzinfo=UTC),
        ),
    ),
    "free": (HEAD, meeting(summary="ไม่เข้าร่วม: ประชุมวงภาคใต้", free=True)),
    "tentative": (HEAD, meeting(status="tentative", sequence=1)),
    "english": (
        ENGLISH_HEAD,
        meeting(
            lang="en",
            summary="Regional forum, South",
            location="Hat Yai, Songkhla",
            description_lines=(
                "Tuesday 30 January 2007, 09.00-16.30",
                "Wednesday 31 January 2007, 08.30-16.30",
                "",
                "1. Matters the chair reports; 2. integrating funds into learning centres",
            ),
            categories=("South",),
        ),
    ),
    "edge-texts": (
        FeedHead('ชื่อ, "ยาว"; \\ มาก ' + "ที่นี่" * 12, "บรรทัด\nสอง, สาม; สี่"),
        meeting(
            summary=EDGE_TEXT,
            location="ห้อง 1\r\nชั้น 2,\tอาคาร ก; ข",
            description_lines=(
                EDGE_TEXT,
                "",
                "\x00ควบคุม\x07 ถูกทิ้ง\x7f บรรทัด\u2028ใหม่\u2029และ\x85ใหม่\x0bอีก \\n \\N \\\\ \\, \\;",
                "น้ำที่ปั้มก็ขึ้นกู้ได้เก้าล้านตู้เย็นป้ำเป้า" * 6,
            ),
            categories=("ใต้, ตอนล่าง; \\",),
            geo=(-0.00004, 100.123456789),
        ),
    ),
    "elsewhere": (
        HEAD,
        meeting(
            timezone="Europe/Berlin",
            starts=datetime(2007, 3, 24, 9, 0),
            ends=datetime(2007, 3, 25, 16, 30),  # the clocks change in between
        ),
    ),
}


def body_of(case: str) -> bytes:
    """The feed of one golden case."""
    head, event = CASES[case]
    return join_feed(head, [render_event(event)])


if __name__ == "__main__":
    for case in CASES:
        (GOLDEN / f"{case}.ics").write_bytes(body_of(case))
