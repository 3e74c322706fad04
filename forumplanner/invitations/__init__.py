"""Who is invited to which meeting, and what they answered."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register this feature's pages."""
    from forumplanner.invitations.jobs import register_jobs
    from forumplanner.invitations.lists import narrowed_to
    from forumplanner.invitations.views import blueprint, replying
    from forumplanner.partners.answered import keep_answers
    from forumplanner.web.jobs import jobs_of
    from forumplanner.web.once import declare_repeatable

    app.register_blueprint(blueprint)
    app.register_blueprint(replying.blueprint)
    register_jobs(jobs_of(app))
    keep_answers(app, narrowed_to)
    # Ticks, and how the ticked are reached: the same sent again leaves the same.
    declare_repeatable(app, "invitations.choose", "invitations.settle")
