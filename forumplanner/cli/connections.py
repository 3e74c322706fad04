"""How connections are kept: waitress, so that nobody who is slow, idle or immoderate stands in anybody's way.

A thread is taken only once a request is there whole, its body too. What waitress itself leaves open is decided here:
how long a request may take to arrive, what becomes of a body that nobody will take, whose connection is given up when
there are too many, and in which words a request is refused that no page can answer.
"""

import logging
import resource
import socket
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from forumplanner.core import clock

log = logging.getLogger(__name__)

THREADS = 8
MEGABYTE = 1_000_000
# A body up to here is handed on, so that the page that refuses it can show what was typed; a larger one is read to its
# end and dropped: whoever is refused in the middle of sending sees a broken connection instead of the answer.
MOST_KEPT = 21 * MEGABYTE
MOST_SWALLOWED = 200 * MEGABYTE
LARGEST_HEAD = 64 * 1024
# Seconds: for a head to be there whole, for a whole request, for a connection on which nothing happens.
HEAD_SECONDS = 20
REQUEST_SECONDS = 600
IDLE_SECONDS = 60
LINGER_SECONDS = 5
# A request that is being received when the server stops, and has shown a sign of life this lately, is waited for.
STILL_COMING_SECONDS = 1
MOST_CONNECTIONS = 1000
GIVEN_UP_AT_ONCE = 20
FILES_BESIDES = 100

REFUSALS = {
    400: "คำขอนี้อ่านไม่ได้ กรุณาลองใหม่อีกครั้ง\nThis request could not be read. Please try again.\n",
    413: "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป ยังไม่ได้บันทึกสิ่งใด\nThat is too much at once. Nothing was changed.\n",
    431: (
        "ที่อยู่หรือคุกกี้ยาวเกินไป กรุณาล้างคุกกี้ของเว็บไซต์นี้แล้วลองใหม่\n"
        "The address or the cookies are too long. Please clear this site's cookies and try again.\n"
    ),
    500: "ขออภัย เกิดข้อขัดข้อง กรุณาลองใหม่ภายหลัง\nSomething went wrong. Please try again in a while.\n",
    501: "ระบบไม่รองรับวิธีส่งข้อมูลนี้\nThis way of sending is not supported.\n",
}


class Body(OverflowableBuffer):
    """What a request carries, kept up to a limit; beyond it only counted."""

    buf: Any
    strbuf: bytes

    def __init__(self, overflow: int) -> None:
        super().__init__(overflow)
        self._received = 0

    def __len__(self) -> int:
        return self._received

    def append(self, data: bytes) -> None:
        self._received += len(data)
        if self._received <= MOST_KEPT:
            super().append(data)
        elif self.buf is not None or self.strbuf:
            self.close()
            self.buf, self.strbuf = None, b""

    def getfile(self) -> Any:
        return super().getfile() if self._received <= MOST_KEPT else BytesIO()


class Request(HTTPRequestParser):
    """A request on its way in."""

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.began = time.monotonic()

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = Body(self.adj.inbuf_overflow)

    def is_late(self, now: float) -> bool:
        """Whether it has taken longer than anybody's line would explain."""
        return now - self.began > (REQUEST_SECONDS if self.headers_finished else HEAD_SECONDS)


class Refusal(ErrorTask):
    """The answer to what cannot be read as a request: two sentences, since no page knows who asks."""

    def execute(self) -> None:
        status, _headers, _body = self.request.error.to_response("")
        body = REFUSALS.get(int(status.split()[0]), REFUSALS[400]).encode()
        self.status = status
        self.response_headers += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.channel.lingers = True
        self.write(body)


class Connection(HTTPChannel):
    """A visitor's connection. After a refusal it ends softly: what still comes in is read, or the answer is lost."""

    parser_class = Request
    error_task_class = Refusal
    close_when_flushed: bool
    lingers = False
    lingers_until = 0.0

    def readable(self) -> bool:
        return self.lingers_until > 0 or bool(super().readable())

    def writable(self) -> bool:
        return self.will_close if self.lingers_until else bool(super().writable())

    def handle_write(self) -> None:
        if not (self.lingers and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self.close_when_flushed = False
            self.lingers_until = time.monotonic() + LINGER_SECONDS
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.handle_close()

    def handle_read(self) -> None:
        if not self.lingers_until:
            super().handle_read()
            return
        try:
            ended = not self.recv(self.adj.recv_bytes)
        except OSError:
            ended = True
        if ended or time.monotonic() > self.lingers_until:
            self.handle_close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return bool(self.requests or self.total_outbufs_len or self.close_when_flushed)


class Server(TcpWSGIServer):
    """Serves on a socket that others may share: several processes take connections from the same one."""

    channel_class = Connection

    def __init__(self, application: Callable[..., Any], listening: socket.socket) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        adjustments = Adjustments(
            sockets=[listening],
            threads=THREADS,
            # The application decides whom to believe (`web.addresses`).
            clear_untrusted_proxy_headers=False,
            max_request_header_size=LARGEST_HEAD,
            max_request_body_size=MOST_SWALLOWED,
            connection_limit=min(MOST_CONNECTIONS, max(files - FILES_BESIDES, FILES_BESIDES)),
            cleanup_interval=HEAD_SECONDS // 4,
            channel_timeout=IDLE_SECONDS,
            log_socket_errors=False,
            asyncore_use_poll=True,
            ident="",
            server_name="localhost",
        )
        address = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(application, {}, True, listening, None, adjustments, address, bind_socket=False)
        self._stopping = False

    def stop(self) -> None:
        """Ask it to end; may be called by a signal's handler."""
        self._stopping = True
        self.pull_trigger()

    def serve(self, grace: float) -> None:
        """Serve until asked to stop, then let what was asked be answered, for `grace` seconds at most."""
        while not self._stopping:
            self._turn(1)
        self.accepting = False
        deadline = time.monotonic() + grace
        while self.active_channels and time.monotonic() < deadline:
            for connection in list(self.active_channels.values()):
                coming = connection.request is not None and not connection.lingers
                if not connection.is_busy and not (
                    coming and clock.now().timestamp() - connection.last_activity < STILL_COMING_SECONDS
                ):
                    connection.handle_close()
            self._turn(0.1)
        self.task_dispatcher.shutdown(timeout=max(0.1, deadline - time.monotonic()))

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def readable(self) -> bool:
        if self.accepting and len(self._map) >= self.adj.connection_limit:
            for connection in self._idlest():
                connection.handle_close()
        return bool(super().readable())

    def _idlest(self) -> Iterator[Connection]:
        idle = [found for found in self.active_channels.values() if not found.is_busy]
        idle.sort(key=lambda found: found.last_activity)
        yield from idle[:GIVEN_UP_AT_ONCE]

    def maintenance(self, now: float) -> None:
        """Give up what idles, lingers, or takes for ever to arrive."""
        super().maintenance(now)
        moment = time.monotonic()
        for connection in self.active_channels.values():
            late = connection.request is not None and connection.request.is_late(moment)
            if (late and not connection.requests) or 0 < connection.lingers_until < moment:
                connection.will_close = True
