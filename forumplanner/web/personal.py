"""What every page keeps for a short while, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import ATTEMPTS, FORMS
from forumplanner.core.personal import ACCOUNTS, Held

HELD = (
    Held(
        name=N_("Attempts to sign in and to answer"),
        whose=N_("Whoever opens pages"),
        what=N_("How often an address or an account tried something, in a form nobody can read back"),
        why=N_("To stop whoever guesses passwords or links"),
        period=ATTEMPTS,
        seen_by=N_("Nobody"),
        columns={"rate_windows": ("key",)},
    ),
    Held(
        name=N_("Forms that were sent"),
        whose=ACCOUNTS,
        what=N_("Where a sent form led, and the sentence that was said"),
        why=N_("So that a form sent twice does its work once"),
        period=FORMS,
        seen_by=N_("Nobody"),
        columns={"spent_forms": ("led_to", "said")},
    ),
)
