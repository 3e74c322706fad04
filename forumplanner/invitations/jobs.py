"""What the worker does for invitations: food and needs are removed when their time is over."""

import logging

from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.invitations.services import forget_needs_due
from forumplanner.web.jobs import Jobs
from forumplanner.web.today import move_today_for_sample

log = logging.getLogger(__name__)

FORGET = "forget needs"


def forget_due() -> int:
    """Every minute: remove what is due; a restore or a moved clock is caught up with at once."""
    # The sample's meetings are long past; its own day counts.
    move_today_for_sample()
    session = db.session()
    count = forget_needs_due(session, clock.today())
    session.commit()
    if count:
        log.info("food and needs of %s people were removed: 30 days after their meeting", count)
    return count


def register_jobs(jobs: Jobs) -> None:
    """Register it."""
    jobs.add_periodic(FORGET, forget_due)
