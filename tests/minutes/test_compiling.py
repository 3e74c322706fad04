"""From the sample's rows to the minutes of the South."""

from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.attendance.services import add_attendance, list_attendance
from forumplanner.attendance.sittings import find_sitting, list_named
from forumplanner.core.errors import Conflict
from forumplanner.minutes.compiling import compile_minutes, contents_of, place_of
from forumplanner.minutes.documents import Absentee, Attendee, PrintedOutcome
from forumplanner.minutes.models import MinutesState
from forumplanner.minutes.services import find_minutes
from forumplanner.outcomes.models import OutcomeKind
from tests.outcomes.sample_round import RECORDER, counted_queries, meeting_at

pytestmark = pytest.mark.usefixtures("sample")


def test_the_head_says_which_meeting_it_was(session: Session) -> None:
    document = compile_minutes(session, meeting_at(session, "south"))
    assert (document.body_name, document.title_lines, document.number, document.year) == (
        "ประชุมวงภาคใต้",
        ("เวทีขับเคลื่อนขบวนองค์กรการเงินชุมชน พ.ศ. 2550",),
        1,
        2007,
    )
    assert (document.starts_on, document.ends_on, document.place) == (
        date(2007, 1, 30),
        date(2007, 1, 31),
        "ห้องประชุมตัวอย่าง อ.หาดใหญ่ จ.สงขลา",
    )
    assert (document.opened_at, document.closed_at, document.state) == (time(9, 30), time(15, 10), MinutesState.DRAFT)
    assert (document.recorder, document.checker) == ("น.ส.วรรณา ทองคำ", "นายสมชาย ใจดี")


def test_the_three_lists_hold_chair_substitute_and_reason(session: Session) -> None:
    document = compile_minutes(session, meeting_at(session, "south"))
    assert document.present[0] == Attendee(
        "นายสมชาย ใจดี",
        "ประธานเครือข่ายกลุ่มออมทรัพย์ เครือข่ายกลุ่มออมทรัพย์จังหวัดสงขลา",
        role="ประธานที่ประชุม",
    )
    assert document.present[3].substitute_for == "นายยูโซะ สาและ"
    assert document.absent == (Absentee("ลุงดำ", "ผู้แทนกองทุนหมู่บ้าน กองทุนหมู่บ้านบ้านคลองลึก", "ติดภารกิจประชุมกองทุนหมู่บ้าน"),)
    assert [person.name for person in document.participants] == [
        "นายวิชัย พัฒนา",
        "น.ส.พิมพ์ใจ รักชุมชน",
        "นางจำเนียร น้ำใส",
    ]


def test_the_agenda_stands_as_numbered_with_text_and_outcomes(session: Session) -> None:
    document = compile_minutes(session, meeting_at(session, "south"))
    assert [entry.number for entry in document.items] == ["1", "2", "3", "4", "5"]
    questions = document.items[3].children
    assert [entry.number for entry in questions] == ["4.1", "4.2", "4.3", "4.4"]
    assert questions[2].outcomes == (
        PrintedOutcome(
            OutcomeKind.COMMITMENT,
            "จัดทำแบบสำรวจข้อมูลกลุ่มการเงินให้เป็นแบบเดียวกันทั้งภาค",
            "น.ส.วรรณา ทองคำ",
            date(2007, 3, 15),
        ),
    )
    assert document.items[1].resolved == ["รับรองโดยไม่มีการแก้ไข"]
    assert (document.items[2].is_empty, document.items[3].is_empty) == (True, False)


def test_in_english_headings_and_titles_are_and_what_was_said_stays(session: Session) -> None:
    document = compile_minutes(session, meeting_at(session, "south"), lang="en", thai_digits=True)
    assert (document.body_name, document.place) == ("Regional forum: South", "Sample meeting hall, Hat Yai, Songkhla")
    assert document.items[0].title == "Announcements by the chair"
    assert document.items[0].discussion.startswith("ประธานกล่าวต้อนรับ")
    assert document.thai_digits is True


@pytest.mark.parametrize(
    ("slug", "venue", "place"),
    [
        ("south", "วัดคลองแห", "วัดคลองแห จังหวัดสงขลา"),
        ("south", "วัดคลองแห สงขลา", "วัดคลองแห สงขลา"),
        ("bangkok", "โรงแรมดีลักษณ์", "โรงแรมดีลักษณ์ กรุงเทพมหานคร"),
        ("upper-central", "ศาลากลาง", "ศาลากลาง"),
        ("south", None, ""),
    ],
)
def test_the_place_names_its_province_once(session: Session, slug: str, venue: str | None, place: str) -> None:
    meeting = meeting_at(session, slug)
    meeting.venue_th, meeting.venue_en = venue, None
    assert place_of(meeting, "th") == place


def test_minutes_of_almost_nothing_can_be_printed(session: Session) -> None:
    document = compile_minutes(session, meeting_at(session, "northeast"))
    assert (len(document.present), document.checker, document.items[4].is_empty) == (2, "ผู้ใหญ่บ้านบุญมี ศรีสุข", True)


def test_minutes_without_a_number_are_refused(session: Session) -> None:
    with pytest.raises(Conflict, match="no number yet"):
        compile_minutes(session, meeting_at(session, "bangkok"))


def test_the_checklist_tells_unanswered_questions_from_items_that_are_none(session: Session) -> None:
    south, bangkok = meeting_at(session, "south"), meeting_at(session, "bangkok")
    found = contents_of(session, south, find_minutes(session, south))
    assert (found.empty_items, found.unanswered, found.gaps()) == (["3", "5"], [], [])
    found = contents_of(session, bangkok, None)
    assert (found.empty_items, found.unanswered) == (["1", "2", "3", "4.3", "4.4", "5"], ["4.3", "4.4"])


def test_a_chair_by_another_spelling_is_still_the_chair(session: Session) -> None:
    south = meeting_at(session, "south")
    sitting = find_sitting(session, south)
    assert sitting is not None
    sitting.chair = "นางอัมพร  แก้วมณี"
    session.flush()
    first = compile_minutes(session, south).present[0]
    assert (first.name, first.role) == ("นางอัมพร แก้วมณี", "ประธานที่ประชุม")


def test_compiling_takes_as_many_queries_for_forty_items_as_for_nine(session: Session) -> None:
    south = meeting_at(session, "south")
    counts = []
    for _size in range(2):
        session.expire_all()
        with counted_queries() as sent:
            compile_minutes(session, meeting_at(session, "south"))
        counts.append(len(sent))
        session.add_all(
            AgendaItem(meeting_id=south.id, position=10 + place, title_th=f"เรื่องที่ {place}", discussion="")
            for place in range(31)
        )
        session.flush()
    assert counts[1] == counts[0]


def test_only_one_of_two_people_of_one_name_is_printed_as_chair(session: Session) -> None:
    south = meeting_at(session, "south")
    sitting = find_sitting(session, south)
    assert sitting is not None
    assert sitting.chair is not None
    add_attendance(session, south, RECORDER, {"list": "came", "name": sitting.chair}, is_another=True)
    roles = [person.role for person in compile_minutes(session, south).present]
    assert roles == ["ประธานที่ประชุม", *[""] * (len(roles) - 1)]
    namesake = list_named(list_attendance(session, south), sitting.chair)[1]
    sitting.chair_line_id = namesake.id
    session.flush()
    first = compile_minutes(session, south).present[0]
    assert (first.name, first.post, first.role) == (namesake.name, "", "ประธานที่ประชุม")
