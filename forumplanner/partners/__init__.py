"""People and organisations that are invited."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.partners.views import blueprint, importing

    app.register_blueprint(blueprint)
    importing.init_importing(app)
