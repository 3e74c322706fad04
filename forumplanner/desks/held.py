"""All that is kept of people: every feature's own declarations, in the order of the record."""

from collections.abc import Iterator, Sequence

from forumplanner.accounts import personal as accounts
from forumplanner.attendance import personal as attendance
from forumplanner.core.personal import Held
from forumplanner.history import personal as history
from forumplanner.invitations import personal as invitations
from forumplanner.minutes import personal as minutes
from forumplanner.outbox import personal as outbox
from forumplanner.outcomes import personal as outcomes
from forumplanner.partners import personal as partners
from forumplanner.retention import personal as retention
from forumplanner.rounds import personal as rounds
from forumplanner.web import personal as web

HELD: Sequence[Held] = (
    *partners.HELD,
    *retention.HELD,
    *invitations.HELD,
    *attendance.HELD,
    *outcomes.HELD,
    *minutes.HELD,
    *rounds.HELD,
    *accounts.HELD,
    *history.HELD,
    *outbox.HELD,
    *web.HELD,
)


def declared_columns() -> Iterator[str]:
    """`table.column` of all that is declared."""
    for held in HELD:
        for table, names in held.columns.items():
            yield from (f"{table}.{name}" for name in names)
