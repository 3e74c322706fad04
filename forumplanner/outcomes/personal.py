"""What is kept of those who took something on, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import MINUTES
from forumplanner.core.personal import ACCOUNTS, TO_MEETING, Held

HELD = (
    Held(
        name=N_("Who took something on"),
        whose=N_("Whoever took on a task at a meeting"),
        what=N_("Name, task, due date"),
        why=N_("To ask how it went, and for minutes and brief"),
        period=MINUTES,
        seen_by=N_("Coordinators of the meeting and organisers; whoever reads minutes or brief"),
        columns={"outcomes": ("owner", "owner_partner_id")},
    ),
    Held(
        name=N_("Who submitted and accepted outcomes"),
        whose=ACCOUNTS,
        what=N_("Name, when, remark"),
        why=N_("To know who answers for what a region submitted"),
        period=MINUTES,
        seen_by=TO_MEETING,
        columns={"submissions": ("remark", "submitted_by", "decided_by"), "decisions": ("remark", "decided_by")},
    ),
)
