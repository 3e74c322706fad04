"""What templates may use besides Flask's own: dates in the reader's language, amounts, addresses of static files."""

from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup

from forumplanner.core import clock, thai
from forumplanner.web.locale import current_language
from forumplanner.web.static_files import asset
from forumplanner.web.telephones import is_no_phone, phone, phone_links
from forumplanner.web.wholes import whole


def _short(value: date) -> str:
    return thai.format_short(value, lang=current_language())


def _long(value: date) -> str:
    return thai.format_long(value, lang=current_language())


def _full(value: date) -> str:
    return thai.format_full(value, lang=current_language())


def _instant(value: datetime) -> Markup:
    """Date and time of an instant in Thailand, in one piece."""
    local = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(clock.BANGKOK)
    return whole(f"{_short(local.date())} {thai.format_time(local.time(), lang=current_language())}")


def _clock(value: time) -> str:
    return thai.format_time(value, lang=current_language())


def _own(record: Any, name: str, *arguments: Any) -> str:
    """A record's own text in the reader's language: `round|own('name')`."""
    text: str = getattr(record, name)(current_language(), *arguments)
    return text


def init_filters(app: Flask) -> None:
    """Register them."""

    app.jinja_env.tests["no_phone"] = is_no_phone
    app.jinja_env.filters.update(
        date_short=_short,
        date_long=_long,
        date_full=_full,
        phone=phone,
        phone_links=phone_links,
        instant=_instant,
        clock=_clock,
        amount=thai.format_amount,
        own=_own,
        translated=gettext,
    )
    app.jinja_env.globals.update(asset=partial(asset, app), today=clock.today)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


__all__ = ["init_filters"]
