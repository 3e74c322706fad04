from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core.errors import Conflict, Refused, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor, list_changes
from forumplanner.places.models import Region
from forumplanner.rounds import planning, rules
from forumplanner.rounds.added_holidays import add_holiday, added_holidays, list_added_holidays, remove_holiday
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.planning import MeetingPlan, RoundPlan
from forumplanner.rounds.services import get_meeting, get_round

SOMEBODY = Actor(None, "somebody")
PLAN = RoundPlan("รอบปี 2551", "Round of 2008", date(2008, 1, 10), date(2008, 3, 31), date(2008, 3, 20))


def make_round(session: Session, code: str = "2551-1", plan: RoundPlan = PLAN) -> Round:
    return planning.create_round(session, code, plan, [("คำถามหนึ่ง", "Question one"), ("คำถามสอง", "")], SOMEBODY)


def forum(session: Session, slug: str, first: date, last: date) -> MeetingPlan:
    region = session.scalars(select(Region).where(Region.slug == slug)).one()
    return MeetingPlan(MeetingKind.REGIONAL, first, last, region)


def add(session: Session, found: Round, plan: MeetingPlan) -> Meeting:
    return planning.add_meeting(session, found, plan, SOMEBODY, host="forum.example.org")


def test_a_round_is_made_with_its_questions_in_order(session: Session) -> None:
    make_round(session)
    session.commit()
    found = get_round(session, "2551-1")
    assert [(question.number, question.text("th"), question.text("en")) for question in found.questions] == [
        (1, "คำถามหนึ่ง", "Question one"),
        (2, "คำถามสอง", "คำถามสอง"),
    ]


def test_a_code_is_given_once(session: Session) -> None:
    make_round(session)
    with pytest.raises(Conflict, match="There is a round 2551-1 already"):
        make_round(session)
    assert planning.suggest_code(session, 2551) == "2551-2"


def test_a_forum_begins_as_proposed_at_its_regions_address_with_a_uid_of_ours(session: Session) -> None:
    meeting = add(session, make_round(session), forum(session, "south", date(2008, 1, 29), date(2008, 1, 30)))
    session.commit()
    assert (meeting.slug, meeting.status, meeting.sequence, meeting.body.slug) == (
        "south",
        MeetingStatus.PROPOSED,
        0,
        "south",
    )
    assert meeting.uid.endswith("@forum.example.org")


def test_a_working_meeting_may_lie_before_the_round_and_is_called_by_its_day(session: Session) -> None:
    found = make_round(session)
    day = date(2007, 12, 1)
    slugs = [add(session, found, MeetingPlan(MeetingKind.WORKING, day, day)).slug for _ in range(2)]
    assert slugs == ["2007-12-01", "2007-12-01-2"]


@pytest.mark.parametrize(
    ("slug", "first", "last", "expected"),
    [
        ("south", date(2008, 2, 5), date(2008, 2, 6), ("region", 409)),
        ("north", date(2008, 1, 9), date(2008, 1, 10), ("days", 422)),
        ("north", date(2008, 3, 31), date(2008, 4, 1), ("days", 422)),
        ("north", date(2008, 2, 6), date(2008, 2, 5), ("days", 422)),
        ("north", date(2008, 2, 1), date(2008, 2, 15), ("days", 422)),
    ],
)
def test_a_forum_that_cannot_be_is_refused_and_nothing_is_added(
    session: Session, slug: str, first: date, last: date, expected: tuple[str, int]
) -> None:
    found = make_round(session)
    add(session, found, forum(session, "south", date(2008, 1, 29), date(2008, 1, 30)))
    session.commit()
    with pytest.raises(Refused) as caught:
        add(session, found, forum(session, slug, first, last))
    session.rollback()
    assert ((caught.value.field, caught.value.status), len(get_round(session, "2551-1").meetings)) == (expected, 1)


def test_a_forum_needs_its_region(session: Session) -> None:
    found = make_round(session)
    with pytest.raises(Refused) as caught:
        planning.check_meeting(found, MeetingPlan(MeetingKind.REGIONAL, date(2008, 2, 5), date(2008, 2, 5)))
    assert caught.value.field == "region"


def test_a_round_has_one_national_meeting(session: Session, sample: Flask) -> None:
    plan = MeetingPlan(MeetingKind.NATIONAL, date(2007, 3, 30), date(2007, 3, 30))
    with pytest.raises(Conflict, match="This round has a national meeting already"):
        add(session, get_round(session, "2550-1"), plan)


