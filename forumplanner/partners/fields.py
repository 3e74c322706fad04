"""Rows inside the forms of partners."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.partners.access import current_sight
from forumplanner.partners.parts import MembershipFact, NamedNote, SeatFact
from forumplanner.partners.services import find_organisations_called
from forumplanner.web.forms import (
    BaseForm,
    BooleanField,
    HiddenField,
    LongTextField,
    PlainField,
    RowList,
    ThaiDateField,
)
from forumplanner.web.locale import current_language


class SinceField(ThaiDateField):
    """A date, or the month or year it was in."""

    last = False

    def read(self, text: str) -> date:
        return thai.parse_day_or_year(text, last=self.last)

    def show(self, value: date) -> str:
        return thai.format_day_or_year(value, current_language(), last=self.last)


class UntilField(SinceField):
    """The same of an end: the last day of what is named."""

    last = True


class SeatForm(BaseForm):
    """One seat of an organisation; a new row left empty is none, one that is emptied is used no longer."""

    class Meta(FlaskForm.Meta):
        csrf = False  # part of a form that has its token

    id = HiddenField()
    post_th = PlainField(_l("Post that is invited"), max_length=200)
    post_en = PlainField(_l("Post in English"), max_length=200)
    place = PlainField(_l("Place in the list"), max_length=4)
    is_retired = BooleanField(_l("No longer used; not offered for invitations any more"))

    def validate_post_th(self, field: Field) -> None:
        if not field.data and self.post_en.data:
            raise ValidationError(_("Please write the post in Thai too, or empty the whole row."))

    def validate_place(self, field: Field) -> None:
        if field.data and not thai.from_thai_digits(field.data).isdecimal():
            raise ValidationError(_("Please write a number, for example 1."))

    @property
    def number(self) -> int | None:
        """The seat's own number; None of one that is not kept yet."""
        text = self.id.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    def given(self, index: int) -> tuple[int, int, SeatFact] | None:
        """The place wanted, the place in the form and the seat; None where the row is empty."""
        if not self.post_th.data:
            return None
        place = int(thai.from_thai_digits(self.place.data)) if self.place.data else index + 1
        fact = SeatFact(self.post_th.data, self.post_en.data or None, bool(self.is_retired.data), self.number)
        # Whoever is given another's place comes before it when moving up, after it when moving down.
        return (2 * place + (place > index + 1) - (place < index + 1), index, fact)

    def show(self, fact: SeatFact, index: int) -> None:
        """Fill the row from a seat."""
        self.id.data = str(fact.id or "")
        self.post_th.data, self.post_en.data, self.is_retired.data = fact.post_th, fact.post_en, fact.is_retired
        self.place.data = str(index + 1)


class NoteForm(BaseForm):
    """A note under a name of its own; a row left empty is none."""

    class Meta(FlaskForm.Meta):
        csrf = False  # part of a form that has its token

    name = PlainField(_l("Name of the note"), max_length=100, description=_l("For example: shirt size, introduced by."))
    text = LongTextField(_l("Note"), max_length=2000)

    def validate_name(self, field: Field) -> None:
        if not field.data and self.text.data:
            raise ValidationError(_("Please name this note, or empty the whole row."))

    def validate_text(self, field: Field) -> None:
        if not field.data and self.name.data:
            raise ValidationError(_("Please write the note, or empty the whole row."))

    def given(self) -> NamedNote | None:
        """The note; None where the row is empty."""
        return NamedNote(self.name.data, self.text.data) if self.name.data and self.text.data else None

    def show(self, note: NamedNote) -> None:
        """Fill the row."""
        self.name.data, self.text.data = note.name, note.text


class MembershipForm(BaseForm):
    """A network that an organisation belongs to, by its name; a row left empty is none."""

    class Meta(FlaskForm.Meta):
        csrf = False  # part of a form that has its token

    # The network's own number and the name under which the form showed it: kept though others may be called alike.
    network_id = HiddenField()
    shown_name = HiddenField()
    name = PlainField(_l("Network"), max_length=300, description=_l("Its full or short name, as it is in the list."))
    member_from = SinceField(_l("Member from"), description=_l("The year is enough."))
    member_until = UntilField(_l("Member until"), description=_l("The year is enough."))

    def validate_name(self, field: Field) -> None:
        if not field.data:
            if self.member_from.data or self.member_until.data:
                raise ValidationError(_("Please write the network too, or empty the whole row."))
            return
        if self._kept_id() is not None:
            return
        found = find_organisations_called(db.session(), current_sight(), field.data)
        if not found:
            raise ValidationError(
                _("There is no organisation of this name in the list. Please add it as an organisation first.")
            )
        if len(found) > 1:
            raise ValidationError(_("Several organisations are called that. Please write the full name."))
        self._found = found[0]

    def validate_member_until(self, field: Field) -> None:
        if field.data and self.member_from.data and field.data < self.member_from.data:
            raise ValidationError(_("The last day is before the first. Please check both dates."))

    def _kept_id(self) -> int | None:
        text = self.network_id.data or ""
        is_number = text.isascii() and text.isdecimal() and len(text) < 10
        return int(text) if is_number and self.name.data == self.shown_name.data else None

    def given(self) -> MembershipFact | None:
        """The membership, of a row that was found valid; None where the row is empty."""
        if not self.name.data:
            return None
        kept = self._kept_id()
        number, name = (kept, self.name.data) if kept is not None else (self._found.id, self._found.name)
        return MembershipFact(number, name, self.member_from.data, self.member_until.data)

    def show(self, fact: MembershipFact) -> None:
        """Fill the row."""
        self.network_id.data, self.shown_name.data, self.name.data = str(fact.network_id), fact.name, fact.name
        self.member_from.data, self.member_until.data = fact.member_from, fact.member_until


def show_rows(rows: RowList, values: Iterable[Any]) -> None:
    """Let a list of rows show these values and no others."""
    while len(rows):
        rows.pop_entry()
    for value in values:
        rows.append_entry()
        rows[-1].form.show(value)


def offer_row(rows: RowList, first: str) -> None:
    """One empty row behind the last that is filled."""
    if not len(rows) or (len(rows) < rows.most and rows[-1].form[first].data):
        rows.append_entry()
