"""A round: its regional forums, the national meeting, working meetings, its questions."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.rounds.addresses import init_addresses
    from forumplanner.rounds.views import blueprint

    init_addresses(app)
    app.register_blueprint(blueprint)
