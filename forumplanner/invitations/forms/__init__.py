"""Forms of invitations and answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.validators import StopValidation, ValidationError

from forumplanner.core import thai
from forumplanner.invitations.models import Answer, Capacity, Channel, Invitation, ReplyChannel
from forumplanner.invitations.services import GivenAnswer
from forumplanner.invitations.words import ANSWERS, CAPACITIES, CHANNELS, REPLY_CHANNELS
from forumplanner.partners.models import Organisation
from forumplanner.rounds.models import Meeting
from forumplanner.web.forms import HiddenField, LinkForm, LongTextField, Needed, PlainField
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm

LONGEST_COMMENT = 2000
LONGEST_PHONES = 300


def _phone(typed: str | None) -> str | None:
    """The numbers as they are kept, in our one way of writing; what cannot be read is kept as it was typed.

    A delegate's telephone is a courtesy: it never stops an answer.
    """
    return thai.show_phones(typed or "")[:LONGEST_PHONES] or None


def days_text(meeting: Meeting) -> str:
    """A meeting's days as the forms carry those they were shown with."""
    return f"{meeting.starts_on.isoformat()}/{meeting.ends_on.isoformat()}"


def read_days(text: str | None) -> tuple[date, date] | None:
    """The days a form was shown with; None where it does not say."""
    try:
        first, last = map(date.fromisoformat, (text or "").split("/"))
    except ValueError:
        return None
    return first, last


class AnswerForm(LinkForm):
    """One of the three large buttons, or the line below them."""

    days = HiddenField()

    answer = RadioField(  # type: ignore[call-arg]  # the stubs lag behind
        _l("Answer"),
        choices={answer.value: answer.value for answer in Answer},
        invalid_choice_message=_l("Please choose an answer."),
    )


class CommentForm(LinkForm):
    """A message to the coordinator, after the answer."""

    comment = LongTextField(
        _l("Message to the coordinator"),
        max_length=LONGEST_COMMENT,
        description=_l("Only coordinators read this; it does not appear in the minutes."),
    )


class ReasonForm(LinkForm):
    """Why somebody does not come, to be printed; kept apart from what they tell the coordinator."""

    reason = RadioField(  # type: ignore[call-arg]  # the stubs lag behind
        _l("Reason for not coming"), default="", invalid_choice_message=_l("Please choose one of these reasons.")
    )
    own_words = PlainField(
        _l("More, or another reason in a few words"),
        max_length=200,
        description=_l("Please write nothing about health or other private matters here."),
    )

    def __init__(self, reasons: Mapping[str, str], **named: Any) -> None:
        super().__init__(**named)
        self.ready = list(reasons)
        self.reason.choices = {text: _(word) for text, word in reasons.items()} | {"": _("I give no reason")}

    def show(self, reason: str | None) -> None:
        """Fill the fields from the reason in force."""
        ready = next((text for text in self.ready if (reason or "").startswith(text)), "")
        self.reason.data = ready
        self.own_words.data = (reason or "").removeprefix(ready).strip()

    def given_reason(self) -> str | None:
        """The reason as it is printed; None where none is given."""
        return " ".join(filter(None, (self.reason.data, self.own_words.data))) or None


class DelegateForm(LinkForm):
    """Who comes instead. An agency may say so before it knows whom it will send: that is a button of its own."""

    delegate_name = PlainField(
        _l("Name of whoever comes instead"),
        max_length=300,
        description=_l("Not decided yet? Please press the second button; you can add the name later by the same link."),
    )
    delegate_phone = PlainField(_l("Their telephone"), max_length=LONGEST_PHONES)
    comment = LongTextField(
        _l("Message to the coordinator"),
        max_length=LONGEST_COMMENT,
        description=_l("Only coordinators read this; it does not appear in the minutes."),
    )
    days = HiddenField()
    later = BooleanField(_l("Send a delegate, the name will follow"))

    def validate_delegate_name(self, field: PlainField) -> None:
        if not (field.data or field.errors or self.later.data):
            raise ValidationError(_("Please write the name, or press the button that says it will follow."))

    def given(self) -> GivenAnswer:
        """The answer as typed, of a form that was found valid."""
        return GivenAnswer(
            Answer.DELEGATE,
            self.delegate_name.data or None,
            _phone(self.delegate_phone.data),
            self.comment.data or None,
            named_later=bool(self.later.data),
        )


