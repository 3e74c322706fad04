"""Dated observations on kinds of community finance organisations."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.register.views import blueprint

    app.register_blueprint(blueprint)
