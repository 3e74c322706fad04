"""Fields of days and hours, typed as people write them, and of several things to tick."""

from datetime import date, time

from wtforms import SelectMultipleField, widgets

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.thai.reading import UNREADABLE
from forumplanner.web.forms import ClockField, ThaiDateField
from forumplanner.web.locale import current_language

NOT_DAYS = N_(
    "“%(typed)s” could not be read as days. Please write day, month and year, "
    "for example 12-13 Mar 2007, or one day: 29 Mar 2007."
)


class DaysField(ThaiDateField):
    """One day or several, typed as people write them: 30-31 ม.ค. 2550."""

    data: tuple[date, date] | None  # type: ignore[assignment]  # the text is read into a value

    def read(self, text: str) -> tuple[date, date]:  # type: ignore[override]
        try:
            return thai.parse_range(text)
        except Invalid as refusal:
            if refusal.message != UNREADABLE:
                raise
            raise Invalid(NOT_DAYS, **refusal.params) from refusal

    def show(self, value: tuple[date, date]) -> str:  # type: ignore[override]
        return thai.format_range_short(*value, lang=current_language())


class HoursField(ClockField):
    """From when to when: 9.00-16.30."""

    data: tuple[time, time] | None  # type: ignore[assignment]

    def read(self, text: str) -> tuple[time, time]:  # type: ignore[override]
        return thai.parse_time_range(text)

    def show(self, value: tuple[time, time]) -> str:  # type: ignore[override]
        return f"{value[0]:%H.%M}-{value[1]:%H.%M}"


class TickField(SelectMultipleField):
    """Several of a list, each with its box; a page that asks once more carries them in one field, apart by spaces."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [value for text in valuelist for value in text.split()]

    def _value(self) -> str:
        return " ".join(self.data or ())
