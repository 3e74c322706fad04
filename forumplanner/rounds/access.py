"""Who may change what is recorded of a meeting, in this request."""

from forumplanner.accounts.access import check_may_change_region
from forumplanner.core.db import db
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting


def meeting_to_change(code: str, slug: str) -> Meeting:
    """The meeting at an address, for its region's coordinator or an organiser; refused with 403 otherwise."""
    meeting = get_meeting(db.session(), code, slug)
    check_may_change_region(meeting.region_id)
    return meeting
