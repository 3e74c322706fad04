"""One's own name; Flask-Security's forms, with our limits on failures and our sentences."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security.forms import (
    ChangePasswordForm,
    ForgotPasswordForm,
    Form,
    LoginForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message, validate_redirect_url
from wtforms import HiddenField, PasswordField, RadioField

from forumplanner.accounts.access.attempts import count_reset_request, secret_attempt, sign_in_attempt
from forumplanner.accounts.access.passwords import LONGEST, is_too_long
from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.outbox.rules import check_recipient
from forumplanner.web.errors import translated
from forumplanner.web.forms import Needed, PlainField
from forumplanner.web.redrawing import is_drawn_again
from forumplanner.web.seen import SeenForm


class OwnNameForm(SeenForm):
    """What a person is called, as everybody who works on a round reads it."""

    name = PlainField(
        _l("Your name"),
        [Needed()],
        max_length=200,
        description=_l("First name and family name. They are shown beside what you do from now on."),
    )


class OfPasswords(Form):
    """Refuses a password nobody can have before anything is made of it: hashing takes time, and has its own limit."""

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        typed = [field for field in self if isinstance(field, PasswordField)]
        too_long = [field for field in typed if is_too_long(str(field.data or ""))]
        for field in too_long:
            field.errors = [_("A password has %(most)s characters at most. Please check what you typed.", most=LONGEST)]
        return not too_long and bool(super().validate(**kwargs))


class SignInForm(OfPasswords, LoginForm):
    """E-mail address and password."""

    # A session ends with the browser: offices share machines.
    remember = None  # type: ignore[assignment]  # how WTForms drops a field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text = _("E-mail address")
        # The template links to the forgotten password itself.
        self.password.description = ""

    def validate_next(self, field: Any) -> None:
        """An address of somebody else's is dropped without a word: the sign-in itself is sound."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        with sign_in_attempt(str(self.email.data or "")) as attempt:
            valid = bool(super().validate(**kwargs))
            # The right password of an account that is switched off is no failure to count.
            attempt.succeeded = valid or self.user_authenticated
            # What was not looked for, since something else is missing, counts as none.
            attempt.is_known = self.user is not None
        if self.user_authenticated and self.user is not None and not self.user.is_active:
            # Whoever knows the password may know this; the view would make it "wrong password".
            self.email.errors = []
            self.form_errors.append(get_message("DISABLED_ACCOUNT")[0])
        return valid


class ForgottenPasswordForm(ForgotPasswordForm):
    """Asks for a link by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text = _("E-mail address")

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        count_reset_request(str(self.email.data or ""))
        valid = bool(super().validate(**kwargs))
        # Whether there is such an account stays unsaid, and Flask-Security clears the field's errors for that; what is
        # no address at all is a typing error.
        try:
            check_recipient(str(self.email.data or ""))
        except Invalid as refusal:
            self.form_errors.append(translated(refusal) if self.email.data else get_message("EMAIL_NOT_PROVIDED")[0])
            return False
        return valid


class ChosenPasswordForm(OfPasswords, ResetPasswordForm):
    """The password of one's choice, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = _("New password")
        self.password_confirm.label.text = _("The new password once more")


class SetUpForm(TwoFactorSetupForm):
    """What is to happen with the second step: our page sends it with its buttons."""

    setup = HiddenField()  # type: ignore[assignment]  # Flask-Security has radio buttons


class NoRescueForm(TwoFactorRescueForm):
    """Flask-Security makes one for each code that is asked for; our page offers recovery codes by itself."""

    help_setup = RadioField(choices=[])


class CodeForm(TwoFactorVerifyCodeForm):
    """The code an authenticator app shows; spaces and Thai digits are no fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.label.text = _("Six digits")

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        if isinstance(self.code.data, str):
            self.code.data = thai.from_thai_digits("".join(self.code.data.split()))
        with secret_attempt(_id_of(self.user)) as attempt:
            attempt.succeeded = bool(super().validate(**kwargs))
        return attempt.succeeded


class RecoveryCodeForm(MfRecoveryForm):
    """A recovery code in place of the app's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.label.text = _("Recovery code")

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        with secret_attempt(_id_of(self.user)) as attempt:
            attempt.succeeded = bool(super().validate(**kwargs))
        return attempt.succeeded


class PasswordAgainForm(OfPasswords, VerifyForm):
    """The password once more, before something that matters."""

    def validate_next(self, field: Any) -> None:
        if field.data and not validate_redirect_url(field.data):
            field.data = ""

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        with secret_attempt(_id_of(self.user)) as attempt:
            attempt.succeeded = bool(super().validate(**kwargs))
        return attempt.succeeded


class NewPasswordForm(OfPasswords, ChangePasswordForm):
    """The password now and the one to be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = _("The password you have now")
        self.new_password.label.text = _("New password")
        self.new_password_confirm.label.text = _("The new password once more")

    def validate(self, **kwargs: Any) -> bool:
        if is_drawn_again():
            return False
        from flask_login import current_user

        with secret_attempt(current_user.id) as attempt:
            # Where the new password was refused, the old one may not have been looked at: no success to forgive by.
            attempt.succeeded = bool(super().validate(**kwargs))
        return attempt.succeeded


def _id_of(user: Any) -> int:
    """The account the view has put on the form."""
    return int(user.id)
