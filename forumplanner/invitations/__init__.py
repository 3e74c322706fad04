"""Who is invited to which meeting, and what they answered."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.invitations import choosing, replying, views  # noqa: F401 - choosing adds its pages to the views'

    app.register_blueprint(views.blueprint)
    app.register_blueprint(replying.blueprint)
