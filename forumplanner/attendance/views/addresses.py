"""The blueprint and the addresses of its pages."""

from flask import Blueprint

from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title
from forumplanner.web.locale import current_language

blueprint = Blueprint("attendance", __name__)

ATTENDANCE = "/rounds/<code>/<meeting:slug>/attendance"
# The largest key both databases take.
LINE = ATTENDANCE + "/<int(max=2147483647):attendance_id>"
INVITED = ATTENDANCE + "/invited/<int(max=2147483647):invitation_id>"


def title_of(meeting: Meeting) -> str:
    """The meeting's title in the reader's language."""
    return meeting_title(meeting, current_language())
