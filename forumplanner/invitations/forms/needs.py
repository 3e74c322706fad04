"""Food and help that somebody who comes needs: asked with their own consent, also by whoever took the call."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from forumplanner.core import thai
from forumplanner.invitations.models import Food, ReplyChannel
from forumplanner.invitations.rules import needs_end
from forumplanner.invitations.services import GivenNeeds
from forumplanner.invitations.words import FOODS, REPLY_CHANNELS
from forumplanner.web.forms import BaseForm, LinkForm, LongTextField, PlainField
from forumplanner.web.locale import current_language

LONGEST_FOOD, LONGEST_HELP = 200, 500


class _Needs(BaseForm):
    """The fields of both forms. The tick of consent never stands ticked by itself."""

    food = RadioField(_l("Food"), default="", invalid_choice_message=_l("Please choose one of these."))  # type: ignore[call-arg]  # the stubs lag behind
    food_note = PlainField(_l("Other food, or what cannot be eaten"), max_length=LONGEST_FOOD)
    help_needed = LongTextField(
        _l("Help needed at the meeting"), max_length=LONGEST_HELP, description=_l("For example a wheelchair.")
    )

    def begin(self) -> None:
        """Offer the kinds of food."""
        self.food.choices = {food.value: _(word) for food, word in FOODS.items()} | {"": _("Nothing special")}

    @property
    def texts(self) -> list[str]:
        """What was typed, to be shown once more where it is refused."""
        return [box.data for box in (self.food_note, self.help_needed) if box.data]

    def given(self) -> GivenNeeds:
        """What was told, of a form that was found valid."""
        food = Food(self.food.data) if self.food.data else None
        consent = bool(self._fields["consent"].data)
        return GivenNeeds(food, self.food_note.data or None, self.help_needed.data or None, consent)


class OwnNeedsForm(_Needs, LinkForm):
    """On one's own page."""

    consent = BooleanField()

    def __init__(self, ends_on: date, **named: Any) -> None:
        super().__init__(**named)
        self.begin()
        self.consent.label.text = _(
            "I consent to what I wrote here being kept, to prepare the food and to help at this meeting, until %(day)s",
            day=_day(ends_on),
        )


class TakenNeedsForm(_Needs):
    """Noted by a coordinator who was told."""

    told_by = SelectField(_l("How they told it"), default=ReplyChannel.TELEPHONE.value)
    consent = BooleanField()

    def __init__(self, ends_on: date, **named: Any) -> None:
        super().__init__(**named)
        self.begin()
        self.told_by.choices = {
            value.value: _(word) for value, word in REPLY_CHANNELS.items() if value != ReplyChannel.LINK
        }
        self.consent.label.text = _(
            "They themselves consented to this being kept, to prepare the food and to help at this meeting, "
            "until %(day)s",
            day=_day(ends_on),
        )

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return 422 if self.errors else 200


def _day(ends_on: date) -> str:
    return thai.format_short(needs_end(ends_on), lang=current_language()).replace(" ", "\N{NO-BREAK SPACE}")
