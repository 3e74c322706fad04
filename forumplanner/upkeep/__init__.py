"""Keeping an installation: backup and restore, checking it, leaving the sample."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's page."""
    from forumplanner.upkeep.views import blueprint

    app.register_blueprint(blueprint)
