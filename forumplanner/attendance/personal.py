"""What is kept of who came, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import MINUTES
from forumplanner.core.personal import TO_MEETING, Held

HELD = (
    Held(
        name=N_("Attendance lists"),
        whose=N_("Whoever came, did not come, or came in somebody's place; whoever chaired"),
        what=N_("Name, post, in whose place, reason for not coming"),
        why=N_("For the minutes, in which form 11 of the regulation on correspondence wants these lists"),
        period=MINUTES,
        seen_by=TO_MEETING,
        columns={
            "attendances": ("name", "post", "substitute_for", "reason", "invitation_id"),
            "sittings": ("chair",),
        },
    ),
)
