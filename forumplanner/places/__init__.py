"""The movement's regions, the provinces that belong to them, and all places of Thailand."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages; read the places now, so that forked processes share them."""
    from forumplanner.places.gazetteer import places
    from forumplanner.places.views import blueprint, sources_href

    places()
    app.jinja_env.globals["sources_href"] = sources_href
    app.register_blueprint(blueprint)
