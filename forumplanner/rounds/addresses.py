"""Addresses of meetings: `/rounds/2550-1/south`, `/rounds/2550-1/meetings/2006-11-19`."""

from typing import Any

from flask import Flask, url_for
from werkzeug.routing import BaseConverter, ValidationError

from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rules import is_working_slug, slug_in_address


class MeetingConverter(BaseConverter):
    """The meeting's slug; a working meeting's, which is a date, stands below `meetings/`."""

    regex = r"meetings/[0-9-]+|[^/.]+"
    part_isolating = False

    def to_python(self, value: str) -> str:
        slug = value.removeprefix("meetings/")
        if (slug != value) != is_working_slug(slug):
            raise ValidationError
        return slug

    def to_url(self, value: str) -> str:
        return slug_in_address(value) if is_working_slug(value) else super().to_url(value)


def meeting_url(meeting: Meeting, endpoint: str = "desks.meeting", *, external: bool = False, **values: Any) -> str:
    """The address of a meeting's page, or of another page about it."""
    return url_for(endpoint, code=meeting.round.code, slug=meeting.slug, _external=external, **values)


def init_addresses(app: Flask) -> None:
    """Make `<meeting:slug>` known to the routes; before any blueprint that uses it."""
    app.url_map.converters["meeting"] = MeetingConverter
    app.jinja_env.globals["meeting_url"] = meeting_url
