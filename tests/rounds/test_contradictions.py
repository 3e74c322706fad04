"""What of a round cannot all be meant is listed, shown, and gone once it is mended."""

from collections.abc import Callable
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.agenda.models import ProgrammeEntry
from forumplanner.core.db import db
from forumplanner.rounds.contradictions import MESSAGES, ContradictionKind, list_contradictions
from forumplanner.rounds.models import MeetingDay, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.services import get_round
from tests.pages import PageClient

CODE = "2550-1"
Change = Callable[[Round], object]


def meeting_of(found: Round, slug: str):  # type: ignore[no-untyped-def]
    return next(meeting for meeting in found.meetings if meeting.slug == slug)


def due(day: date) -> Change:
    return lambda found: setattr(found, "outcomes_due_on", day)


def moved(slug: str, first: date, last: date) -> Change:
    def move(found: Round) -> None:
        meeting_of(found, slug).starts_on, meeting_of(found, slug).ends_on = first, last
        meeting_of(found, slug).days = []

    return move


def add_hours(found: Round) -> None:
    meeting_of(found, "west").days.append(MeetingDay(on=date(2007, 4, 1), opens_at=time(9), closes_at=time(16)))


def remove_national(found: Round) -> None:
    meeting_of(found, "national").status = MeetingStatus.CANCELLED


CASES = [
    (due(date(2007, 3, 19)), [(ContradictionKind.DUE_BEFORE_FORUM, "upper-central")]),
    (due(date(2007, 3, 29)), [(ContradictionKind.DUE_AFTER_NATIONAL, None)]),
    (moved("west", date(2007, 3, 29), date(2007, 3, 29)), [(ContradictionKind.FORUM_AFTER_NATIONAL, "west")]),
    (moved("west", date(2006, 3, 8), date(2006, 3, 9)), [(ContradictionKind.OUTSIDE, "west")]),
    (lambda found: setattr(found, "code", "2549-1"), [(ContradictionKind.CODE, None)]),
    (remove_national, [(ContradictionKind.NO_NATIONAL, None)]),
    (add_hours, [(ContradictionKind.HOURS, "west")]),
]


@pytest.fixture
def found(sample: Flask, session: Session) -> Round:
    found = get_round(session, CODE)
    found.outcomes_due_on = None
    session.flush()
    return found


def test_the_round_of_2550_has_none(found: Round) -> None:
    assert list_contradictions(found) == []


@pytest.mark.parametrize(("change", "wanted"), CASES)
def test_each_is_listed_with_the_meeting_to_change(
    found: Round, change: Change, wanted: list[tuple[ContradictionKind, str | None]]
) -> None:
    change(found)
    listed = [(each.kind, each.meeting.slug if each.meeting else None) for each in list_contradictions(found)]
    assert listed == wanted


def test_what_was_cancelled_contradicts_nothing(found: Round) -> None:
    moved("west", date(2007, 4, 20), date(2007, 4, 21))(found)
    meeting_of(found, "west").status = MeetingStatus.CANCELLED
    assert list_contradictions(found) == []


def test_a_working_meeting_far_off_and_a_due_day_after_the_round(found: Round) -> None:
    working = next(meeting for meeting in found.meetings if meeting.kind == MeetingKind.WORKING)
    working.starts_on = working.ends_on = date(2005, 1, 23)
    remove_national(found)
    found.outcomes_due_on = date(2007, 12, 1)
    kinds = {each.kind for each in list_contradictions(found)}
    assert {ContradictionKind.FAR_OFF, ContradictionKind.DUE_OUTSIDE, ContradictionKind.NO_NATIONAL} == kinds


def test_lines_of_the_programme_on_other_days(found: Round) -> None:
    west = meeting_of(found, "west")
    assert [each.kind for each in list_contradictions(found, {west.id: 2})] == [ContradictionKind.PROGRAMME]


def test_every_kind_has_its_sentence() -> None:
    assert set(MESSAGES) == set(ContradictionKind)


def test_they_stay_on_the_board_and_on_the_pages_that_mend_them_until_they_are_gone(
    sample: Flask, client: PageClient
) -> None:
    client.sign_in_as("organiser")
    with sample.app_context():
        found = get_round(db.session(), CODE)
        found.outcomes_due_on = date(2007, 3, 8)
        west = meeting_of(found, "west")
        entry = ProgrammeEntry(meeting_id=west.id, on=date(2007, 3, 20), starts_at=time(9), activity_th="ลงทะเบียน")
        db.session.add(entry)
        db.session.commit()
    board = f"/rounds/{CODE}"
    said = "กำหนดส่งข้อสรุปคือ 8 มี.ค. 2550"
    page = client.get(board)
    assert page.text.count(said) == 3
    assert "มีกำหนดการในวันที่ไม่ได้ประชุม" in page.text
    assert said in client.get(f"{board}/edit").text
    assert said in client.get(f"{board}/west/dates").text
    assert "ขัดกัน" not in client.get(f"{board}/south/dates").text
    for reader, sees in (("coordinator", True), ("reader", False)):
        assert (said in PageClient(sample).sign_in_as(reader).get(board).text) is sees
    with sample.app_context():
        get_round(db.session(), CODE).outcomes_due_on = date(2007, 3, 24)
        db.session.query(ProgrammeEntry).filter_by(on=date(2007, 3, 20)).delete()
        db.session.commit()
    assert "ขัดกัน" not in client.get(board).text
