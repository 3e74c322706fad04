"""What is kept of messages, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import MESSAGES
from forumplanner.core.personal import Held

HELD = (
    Held(
        name=N_("Messages that were sent"),
        whose=N_("Whoever gets a message"),
        what=N_("Address, subject and text, without private links; what became of it"),
        why=N_("To send it once and to know whether it arrived"),
        period=MESSAGES,
        seen_by=N_("Whoever runs this installation"),
        columns={
            "outbox_messages": (
                "recipient", "subject", "text_body", "html_body", "mime", "server_answer", "partner_id",
                "invitation_id",
            ),
        },
    ),
)  # fmt: skip
