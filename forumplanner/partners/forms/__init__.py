"""Forms of partners."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, RadioField, SelectField
from wtforms.validators import StopValidation

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.outbox.rules import check_address
from forumplanner.partners import rules
from forumplanner.partners.facts import Facts, PersonFacts
from forumplanner.partners.fields import NoteForm, offer_row, show_rows
from forumplanner.partners.forms.placing import PlacedForm
from forumplanner.partners.models import PersonClass, Sector
from forumplanner.partners.parts import NamedNote
from forumplanner.partners.rules import SplitName, TitleMeans
from forumplanner.partners.words import CLASSES, SECTORS
from forumplanner.places.models import Region
from forumplanner.web.forms import (
    BooleanField,
    Checked,
    LongTextField,
    Needed,
    PlainField,
    RowList,
)
from forumplanner.web.locale import current_language

BY_HONORIFIC = "auto"
# As the pages show the fields; what is wrong is named in this order.
ORDER = (
    *("is_another", "full_name", "title_means", "honorific", "given_name", "surname"),
    *("name", "short_name", "name_en", "seats", "phones"),
    *("organisation_text", "place", "regions", "person_class", "post", "email", "line_name", "languages", "sector"),
    *("level", "finance_kind", "welfare", "networks", "former_names", "note", "notes"),
)
MOST_NOTES = 40


OF_A_PERSON = ("honorific", "given_name", "surname", "post", "organisation_text", "line_name", "languages")


class PartnerForm(PlacedForm):
    """What people and organisations have alike."""

    phones = PlainField(
        _l("Telephone"),
        [Checked(thai.read_phones)],
        max_length=400,
        description=_l(
            "For example 081-000-0001; part several with commas. Words beside a number are kept as its note."
        ),
    )
    email = PlainField(_l("E-mail"), [Checked(check_address)], max_length=rules.LONGEST_EMAIL)
    sector = SelectField(_l("Sector"))
    note = LongTextField(_l("Note"), max_length=2000)
    notes = RowList(FormField(NoteForm), _l("Notes under names of their own"), most=MOST_NOTES)
    # Shown, with what was found, when the record may be somebody's second one.
    is_another = BooleanField(_l("This is somebody else: save it"))
    # What is saved, of a partner who is there: what it shows in fields that somebody else changed.
    saved: Facts | None = None
    _fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Field] = self._fields
        self._fields = {name: fields[name] for name in dict.fromkeys((*ORDER, *fields)) if name in fields}

    def offer(self, regions: Sequence[Region], kept: Sequence[Region] = ()) -> None:
        """Fill in the choices: the regions this person may give. `kept` stay whatever is ticked."""
        self.offer_regions(regions, kept)
        self.sector.choices = {sector.value: _(word) for sector, word in SECTORS.items()}

    def box(self, name: str) -> Field | None:
        """The fields are called as the facts are, but for the place."""
        return super().box("place" if name == "place_code" else name)

    def take(self, name: str, value: Any) -> None:
        """Show what is saved: facts that are not mere texts come from `saved`."""
        assert self.saved is not None
        if name == "notes":
            self._show_notes(self.saved)
            return
        if name == "phones":
            value = self._phones_of(self.saved)
        elif name == "regions":
            value = self._regions_of(self.saved)
        elif name == "place_code":
            value = self.saved.place
        super().take(name, value)

    def begin_with(self, searched: str) -> None:
        """Fill in what was looked for in vain: a telephone number, or the name."""
        name = self._fields.get("full_name") or self._fields["name"]
        (self.phones if thai.find_phones(searched) else name).data = searched

    def common_facts(self) -> dict[str, Any]:
        """The facts of this part, of a form that was found valid."""
        chosen = [self._regions[region_id] for region_id in self.regions.data or ()]
        return {
            "regions": tuple(sorted((*chosen, *self._kept), key=lambda region: region.list_order)),
            "place": self.place.data,
            "phones": thai.read_phones(self.phones.data or ""),
            "email": check_address(self.email.data) if self.email.data else None,
            "sector": Sector(self.sector.data),
            "note": self.with_rest(self.note),
            "notes": tuple(self._given_notes()),
        }

    def _given_notes(self) -> list[NamedNote]:
        found = [note for note in (entry.form.given() for entry in self.notes) if note]
        names = [note.name for note in found]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise Invalid(
                N_("There are two notes named %(name)s. Please put them together, or name one of them otherwise."),
                name=twice,
            )
        return found

    def _show_notes(self, facts: Facts) -> None:
        show_rows(self.notes, facts.notes)

    def has_wrong(self, names: Iterable[str]) -> bool:
        """Whether one of these fields is refused, so that it must be seen."""
        return any(self[name].errors for name in names if name in self)

    def offer_row(self) -> None:
        """One empty row for one more note."""
        offer_row(self.notes, "name")

    def show_common(self, facts: Facts) -> None:
        """Fill the fields from facts."""
        self.phones.data = self._phones_of(facts)
        self.email.data = facts.email
        self.regions.data = self._regions_of(facts)
        self.place.data = facts.place
        self.sector.data = facts.sector.value
        self.note.data = facts.note
        self._show_notes(facts)

    def _phones_of(self, facts: Facts) -> str:
        return thai.join_phones(facts.phones, current_language())

    def _regions_of(self, facts: Facts) -> list[int]:
        return [region.id for region in facts.regions if region.id in self._regions]


class PersonForm(PartnerForm):
    """A person. The name is typed in one line when new, in its parts afterwards."""

    post = PlainField(_l("Post"), max_length=200)
    organisation_text = PlainField(_l("Group or organisation"), max_length=300)
    line_name = PlainField(_l("LINE name"), max_length=100)
    languages = PlainField(_l("Languages"), max_length=200, description=_l("For example Thai, Patani Malay."))

    def split_name(self) -> SplitName:
        """The name in its parts."""
        raise NotImplementedError

    def chosen_class(self, honorific: str | None) -> PersonClass:
        """Lay or monk."""
        raise NotImplementedError

    def facts(self) -> PersonFacts:
        """The person as typed; refuses what cannot be kept."""
        name = self.split_name()
        return PersonFacts(
            honorific=name.honorific,
            given_name=name.given_name,
            surname=name.surname,
            person_class=self.chosen_class(name.honorific),
            post=self.post.data or None,
            organisation_text=self.organisation_text.data or None,
            line_name=self.line_name.data or None,
            languages=self.languages.data or None,
            **self.common_facts(),
        )


class NewPersonForm(PersonForm):
    """A person who is not there yet."""

    full_name = PlainField(
        _l("Name, as it is written"),
        [Needed(), Checked(rules.check_full_name)],
        max_length=250,
        description=_l("With its honorific and, if there is one, the surname, in one line."),
    )
    # Asked only where nobody else can tell.
    title_means = RadioField(validate_choice=False)
    person_class = SelectField(_l("Form of address"), default=BY_HONORIFIC)

    def offer(self, regions: Sequence[Region], kept: Sequence[Region] = ()) -> None:
        super().offer(regions, kept)
        by_honorific = {BY_HONORIFIC: _("As the honorific says")}
        self.person_class.choices = by_honorific | {value.value: _(word) for value, word in CLASSES.items()}

    def split_name(self) -> SplitName:
        means = self.title_means.data
        return rules.split_name(self.full_name.data or "", TitleMeans(means) if means in set(TitleMeans) else None)

    def find_doubt(self) -> thai.Doubt | None:
        """What stands before the name and may be a title or a part of it; the question about it is made ready."""
        doubt = thai.find_doubt(self.full_name.data or "")
        if doubt:
            self.title_means.label.text = _("What is “%(title)s” before the name?", title=doubt.title)
            self.title_means.choices = {
                TitleMeans.TITLE.value: _(
                    "A title: %(title)s, and the name is %(name)s", title=doubt.title, name=doubt.rest
                ),
                TitleMeans.NAME.value: _("A part of the name"),
            }
        return doubt

    def validate_title_means(self, field: Field) -> None:
        """Neither swallowed nor guessed."""
        doubt = self.find_doubt()
        if doubt and not self.full_name.errors and field.data not in set(TitleMeans):
            raise StopValidation(_("Please say what “%(title)s” is.", title=doubt.title))

    def chosen_class(self, honorific: str | None) -> PersonClass:
        if self.person_class.data != BY_HONORIFIC:
            return PersonClass(self.person_class.data)
        return PersonClass.MONK if thai.is_monks_honorific(honorific or "") else PersonClass.LAY


class EditPersonForm(PersonForm):
    """A person who is there, the name in its parts."""

    honorific = PlainField(
        _l("Honorific"), max_length=60, description=_l("Kept with the name, but not used for sorting.")
    )
    given_name = PlainField(_l("Given name"), [Needed()], max_length=150)
    surname = PlainField(_l("Surname"), max_length=150)
    person_class = SelectField(_l("Form of address"))

    def offer(self, regions: Sequence[Region], kept: Sequence[Region] = ()) -> None:
        super().offer(regions, kept)
        self.person_class.choices = {value.value: _(word) for value, word in CLASSES.items()}

    def split_name(self) -> SplitName:
        return SplitName(self.honorific.data or None, self.given_name.data or "", self.surname.data or None)

    def chosen_class(self, honorific: str | None) -> PersonClass:
        return PersonClass(self.person_class.data)

    def show(self, facts: PersonFacts) -> None:
        """Fill the fields from facts."""
        for name in OF_A_PERSON:
            self[name].data = getattr(facts, name)
        self.person_class.data = facts.person_class.value
        self.show_common(facts)
