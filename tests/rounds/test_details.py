from dataclasses import replace
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.core.errors import Refused, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor
from forumplanner.rounds.details import (
    Details,
    change_details,
    details_of,
    shown_of_details,
)
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rules import days_between
from forumplanner.rounds.services import get_meeting

SOMEBODY = Actor(None, "somebody")


def west(session: Session) -> Meeting:
    return get_meeting(session, "2550-1", "west")


def shown(meeting: Meeting) -> str:
    return make_stamp(shown_of_details(details_of(meeting), days_between(meeting.starts_on, meeting.ends_on)))


def test_details_are_saved_with_hours_of_each_day(session: Session, sample: Flask) -> None:
    meeting = west(session)
    details = Details(
        venue_th="หอประชุมอำเภอ",
        province_code="71",
        map_url="https://maps.example.org/1",
        contact_phone="081-000-0000",
        hours={date(2007, 3, 9): (time(8, 30), time(12))},
    )
    change_details(session, meeting, details, SOMEBODY, seen=shown(meeting))
    session.commit()
    session.expire_all()
    assert details_of(west(session)) == details


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Details(province_code="99"), "province_code"),
        (Details(map_url="javascript:alert(1)"), "map_url"),
        (Details(contact_email="nobody"), "contact_email"),
        (Details(hours={date(2007, 3, 10): (time(8), time(9))}), None),
    ],
)
def test_details_that_cannot_be_are_refused_beside_their_field(
    session: Session, sample: Flask, wrong: Details, field: str | None
) -> None:
    meeting = west(session)
    with pytest.raises(Refused) as caught:
        change_details(session, meeting, wrong, SOMEBODY, seen=shown(meeting))
    assert caught.value.field == field


def test_a_stale_save_is_refused_with_both_texts_and_changes_nothing(session: Session, sample: Flask) -> None:
    meeting = west(session)
    seen, before = shown(meeting), details_of(meeting)
    change_details(session, meeting, replace(before, venue_th="ของคนแรก"), SOMEBODY, seen=seen)
    session.commit()
    with pytest.raises(Stale) as caught:
        change_details(session, meeting, replace(before, venue_th="ของคนที่สอง"), SOMEBODY, seen=seen)
    session.rollback()
    assert (caught.value.theirs, caught.value.yours) == ({"venue_th": "ของคนแรก"}, {"venue_th": "ของคนที่สอง"})
    assert west(session).venue_th == "ของคนแรก"


def test_a_change_beside_the_form_does_not_make_it_stale(session: Session, sample: Flask) -> None:
    meeting = west(session)
    seen, before = shown(meeting), details_of(meeting)
    meeting.timezone = "Asia/Bangkok"
    meeting.sequence += 1  # a row's version rises with anything
    session.commit()
    change_details(session, meeting, replace(before, note_th="นำบัตรมาด้วย"), SOMEBODY, seen=seen)
    session.commit()
    assert west(session).note_th == "นำบัตรมาด้วย"
