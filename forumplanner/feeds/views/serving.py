"""How a calendar is answered over HTTP: conditional requests, compression, caching, no cookies (RFC 9110, 9111).

Nothing is negotiated but the compression: a calendar is a calendar whatever Accept says, and never redirects.
"""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Request, Response
from werkzeug.datastructures import Headers
from werkzeug.http import http_date, parse_date

from forumplanner.core import clock
from forumplanner.web.compression import takes_gzip

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

CONTENT_TYPE = "text/calendar; charset=utf-8"
PUBLIC = "public, max-age=300"
PRIVATE = "private, max-age=0, must-revalidate"

_SMALLEST_TO_COMPRESS = 1000
_http_date = lru_cache(maxsize=128)(http_date)


class CalendarAnswer(Response):
    """An answer that is the same for everybody who asks with the same headers: no cookies, Vary as it was made."""

    # No type unless one is given: a 304 has none.
    default_mimetype = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own_vary = self.headers.getlist("Vary")

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The last step before the server: the session and all hooks have had their say.

        What Werkzeug does here besides, for redirects and bodies of unknown length, a calendar does not need.
        """
        headers = self.headers
        if "Set-Cookie" in headers:
            del headers["Set-Cookie"]
        if headers.getlist("Vary") != self._own_vary:
            headers.setlist("Vary", self._own_vary)
        return headers


def feed_response(
    request: Request,
    body: bytes | Callable[[], bytes],
    *,
    etag: str,
    last_modified: datetime,
    filename: str,
    private: bool,
    compress: bool = True,
) -> CalendarAnswer:
    """The answer to a GET or HEAD of a calendar: 200 with the body, or 304 when the reader has it already.

    `body` may be a function; it is not called for a 304. `etag` is the body's strong tag, quotes included
    (`ical.body_etag`); `last_modified`, aware, is when this body came to be, removals counted: its second is told, and
    compared, only once it is over, so that two bodies never share one. `filename` is the
    readable last part of the address, `south.ics`. `private` is for personal addresses: kept by no shared cache,
    found by no search engine, passed on to nobody. `compress=False` leaves compression to a server in front.

    Neither Set-Cookie nor Vary: Cookie leave with it, whoever adds them on the way.
    """

    zips = compress and takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = _zipped_tag(etag) if zips else etag
    headers = {"ETag": tag, "Cache-Control": PRIVATE if private else PUBLIC}
    if compress:
        headers["Vary"] = "Accept-Encoding"
    if private:
        headers["X-Robots-Tag"] = "noindex"
        headers["Referrer-Policy"] = "no-referrer"
    last_modified = clock.next_second(last_modified.astimezone(UTC))
    is_dated = last_modified <= clock.now()
    known = _tag_the_reader_has(request, tag, etag, last_modified if is_dated else None)
    if known:
        headers["ETag"] = known
        return CalendarAnswer(status=304, headers=headers)
    content = body if isinstance(body, bytes) else body()
    if zips and len(content) >= _SMALLEST_TO_COMPRESS:
        content = _zip(etag, content)
        headers["Content-Encoding"] = "gzip"
    elif zips:
        headers["ETag"] = etag
    if is_dated:
        headers["Last-Modified"] = _http_date(last_modified)
    headers["Content-Disposition"] = _inline(filename)
    return CalendarAnswer(content, headers=headers, content_type=CONTENT_TYPE)


def plain_answer(status: int, text: str) -> CalendarAnswer:
    """A refusal in plain words, for programs: no cookies, no page around it."""
    headers = {"Cache-Control": "no-store"}
    return CalendarAnswer(text, status=status, headers=headers, content_type="text/plain; charset=utf-8")


def _tag_the_reader_has(request: Request, tag: str, etag: str, last_modified: datetime | None) -> str:
    """The tag to confirm with a 304, empty if the body must be sent (RFC 9110, 13.1.2, 13.1.3 and 13.2.2).

    If-None-Match wins; If-Modified-Since counts only in its absence. A reader that takes gzip may also keep the plain
    body it has. Tags cannot contain quotes, so looking for ours with its quotes finds it in a list, weak or strong,
    without taking a list of any length apart.
    """
    wanted: str | None = request.environ.get("HTTP_IF_NONE_MATCH")
    if wanted is not None:
        if tag in wanted or wanted.strip() == "*":
            return tag
        return etag if etag in wanted else ""
    since = parse_date(request.environ.get("HTTP_IF_MODIFIED_SINCE"))
    return tag if since is not None and last_modified is not None and last_modified <= since else ""


def _zipped_tag(etag: str) -> str:
    """The compressed body is another representation and has its own strong tag (RFC 9110, 8.8.3.3)."""
    return f'{etag[:-1]}-gz"'


_zipped: dict[str, bytes] = {}
_zipping = Lock()
_MOST_ZIPPED = 64


def _zip(etag: str, content: bytes) -> bytes:
    """The body compressed, the same bytes each time; the bodies compressed last are kept by their tag."""
    found = _zipped.get(etag)
    if found is None:
        found = gzip.compress(content, compresslevel=6, mtime=0)
        with _zipping:
            while len(_zipped) >= _MOST_ZIPPED:
                del _zipped[next(iter(_zipped))]
            _zipped[etag] = found
    return found


@lru_cache(maxsize=128)
def _inline(filename: str) -> str:
    """Content-Disposition for showing, with a readable name for those who save (RFC 6266)."""
    if filename.isascii() and filename.isprintable() and not set('"\\') & set(filename):
        return f'inline; filename="{filename}"'
    return f"inline; filename=\"calendar.ics\"; filename*=UTF-8''{quote(filename, safe='')}"
