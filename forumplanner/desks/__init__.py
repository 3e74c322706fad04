"""What spans features: home, the boards, a meeting's page and its scheduling."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages, what the worker does for it, and what erases a person."""
    from forumplanner.desks.erasing import erase_person
    from forumplanner.desks.tidying import TIDY, tidy_if_due
    from forumplanner.desks.views import blueprint, init_navigation, merging
    from forumplanner.retention import keep_eraser
    from forumplanner.web.jobs import jobs_of

    app.register_blueprint(blueprint)
    init_navigation(app)
    jobs_of(app).add_periodic(TIDY, lambda: tidy_if_due(app.config["SETTINGS"].data_dir))
    merging.register_jobs(jobs_of(app))
    keep_eraser(app, lambda session, number, by: erase_person(session, number, by=by))
