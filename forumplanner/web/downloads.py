"""Files a person keeps: named readably, and leaving nothing else behind."""

import re
from typing import Any
from urllib.parse import quote

from flask import Response, request

from forumplanner.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, Lang

# What file systems and shells take for something else.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
LONGEST_NAME = 120


class Download(Response):
    """A file. It changes nothing about its reader: no cookie is set, so that asking for an English paper does not turn
    the pages English."""

    def set_cookie(self, *arguments: Any, **named: Any) -> None:
        """Leave the browser as it is."""


def download(content: bytes, mimetype: str, *, name: str, plain_name: str) -> Download:
    """An answer that a browser saves under `name`; programs that know no Unicode names take `plain_name` (RFC 6266).

    Neither is trusted: what could leave its folder or a header becomes a hyphen.
    """
    response = Download(content, mimetype=mimetype)
    plain, readable = safe_name(plain_name), safe_name(name)
    ascii_name = plain.encode("ascii", "ignore").decode()
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(readable, safe='')}"
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def safe_name(name: str) -> str:
    """The name with everything that is not plainly part of a file's name made a hyphen; the ending is kept."""
    stem, dot, ending = _UNSAFE.sub("-", name).strip(" .").rpartition(".")
    stem = stem.strip(" .-")[:LONGEST_NAME]
    return f"{stem or 'document'}{dot}{ending}"


def paper_asked_for() -> tuple[Lang, bool]:
    """The language of a paper and whether it has Thai digits: `?lang=en`, `?digits=thai`; else Thai, Arabic digits."""
    lang = request.args.get("lang")
    return next((found for found in LANGUAGES if found == lang), DEFAULT_LANGUAGE), request.args.get("digits") == "thai"
