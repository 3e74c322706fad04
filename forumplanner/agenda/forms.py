"""Forms of the agenda and the programme."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField

from forumplanner.agenda import rules
from forumplanner.agenda.models import AgendaItem
from forumplanner.core.listing import without_number
from forumplanner.web.forms import Checked, ClockField, Needed, PlainField
from forumplanner.web.seen import SeenForm


def _number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def _as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


class TitleField(PlainField):
    """A title pasted with its number loses it: the agenda numbers its items."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = without_number(self.data) if self.data else self.data


class AgendaItemForm(SeenForm):
    """The title of an agenda item, and the main item it stands below."""

    title_th = TitleField(_l("Title of the item"), [Needed()], max_length=500)
    title_en = TitleField(_l("Title of the item in English"), max_length=500)
    parent_id = SelectField(_l("Position"), coerce=_number_or_none, validate_choice=True)

    def offer_parents(self, numbered: Iterable[tuple[str, AgendaItem]], lang: str, item: AgendaItem | None) -> None:
        """Fill in the main items; `item`, if any, is the one being changed, and cannot stand below itself."""
        stays_main = item is not None and item.parent_id is None
        choices = [("", _("A main item") if stays_main else _("A main item, at the end"))]
        for number, found in numbered:
            if found.parent_id is None and found is not item:
                words = _("Below %(number)s %(title)s", number=number, title=found.title(lang))
                choices.append((str(found.id), words))
        self.parent_id.choices = choices


class ProgrammeEntryForm(SeenForm):
    """A line of the programme."""

    on = SelectField(_l("Day of the meeting"), coerce=_as_day)
    starts_at = ClockField(_l("Begins at"), [Needed()])
    ends_at = ClockField(_l("Ends at"))
    activity_th = PlainField(_l("Activity"), [Needed()], max_length=500)
    activity_en = PlainField(_l("Activity in English"), max_length=500)
    room = PlainField(_l("Room"), max_length=200)

    def offer_days(self, days: Iterable[tuple[date, str]], first: date, last: date) -> None:
        """Fill in the days, each with its words; those that do not lie from `first` to `last` are refused."""
        self.on.choices = [(day.isoformat(), words) for day, words in days]
        self.check_on = Checked(partial(rules.check_day, first=first, last=last))

    def validate_on(self, field: Field) -> None:
        """The day is one of the meeting's."""
        self.check_on(self, field)

    def validate_ends_at(self, field: Field) -> None:
        """The end lies after the beginning."""
        if self.starts_at.data is not None:
            Checked(partial(rules.check_end, self.starts_at.data))(self, field)
