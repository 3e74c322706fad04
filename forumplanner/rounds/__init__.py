"""A round: its regional forums, the national meeting, working meetings, its questions."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.rounds.addresses import init_addresses
    from forumplanner.rounds.views import blueprint
    from forumplanner.rounds.views.words import days_full, days_short, days_words

    init_addresses(app)
    app.jinja_env.globals.update(days_full=days_full, days_short=days_short, days_words=days_words)
    app.register_blueprint(blueprint)
