"""The migration of seats and answers keeps every row and says what it took out, on both databases."""

from datetime import UTC, datetime
from typing import Any

import click
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from forumplanner.core.db import db
from tests.invitations.conftest import invitation_of

pytestmark = pytest.mark.both_databases
AT = {"early": datetime(2007, 2, 1, tzinfo=UTC), "moved": datetime(2007, 2, 10, tzinfo=UTC)}


def run(statement: str, **values: Any) -> list[Any]:
    with db.engine.begin() as connection:
        found = connection.execute(text(statement), values)
        return [tuple(row) for row in found] if found.returns_rows else []


def test_rows_of_before_keep_their_seat_their_days_and_their_typed_reasons(sample: Flask) -> None:
    with sample.app_context():
        ekkachai, dam = invitation_of(db.session(), "west", "เอกชัย ไทรงาม"), invitation_of(db.session(), "south", "ดำ")
        numbers = {"answered": ekkachai.id, "west": ekkachai.meeting_id, "dam": dam.id, "south": dam.meeting_id}
        db.session.remove()
        downgrade(revision="0015")
        posts = dict(run("SELECT id, seat FROM organisations WHERE seat IS NOT NULL"))
        invited = run("SELECT id, partner_id FROM invitations ORDER BY id")
        run("UPDATE replies SET at = :at WHERE invitation_id = :answered", at=AT["early"], answered=numbers["answered"])
        run(
            "UPDATE invitations SET answered_at = :at, reached_at = NULL WHERE id = :answered",
            at=AT["early"],
            answered=numbers["answered"],
        )
        for field, old in (("starts_on", "2007-03-01"), ("ends_on", "2007-03-02")):
            run(
                "INSERT INTO changes (at, actor, thing, thing_id, field, old, new)"
                " VALUES (:at, '', 'meeting', :meeting, :field, :old, '2007-03-08')",
                at=AT["moved"],
                meeting=numbers["west"],
                field=field,
                old=old,
            )
        run("UPDATE invitations SET comment = 'แม่\n ป่วยหนัก' WHERE id = :dam", dam=numbers["dam"])
        run("UPDATE attendances SET reason = 'แม่ ป่วยหนัก' WHERE invitation_id = :dam", dam=numbers["dam"])
        typed = run("SELECT id, reason FROM attendances WHERE reason IS NOT NULL AND reason <> 'แม่ ป่วยหนัก' ORDER BY id")
        upgrade()
        assert dict(run("SELECT organisation_id, post_th FROM seats")) == posts
        assert len(posts) == 9
        assert run("SELECT id, partner_id FROM invitations ORDER BY id") == invited
        unseated = (
            "SELECT count(*) FROM invitations WHERE partner_id IN (SELECT id FROM organisations) AND seat_id IS NULL"
        )
        assert run(unseated) == [(0,)]
        ((starts, ends, reached),) = run(
            "SELECT for_starts_on, for_ends_on, reached_at FROM invitations WHERE id = :answered",
            answered=numbers["answered"],
        )
        assert (str(starts), str(ends), reached is None) == ("2007-03-01", "2007-03-02", False)
        # Of meetings that never moved, the days they have.
        mismatched = (
            "SELECT count(*) FROM replies JOIN invitations ON invitations.id = invitation_id"
            " JOIN meetings ON meetings.id = meeting_id"
            " WHERE replies.for_starts_on <> meetings.starts_on OR replies.for_ends_on <> meetings.ends_on"
        )
        assert run(mismatched) == [(1,)]
        assert run("SELECT reason FROM attendances WHERE invitation_id = :dam", dam=numbers["dam"]) == [(None,)]
        assert run("SELECT id, reason FROM attendances WHERE reason IS NOT NULL ORDER BY id") == typed
        said = run("SELECT new FROM changes WHERE thing = 'meeting' AND thing_id = :south", south=numbers["south"])
        assert any("ถูกนำออกจากรายงาน" in new for (new,) in said if new)
        late = "SELECT count(*) FROM attendances WHERE invitation_id IS NOT NULL AND reply_id IS NULL"
        assert run(late) == [(0,)]


def test_the_way_down_is_refused_where_two_seats_of_one_agency_are_invited(sample: Flask) -> None:
    with sample.app_context():
        agency = invitation_of(db.session(), "national", "กรมการพัฒนาชุมชน")
        numbers = {"meeting": agency.meeting_id, "partner": agency.partner_id}
        db.session.remove()
        run(
            "INSERT INTO seats (organisation_id, post_th, position, is_retired) VALUES (:partner, 'รองอธิบดี', 2, :no)",
            partner=numbers["partner"],
            no=False,
        )
        run(
            "INSERT INTO invitations"
            " (meeting_id, partner_id, seat_id, capacity, channel, link_version, created_at, changed_at, version)"
            " SELECT :meeting, :partner, max(id), 'member', 'letter', 1, :at, :at, 1 FROM seats",
            at=AT["early"],
            **numbers,
        )
        with pytest.raises(click.ClickException, match="Several seats"):
            downgrade(revision="0015")
