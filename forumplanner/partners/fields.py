"""Rows inside the forms of partners."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from forumplanner.core import thai
from forumplanner.partners.facts import SeatFact
from forumplanner.web.forms import BaseForm, BooleanField, HiddenField, PlainField


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
