"""What every address is held to before anything reads it: whose host it names, and that it is plain text."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from forumplanner.config import Settings
from forumplanner.web.access import for_bare_too, is_bare

# In both languages: who asks in such a way is a program, or has no page to be told on.
NOTHING_HERE = "ไม่มีหน้านี้ กรุณาตรวจสอบลิงก์\nThere is nothing at this address. Please check the link.\n"
OTHER_HOST = "ที่นี่ไม่ใช่เว็บไซต์ที่ท่านเรียก\nThis is not the site that was asked for.\n"
# How those on the same machine may call us: the proxy, health checks.
THIS_MACHINE = ("127.0.0.1", "localhost")
_LOOPBACK = ("127.", "::1", "::ffff:127.")


@for_bare_too
def _refuse_control_characters() -> ResponseReturnValue | None:
    # PostgreSQL takes no NUL, and nothing of ours has an address with any other.
    if request.path.isprintable() or not any(unicodedata.category(char) == "Cc" for char in request.path):
        return None
    if is_bare():
        return Response(NOTHING_HERE, 404, {"Cache-Control": "no-store"}, mimetype="text/plain")
    raise NotFound


def _refuse_other_host(error: SecurityError) -> ResponseReturnValue:
    # Our pages hold addresses, and there is no host to make them for.
    return Response(OTHER_HOST, 400, mimetype="text/plain")


class BehindProxy:
    """Believes what the proxy on this machine says of who asks and by which scheme, and nobody else."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._direct = app
        self._proxied = ProxyFix(app, x_for=1, x_proto=1, x_host=0)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        peer = str(environ.get("REMOTE_ADDR") or "")
        # A Unix socket has no address, and is on this machine.
        believed = not peer or peer.startswith(_LOOPBACK)
        return (self._proxied if believed else self._direct)(environ, start_response)


def opened_path() -> str:
    """The path asked for, or the nearest above it that can be opened: forms are sent below their page's address."""
    path = request.path
    if request.method != "POST":
        return path
    addresses = current_app.create_url_adapter(request)
    while addresses is not None and path.strip("/"):
        try:
            addresses.match(path, method="GET")
        except HTTPException:
            path = path.rstrip("/").rpartition("/")[0] or "/"
        else:
            return path
    return "/"


def init_addresses(app: Flask) -> None:
    """Attach it. No address is mended by sending the visitor on: that would repeat what they sent as an address."""
    app.url_map.merge_slashes = False
    app.before_request(_refuse_control_characters)
    app.register_error_handler(SecurityError, _refuse_other_host)
    settings: Settings = app.config["SETTINGS"]
    if settings.is_production:
        app.config["TRUSTED_HOSTS"] = [settings.base_host, *THIS_MACHINE]
        app.wsgi_app = BehindProxy(app.wsgi_app)  # type: ignore[method-assign]
