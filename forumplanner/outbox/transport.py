"""Hands messages to an SMTP server, and says in which of three ways that went wrong."""

import logging
import smtplib
import ssl
from types import TracebackType
from typing import Protocol, Self

from forumplanner.core.mail_settings import SmtpServer

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30


class TemporaryRefusal(Exception):
    """The server does not take this message now; a later try may succeed."""


class PermanentRefusal(Exception):
    """The server will never take this message."""


class ServerUnavailable(Exception):
    """No server to talk to, or it does not let us in: nothing about this message. Others would fare the same."""


class Transport(Protocol):
    """What delivery needs: a context in which messages are handed over, over one connection if possible."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, sender: str, recipient: str, mail: bytes) -> str:
        """Hand one message over as it is; returns the server's answer, raises one of the three above."""
        ...


class SmtpTransport:
    """One connection, kept open between messages, opened anew when it was dropped."""

    def __init__(self, server: SmtpServer, timeout: float = TIMEOUT_SECONDS) -> None:
        self.server = server
        self.timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def try_out(self) -> None:
        """Connect, encrypt and sign in as before a message, and send none; raises ServerUnavailable."""
        self._connect()

    def send(self, sender: str, recipient: str, mail: bytes) -> str:
        """Hand one message over; returns the server's answer to it."""
        kept_open = self._connection is not None
        connection = self._connection or self._connect()
        try:
            self._announce(connection, sender)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            if not kept_open:
                raise ServerUnavailable(_in_words(error)) from error
            # The server hung up while nothing was under way: call again.
            connection = self._connect()
            self._announce(connection, sender)
        try:
            return self._hand_over(connection, recipient, mail)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            # The connection broke: whether the message was taken is not known, so it is tried again.
            self._drop()
            raise TemporaryRefusal(_in_words(error)) from error

    def _announce(self, connection: smtplib.SMTP, sender: str) -> None:
        code, answer = connection.mail(sender)
        if code != 250:
            # Who sends is our own setting, the same for every message.
            self._reset_or_drop(code)
            raise ServerUnavailable(_answer(code, answer))

    def _hand_over(self, connection: smtplib.SMTP, recipient: str, mail: bytes) -> str:
        code, answer = connection.rcpt(recipient)
        if code not in (250, 251):
            self._reset_or_drop(code)
            raise _refusal(code, answer)
        try:
            code, answer = connection.data(mail)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _as_bytes(error.smtp_error)
        if code != 250:
            self._reset_or_drop(code)
            raise _refusal(code, answer)
        return _answer(code, answer)

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        try:
            if server.tls:
                connection: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=self.timeout, context=self._context()
                )
            else:
                connection = smtplib.SMTP(server.host, server.port, timeout=self.timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnavailable(_in_words(error)) from error
        try:
            self._introduce(connection)
        except (OSError, smtplib.SMTPException) as error:
            connection.close()
            raise ServerUnavailable(_in_words(error)) from error
        except ServerUnavailable:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _introduce(self, connection: smtplib.SMTP) -> None:
        server = self.server
        connection.ehlo_or_helo_if_needed()
        encrypted = server.tls
        if not encrypted and server.starttls != "never":
            if connection.has_extn("starttls"):
                connection.starttls(context=self._context())
                connection.ehlo()
                encrypted = True
            elif server.starttls == "required":
                raise ServerUnavailable("The mail server offers no encryption, which the settings require.")
        if server.user is not None:
            if not encrypted and not server.is_local and server.starttls != "never":
                raise ServerUnavailable("The mail server offers no encryption; the password is not sent in the clear.")
            connection.login(server.user, server.password or "")

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.server.is_local:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _reset_or_drop(self, code: int) -> None:
        """Ready the connection for the next message; 421 is the server hanging up."""
        if self._connection is None or code == 421:
            self._drop()
            return
        try:
            self._connection.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _hang_up(self) -> None:
        if self._connection is not None:
            try:
                self._connection.quit()
            except (smtplib.SMTPException, OSError):
                log.debug("the mail server was gone before the end")
            self._drop()


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _refusal(code: int, answer: bytes | str) -> TemporaryRefusal | PermanentRefusal:
    kind = PermanentRefusal if 500 <= code < 600 else TemporaryRefusal
    return kind(_answer(code, answer))


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:1000]


def _in_words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:1000]
