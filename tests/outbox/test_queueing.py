"""Writing a message that is to leave."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.core.errors import Invalid
from forumplanner.outbox.models import OutboxMessage
from forumplanner.web import jobs
from tests.outbox.conftest import queue


def test_a_message_waits_in_the_transaction_of_what_caused_it(session: Session) -> None:
    queue(session)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_the_same_key_is_queued_once_and_keeps_the_first_text(session: Session) -> None:
    first = queue(session)
    session.commit()
    second = queue(session, text="something else")
    assert (second.id, second.text_body) == (first.id, "สวัสดีค่ะ\n")


def test_message_ids_differ_and_carry_the_senders_domain(session: Session) -> None:
    ids = {queue(session, "a").message_id, queue(session, "b").message_id}
    assert {text.rpartition("@")[2] for text in ids} == {"example.org>"}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "recipient",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n",
        "a@example.org\x0b",
        "a b@example.org",
        "มาลี@example.org",
        "a@",
        "",
        "a@example.org, b@example.org",
        "Malee <a@example.org>",
        "a@example.org\u2028x",
    ],
)
def test_an_address_that_is_none_is_refused(session: Session, recipient: str) -> None:
    with pytest.raises(Invalid):
        queue(session, recipient=recipient)


def test_an_international_domain_is_kept_as_it_goes_on_the_wire(session: Session) -> None:
    assert queue(session, recipient="malee@ไทย.ไทย").recipient == "malee@xn--o3cw4h.xn--o3cw4h"


@pytest.mark.parametrize("subject", ["one\ntwo", "one\r\nBcc: b@example.org", "", "   ", "x\x00y", "ก" * 501])
def test_a_subject_of_more_than_one_line_is_refused(session: Session, subject: str) -> None:
    with pytest.raises(Invalid):
        queue(session, subject=subject)


@pytest.fixture
def wakes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the worker was told."""
    told: list[str] = []
    monkeypatch.setattr(jobs.Jobs, "wake", lambda self, name: told.append(name))
    return told


def test_the_worker_is_woken_after_the_commit_once(session: Session, wakes: list[str]) -> None:
    queue(session, "a")
    queue(session, "b")
    assert wakes == []
    session.commit()
    assert wakes == ["look"]


def test_nobody_is_woken_for_what_was_rolled_back(session: Session, wakes: list[str]) -> None:
    queue(session)
    session.rollback()
    session.execute(select(1))
    session.commit()
    assert wakes == []


def test_a_savepoint_wakes_nobody_before_the_commit(session: Session, wakes: list[str]) -> None:
    with session.begin_nested():
        queue(session)
    assert wakes == []
    session.commit()
    assert wakes == ["look"]


def test_a_queue_that_cannot_be_reached_costs_nothing(session: Session, app: Flask, caplog: Any) -> None:
    working = jobs.jobs_of(app)
    broken = app.extensions["jobs"] = jobs.Jobs(app)
    broken.tasks, broken.periodic = working.tasks, working.periodic
    settings = app.config["SETTINGS"]
    url = settings.queue_url
    object.__setattr__(settings, "queue_url", "postgresql://127.0.0.1:9/nowhere?connect_timeout=2")
    try:
        queue(session)
        session.commit()
    finally:
        object.__setattr__(settings, "queue_url", url)
        app.extensions["jobs"] = working
    assert "the queue cannot be reached" in caplog.text
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 1
