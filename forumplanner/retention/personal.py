"""What is kept of people in order to remove them in time, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import PARTNERS
from forumplanner.core.personal import INVITED, TO_ORGANISERS, Held

HELD = (
    Held(
        name=N_("Who is kept longer"),
        whose=INVITED,
        what=N_("Until when somebody is kept although their period ends before, why, and who said so"),
        why=N_("So that nobody is removed who is still worked with"),
        period=PARTNERS,
        seen_by=TO_ORGANISERS,
        columns={"retention_holds": ("partner_id", "reason", "noted_by")},
    ),
)
