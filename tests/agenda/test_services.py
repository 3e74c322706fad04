"""The agenda and the programme of a meeting, on both databases."""

from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from forumplanner.agenda import programme
from forumplanner.agenda.services import (
    add_item,
    begin_with_usual_agenda,
    change_item,
    delete_item,
    list_items,
    list_programme,
    move_item,
    shown_of_item,
)
from forumplanner.core.db import CALENDAR, find_mark
from forumplanner.core.errors import Conflict, Invalid, NotFound, Stale
from forumplanner.core.stamps import make_stamp
from tests.outcomes.sample_round import RECORDER, history_of, item_at, meeting_at, numbered_titles

pytestmark = pytest.mark.usefixtures("sample")
MAIN = ["1", "2", "3", "4", "5"]


def numbers(session: Session, slug: str) -> list[str]:
    return [number for number, _item in list_items(session, meeting_at(session, slug))]


def calendar_changes(session: Session) -> int:
    mark = find_mark(session, CALENDAR)
    return mark.number if mark else 0


def test_an_item_is_added_at_the_end(session: Session) -> None:
    meeting = meeting_at(session, "west")
    add_item(session, meeting, RECORDER, title_th="นัดหมาย", title_en="", parent_id=None)
    assert numbered_titles(session, meeting)[-1] == "6 นัดหมาย"


def test_an_item_is_added_below_a_main_item(session: Session) -> None:
    meeting = meeting_at(session, "west")
    parent = item_at(session, meeting, "3")
    add_item(session, meeting, RECORDER, title_th="ติดตามงาน", title_en="Follow-up", parent_id=parent.id)
    assert "3.1 ติดตามงาน" in numbered_titles(session, meeting)


def test_no_item_stands_below_one_that_stands_below_another(session: Session) -> None:
    meeting = meeting_at(session, "west")
    child = item_at(session, meeting, "4.1")
    with pytest.raises(Invalid) as refusal:
        add_item(session, meeting, RECORDER, title_th="ลึกเกินไป", title_en=None, parent_id=child.id)
    assert refusal.value.field == "parent_id"


def test_no_item_stands_below_one_of_another_meeting(session: Session) -> None:
    stranger = item_at(session, meeting_at(session, "east"), "1")
    with pytest.raises(Invalid):
        add_item(session, meeting_at(session, "west"), RECORDER, title_th="ผิดที่", title_en=None, parent_id=stranger.id)


def test_an_item_moves_up_with_those_below_it(session: Session) -> None:
    meeting = meeting_at(session, "west")
    move_item(session, meeting, item_at(session, meeting, "4").id, RECORDER, step=-1)
    titles = numbered_titles(session, meeting)
    assert titles[2] == "3 เรื่องเสนอเพื่อพิจารณา"
    assert [title.split()[0] for title in titles] == ["1", "2", "3", "3.1", "3.2", "3.3", "3.4", "4", "5"]


def test_the_first_item_moved_up_stays_and_leaves_no_trace(session: Session) -> None:
    meeting = meeting_at(session, "west")
    before = numbered_titles(session, meeting), calendar_changes(session)
    move_item(session, meeting, item_at(session, meeting, "1").id, RECORDER, step=-1)
    assert (numbered_titles(session, meeting), calendar_changes(session)) == before


def test_an_item_is_renamed_and_the_history_has_both_names(session: Session) -> None:
    meeting = meeting_at(session, "west")
    item = item_at(session, meeting, "5")
    change_item(
        session,
        meeting,
        item.id,
        RECORDER,
        title_th="เรื่องอื่น ๆ (ถ้ามี)",
        title_en=None,
        parent_id=None,
        seen=make_stamp(shown_of_item(item)),
    )
    session.flush()
    assert history_of(session, "meeting", meeting.id) == [("agenda", "เรื่องอื่น ๆ", "เรื่องอื่น ๆ (ถ้ามี)")]


def test_an_item_is_put_below_another(session: Session) -> None:
    meeting = meeting_at(session, "west")
    item, parent = item_at(session, meeting, "5"), item_at(session, meeting, "3")
    change_item(
        session,
        meeting,
        item.id,
        RECORDER,
        title_th=item.title_th,
        title_en=item.title_en,
        parent_id=parent.id,
        seen=make_stamp(shown_of_item(item)),
    )
    assert "3.1 เรื่องอื่น ๆ" in numbered_titles(session, meeting)


def test_an_item_with_items_below_it_stays_a_main_item(session: Session) -> None:
    meeting = meeting_at(session, "west")
    item, parent = item_at(session, meeting, "4"), item_at(session, meeting, "3")
    with pytest.raises(Invalid, match="stays a main item"):
        change_item(
            session,
            meeting,
            item.id,
            RECORDER,
            title_th=item.title_th,
            title_en=None,
            parent_id=parent.id,
            seen=make_stamp(shown_of_item(item)),
        )


