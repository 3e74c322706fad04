"""What spans features: home, the boards, a meeting's page and its scheduling."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.desks.views import blueprint, init_navigation

    app.register_blueprint(blueprint)
    init_navigation(app)
