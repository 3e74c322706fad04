"""What spans features: home, boards, setting up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.desks import meeting_page, scheduling, starting  # noqa: F401 - they add their views
    from forumplanner.desks.navigation import init_navigation
    from forumplanner.desks.views import blueprint

    app.register_blueprint(blueprint)
    init_navigation(app)
