"""What was recorded under an agenda, as far as its pages have to know.

Outcomes stand above the agenda, which knows nothing of them. The feature that keeps the record says at the start of the
application what is to be asked (`keep_record`); without one an agenda stays open.
"""

from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from forumplanner.rounds.models import Meeting

if TYPE_CHECKING:
    from flask import Flask

EXTENSION = "agenda_record"


class Record(Protocol):
    """What a record answers about a meeting's agenda."""

    def find_refusal(self, session: Session, meeting: Meeting) -> str | None:
        """Why the agenda cannot be changed now, not translated; None while it can."""
        ...

    def check_open(self, session: Session, meeting: Meeting) -> None:
        """Refuse with that sentence, and let nobody close the record before the commit."""
        ...

    def count_by_item(self, session: Session, meeting: Meeting) -> dict[int, int]:
        """How many outcomes stand under each agenda item, by its id; items without any are left out."""
        ...


class NoRecord(Record):
    """Nothing is recorded, nothing is closed."""

    def find_refusal(self, session: Session, meeting: Meeting) -> str | None:
        """None."""
        return None

    def check_open(self, session: Session, meeting: Meeting) -> None:
        """Refuses nothing."""

    def count_by_item(self, session: Session, meeting: Meeting) -> dict[int, int]:
        """Empty."""
        return {}


def keep_record(app: "Flask", record: Record) -> None:
    """Name who keeps the record of this application."""
    app.extensions[EXTENSION] = record


def record_of(app: "Flask") -> Record:
    """Who keeps it."""
    found: Record = app.extensions.get(EXTENSION) or NoRecord()
    return found
