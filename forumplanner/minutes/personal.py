"""What is kept of those who sign minutes, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import MINUTES
from forumplanner.core.personal import Held

HELD = (
    Held(
        name=N_("Who wrote and checked minutes"),
        whose=N_("Whoever signs minutes"),
        what=N_("Name"),
        why=N_("Form 11 of the regulation on correspondence wants both names below the minutes"),
        period=MINUTES,
        seen_by=N_("Coordinators of the meeting and organisers; whoever reads the minutes"),
        columns={"minutes": ("recorder_name", "checker_name")},
    ),
)
