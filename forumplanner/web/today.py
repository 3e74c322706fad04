"""Moves the calendar's today for each request: by setting, or by the sample database's mark."""

from datetime import date

from flask import Flask, current_app, g, has_app_context, request

from forumplanner.config import Settings
from forumplanner.core import clock
from forumplanner.core.db import SAMPLE, Mark, db, find_mark, set_patience, set_reading
from forumplanner.web.access import is_bare


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def find_settings() -> Settings | None:
    """The same, or None where no application runs."""
    return settings() if has_app_context() else None


def data_are_real() -> bool:
    """Whether real people's data may stand here: in production always, elsewhere in every database but the sample."""
    return settings().is_production or _find_sample_mark() is None


def _find_sample_mark() -> Mark | None:
    # Held for the request, so that the session does not let go of the row and read it again.
    found = g.sample_mark = find_mark(db.session(), SAMPLE)
    return found


def find_sample_today() -> date | None:
    """The day the sample database takes for today, or None in a real one."""
    mark = _find_sample_mark()
    return date.fromisoformat(mark.value) if mark is not None and mark.value else None


def move_today_for_sample() -> None:
    """Set this context's today. In production the calendar never moves."""
    if settings().is_production:
        g.sample_today = None
        return
    g.sample_today = find_sample_today()
    clock.move_today(settings().today or g.sample_today)


def forget_today(error: BaseException | None = None) -> None:
    """Undo it at the context's end."""
    clock.move_today(None)
    set_reading(False)
    set_patience(None)


def _move_today() -> None:
    if request.endpoint is not None and not is_bare():
        move_today_for_sample()


def init_today(app: Flask) -> None:
    """Move today for each page, and undo it after each context."""
    app.before_request(_move_today)
    app.teardown_appcontext(forget_today)
