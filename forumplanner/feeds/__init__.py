"""Calendar feeds that people subscribe to."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages, and begin without any kept calendar."""
    from forumplanner.core import clock
    from forumplanner.feeds.bodies import Bodies
    from forumplanner.feeds.views import blueprint
    from forumplanner.feeds.views.calendars import CACHE, AnythingConverter

    app.extensions[CACHE] = Bodies(clock.now())
    app.url_map.converters["anything"] = AnythingConverter
    app.register_blueprint(blueprint)
