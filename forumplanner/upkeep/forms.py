"""The form that leaves the sample."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField
from wtforms.validators import EqualTo, ValidationError

from forumplanner.accounts.access.passwords import normal_password
from forumplanner.core.errors import Refused
from forumplanner.outbox.rules import check_recipient
from forumplanner.web.errors import translated
from forumplanner.web.forms import BaseForm, BooleanField, Needed, PlainField


class StartForm(BaseForm):
    """The first real organiser, and that the sample may go."""

    name = PlainField(_l("Your name"), [Needed()], max_length=200)
    email = PlainField(_l("Your e-mail address"), [Needed()], max_length=254, description=_l("You sign in with it."))
    password = PasswordField(
        _l("Password"), [Needed()], description=_l("At least 10 characters. Several words are easy to remember.")
    )
    password_again = PasswordField(
        _l("The same password again"),
        [Needed(), EqualTo("password", _l("The two passwords differ. Please type the same one twice."))],
    )
    sure = BooleanField(_l("Delete the whole sample round with its people, invitations and outcomes"))

    # Beside the rules of each field, so that everything that is wrong is said at once.

    def validate_email(self, field: Field) -> None:
        """An address that mail can be sent to."""
        with _beside_the_field():
            check_recipient(field.data.strip())

    def validate_password(self, field: Field) -> None:
        """Long enough, and not easily guessed."""
        with _beside_the_field():
            normal_password(self.email.data or "", field.data)

    def validate_sure(self, field: Field) -> None:
        """The box is ticked."""
        if not field.data:
            raise ValidationError(_("Please tick this box, so that nothing is deleted by mistake."))


@contextmanager
def _beside_the_field() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        raise ValidationError(translated(refusal)) from refusal
