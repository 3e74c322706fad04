"""Agenda items and the programme of each meeting."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.agenda.views import blueprint

    app.register_blueprint(blueprint)
