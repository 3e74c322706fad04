"""Whether partners were invited before and ever answered, as far as their list has to know.

Invitations stand above partners, who know nothing of them. The feature that keeps the answers says at the start of the
application how the list is narrowed by them (`keep_answers`); without one nobody was ever invited.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false, true

if TYPE_CHECKING:
    from flask import Flask

EXTENSION = "partner_answers"


class Answered(StrEnum):
    """What the list may be narrowed to."""

    INVITED = "invited"
    NEVER_INVITED = "never-invited"
    NEVER_ANSWERED = "never-answered"


Condition = Callable[[Answered], ColumnElement[bool]]


def _nobody(answered: Answered) -> ColumnElement[bool]:
    return true() if answered == Answered.NEVER_INVITED else false()


def keep_answers(app: "Flask", condition: Condition) -> None:
    """Name what tells, as a condition on `Partner`, whom this application invited and heard from."""
    app.extensions[EXTENSION] = condition


def condition_of(app: "Flask", answered: Answered) -> ColumnElement[bool]:
    """Those partners, as a condition."""
    told: Condition = app.extensions.get(EXTENSION) or _nobody
    return told(answered)
