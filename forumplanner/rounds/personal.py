"""What is kept of whom to ask about a meeting, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import AFTER_MEETING
from forumplanner.core.personal import Held

HELD = (
    Held(
        name=N_("Contacts of meetings"),
        whose=N_("Whoever is named to be asked about a meeting"),
        what=N_("Name, telephone, e-mail address"),
        why=N_("So that whoever is invited can ask"),
        period=AFTER_MEETING,
        sooner=N_("Sooner when they are changed or emptied on the meeting's page"),
        seen_by=N_("Whoever is invited to the meeting or has an account"),
        columns={"meetings": ("contact_name", "contact_phone", "contact_email")},
    ),
)
