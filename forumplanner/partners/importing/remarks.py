"""What is said about a row, in words."""

from dataclasses import dataclass, field
from typing import Any

from forumplanner.core.errors import Refused
from forumplanner.core.i18n import N_


@dataclass(frozen=True, slots=True)
class Remark:
    """An untranslated sentence and what fills it; `column` (from 0) where it is about one cell."""

    text: str
    params: dict[str, Any] = field(default_factory=dict)
    column: int | None = None
    is_error: bool = False


def of_refusal(refusal: Refused, column: int, *, is_error: bool) -> Remark:
    """What a refusal says, about a cell."""
    return Remark(refusal.message, dict(refusal.params), column, is_error)


# Errors: the row is left out.
NO_NAME = N_("There is no name in this row.")
LINK_FORMULA = N_("Cell %(cell)s holds a formula that makes a link. Please type what it shows.")
EMPTY_FORMULA = N_("Cell %(cell)s holds a formula, and the file does not say what it shows. Please type its value.")
PHONE_LENGTH = N_("“%(typed)s” has not as many digits as a telephone number has. Please check it.")
# All else is said, and the row is read.
FORMULA = N_("Cell %(cell)s holds a formula; what it shows was taken.")
FAULT = N_("Cell %(cell)s shows %(fault)s; it was taken for empty.")
ZERO_ADDED = N_("The 0 in front of %(number)s was lost in the spreadsheet and is put back.")
SHORTENED = N_("The spreadsheet wrote %(typed)s in short; its last digits may be lost. Please check %(number)s.")
PHONE_KEPT = N_("“%(typed)s” is no telephone number that can be dialled; it is kept as a note.")
MORE_EMAILS = N_("Of several e-mail addresses the first was taken; the others are kept as a note.")
THAI_EMAIL = N_("%(email)s is written in Thai letters. Please check whether it is meant so.")
TITLE_DOUBT = N_("“%(title)s” may be a title or a part of the name. Please check it.")
IN_BRACKETS = N_("“%(text)s” stood beside the name; it is kept as a note.")
TWO_NAMES = N_("There are several names in one cell; the first was taken, “%(text)s” is kept as a note.")
STRUCK = N_("This row is struck out in the spreadsheet. Please check whether it is still right.")
HIDDEN_ROW = N_("This row is hidden in the spreadsheet.")
CONTINUES = N_("Row %(row)s continues this row; what it says was added here.")
UNKNOWN_PLACE = N_("There is no place “%(typed)s”; it is kept as a note.")
NEAR_PLACE = N_("There is no place “%(typed)s”; it is kept as a note. Is it %(near)s?")
UNKNOWN_REGION = N_("There is no region “%(typed)s”; it is kept as a note.")
NOT_OWN_REGION = N_("“%(typed)s” is not one of your regions; the row is added to yours.")
TOO_LONG = N_("“%(typed)s” is longer than fits; all of it is kept as a note.")
