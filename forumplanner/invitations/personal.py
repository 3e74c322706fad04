"""What is kept of invitations and answers, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import AFTER_MEETING, NEEDS
from forumplanner.core.personal import INVITED, TO_MEETING, WHEN_ASKED, Held

HELD = (
    Held(
        name=N_("Invitations and answers"),
        whose=N_("Whoever is invited, and the delegates they name"),
        what=N_("Meeting, answer, name and telephone of a delegate, message to the coordinator, reason for not coming"),
        why=N_("To prepare the meeting and to note in the minutes who came, who did not and why"),
        period=AFTER_MEETING,
        sooner=WHEN_ASKED,
        seen_by=TO_MEETING,
        columns={
            "invitations": ("partner_id", "delegate_name", "delegate_phone", "comment", "reason"),
            "merged_invitations": ("invitation_id",),
            "replies": ("delegate_name", "delegate_phone", "comment", "reason", "taken_by"),
        },
    ),
    Held(
        name=N_("Food and help needed"),
        whose=N_("Whoever comes to a meeting and consented"),
        what=N_(
            "Food that may tell of faith, help that may tell of health; when and how consent was given, who noted it"
        ),
        why=N_("To prepare the food and to help at this meeting"),
        period=NEEDS,
        seen_by=TO_MEETING,
        columns={"needs": ("food", "food_note", "help_needed", "noted_by", "noted_by_id")},
        needs_consent=True,
    ),
    Held(
        name=N_("Who was chosen to be invited"),
        whose=INVITED,
        what=N_("Whom an account has ticked for a meeting, and how they would be reached"),
        why=N_("So that choosing can be left and taken up again"),
        period=AFTER_MEETING,
        sooner=N_("Sooner when they are invited or unticked"),
        seen_by=N_("The account that chose them"),
        columns={"chosen_guests": ("partner_id", "account_id")},
    ),
)
