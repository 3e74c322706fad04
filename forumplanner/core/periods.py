"""How long each kind of personal data is kept: named periods, each with its default and the reason for it.

The one source of every page that says how long. An organiser changes the number of those that are not fixed
(`retention.services`); what is declared here is the default, what may be chosen, and the words.
"""

from dataclasses import dataclass
from enum import StrEnum

from forumplanner.core.i18n import N_


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Period:
    """A named period. All texts are untranslated; `until` says the period and from when it is counted.

    `number` is the default; fixed where `least` and `most` are the same, without an end where it is None. `why` gives
    the reason for the default, `kept` what is not removed, and why.
    """

    slug: str
    name: str
    until: str
    why: str
    number: int | None = None
    unit: Unit = Unit.YEARS
    least: int | None = None
    most: int | None = None
    kept: str = ""

    @property
    def is_fixed(self) -> bool:
        """Whether nobody may set it otherwise."""
        return self.least is None


PARTNERS = Period(
    slug="partners",
    name=N_("People nobody has dealt with any more"),
    until=N_("%(period)s after the last invitation, answer or change"),
    why=N_(
        "Forums come round every year. Whoever was not invited and whose particulars nobody changed for five years is"
        " no longer worked with, and their number is mostly no longer right: there is no reason left to keep them."
    ),
    number=5,
    least=1,
    most=10,
    kept=N_(
        "Names in minutes stay, for minutes are evidence of the meeting. Whoever took on a task stays until"
        " the task was due as long ago."
    ),
)
AFTER_MEETING = Period(
    slug="after_meeting",
    name=N_("Answers, delegates and contacts after a meeting"),
    until=N_("%(period)s after the meeting's last day"),
    why=N_(
        "Minutes are approved at the next meeting, about a year later. Then messages to the coordinator, names and"
        " numbers of delegates, reasons for not coming and whom to ask have done their work."
    ),
    number=12,
    unit=Unit.MONTHS,
    least=1,
    most=36,
    kept=N_(
        "Who was invited and whether they came stays, so that figures stay right. The attendance list keeps its own"
        " names and reasons, for the minutes need them."
    ),
)
MESSAGES = Period(
    slug="messages",
    name=N_("Messages that were sent"),
    until=N_("%(period)s after they were sent"),
    why=N_("A year is enough to answer whoever asks whether and when something was sent to them."),
    number=12,
    unit=Unit.MONTHS,
    least=1,
    most=36,
    kept=N_("That something was sent, and when, stays; to whom and what it said goes. What still waits stays whole."),
)
HISTORY = Period(
    slug="history",
    name=N_("History of changes to people's data"),
    until=N_("%(period)s after the change; the history of meetings and outcomes as long as the minutes"),
    why=N_(
        "Mistakes are found and corrected within a few years. Five years also cover the three in which damages may be"
        " claimed (section 78)."
    ),
    number=5,
    least=3,
    most=10,
    kept=N_("That something was changed, and when, stays; what it was and who changed it goes."),
)
LOOKS = Period(
    slug="looks",
    name=N_("Who looked at personal data"),
    until=N_("%(period)s after that day"),
    why=N_(
        "Damages may be claimed for three years from when somebody learns of a breach (section 78). So long it must be"
        " possible to find out who saw what."
    ),
    number=3,
    least=1,
    most=10,
)
ACCOUNTS = Period(
    slug="accounts",
    name=N_("Accounts nobody signs in with"),
    until=N_("%(period)s after the last sign-in"),
    why=N_("Whoever has not signed in for two years has left the work. An account that nobody uses is a risk."),
    number=2,
    least=1,
    most=5,
    kept=N_("The last organiser who can sign in stays. History keeps the name under which something was done."),
)
NEEDS = Period(
    slug="needs",
    name=N_("Food and help needed"),
    until=N_("%(period)s after the meeting's last day, or at once when consent is taken back or nobody comes"),
    why=N_("It tells of faith and health, and was given for this one meeting (section 26): it cannot be kept longer."),
    number=30,
    unit=Unit.DAYS,
)
IMPORTS = Period(
    slug="imports",
    name=N_("Lists on their way in from spreadsheets"),
    until=N_("%(period)s after the list was read"),
    why=N_("Two weeks are enough to see that everything is right, or to take the import back."),
    number=14,
    unit=Unit.DAYS,
)
MERGES = Period(
    slug="merges",
    name=N_("Partners who were merged or told apart"),
    until=N_("What a merged record had said: %(period)s; that it was merged, as long as the other one is kept"),
    why=N_("So long a mistake can be undone; afterwards links that were handed out still have to lead on."),
    number=1,
    unit=Unit.DAYS,
)
FORMS = Period(
    slug="forms",
    name=N_("Forms that were sent"),
    until=N_("%(period)s after the form was sent"),
    why=N_("So that a form that stayed open in a browser is not sent twice."),
    number=7,
    unit=Unit.DAYS,
)
ATTEMPTS = Period(
    slug="attempts",
    name=N_("Attempts to sign in and to answer"),
    until=N_("%(period)s at most"),
    why=N_("So long whoever guesses passwords or links is held up."),
    number=1,
    unit=Unit.DAYS,
)
MINUTES = Period(
    slug="minutes",
    name=N_("Minutes and attendance lists"),
    until=N_("As long as the minutes of the meeting are kept; approved minutes stay as they are"),
    why=N_(
        "The regulation on correspondence has papers kept for ten years at least (no. 57), and what is evidence for"
        " ever: form 11 wants the names in the minutes."
    ),
)

ADJUSTABLE = (PARTNERS, AFTER_MEETING, MESSAGES, HISTORY, LOOKS, ACCOUNTS)
FIXED = (NEEDS, IMPORTS, MERGES, FORMS, ATTEMPTS, MINUTES)
PERIODS = {period.slug: period for period in (*ADJUSTABLE, *FIXED)}
