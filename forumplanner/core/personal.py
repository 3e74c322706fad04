"""What is kept of people, declared beside the models: the record of processing (section 39) is made from nothing else.

Each feature that keeps personal data declares it in its module `personal`; a test finds a column that holds such
data and stands in none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from forumplanner.core.i18n import N_
from forumplanner.core.periods import Period


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of personal data. All texts are untranslated sentences or phrases.

    `period`: what says how long it is kept; `sooner`: what ends it before. `columns`: where it stands, names of columns
    by table. `needs_consent`: it tells of faith or health (section 26).
    """

    name: str
    whose: str
    what: str
    why: str
    period: Period
    seen_by: str
    columns: Mapping[str, tuple[str, ...]]
    needs_consent: bool = False
    sooner: str = ""


# Said of several kinds.
INVITED = N_("Community representatives and people of support agencies")
ACCOUNTS = N_("Whoever has an account")
TO_COORDINATORS = N_("Coordinators of their regions and organisers")
TO_MEETING = N_("Coordinators of the meeting and organisers")
TO_ORGANISERS = N_("Organisers")
WHEN_ASKED = N_("Sooner when their person asks for removal")

__all__ = [
    "ACCOUNTS",
    "INVITED",
    "TO_COORDINATORS",
    "TO_MEETING",
    "TO_ORGANISERS",
    "WHEN_ASKED",
    "Held",
]
