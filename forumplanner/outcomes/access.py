"""Who may read a meeting's outcomes, in this request."""

from forumplanner.accounts.access import is_signed_in, may_change_region
from forumplanner.core.errors import NotAllowed
from forumplanner.core.i18n import N_
from forumplanner.outcomes.models import SubmissionState
from forumplanner.outcomes.rules import may_read_outcomes
from forumplanner.rounds.models import Meeting


def may_read(meeting: Meeting, state: SubmissionState) -> bool:
    """Whether the signed-in person may read this meeting's outcomes; every account has a role."""
    return may_read_outcomes(state, changes_region=may_change_region(meeting.region_id), has_role=is_signed_in())


def check_may_read(meeting: Meeting, state: SubmissionState) -> None:
    """Refuse with 403 unless they may."""
    if not may_read(meeting, state):
        raise NotAllowed(N_("The outcomes of this meeting can be read here once an organiser has accepted them."))
