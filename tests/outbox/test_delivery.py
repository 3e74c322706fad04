"""Handing messages to a real SMTP server."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.mail_settings import read_smtp_url
from forumplanner.outbox.delivery import Delivered, deliver_due, fail_too_old, too_old
from forumplanner.outbox.models import MessageState, OutboxMessage
from forumplanner.outbox.rules import pause_after
from forumplanner.outbox.services import PLACEHOLDER
from forumplanner.outbox.transport import SmtpTransport
from tests.outbox.conftest import queue, row, text_sent
from tests.outbox.servers import ACCEPTED, Told, smtp_server

Deliver = Callable[[], Delivered]
LINK = "http://localhost/reset/secret"


def test_what_arrives_is_what_was_queued(session: Session, told: Told, deliver: Deliver) -> None:
    message = queue(session)
    message_id = message.message_id
    assert deliver() == Delivered(sent=1)
    [mail] = told.received
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (mail["From"], mail["To"], mail["Subject"], mail["Message-ID"], mail["Auto-Submitted"]) == (
        "forum@example.org",
        "malee@example.org",
        "สวัสดี",
        message_id,
        "auto-generated",
    )
    assert (text.get_content(), html.get_content()) == ("สวัสดีค่ะ\r\n", "<p>สวัสดีค่ะ</p>\r\n")
    assert text["Content-Type"] == 'text/plain; charset="utf-8"'


def test_the_servers_answer_is_kept(session: Session, told: Told, deliver: Deliver) -> None:
    queue(session)
    deliver()
    found = row(session)
    assert (found.state, found.server_answer, found.attempts) == (MessageState.SENT, ACCEPTED, 1)
    assert found.sent_at is not None


def test_a_message_is_sent_once(session: Session, told: Told, deliver: Deliver) -> None:
    queue(session)
    deliver()
    assert deliver() == Delivered()
    assert len(told.received) == 1


def test_one_connection_serves_many(session: Session, told: Told, deliver: Deliver) -> None:
    for number in range(5):
        queue(session, f"greeting:{number}")
    assert deliver() == Delivered(sent=5)
    assert len(told.sessions) == 1


@pytest.mark.parametrize("answers", ["rcpt_answers", "data_answers"])
def test_a_temporary_refusal_is_tried_again_after_growing_pauses(
    session: Session, told: Told, deliver: Deliver, answers: str
) -> None:
    setattr(told, answers, ["450 4.2.1 mailbox busy", "451 4.3.0 try again later"])
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as now:
        queue(session)
        assert deliver() == Delivered(put_off=1)
        assert (row(session).server_answer, row(session).state) == ("450 4.2.1 mailbox busy", MessageState.QUEUED)
        assert deliver() == Delivered()
        now.shift(60)
        assert deliver() == Delivered(put_off=1)
        now.shift(299)
        assert deliver() == Delivered()
        now.shift(1)
        assert deliver() == Delivered(sent=1)
    assert len(told.received) == 1


@pytest.mark.parametrize("answers", ["rcpt_answers", "data_answers"])
def test_a_permanent_refusal_is_marked_in_the_servers_words(
    session: Session, told: Told, deliver: Deliver, answers: str
) -> None:
    setattr(told, answers, ["550 5.1.1 no such mailbox"])
    queue(session)
    queue(session, "greeting:2")
    assert deliver() == Delivered(sent=1, failed=1)
    assert (row(session).state, row(session).server_answer) == (MessageState.FAILED, "550 5.1.1 no such mailbox")


def test_a_body_with_a_secret_is_blanked_once_sent(session: Session, told: Told, deliver: Deliver) -> None:
    queue(session, text=LINK, html=LINK, secrets=[LINK])
    deliver()
    found = row(session)
    assert (found.text_body, found.html_body, found.mime, found.subject) == (PLACEHOLDER, PLACEHOLDER, None, "สวัสดี")
    body = told.received[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == LINK


def test_a_body_with_a_secret_is_blanked_when_refused_for_good(session: Session, told: Told, deliver: Deliver) -> None:
    told.rcpt_answers = ["550 no"]
    queue(session, text=LINK, html=LINK, secrets=[LINK])
    deliver()
    assert (row(session).text_body, row(session).html_body, row(session).mime) == (PLACEHOLDER, PLACEHOLDER, None)


def test_a_body_with_a_secret_is_kept_for_the_next_try(session: Session, told: Told, deliver: Deliver) -> None:
    told.rcpt_answers = ["450 later"]
    queue(session, text=LINK, html=LINK, secrets=[LINK])
    deliver()
    assert LINK in text_sent(row(session))
    assert row(session).text_body == PLACEHOLDER


def test_after_48_hours_a_message_is_given_up(session: Session, told: Told, deliver: Deliver) -> None:
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as now:
        queue(session)
        session.commit()
        now.shift(48 * 3600)
        assert deliver() == Delivered(failed=1)
    assert (row(session).state, row(session).server_answer) == (MessageState.FAILED, too_old(holds_secret=False))
    assert told.received == []


def test_a_one_time_link_is_given_up_after_a_day_and_blanked(session: Session, told: Told, deliver: Deliver) -> None:
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as now:
        queue(session, "link", text=LINK, secrets=[LINK])
        queue(session, "notice")
        session.commit()
        now.shift(24 * 3600)
        assert deliver() == Delivered(sent=1, failed=1)
    found = row(session, "link")
    assert (found.state, found.server_answer, found.text_body) == (
        MessageState.FAILED,
        "It waited for too long (24 hours) and was not sent.",
        PLACEHOLDER,
    )
    assert (row(session, "notice").state, len(told.received)) == (MessageState.SENT, 1)


def test_without_a_server_old_messages_are_given_up_too(session: Session) -> None:
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as now:
        queue(session, "older", text="a notice")
        now.shift(timedelta(hours=24))
        queue(session, "old", secrets=[LINK])
        queue(session, "waiting")
        now.shift(timedelta(hours=24))
        queue(session, "new", secrets=[LINK])
        session.commit()
        fail_too_old(sessionmaker(db.engine))
    assert (row(session, "older").state, row(session, "waiting").state) == (MessageState.FAILED, MessageState.QUEUED)
    assert (row(session, "old").state, row(session, "old").mime) == (MessageState.FAILED, None)
    assert row(session, "new").state == MessageState.QUEUED
    assert text_sent(row(session, "new")) == "สวัสดีค่ะ\n"


def test_a_server_that_is_away_costs_no_try(session: Session) -> None:
    queue(session)
    session.commit()
    transport = SmtpTransport(read_smtp_url("smtp://127.0.0.1:9"))
    assert deliver_due(sessionmaker(db.engine), transport, "forum@example.org") == Delivered(put_off=1)
    found = row(session)
    assert (found.state, found.attempts) == (MessageState.QUEUED, 0)
    assert (found.server_answer or "").startswith("ConnectionRefusedError")


def test_a_sender_the_server_refuses_is_our_fault_not_the_messages(
    session: Session, told: Told, deliver: Deliver
) -> None:
    told.mail_answers = ["553 5.7.1 sender not allowed"]
    queue(session)
    assert deliver() == Delivered(put_off=1)
    assert row(session).state == MessageState.QUEUED


def test_a_connection_that_breaks_after_the_text_is_tried_again_under_the_same_id(
    session: Session, told: Told, deliver: Deliver
) -> None:
    told.hang_up_after_data = 1
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as now:
        queue(session)
        assert deliver() == Delivered(put_off=1)
        now.shift(60)
        assert deliver() == Delivered(sent=1)
    first, second = told.received
    assert first["Message-ID"] == second["Message-ID"]


def test_a_message_whose_worker_died_is_taken_again(session: Session, told: Told, deliver: Deliver) -> None:
    with time_machine.travel("2026-03-02 12:00 +0700", tick=False) as now:
        queue(session)
        session.execute(update(OutboxMessage).values(state=MessageState.SENDING, claimed_at=clock.now()))
        assert deliver() == Delivered()
        now.shift(600)
        assert deliver() == Delivered(sent=1)


def test_several_workers_send_each_message_once(session: Session, server: tuple[Told, str]) -> None:
    told, url = server
    for number in range(40):
        queue(session, f"greeting:{number}", subject=f"number {number}")
    session.commit()
    factory = sessionmaker(db.engine)
    done: list[Delivered] = []

    def work() -> None:
        done.append(deliver_due(factory, SmtpTransport(read_smtp_url(url)), "forum@example.org"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(run.sent for run in done) == 40
    assert set(Counter(str(mail["Subject"]) for mail in told.received).values()) == {1}
    assert len(told.received) == 40


def test_no_transaction_is_open_while_the_server_is_spoken_to(
    session: Session, told: Told, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    real = SmtpTransport.send

    def look(self: SmtpTransport, sender: str, recipient: str, mail: bytes) -> str:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return real(self, sender, recipient, mail)

    queue(session)
    session.commit()
    session.close()
    monkeypatch.setattr(SmtpTransport, "send", look)
    deliver()
    assert held == [0]


def test_pauses_grow_and_then_stay() -> None:
    minutes = [pause_after(tries) // timedelta(minutes=1) for tries in range(9)]
    assert minutes == [1, 1, 5, 15, 60, 180, 360, 360, 360]


def test_a_password_is_given_to_the_server(session: Session) -> None:
    from aiosmtpd.smtp import AuthResult, LoginPassword

    seen: list[object] = []

    def check(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        seen.append(data)
        return AuthResult(success=True)

    with smtp_server(authenticator=check, auth_require_tls=False) as (told, url):
        queue(session)
        session.commit()
        transport = SmtpTransport(read_smtp_url(url.replace("//", "//forum:p%40ss@")))
        assert deliver_due(sessionmaker(db.engine), transport, "forum@example.org") == Delivered(sent=1)
    assert seen == [LoginPassword(b"forum", b"p@ss")]
    assert len(told.received) == 1
