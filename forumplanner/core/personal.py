"""What is kept of people, declared beside the models: the record of processing (section 39) is made from nothing else.

Each feature that keeps personal data declares it in its module `personal`; a test finds a column that holds such
data and stands in none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from forumplanner.core.i18n import N_


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of personal data. All texts are untranslated sentences or phrases.

    `columns`: where it stands, names of columns by table. `needs_consent`: it tells of faith or health (section 26).
    """

    name: str
    whose: str
    what: str
    why: str
    until: str
    seen_by: str
    columns: Mapping[str, tuple[str, ...]]
    needs_consent: bool = False


# Said of several kinds.
INVITED = N_("Community representatives and people of support agencies")
ACCOUNTS = N_("Whoever has an account")
TO_COORDINATORS = N_("Coordinators of their regions and organisers")
TO_MEETING = N_("Coordinators of the meeting and organisers")
TO_ORGANISERS = N_("Organisers")
UNTIL_ASKED = N_("Until their person asks for removal")
WITH_MINUTES = N_("As long as the minutes of the meeting are kept; approved minutes stay as they are")
NO_END_YET = N_("No end is set yet: until an organiser decides")

__all__ = [
    "ACCOUNTS",
    "INVITED",
    "NO_END_YET",
    "TO_COORDINATORS",
    "TO_MEETING",
    "TO_ORGANISERS",
    "UNTIL_ASKED",
    "WITH_MINUTES",
    "Held",
]
