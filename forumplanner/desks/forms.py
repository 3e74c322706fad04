"""The form that leaves the sample."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.web.forms import BaseForm, BooleanField, Needed, PlainField


class StartForm(BaseForm):
    """The first real organiser, and that the sample may go."""

    name = PlainField(_l("Your name"), [Needed()], max_length=200)
    email = PlainField(_l("Your e-mail address"), [Needed()], max_length=254, description=_l("You sign in with it."))
    password = PasswordField(
        _l("Password"), [Needed()], description=_l("At least 10 characters. Several words are easy to remember.")
    )
    password_again = PasswordField(_l("The same password again"), [Needed()])
    sure = BooleanField(_l("Delete the whole sample round with its people, invitations and outcomes"))

    def check(self) -> None:
        """Refuse passwords that differ, and a box that is not ticked."""
        if self.password.data != self.password_again.data:
            raise Invalid(N_("The two passwords differ. Please type the same one twice."), field="password_again")
        if not self.sure.data:
            raise Invalid(N_("Please tick this box, so that nothing is deleted by mistake."), field="sure")
