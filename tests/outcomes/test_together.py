"""Several recorders at once, each in a transaction of its own, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.core.errors import Conflict
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.outcomes.services import TypedOutcome, review, save_item, submit
from tests.outcomes.sample_round import RECORDER, item_at, meeting_at, seen_discussion
from tests.outcomes.test_submitting import TODAY

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.both_databases]
RECORDERS, SAVES = 4, 5


def record(app: Flask, recorder: int) -> None:
    for number in range(SAVES):
        with app.app_context():
            session = db.session()
            meeting = meeting_at(session, "north")
            item = item_at(session, meeting, "4.2")
            save_item(
                session,
                meeting,
                item.id,
                RECORDER,
                discussion=item.discussion,
                discussion_seen=seen_discussion(item),
                outcomes=[TypedOutcome(OutcomeKind.PROBLEM, f"{recorder}-{number}")],
            )
            session.commit()


def test_every_word_of_several_recorders_in_one_item_is_there(app: Flask) -> None:
    with ThreadPoolExecutor(RECORDERS) as pool:
        for done in [pool.submit(record, app, recorder) for recorder in range(RECORDERS)]:
            done.result()
    with app.app_context():
        item = item_at(db.session(), meeting_at(db.session(), "north"), "4.2")
        query = select(Outcome).where(Outcome.agenda_item_id == item.id).order_by(Outcome.position)
        found = list(db.session.scalars(query))
    assert sorted(outcome.text for outcome in found) == sorted(
        f"{r}-{n}" for r in range(RECORDERS) for n in range(SAVES)
    )
    assert [outcome.position for outcome in found] == list(range(1, RECORDERS * SAVES + 1))


def send(app: Flask, seen: str) -> str:
    with app.app_context():
        session = db.session()
        try:
            submit(session, meeting_at(session, "bangkok"), RECORDER, today=TODAY, seen=seen)
            session.commit()
        except Conflict as refusal:
            session.rollback()
            return refusal.message
    return "sent"


def test_of_many_who_submit_at_once_one_does(app: Flask) -> None:
    with app.app_context():
        seen = review(db.session(), meeting_at(db.session(), "bangkok")).seen
    with ThreadPoolExecutor(RECORDERS) as pool:
        answers = [done.result() for done in [pool.submit(send, app, seen) for _ in range(RECORDERS)]]
    assert answers.count("sent") == 1
    assert len([answer for answer in answers if "submitted already" in answer]) == RECORDERS - 1
