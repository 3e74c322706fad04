"""Sending: our worker over messages that wait, against plain smtplib with finished bytes, to the same server.

The server is Debian's `smtp-sink` (from postfix) where it is installed, else aiosmtpd; either is a process of its own,
so that its work is not counted.
"""

import shutil
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy.orm import sessionmaker

from bench.figures import Figure
from bench.sample import sample_app
from forumplanner.core.db import db
from forumplanner.core.mail_settings import read_smtp_url
from forumplanner.outbox.delivery import deliver_due
from forumplanner.outbox.services import queue_message
from forumplanner.outbox.transport import SmtpTransport

MESSAGES = 50
SENDER = "forum@example.org"
TEXT = "เรียน ท่านผู้ประสานงาน\n\nขอเชิญประชุมวงภาคใต้ วันที่ 30-31 มกราคม 2550\n" * 5
MILLISECONDS = 1000


def measure() -> Iterator[Figure]:
    """`mail_send`: processor time a message, of one run that takes the waiting ones out and notes what became of them;
    `mail_queue`: of writing one, against sending one."""
    with sample_app() as app, app.app_context(), _sink() as port:
        factory = sessionmaker(db.engine)
        number = 0

        def queue() -> list[bytes]:
            nonlocal number
            written = []
            for _ in range(MESSAGES):
                number += 1
                message = queue_message(
                    db.session(), f"bench:{number}", "bench", f"somebody{number}@example.org", "ขอเชิญประชุม", TEXT
                )
                written.append((message.mime or "").encode("ascii"))
            db.session.commit()
            return written

        finished = queue()
        times: list[tuple[float, float, float]] = []
        for _ in range(7):
            began = time.process_time()
            queue()
            queued = time.process_time()
            deliver_due(factory, SmtpTransport(read_smtp_url(f"smtp://127.0.0.1:{port}")), SENDER)
            sent = time.process_time()
            with smtplib.SMTP("127.0.0.1", port) as server:
                for mail in finished:
                    server.sendmail(SENDER, ["somebody@example.org"], mail)
            times.append((sent - queued, time.process_time() - sent, queued - began))
        ours, plain, writing = (
            sorted(column)[len(times) // 2] / MESSAGES * MILLISECONDS for column in zip(*times, strict=True)
        )
        yield Figure("mail_send", ours, plain, "ms", "processor time per message")
        yield Figure("mail_queue", writing, plain, "ms", "processor time per message, composed once")


@contextmanager
def _sink() -> Iterator[int]:
    """A mail server on this machine that takes everything; gives its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    place, program = f"127.0.0.1:{port}", shutil.which("smtp-sink", path="/usr/sbin:/usr/bin:/usr/local/bin")
    swallow = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", place]
    process = subprocess.Popen([program, place, "100"] if program else swallow)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
