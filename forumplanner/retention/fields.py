"""A whole number, in Thai digits too."""

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.web.forms import ReadField


class NumberField(ReadField):
    """A small whole number; what was typed is shown again where it is none."""

    data: int | None  # type: ignore[assignment]  # the text is read into a value

    def read(self, text: str) -> int:
        digits = thai.from_thai_digits(thai.repair(text)).strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
            raise Invalid(N_("Please write a whole number, for example 5."))
        return int(digits)

    def show(self, value: int) -> str:
        return str(value)
