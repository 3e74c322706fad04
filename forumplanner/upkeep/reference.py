"""What every database begins with beside its schema, however it began: agencies, kinds of groups, their figures."""

from datetime import datetime

from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark, find_mark
from forumplanner.partners.reference import add_agencies
from forumplanner.register.reference import add_finance_table, has_finance_table


def ensure_reference(session: Session, at: datetime | None = None) -> bool:
    """Put in what is real and published, once: False where the table of figures is there, which nobody takes away.

    Agencies that somebody typed before stay as they are. Called at every start with real data: `prepare`, the first
    account, leaving the sample, a restore; the sample begins with it too.
    """
    if find_mark(session, CALENDAR) is None:
        bump_mark(session, CALENDAR, at=at)
    if has_finance_table(session):
        return False
    add_agencies(session, at or clock.now())
    add_finance_table(session)
    return True
