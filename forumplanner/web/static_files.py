"""What pages are drawn with: style sheets, scripts, fonts. Each address carries its version, so browsers keep the file.

The sheets of every page leave as one, `css/pages.css`: on a phone far from a mast each file asked for is a wait of its
own, and nothing is drawn before the last of them is there. They stay apart where they are written.
"""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from forumplanner.web.compression import SMALLEST, takes_gzip

PAGES = "css/pages.css"
SHEETS = ("tokens", "base", "layout", "buttons", "forms", "finding", "components", "lists", "pairs", "board", "records")
"""In the order in which they overrule each other."""

_FONT = re.compile(rb'url\("\.\./(fonts/[\w-]+\.woff2)"\)')
# Fonts of this format are compressed already.
_TEXTS = ("text/", "image/svg+xml", "application/javascript")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it leaves: its bytes, the same compressed where that helps, its version and type."""

    content: bytes
    zipped: bytes | None
    version: str
    mimetype: str


def _content(folder: Path, filename: str) -> bytes:
    if filename != PAGES:
        return (folder / filename).read_bytes()
    sheets = b"\n".join((folder / f"css/{name}.css").read_bytes() for name in SHEETS)
    # With its version a font is the same file as the page's head asks for beforehand, and is kept as long.
    return _FONT.sub(lambda found: b'url("../%b?v=%b")' % (found[1], _font_version(folder, found[1])), sheets)


def _font_version(folder: Path, filename: bytes) -> bytes:
    return read(str(folder), filename.decode()).version.encode()


@lru_cache(maxsize=128)
def read(folder: str, filename: str) -> StaticFile:
    """A file of that folder.

    Raises FileNotFoundError or IsADirectoryError where there is none.
    """
    content = _content(Path(folder), filename)
    mimetype = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    helps = len(content) >= SMALLEST and mimetype.startswith(_TEXTS)
    zipped = gzip.compress(content, compresslevel=9, mtime=0) if helps else None
    return StaticFile(content, zipped, sha256(content).hexdigest()[:12], mimetype)


def asset(app: Flask, filename: str) -> str:
    """The address of a static file, with its version so that browsers may keep it."""
    return url_for("static", filename=filename, v=read(str(app.static_folder), filename).version)


def send(app: Flask, filename: str) -> Response:
    """The answer to a request for a static file.

    Raises NotFound where there is none, or where the name leads out of the folder.
    """
    if safe_join(str(app.static_folder), filename) is None:
        raise NotFound
    if app.config["TEMPLATES_AUTO_RELOAD"]:
        read.cache_clear()  # whoever writes a sheet sees it at once, as with templates
    try:
        found = read(str(app.static_folder), filename)
    except (OSError, ValueError):
        raise NotFound from None
    zips = found.zipped is not None and takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = Response(found.zipped if zips else found.content, mimetype=found.mimetype)
    if found.zipped is not None:
        response.vary.add("Accept-Encoding")
    if zips:
        response.headers["Content-Encoding"] = "gzip"
    # A compressed body is another representation and has its own strong tag (RFC 9110, 8.8.3.3).
    response.set_etag(found.version + ("-gz" if zips else ""))
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
