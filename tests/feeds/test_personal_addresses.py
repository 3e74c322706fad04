"""The address of a person's own calendar: replaced, stopped, started anew, and what the earlier ones answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from forumplanner.feeds.personal import renew_address, stop_calendar
from forumplanner.history.services import SYSTEM
from forumplanner.ical import read_feed
from forumplanner.partners.links import find_personal_feed_url
from tests.feeds.conftest import AddressOf
from tests.feeds.test_personal import NOW, PRIVATE, events, person


@pytest.mark.parametrize("end", [renew_address, stop_calendar])
def test_ended_address_explains_itself_then_is_gone(
    session: Session, http: FlaskClient, address_of: AddressOf, end: Callable[..., int]
) -> None:
    partner = person(session, "สมชาย")
    with time_machine.travel(NOW, tick=False):
        end(session, partner.id, SYSTEM)
        session.commit()
        answer = http.get(address_of(partner))
    (event,) = read_feed(answer.data).events
    assert (event.summary, event.free, event.starts.isoformat(), {name: answer.headers[name] for name in PRIVATE}) == (
        *("ปฏิทินนี้หยุดแล้ว", True, "2026-11-22"),
        PRIVATE,
    )
    statuses = []
    for days in (27, 28):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            statuses.append(http.get(address_of(partner)).status_code)
    assert statuses == [200, 404]


def test_explanation_is_the_same_until_it_ends(session: Session, http: FlaskClient, address_of: AddressOf) -> None:
    partner = person(session, "สมชาย")
    with time_machine.travel(NOW, tick=False):
        renew_address(session, partner.id, SYSTEM)
        session.commit()
        first = http.get(address_of(partner))
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        later = http.get(address_of(partner), headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 304


def test_each_address_has_an_end_of_its_own_whatever_is_renewed_later(
    session: Session, http: FlaskClient, address_of: AddressOf
) -> None:
    partner = person(session, "สมชาย")
    for end, days in ((renew_address, 0), (stop_calendar, 20), (renew_address, 30)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            end(session, partner.id, SYSTEM)
            session.commit()
    found = {}
    for days in (30, 47, 48, 58):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            found[days] = [http.get(address_of(partner, version)).status_code for version in (1, 2, 3, 4)]
    assert found == {
        30: [404, 200, 200, 200],
        47: [404, 200, 200, 200],
        48: [404, 404, 200, 200],
        58: [404, 404, 404, 200],
    }


def test_renewed_address_shows_the_meetings(session: Session, http: FlaskClient, address_of: AddressOf) -> None:
    partner = person(session, "สมชาย")
    version = renew_address(session, partner.id, SYSTEM)
    session.commit()
    assert (version, list(events(http, address_of(partner, 2)))) == (2, ["south"])


def test_stopped_calendar_has_no_address_in_force_and_can_be_started_anew(
    session: Session, http: FlaskClient, sample: Flask, address_of: AddressOf
) -> None:
    partner = person(session, "สมชาย")
    settings = sample.config["SETTINGS"]
    stop_calendar(session, partner.id, SYSTEM)
    session.commit()
    stopped = (find_personal_feed_url(session, settings, partner.id), list(events(http, address_of(partner, 2))))
    renew_address(session, partner.id, SYSTEM)
    session.commit()
    again = find_personal_feed_url(session, settings, partner.id)
    assert again is not None
    assert (stopped[0], len(stopped[1]), list(events(http, again.removeprefix(settings.base_url)))) == (
        None,
        1,
        ["south"],
    )
