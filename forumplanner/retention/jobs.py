"""What the worker does once a day: each kind in transactions of its own, then a mail where something was announced."""

import logging
from collections.abc import Callable

from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.retention.carrying import Carried, carry_out, kinds_left
from forumplanner.retention.kinds import Eraser, Kind
from forumplanner.web.today import move_today_for_sample

log = logging.getLogger(__name__)

KEEP = "keep to periods"


def keep_to_periods(eraser: Eraser | None, tell: Callable[[], object]) -> int:
    """Every minute: do what is left of today's work; returns how much was removed.

    What fails for one kind keeps no other from its turn, and is tried again a minute later.
    """
    # A sample's calendar stands still, and with it what falls due.
    move_today_for_sample()
    session, today = db.session(), clock.today()
    left = kinds_left(session, today)
    session.rollback()
    total = 0
    for kind in left:
        try:
            total += _keep(kind, eraser)
        except Exception:
            session.rollback()
            log.exception("what is due of %s could not be removed; it will be tried again", kind.slug)
    if left:
        tell()
        session.commit()
    return total


def _keep(kind: Kind, eraser: Eraser | None) -> int:
    session, total = db.session(), 0
    carried: Carried | None = None
    while carried is None or not carried.is_done:
        carried = carry_out(session, kind, clock.today(), eraser=eraser)
        session.commit()
        if carried is None:
            break
        total += carried.removed
    if total:
        log.info("%s: %s removed, as was announced 30 days before", kind.slug, total)
    return total
