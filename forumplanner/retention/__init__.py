"""How long data of people is kept: periods, what is announced, what was removed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from forumplanner.retention.kinds import Eraser

EXTENSION = "retention_eraser"


def init_feature(app: "Flask") -> None:
    """Register the pages, the job, and what other pages say of periods."""
    from forumplanner.retention import views
    from forumplanner.retention.jobs import KEEP, keep_to_periods
    from forumplanner.web.jobs import jobs_of

    app.register_blueprint(views.blueprint)
    app.jinja_env.globals.update(kept_for=views.kept_for, coming_notice=views.coming_notice)
    jobs_of(app).add_periodic(KEEP, lambda: keep_to_periods(eraser_of(app), views.tell_organisers))


def keep_eraser(app: "Flask", eraser: "Eraser") -> None:
    """Name what erases a person: it knows all features, and stands above this one."""
    app.extensions[EXTENSION] = eraser


def eraser_of(app: "Flask") -> "Eraser | None":
    """What erases a person; without it they are announced, and wait for a hand."""
    found: Eraser | None = app.extensions.get(EXTENSION)
    return found
