"""The day of an account's last sign-in: from it is counted how long nobody has used it."""

from typing import Any

from flask import Flask
from flask_login import user_logged_in

from forumplanner.core import clock


def _note(sender: Flask, *, user: Any, **_: Any) -> None:
    # Flask-Security writes it with what else a sign-in changes.
    user.last_signed_in_on = clock.today()


def init_last_use(app: Flask) -> None:
    """Note it with each sign-in."""
    user_logged_in.connect(_note, app)
