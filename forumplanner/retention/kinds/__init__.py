"""What is removed when its period ends: each kind finds what it has from before a day, and removes it.

Kinds of one period go by the same number. What is fixed by law or by the working of the program has jobs of its own
(`invitations.jobs`, `partners`, `web.once`, `web.limits`).
"""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import ACCOUNTS, AFTER_MEETING, HISTORY, LOOKS, MESSAGES, PARTNERS
from forumplanner.retention.kinds import accounts, logs, meetings, people
from forumplanner.retention.kinds.base import Due, Eraser, Kind

PEOPLE = Kind(
    "people",
    PARTNERS,
    N_("People of the list of partners"),
    N_("Everything that is kept of them is removed; in minutes the name stays."),
    people.find_unmet,
    people.erase,
    # Each is looked for in every text there is.
    at_once=10,
)
UNUSED = Kind(
    "accounts",
    ACCOUNTS,
    N_("Accounts"),
    N_("The account with its name, address and password is removed."),
    accounts.find_unused,
    accounts.remove,
)
KINDS = (
    PEOPLE,
    UNUSED,
    Kind(
        "answers",
        AFTER_MEETING,
        N_("Answers with a message, a delegate or a reason"),
        N_("The message, the delegate's name and number, the reason and who took the answer are blanked."),
        meetings.find_answers,
        meetings.blank_answers,
    ),
    Kind(
        "choices",
        AFTER_MEETING,
        N_("Guests who were ticked and never invited"),
        N_("The tick is removed; the person stays."),
        meetings.find_choices,
        meetings.remove_choices,
    ),
    Kind(
        "contacts",
        AFTER_MEETING,
        N_("Contacts of meetings"),
        N_("Name, telephone and e-mail are emptied, in the history too."),
        meetings.find_contacts,
        meetings.empty_contacts,
    ),
    Kind(
        "messages",
        MESSAGES,
        N_("Messages that were sent"),
        N_("Address, subject and text are blanked."),
        logs.find_messages,
        logs.blank_messages,
    ),
    Kind(
        "changes",
        HISTORY,
        N_("Changes to people's data"),
        N_("What it was, what it is and who changed it are blanked."),
        logs.find_changes,
        logs.blank_changes,
    ),
    Kind(
        "looks",
        LOOKS,
        N_("Notes of who looked at personal data"),
        N_("The note is removed."),
        logs.find_looks,
        logs.remove_looks,
    ),
)
BY_SLUG = {kind.slug: kind for kind in KINDS}

__all__ = ["BY_SLUG", "KINDS", "PEOPLE", "UNUSED", "Due", "Eraser", "Kind"]
