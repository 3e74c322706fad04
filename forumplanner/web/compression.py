"""Answers compressed for those who take it (RFC 9110, 8.4.1.3 and 12.5.3): a page is a fifth of its size.

Pages hold secrets (the form's token, private links) beside text that whoever leads a reader here can choose (a search
in the address); the length of a compressed page could tell such a person, letter by letter, what the secret is (the
BREACH attack). So each compressed page carries a file name of random length, as the paper "Heal the BREACH" proposes:
lengths then differ from one answer to the next of the same page. Session cookies are SameSite too.
"""

import gzip
import io
import secrets
import string
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from forumplanner.web.access import is_bare

SMALLEST = 500
"""Bytes below which compressing gains nothing."""

_LONGEST_ACCEPT_ENCODING = 1000
_LONGEST_NAME = 100
_LEVEL = 6


def takes_gzip(asked: str) -> bool:
    """Whether Accept-Encoding permits gzip; an absent or absurdly long one does not."""
    return ("gzip" in asked or "*" in asked) and len(asked) <= _LONGEST_ACCEPT_ENCODING and _permits_gzip(asked)


@lru_cache(maxsize=128)
def _permits_gzip(asked: str) -> bool:
    """Readers send the same few headers for ever, and reading one takes half as long as a 304."""
    return bool(parse_accept_header(asked, Accept).quality("gzip") > 0)


def zipped(content: bytes) -> bytes:
    """The bytes compressed, with a file name of random length in their head; no reader shows it."""
    name = "".join(secrets.choice(string.ascii_lowercase) for _ in range(secrets.randbelow(_LONGEST_NAME)))
    out = io.BytesIO()
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=_LEVEL, fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()


def compress_page(response: Response) -> Response:
    """Compress a page on its way out. Paper, archives and calendars are compressed already or see to it themselves."""
    if is_bare() or response.mimetype != "text/html" or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not takes_gzip(request.headers.get("Accept-Encoding", "")):
        return response
    content = response.get_data()
    if len(content) >= SMALLEST:
        response.set_data(zipped(content))
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_compression(app: Flask) -> None:
    """Compress what goes out; called before other hooks are attached, so that it runs after them."""
    app.after_request(compress_page)
