"""Messages waiting to leave, and what became of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Register what the worker does; there are no pages."""
    from forumplanner.outbox.jobs import register_jobs
    from forumplanner.web.jobs import jobs_of

    register_jobs(jobs_of(app))
