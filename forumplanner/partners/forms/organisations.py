"""The form of an organisation, with its seats and the names it had."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FormField, SelectField, SelectMultipleField, widgets

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.partners.facts import OrganisationFacts
from forumplanner.partners.fields import MembershipForm, SeatForm, SinceField, UntilField, offer_row, show_rows
from forumplanner.partners.forms import PartnerForm
from forumplanner.partners.particulars import FinanceKind, Level, Welfare
from forumplanner.partners.parts import FormerName, SeatFact
from forumplanner.partners.words import LEVELS, SECTORS, WELFARE
from forumplanner.places.models import Region
from forumplanner.web.forms import (
    BaseForm,
    Needed,
    PlainField,
    RowList,
)
from forumplanner.web.locale import current_language

MOST_FORMER_NAMES = 20
MOST_SEATS = 40
MOST_NETWORKS = 40


class FormerNameForm(BaseForm):
    """One former name; a row left empty is none."""

    class Meta(FlaskForm.Meta):
        csrf = False  # part of a form that has its token

    full_name = PlainField(_l("Former full name"), max_length=300)
    short_name = PlainField(_l("Former short name"), max_length=60)
    valid_from = SinceField(_l("Name used from"), description=_l("The year is enough."))
    valid_until = UntilField(_l("Name used until"), description=_l("The year is enough."))


class OrganisationForm(PartnerForm):
    """An organisation, new or not."""

    name = PlainField(_l("Full name"), [Needed()], max_length=300)
    short_name = PlainField(_l("Short name"), max_length=60, description=_l("As people call it, for example พอช."))
    name_en = PlainField(_l("English name"), max_length=300)
    seats = RowList(FormField(SeatForm), _l("Seats that are invited"), most=MOST_SEATS)
    # An agency files itself under nothing: what is left alone would stand under the first of the list.
    sector = SelectField(_l("Sector"), [Needed(_l("Please choose a sector."))])
    level = SelectField(_l("Level"))
    finance_kind = SelectField(_l("Kind of finance group"))
    welfare = SelectMultipleField(
        _l("Welfare offered"), option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )
    networks = RowList(FormField(MembershipForm), _l("Networks it belongs to"), most=MOST_NETWORKS)
    former_names = RowList(FormField(FormerNameForm), _l("Former names"), most=MOST_FORMER_NAMES)

    def offer(self, regions: Sequence[Region], kept: Sequence[Region] = ()) -> None:
        super().offer(regions, kept)
        sectors = {sector.value: _(word) for sector, word in SECTORS.items()}
        self.sector.choices = {"": _("Please choose")} | sectors
        self.level.choices = {"": _("not given")} | {level.value: _(word) for level, word in LEVELS.items()}
        self.welfare.choices = {kind.value: _(word) for kind, word in WELFARE.items()}

    def offer_kinds(self, kinds: Sequence[FinanceKind]) -> None:
        """Fill in the kinds of group that an organisation may be."""
        lang = current_language()
        self._kinds = {str(kind.id): kind for kind in kinds}
        self.finance_kind.choices = {"": _("none of these")} | {
            number: kind.name(lang) for number, kind in self._kinds.items()
        }

    def facts(self) -> OrganisationFacts:
        """The organisation as typed; refuses what cannot be kept."""
        return OrganisationFacts(
            name=self.name.data or "",
            short_name=self.short_name.data or None,
            name_en=self.name_en.data or None,
            level=Level(self.level.data) if self.level.data else None,
            finance_kind=self._kinds.get(self.finance_kind.data or ""),
            welfare=tuple(kind for kind in Welfare if kind.value in (self.welfare.data or ())),
            networks=tuple(fact for fact in (entry.form.given() for entry in self.networks) if fact),
            seats=tuple(self._given_seats()),
            former_names=tuple(self._given_former_names()),
            **self.common_facts(),
        )

    def _given_seats(self) -> list[SeatFact]:
        rows = [entry.form.given(index) for index, entry in enumerate(self.seats)]
        found = [seat for *_place, seat in sorted(row for row in rows if row)]
        posts = [seat.post_th for seat in found if not seat.is_retired]
        twice = next((post for post in posts if posts.count(post) > 1), None)
        if twice:
            raise Invalid(
                N_("The seat %(post)s appears here twice. Please tell the two apart, or empty one row."), post=twice
            )
        return found

    def _given_former_names(self) -> list[FormerName]:
        found = []
        for entry in self.former_names:
            row = entry.form
            if not row.full_name.data:
                if row.short_name.data or row.valid_from.data or row.valid_until.data:
                    raise Invalid(N_("Please write the former full name too, or empty the whole row."))
                continue
            if row.full_name.data == self.name.data:
                raise Invalid(N_("The former name is the same as the present one."))
            name = FormerName(
                row.full_name.data, row.short_name.data or None, row.valid_from.data, row.valid_until.data
            )
            if name.valid_from and name.valid_until and name.valid_until < name.valid_from:
                raise Invalid(
                    N_("%(name)s: the last day is before the first. Please check both dates."),
                    name=name.full_name,
                )
            found.append(name)
        return found

    def show(self, facts: OrganisationFacts) -> None:
        """Fill the fields from facts."""
        for field in ("name", "short_name", "name_en"):
            self[field].data = getattr(facts, field)
        self.level.data = facts.level.value if facts.level else ""
        self.finance_kind.data = str(facts.finance_kind.id) if facts.finance_kind else ""
        self.welfare.data = [kind.value for kind in facts.welfare]
        self._show_seats(facts)
        self._show_former_names(facts)
        show_rows(self.networks, facts.networks)
        self.show_common(facts)

    def take(self, name: str, value: Any) -> None:
        assert isinstance(self.saved, OrganisationFacts)
        if name == "seats":
            self._show_seats(self.saved)
        elif name == "former_names":
            self._show_former_names(self.saved)
        elif name == "networks":
            show_rows(self.networks, self.saved.networks)
        elif name == "welfare":
            super().take(name, [kind.value for kind in self.saved.welfare])
        elif name == "finance_kind":
            super().take(name, str(self.saved.finance_kind.id) if self.saved.finance_kind else "")
        else:
            super().take(name, value)

    def _show_seats(self, facts: OrganisationFacts) -> None:
        while len(self.seats):
            self.seats.pop_entry()
        for index, seat in enumerate(facts.seats):
            self.seats.append_entry()
            self.seats[-1].form.show(seat, index)

    def _show_former_names(self, facts: OrganisationFacts) -> None:
        while len(self.former_names):
            self.former_names.pop_entry()
        for name in facts.former_names:
            self.former_names.append_entry(name)

    def offer_row(self) -> None:
        """One empty row for one more seat, network, former name and note."""
        offer_row(self.seats, "post_th")
        offer_row(self.networks, "name")
        offer_row(self.former_names, "full_name")
        super().offer_row()
