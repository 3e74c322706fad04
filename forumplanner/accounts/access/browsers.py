"""The browsers in which an account's owner has signed in before: what strangers fail at does not count against them.

A signed cookie names the browser and, as keyed hashes, the last accounts that were signed in with it. It opens nothing.
"""

import hashlib
import hmac
import secrets
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_login import user_logged_in
from flask_security.signals import password_reset
from itsdangerous import BadSignature, URLSafeTimedSerializer

from forumplanner.accounts.rules import same_address

COOKIE = "browser"
YEAR = 365 * 24 * 3600
# An office's machine is used by several; more than these are counted as strangers again.
MOST_ACCOUNTS = 8


def known_browser(email: str) -> str | None:
    """A name for this browser if that account's owner has signed in with it before."""
    browser, accounts = _read()
    return browser if _hashed(email) in accounts else None


def _read() -> tuple[str, list[str]]:
    try:
        found = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=YEAR)
        return str(found["browser"]), [str(account) for account in found["accounts"]]
    except (BadSignature, KeyError, TypeError):
        return secrets.token_hex(8), []


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known browser")


def _hashed(email: str) -> str:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"known browser:" + same_address(email).encode(), hashlib.sha256).hexdigest()[:16]


def _note(sender: Flask, *, user: Any, **_: Any) -> None:
    g.browser_of = user.email


def _remember(response: Response) -> Response:
    email = g.pop("browser_of", None)
    if email is None:
        return response
    browser, accounts = _read()
    kept = [account for account in accounts if account != _hashed(email)]
    value = _serializer().dumps({"browser": browser, "accounts": [*kept, _hashed(email)][-MOST_ACCOUNTS:]})
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, str(value), max_age=YEAR, httponly=True, secure=secure, samesite="Lax")
    return response


def init_browsers(app: Flask) -> None:
    """Remember a browser after a sign-in, and after a new password was chosen by a link sent by mail."""
    user_logged_in.connect(_note, app)
    password_reset.connect(_note, app)
    app.after_request(_remember)
