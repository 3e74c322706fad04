"""Messages are finished when they are queued; restored ones are held; what they say of a partner can be blanked."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.cli import outbox as _commands  # noqa: F401 - registers `outbox`
from forumplanner.cli.group import cli
from forumplanner.core.db import db
from forumplanner.outbox import services
from forumplanner.outbox.delivery import Delivered
from forumplanner.outbox.mime import Attachment
from forumplanner.outbox.models import MessageChannel, MessageState
from forumplanner.outbox.services import PLACEHOLDER, blank_partner, count_held, hold_all_queued, release_held
from forumplanner.upkeep.checking import list_database_faults
from tests.outbox.conftest import queue, row, text_sent
from tests.outbox.servers import Told

Deliver = Callable[[], Delivered]
LINK = "http://localhost/reply/7.secret?a=1&b=2"
ICS = Attachment("เวทีภาค.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_the_bytes_that_arrive_are_those_that_were_queued(session: Session, told: Told, deliver: Deliver) -> None:
    message = queue(session, attachments=[ICS], partner_id=7, invitation_id=8, version=3)
    stored = message.mime
    assert stored is not None
    assert deliver() == Delivered(sent=1)
    assert told.raw == [stored.encode("ascii")]
    found = row(session)
    assert (found.partner_id, found.invitation_id, found.version, found.channel) == (7, 8, 3, MessageChannel.EMAIL)
    assert found.attachments == [{"name": "เวทีภาค.ics", "type": "text/calendar", "size": len(ICS.content)}]
    [attached] = told.received[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("เวทีภาค.ics", "text/calendar")
    assert "BEGIN:VCALENDAR" in attached.get_content()


def test_a_message_is_composed_once_however_often_it_is_tried(
    session: Session, told: Told, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: list[str] = []
    compose = services.compose
    monkeypatch.setattr(services, "compose", lambda *facts: composed.append(facts[2]) or compose(*facts))
    told.data_answers = ["451 later"]
    queue(session)
    queue(session)
    deliver()
    session.execute(row(session).__table__.update().values(next_try_at=row(session).created_at))
    deliver()
    assert (composed, len(told.received)) == (["สวัสดี"], 1)


def test_what_is_kept_for_reading_never_holds_the_link(session: Session, told: Told, deliver: Deliver) -> None:
    message = queue(
        session, text=f"กรุณาเปิด {LINK}\n", html=f'<a href="{LINK.replace("&", "&amp;")}">x</a>', secrets=[LINK]
    )
    assert message.text_body == f"กรุณาเปิด {PLACEHOLDER}\n"
    assert message.html_body == f'<a href="{PLACEHOLDER}">x</a>'
    assert LINK in text_sent(message)
    deliver()
    found = row(session)
    assert (found.mime, "secret" in f"{found.text_body}{found.html_body}") == (None, False)
    assert LINK in str(told.received[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_a_restored_message_waits_until_somebody_releases_it(session: Session, told: Told, deliver: Deliver) -> None:
    queue(session, "waiting")
    session.flush()
    assert hold_all_queued(session) == 1
    assert (deliver(), count_held(session)) == (Delivered(), 1)
    assert release_held(session) == 1
    assert (deliver(), count_held(session)) == (Delivered(sent=1), 0)
    assert len(told.received) == 1


def test_what_was_being_sent_is_held_too_and_what_was_sent_stays(session: Session) -> None:
    for key, state in (("a", MessageState.SENDING), ("b", MessageState.SENT), ("c", MessageState.FAILED)):
        queue(session, key).state = state
    session.flush()
    assert hold_all_queued(session) == 1
    assert services.count_by_state(session) == {
        MessageState.FAILED: 1,
        MessageState.HELD: 1,
        MessageState.SENT: 1,
    }


def test_commands_tell_release_and_discard_what_is_held(app: Flask) -> None:
    runner = app.test_cli_runner()
    with app.app_context():
        for key in ("a", "b"):
            queue(db.session(), key, secrets=[LINK], text=LINK)
        hold_all_queued(db.session())
        db.session.commit()
        assert [f"had not left: {2}" in fault for fault in list_database_faults(app.config["SETTINGS"])] == [True]
    assert runner.invoke(cli, ["outbox", "list"]).stdout == "held 2\n"
    assert runner.invoke(cli, ["outbox", "discard"]).stdout == "2 messages discarded\n"
    assert runner.invoke(cli, ["outbox", "release"]).stdout == "0 messages released\n"
    with app.app_context():
        assert (row(db.session(), "a").state, row(db.session(), "a").mime) == (MessageState.FAILED, None)
        assert list_database_faults(app.config["SETTINGS"]) == []


def test_blanking_a_partner_leaves_nothing_of_them_and_lets_nothing_leave(
    session: Session, told: Told, deliver: Deliver
) -> None:
    facts = {"recipient": "somsri@example.org", "subject": "คุณสมศรี", "text": "สมศรี 081 000 9999", "html": "<p>สมศรี</p>"}
    queue(session, "waiting", partner_id=7, **facts)
    queue(session, "other", partner_id=8)
    session.flush()
    assert blank_partner(session, 7) == 1
    session.commit()
    assert deliver() == Delivered(sent=1)
    found = row(session, "waiting")
    kept = " ".join(str(getattr(found, column.name)) for column in found.__table__.columns)
    assert [word in kept for word in ("สมศรี", "somsri", "081")] == [False] * 3
    assert found.state == MessageState.FAILED
