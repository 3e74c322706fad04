"""What a forum concluded, and the way from its region to the organisers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages, and tell the agenda what stands under it."""
    from forumplanner.agenda.record import keep_record
    from forumplanner.outcomes.services import RecordOfOutcomes
    from forumplanner.outcomes.views import blueprint

    app.register_blueprint(blueprint)
    keep_record(app, RecordOfOutcomes())