class TakenAnswerForm(SeenForm):
    """An answer that a coordinator took by telephone, on paper, by LINE or by e-mail."""

    answer = RadioField(  # type: ignore[call-arg]  # the stubs lag behind
        _l("Answer"), validators=[Needed()], invalid_choice_message=_l("Please choose an answer.")
    )
    came_by = SelectField(_l("How they answered"), default=ReplyChannel.TELEPHONE.value)
    delegate_name = PlainField(
        _l("Name of whoever comes instead"), max_length=300, description=_l("Where a delegate is sent.")
    )
    delegate_phone = PlainField(_l("Their telephone"), max_length=LONGEST_PHONES)
    later = BooleanField(_l("The delegate is not named yet"))
    reason = PlainField(
        _l("Reason for not coming"),
        max_length=300,
        description=_l(
            "This will appear in the minutes. Please write nothing about health or other private matters here."
        ),
    )
    comment = LongTextField(
        _l("What else was said"),
        max_length=LONGEST_COMMENT,
        description=_l("Only coordinators read this; it does not appear in the minutes."),
    )
    days = HiddenField()

    def __init__(self, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.in_force = invitation
        self.answer.choices = {value.value: _(word) for value, word in ANSWERS.items()}
        self.came_by.choices = {
            value.value: _(word) for value, word in REPLY_CHANNELS.items() if value != ReplyChannel.LINK
        }

    def show_in_force(self) -> None:
        """Fill the fields from the answer in force, so that correcting a part of it keeps the rest.

        Not the tick: who opens this for a delegate not named yet mostly brings the name.
        """
        self.delegate_name.data = self.in_force.delegate_name
        self.delegate_phone.data = self._phone_in_force()
        if self.in_force.is_for_other_days:
            # Asked again: what was said of other days is not recorded for these by one touch.
            return
        self.answer.data = self.in_force.answer
        self.comment.data, self.reason.data = self.in_force.comment, self.in_force.reason

    def _phone_in_force(self) -> str:
        return thai.show_phones(self.in_force.delegate_phone or "", current_language())

    def validate_delegate_name(self, field: Field) -> None:
        """A delegate is named, now or later; a name beside another answer is a contradiction, not something to drop.

        The name that stood there already is none: whoever comes after all need not delete it.
        """
        if self.answer.data == Answer.DELEGATE and not (field.data or field.errors or self.later.data):
            raise StopValidation(_("Please write the name, or tick that the delegate is not named yet."))
        if self.answer.data == Answer.DELEGATE and field.data and self.later.data:
            raise StopValidation(
                _(
                    "You wrote the name of a delegate, but ticked that the delegate is not named yet. "
                    "Please delete the name or take the tick out."
                )
            )
        standing = field.data == self.in_force.delegate_name
        if field.data and not standing and self.answer.data in (Answer.ACCEPTED, Answer.DECLINED):
            raise StopValidation(
                _(
                    "You wrote the name of a delegate, but chose the answer %(answer)s. "
                    "Please choose that a delegate is sent, or delete the name.",
                    answer=_(ANSWERS[Answer(self.answer.data)]),
                )
            )

    def validate_delegate_phone(self, field: Field) -> None:
        """The same of a telephone without a name."""
        given = field.data and field.data != self._phone_in_force()
        if given and not self.delegate_name.data and self.answer.data in (Answer.ACCEPTED, Answer.DECLINED):
            raise StopValidation(
                _("This is the telephone of a delegate. Please choose that a delegate is sent, or delete the number.")
            )

    def validate_reason(self, field: Field) -> None:
        """A reason for not coming beside the answer that somebody comes is a contradiction, unless it stood there."""
        comes = self.answer.data in (Answer.ACCEPTED, Answer.DELEGATE)
        if comes and field.data and field.data != self.in_force.reason:
            raise StopValidation(
                _(
                    "You wrote a reason for not coming, but chose the answer %(answer)s. "
                    "Please choose the other answer, or delete the reason.",
                    answer=_(ANSWERS[Answer(self.answer.data)]),
                )
            )

    def words_of(self, name: str, value: Any) -> str:
        return super().words_of(name, self._as_shown(name, value))

    def take(self, name: str, value: Any) -> None:
        super().take(name, self._as_shown(name, value))

    @staticmethod
    def _as_shown(name: str, value: Any) -> Any:
        return thai.show_phones(value or "", current_language()) if name == "delegate_phone" else value

    def given(self) -> GivenAnswer:
        """The answer as typed, of a form that was found valid."""
        return GivenAnswer(
            Answer(self.answer.data),
            self.delegate_name.data or None,
            _phone(self.delegate_phone.data),
            self.comment.data or None,
            self.reason.data or None,
            named_later=self.later.data,
        )


def _seat_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class ParticularsForm(SeenForm):
    """How a partner is reached, in what capacity and, of an organisation, in which seat."""

    channel = SelectField(_l("Channel"))
    capacity = SelectField(_l("Capacity"))
    seat = SelectField(_l("Seat"), coerce=_seat_or_none)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = {value.value: _(word) for value, word in CHANNELS.items()}
        self.capacity.choices = {value.value: _(word) for value, word in CAPACITIES.items()}

    def offer_seats(self, invitation: Invitation, lang: str, *, is_open: bool) -> None:
        """Offer the organisation's seats, and what is there now; no such box where there is nothing to choose."""
        partner = invitation.partner
        seats = partner.seats if is_open and isinstance(partner, Organisation) else []
        offered = [(str(seat.id), seat.post(lang)) for seat in seats if not seat.is_retired or seat is invitation.seat]
        if invitation.seat_id is None:
            offered.insert(0, ("", _("no seat named")))
        if len(offered) < 2:
            del self.seat
        else:
            self.seat.choices = offered

    @property
    def seat_id(self) -> int | None:
        """The seat that was chosen; None where none was, or none is offered."""
        return self.seat.data if "seat" in self else None

    def chosen(self) -> tuple[Channel, Capacity]:
        """The two values."""
        return Channel(self.channel.data), Capacity(self.capacity.data)