def test_a_renaming_of_what_somebody_else_renamed_is_stale_and_carries_both(session: Session) -> None:
    meeting = meeting_at(session, "west")
    item = item_at(session, meeting, "5")
    seen = make_stamp(shown_of_item(item))
    item.title_th = "เรื่องที่คนอื่นเปลี่ยน"
    session.flush()
    with pytest.raises(Stale) as stale:
        change_item(session, meeting, item.id, RECORDER, title_th="เรื่องของฉัน", title_en=None, parent_id=None, seen=seen)
    assert (stale.value.theirs["title_th"], stale.value.yours["title_th"]) == ("เรื่องที่คนอื่นเปลี่ยน", "เรื่องของฉัน")


def test_an_item_is_deleted_and_the_rest_closes_up(session: Session) -> None:
    meeting = meeting_at(session, "west")
    item = item_at(session, meeting, "3")
    delete_item(session, meeting, item.id, RECORDER, outcomes=0, seen=make_stamp(shown_of_item(item)))
    assert numbers(session, "west") == ["1", "2", "3", "3.1", "3.2", "3.3", "3.4", "4"]


def test_the_usual_agenda_is_given_to_a_working_meeting_without_the_questions(session: Session) -> None:
    meeting = meeting_at(session, "2006-11-19")
    begin_with_usual_agenda(session, meeting, RECORDER)
    assert numbers(session, "2006-11-19") == MAIN


def test_the_usual_agenda_is_not_given_twice(session: Session) -> None:
    with pytest.raises(Conflict, match="has an agenda already"):
        begin_with_usual_agenda(session, meeting_at(session, "west"), RECORDER)


def test_an_item_of_another_meeting_is_not_found(session: Session) -> None:
    stranger = item_at(session, meeting_at(session, "east"), "1")
    with pytest.raises(NotFound):
        move_item(session, meeting_at(session, "west"), stranger.id, RECORDER, step=1)


def test_every_change_of_the_agenda_tells_the_calendars(session: Session) -> None:
    meeting = meeting_at(session, "west")
    before = calendar_changes(session)
    item = add_item(session, meeting, RECORDER, title_th="นัดหมาย", title_en=None, parent_id=None)
    move_item(session, meeting, item.id, RECORDER, step=-1)
    delete_item(session, meeting, item.id, RECORDER, outcomes=0, seen=make_stamp(shown_of_item(item)))
    assert calendar_changes(session) == before + 3


def added_line(session: Session, **changes: object) -> programme.ProgrammeEntry:
    values = {
        "on": date(2007, 3, 8),
        "starts_at": time(9, 30),
        "ends_at": time(10, 30),
        "activity_th": "เปิดการประชุม",
        "activity_en": None,
        "room": "ห้องใหญ่",
    }
    return programme.add_entry(session, meeting_at(session, "west"), RECORDER, **(values | changes))  # type: ignore[arg-type]


def test_lines_of_the_programme_stand_in_the_order_of_their_times(session: Session) -> None:
    meeting = meeting_at(session, "2006-11-19")
    for starts_at, words in ((time(13), "บ่าย"), (time(9), "เช้า")):
        programme.add_entry(
            session,
            meeting,
            RECORDER,
            on=meeting.starts_on,
            starts_at=starts_at,
            ends_at=None,
            activity_th=words,
            activity_en=None,
            room=None,
        )
    assert [entry.activity_th for entry in list_programme(session, meeting)] == ["เช้า", "บ่าย"]


def test_a_line_on_a_day_without_meeting_is_refused(session: Session) -> None:
    with pytest.raises(Invalid, match="no such day"):
        added_line(session, on=date(2007, 3, 10))


def test_a_changed_line_stands_in_the_history_with_both_texts(session: Session) -> None:
    entry = added_line(session)
    programme.change_entry(
        session,
        entry.meeting,
        entry.id,
        RECORDER,
        on=entry.on,
        starts_at=time(9),
        ends_at=None,
        activity_th="ลงทะเบียน",
        activity_en=None,
        room=None,
        seen=make_stamp(programme.shown_of_entry(entry)),
    )
    session.flush()
    before, after = "2007-03-08 09:30-10:30 เปิดการประชุม (ห้องใหญ่)", "2007-03-08 09:00 ลงทะเบียน"
    assert history_of(session, "meeting", entry.meeting_id) == [
        ("programme", None, before),
        ("programme", before, after),
    ]


def test_a_stale_change_of_a_line_carries_both_texts(session: Session) -> None:
    entry = added_line(session)
    seen = make_stamp(programme.shown_of_entry(entry))
    entry.activity_th = "พิธีเปิด"
    session.flush()
    with pytest.raises(Stale) as stale:
        programme.change_entry(
            session,
            entry.meeting,
            entry.id,
            RECORDER,
            on=entry.on,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            activity_th="เปิดงาน",
            activity_en=None,
            room=entry.room,
            seen=seen,
        )
    assert stale.value.theirs == {"activity_th": "พิธีเปิด"}
    assert stale.value.yours == {"activity_th": "เปิดงาน"}


def test_a_deleted_line_is_gone(session: Session) -> None:
    entry = added_line(session)
    lines = len(list_programme(session, entry.meeting))
    programme.delete_entry(session, entry.meeting, entry.id, RECORDER, seen=make_stamp(programme.shown_of_entry(entry)))
    assert len(list_programme(session, meeting_at(session, "west"))) == lines - 1
