"""Official minutes: when they may be begun, which number comes next, what they still lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_


class MinutesState(StrEnum):
    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"


def check_can_start(*, starts_on: date, today: date, is_cancelled: bool) -> None:
    """Refuse minutes of a meeting that is not, or not yet, held: a number once given must not be left unused."""
    if is_cancelled:
        raise Conflict(N_("This meeting was cancelled, so there are no minutes to write."))
    if starts_on > today:
        raise Conflict(N_("This meeting has not begun. Its minutes can be started on its first day at the earliest."))


def next_number(highest: int | None) -> int:
    """The number that follows the highest one given to a body in a calendar year; each January begins at 1."""
    return (highest or 0) + 1


class Gap(StrEnum):
    """What minutes can lack. Nothing of it stops printing: form 11 has a blank line or -ไม่มี- for each."""

    BEGAN = "began"
    ENDED = "ended"
    CHAIR = "chair"
    PRESENT = "present"
    AGENDA = "agenda"
    TEXT = "text"
    PLACE = "place"
    RECORDER = "recorder"
    CHECKER = "checker"


@dataclass(frozen=True, slots=True)
class Contents:
    """What minutes hold; `items` counts agenda items without items below them.

    `empty_items` are the numbers of items under which nothing stands; of them `unanswered` carry a question of the
    round. Only those are missing: matters arising and other matters are often none.
    """

    began: bool
    ended: bool
    chair: bool
    place: bool
    recorder: bool
    checker: bool
    present: int
    absent: int
    participants: int
    items: int
    outcomes: int
    empty_items: Sequence[str] = ()
    unanswered: Sequence[str] = ()
    # Characters in texts and names in whose place paper has □.
    unprintable: Sequence[str] = ()

    def gaps(self) -> list[Gap]:
        """What is missing, in the order of the form."""
        lacking = {
            Gap.PLACE: not self.place,
            Gap.PRESENT: not self.present,
            Gap.CHAIR: not self.chair,
            Gap.BEGAN: not self.began,
            Gap.AGENDA: not self.items,
            Gap.TEXT: bool(self.unanswered) or len(self.empty_items) == self.items > 0,
            Gap.ENDED: not self.ended,
            Gap.RECORDER: not self.recorder,
            Gap.CHECKER: not self.checker,
        }
        return [gap for gap, is_lacking in lacking.items() if is_lacking]
