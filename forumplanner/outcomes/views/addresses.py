"""The blueprint and the addresses of its pages."""

from flask import Blueprint

from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title
from forumplanner.web.locale import current_language

blueprint = Blueprint("outcomes", __name__)

OUTCOMES = "/rounds/<code>/<meeting:slug>/outcomes"
SUBMISSION = "/rounds/<code>/<meeting:slug>/submission"
# The largest key both databases take.
ITEM = "/<int(max=2147483647):item_id>"


def title_of(meeting: Meeting) -> str:
    """The meeting's title in the reader's language."""
    return meeting_title(meeting, current_language())
