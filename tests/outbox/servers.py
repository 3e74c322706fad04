"""A real SMTP server that does as it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.waiting import CEILING_SECONDS

ACCEPTED = "250 2.0.0 Ok: queued as TEST"


class Told:
    """Keeps what arrives; answers to RCPT and DATA come from the lists until they run out, then all is well."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.sessions: set[int] = set()
        self.rcpt_answers: list[str] = []
        self.data_answers: list[str] = []
        self.mail_answers: list[str] = []
        self.hang_up_after_data = 0
        self._lock = threading.Lock()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        envelope.mail_from = address
        return self.mail_answers.pop(0) if self.mail_answers else "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt_answers:
            return self.rcpt_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answers:
            return self.data_answers.pop(0)
        assert isinstance(envelope.content, bytes)
        with self._lock:
            self.raw.append(envelope.content)
            self.received.append(BytesParser(EmailMessage, policy=default).parsebytes(envelope.content))
        if self.hang_up_after_data:
            self.hang_up_after_data -= 1
            assert server.transport is not None
            server.transport.close()
        return ACCEPTED


class _OnSocket(Controller):
    """Listens on a socket that is ours already, so that nobody takes its port meanwhile."""

    def __init__(self, handler: Told, own: socket.socket, **options: Any) -> None:
        super().__init__(handler, *own.getsockname(), **options)
        self._own = own

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._own, ssl=self.ssl_context)


@contextmanager
def smtp_server(**options: Any) -> Iterator[tuple[Told, str]]:
    """The server's handler and its address for FORUMPLANNER_SMTP_URL."""
    handler = Told()
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        controller = _OnSocket(handler, own, ready_timeout=CEILING_SECONDS, **options)
        controller.start()
        try:
            yield handler, f"smtp://127.0.0.1:{controller.port}"
        finally:
            controller.stop()