def test_hours_move_with_their_meeting_first_day_to_first_day(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    planning.set_days(session, meeting, date(2007, 3, 14), date(2007, 3, 16), SOMEBODY)
    session.commit()
    found = [(day.on, day.opens_at, day.closes_at) for day in get_meeting(session, "2550-1", "west").days]
    assert found == [(date(2007, 3, 14), time(9), time(16, 30)), (date(2007, 3, 15), time(9), time(15))]


def test_a_day_that_falls_away_loses_its_hours(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    planning.set_days(session, meeting, date(2007, 3, 14), date(2007, 3, 14), SOMEBODY)
    session.commit()
    assert [day.on for day in get_meeting(session, "2550-1", "west").days] == [date(2007, 3, 14)]


def test_a_meeting_does_not_move_out_of_its_round(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")
    with pytest.raises(Refused, match="These dates are outside the round"):
        planning.set_days(session, meeting, date(2007, 3, 31), date(2007, 4, 1), SOMEBODY)


def test_announced_cancelled_and_taken_up_again_each_raise_the_sequence(session: Session) -> None:
    meeting = add(session, make_round(session), forum(session, "south", date(2008, 1, 29), date(2008, 1, 30)))
    steps = [
        MeetingStatus.ANNOUNCED,
        MeetingStatus.CANCELLED,
        MeetingStatus.ANNOUNCED,
    ]
    for status in steps:
        planning.set_status(session, meeting, status, lambda _meeting: None, SOMEBODY)
    session.commit()
    assert (meeting.status, meeting.sequence) == (MeetingStatus.ANNOUNCED, 3)


def test_what_was_announced_is_not_announced_twice(session: Session, sample: Flask) -> None:
    meeting = get_meeting(session, "2550-1", "west")

    def check(found: Meeting) -> None:
        rules.check_can_announce(found.status)

    with pytest.raises(Conflict, match="announced already"):
        planning.set_status(session, meeting, MeetingStatus.ANNOUNCED, check, SOMEBODY)


def test_a_removed_meeting_keeps_its_history_and_stands_in_its_rounds(session: Session) -> None:
    found = make_round(session)
    meeting = add(session, found, forum(session, "south", date(2008, 1, 29), date(2008, 1, 30)))
    session.commit()
    meeting_id = meeting.id
    planning.remove_meeting(session, meeting, SOMEBODY, has_records=False)
    session.commit()
    assert get_round(session, "2551-1").meetings == []
    kept = {(change.field, change.old, change.new) for change in list_changes(session, "meeting", meeting_id)}
    assert {("starts_on", None, "2008-01-29"), ("status", "proposed", None)} <= kept
    following = add(session, found, forum(session, "south", date(2008, 1, 29), date(2008, 1, 30)))
    assert following.id > meeting_id
    last = list_changes(session, "round", found.id)[0]
    assert (last.field, last.old, last.new) == ("meetings", "south", None)


def test_clashes_are_other_meetings_on_the_same_days_but_for_cancelled_ones(session: Session, sample: Flask) -> None:
    found = get_round(session, "2550-1")
    west = next(meeting for meeting in found.meetings if meeting.slug == "west")
    days = (date(2007, 3, 5), date(2007, 3, 12))
    assert [other.slug for other in planning.find_clashes(found, *days, west)] == ["bangkok", "east"]
    get_meeting(session, "2550-1", "east").status = MeetingStatus.CANCELLED
    assert [other.slug for other in planning.find_clashes(found, *days, west)] == ["bangkok"]


def test_a_round_changes_its_window_but_leaves_no_forum_out(session: Session, sample: Flask) -> None:
    found = get_round(session, "2550-1")
    seen = make_stamp(planning.shown_of_round(found))
    shorter = RoundPlan("ชื่อใหม่", "", date(2007, 1, 24), date(2007, 3, 28))
    with pytest.raises(Refused) as caught:
        planning.change_round(session, found, shorter, SOMEBODY, seen=seen)
    assert caught.value.field == "window"
    session.rollback()
    wider = RoundPlan("ชื่อใหม่", "", date(2007, 1, 24), date(2007, 4, 10))
    planning.change_round(session, get_round(session, "2550-1"), wider, SOMEBODY, seen=seen)
    session.commit()
    found = get_round(session, "2550-1")
    assert (found.name("en"), found.ends_on, found.outcomes_due_on) == ("ชื่อใหม่", date(2007, 4, 10), None)


def test_a_stale_change_of_a_round_names_both_texts(session: Session, sample: Flask) -> None:
    found = get_round(session, "2550-1")
    seen = make_stamp(planning.shown_of_round(found))
    first = RoundPlan("ของคนแรก", found.name_en, found.starts_on, found.ends_on, found.outcomes_due_on)
    planning.change_round(session, found, first, SOMEBODY, seen=seen)
    session.commit()
    second = RoundPlan("ของคนที่สอง", found.name_en, found.starts_on, found.ends_on, found.outcomes_due_on)
    with pytest.raises(Stale) as caught:
        planning.change_round(session, found, second, SOMEBODY, seen=seen)
    assert (caught.value.theirs, caught.value.yours) == ({"name_th": "ของคนแรก"}, {"name_th": "ของคนที่สอง"})


def test_added_holidays_are_kept_once_a_day_and_can_go(session: Session) -> None:
    day = date(2007, 12, 24)
    holiday = add_holiday(session, day, "วันหยุดพิเศษ", "Special holiday", SOMEBODY)
    session.commit()
    with pytest.raises(Conflict, match="A holiday was added for that day already"):
        add_holiday(session, day, "อีกครั้ง", "", SOMEBODY)
    found = [item.name("en") for item in added_holidays(session, date(2007, 12, 1), date(2007, 12, 31))]
    assert found == ["Special holiday"]
    assert added_holidays(session, date(2007, 1, 1), date(2007, 1, 31)) == []
    remove_holiday(session, holiday.id, SOMEBODY)
    assert list_added_holidays(session) == []


def test_a_holiday_that_is_gone_is_said_to_be_gone(session: Session) -> None:
    with pytest.raises(Refused, match="not in the list any more"):
        remove_holiday(session, 4711, SOMEBODY)


def test_the_database_refuses_a_second_forum_of_a_region_under_whatever_address(session: Session) -> None:
    found = make_round(session)
    add(session, found, forum(session, "south", date(2008, 1, 29), date(2008, 1, 30))).slug = "south-before"
    session.flush()
    with pytest.raises(IntegrityError):
        add(session, found, forum(session, "south", date(2008, 2, 5), date(2008, 2, 6)))
