"""What history keeps of people, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import HISTORY, LOOKS
from forumplanner.core.personal import ACCOUNTS, TO_ORGANISERS, Held

HELD = (
    Held(
        name=N_("History of changes"),
        whose=N_("Whoever was changed, and whoever changed"),
        what=N_("What was and what is, who changed it and when; blanked when its person's data is removed"),
        why=N_("To correct mistakes and to answer for changes, as security of data demands (section 37)"),
        period=HISTORY,
        seen_by=N_("Coordinators of the regions and organisers"),
        columns={"changes": ("old", "new", "edits", "actor", "actor_id", "partner_id")},
    ),
    Held(
        name=N_("Who looked at personal data"),
        whose=ACCOUNTS,
        what=N_("Who opened which page with telephone numbers, when, and whose data it showed"),
        why=N_("To find out in time whose data was seen after a breach (section 37)"),
        period=LOOKS,
        seen_by=TO_ORGANISERS,
        columns={"looks": ("actor", "actor_id"), "look_partners": ("partner_id",)},
    ),
)
