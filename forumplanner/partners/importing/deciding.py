"""What somebody said of a row that may be a person who is kept, or a row before: the same one, another, or left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What becomes of a possible duplicate."""

    SAME = "same"
    OTHER = "other"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and about whom of those who are kept it was made; None where it was about a row before."""

    decision: Decision
    maybe_id: int | None

    def about(self, partner_id: int | None) -> Decision | None:
        """The decision where it was made about this one; whoever turned up since is asked about anew."""
        return self.decision if self.maybe_id == partner_id else None


Decisions = Mapping[tuple[str | None, int], Decided]
"""By the name of the sheet and the number of the row."""
