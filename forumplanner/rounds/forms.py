"""Forms of rounds and meetings."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from forumplanner.core import thai
from forumplanner.core.errors import Refused
from forumplanner.core.listing import pair_lines
from forumplanner.outbox.rules import check_address
from forumplanner.places.models import Province, Region
from forumplanner.rounds import rules
from forumplanner.rounds.details import TEXTS, Details
from forumplanner.rounds.fields import DaysField, HoursField, TickField
from forumplanner.rounds.map_links import check_map_url
from forumplanner.rounds.models import MeetingKind, Round
from forumplanner.rounds.planning import RoundPlan
from forumplanner.web.forms import (
    Checked,
    HiddenField,
    LongTextField,
    Needed,
    PastedListField,
    PlainField,
    RowList,
    ThaiDateField,
)
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm


class CheckedForm(SeenForm):
    """A form whose reading is shown back before it is saved.

    `read` carries what was shown; what is typed afterwards differs from it and is shown once more. `change` asks for
    the form again, with what was typed.
    """

    read = HiddenField()
    change = HiddenField()

    def reading(self) -> str:
        """What was read, as one text without spaces that no two readings share."""
        raise NotImplementedError

    @property
    def is_confirmed(self) -> bool:
        """Whether the person has seen just this reading."""
        return bool(self.read.data) and self.read.data == self.reading()

    @property
    def is_changing(self) -> bool:
        """Whether the person went back to correct something."""
        return bool(self.change.data)

    def typed(self) -> dict[str, str]:
        """What was typed, to be carried by a page that asks for confirmation."""
        carried = {name: box for name, box in self._fields.items() if name not in ("csrf_token", "read", "change")}
        return {name: str(box._value() if hasattr(box, "_value") else box.data or "") for name, box in carried.items()}

    def show_refusal(self, refusal: Refused) -> None:
        """Show it; what was read before has to be looked at once more."""
        super().show_refusal(refusal)
        self.read.data = ""


class DatesForm(CheckedForm):
    """The days of a meeting."""

    days = DaysField(_l("Dates"), [Needed()], description=_l("For example 30-31 Jan 2007, or one day: 29 Mar 2007."))

    def reading(self) -> str:
        return "/".join(day.isoformat() for day in self.days.data or ())


class MeetingForm(DatesForm):
    """A meeting to be added to a round."""

    kind = RadioField(_l("What kind of meeting is it?"), [Needed()])
    region = SelectField(_l("Region"), validate_choice=False)
    title_th = PlainField(_l("Title in Thai"), max_length=300)
    title_en = PlainField(_l("Title in English"), max_length=300)

    def offer(self, regions: Sequence[Region], taken: Iterable[str]) -> None:
        """Fill in the choices; regions that have a forum say so."""
        lang = current_language()
        self.kind.choices = [
            (MeetingKind.REGIONAL.value, _("A regional forum")),
            (MeetingKind.NATIONAL.value, _("The national meeting")),
            (MeetingKind.WORKING.value, _("A working meeting")),
        ]
        having = set(taken)
        self.region.choices = [("", _("Please choose"))]
        for region in regions:
            name = region.name(lang)
            words = _("%(region)s (has a forum)", region=name) if region.slug in having else name
            self.region.choices.append((region.slug, words))

    def reading(self) -> str:
        region = self.region.data if self.kind.data == MeetingKind.REGIONAL else ""
        return f"{self.kind.data}/{region}/{super().reading()}"


class RoundForm(CheckedForm):
    """What a round is called, its window, and when outcomes are due."""

    name_th = PlainField(_l("Name in Thai"), [Needed()], max_length=300)
    name_en = PlainField(_l("Name in English"), max_length=300)
    window = DaysField(
        _l("First and last day"),
        [Needed()],
        description=_l(
            "All forums and the national meeting fall within these dates. For example 24 Jan - 31 Mar 2007."
        ),
    )
    outcomes_due_on = ThaiDateField(_l("Regions submit their outcomes by"), description=_l("For example 22 Mar 2007."))

    def plan(self) -> RoundPlan:
        """The round as typed."""
        starts_on, ends_on = self.window.data or (date.min, date.min)
        return RoundPlan(
            name_th=self.name_th.data or "",
            name_en=self.name_en.data or "",
            starts_on=starts_on,
            ends_on=ends_on,
            outcomes_due_on=self.outcomes_due_on.data,
        )

    def show_round(self, found: Round) -> None:
        """Fill the fields from a round."""
        self.name_th.data, self.name_en.data = found.name_th, found.name_en
        self.window.data, self.outcomes_due_on.data = (found.starts_on, found.ends_on), found.outcomes_due_on

    def reading(self) -> str:
        days = (*(self.window.data or ()), self.outcomes_due_on.data)
        return "/".join(day.isoformat() if day else "" for day in days)


class NewRoundForm(RoundForm):
    """The same with a code and the questions asked of every region."""

    code = PlainField(
        _l("Code"), [Needed()], max_length=20, description=_l("The Buddhist year and a number, as in 2550-1.")
    )
    questions_th = PastedListField(
        _l("Questions to every region, in Thai"), max_length=8000, description=_l("One question a line.")
    )
    questions_en = PastedListField(
        _l("The same questions in English"),
        max_length=8000,
        description=_l("One a line, in the same order; where there is none yet, leave the line empty."),
    )
    regions = TickField(_l("Regions that take part"), [Needed(_l("Please tick at least one region that takes part."))])

    def offer(self, regions: Sequence[Region]) -> None:
        """Fill in the regions: all of them are ticked at first."""
        lang = current_language()
        self.regions.choices = [(region.slug, region.name(lang)) for region in regions]
        if not self.is_submitted():
            self.regions.data = [region.slug for region in regions]

    def reading(self) -> str:
        return f"{super().reading()}/{'+'.join(self.regions.data or ())}"

    def questions(self) -> list[tuple[str, str]]:
        """Pairs of Thai and English text; English may be empty. Invalid where a line of it has no place."""
        return pair_lines(self.questions_th.data or "", self.questions_en.data or "", field="questions_en")


class HolidayForm(CheckedForm):
    """A public holiday the cabinet declared late."""

    on = ThaiDateField(_l("Day"), [Needed()])
    name_th = PlainField(_l("Name in Thai"), [Needed()], max_length=200)
    name_en = PlainField(_l("Name in English"), max_length=200)
    region = SelectField(_l("Holiday in"))

    def offer(self, regions: Sequence[Region]) -> None:
        """Fill in where it is one: the whole country, or a region."""
        lang = current_language()
        self.region.choices = [
            ("", _("The whole country")),
            *((region.slug, region.called(lang)) for region in regions),
        ]

    def reading(self) -> str:
        return self.on.data.isoformat() if self.on.data else ""


class DetailsForm(CheckedForm):
    """Place, hours of each day, contact and note of a meeting; its title, for organisers."""

    venue_th = PlainField(_l("Name of the place"), description=_l("The hall or hotel, with district and province."))
    venue_en = PlainField(_l("The same in English"))
    venue_address = PlainField(_l("Address"), max_length=500)
    province_code = SelectField(_l("Province"))
    map_url = PlainField(
        _l("Link to a map"),
        [Checked(check_map_url)],
        max_length=500,
        description=_l("It begins with https://"),
    )
    hours = RowList(HoursField(description=_l("For example 9.00-16.30.")), most=rules.LONGEST_MEETING_DAYS)
    contact_name = PlainField(_l("Who answers questions"), max_length=200)
    contact_phone = PlainField(
        _l("Telephone"),
        [Checked(rules.check_contact_phones)],
        max_length=rules.LONGEST_CONTACT_PHONES,
        description=_l(
            "For example 081-000-0001; part several with commas. Words beside a number are kept as its note."
        ),
    )
    contact_email = PlainField(_l("E-mail"), [Checked(check_address)], max_length=255)
    note_th = LongTextField(_l("Note"), max_length=4000, description=_l("For example how to come, what to bring."))
    note_en = LongTextField(_l("Note in English"), max_length=4000)
    title_th = PlainField(_l("Title in Thai"), max_length=300)
    title_en = PlainField(_l("Title in English"), max_length=300)

    def offer(self, provinces: Sequence[Province], days: Sequence[date], *, with_title: bool) -> None:
        """Fill in provinces and one line of hours a day; titles go unless `with_title`."""
        lang = current_language()
        self.province_code.choices = [
            ("", _("not given")),
            *((place.code, place.name(lang)) for place in provinces),
        ]
        while len(self.hours.entries) < len(days):
            self.hours.append_entry()
        del self.hours.entries[len(days) :]
        for on, entry in zip(days, self.hours.entries, strict=True):
            entry.label.text = thai.format_days(on, lang=lang)
        if not with_title:
            del self.title_th, self.title_en

    def show_details(self, details: Details, days: Sequence[date]) -> None:
        """Fill the fields from details."""
        for name in TEXTS:
            if name in self:
                self[name].data = getattr(details, name) or ""
        for on, entry in zip(days, self.hours.entries, strict=True):
            entry.data = details.hours.get(on)

    def details(self, days: Sequence[date], kept: Details) -> Details:
        """The details as typed; `kept` gives those the form does not have."""
        texts: dict[str, Any] = {
            name: (self[name].data or None) if name in self else getattr(kept, name) for name in TEXTS
        }
        hours = {on: entry.data for on, entry in zip(days, self.hours.entries, strict=True) if entry.data}
        return Details(**texts, hours=hours)

    def label_of(self, name: str) -> str:
        """Hours are called after their day, which says what they are beside the other fields alone."""
        text = super().label_of(name)
        return _("Hours on %(day)s", day=text) if name.startswith("hours-") else text

    def reading(self) -> str:
        return ""
