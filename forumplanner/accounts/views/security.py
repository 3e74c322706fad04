"""Flask-Security, set up: sign-in, sign-out, password reset by mail, two-factor sign-in."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_in
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.proxies import _security
from flask_security.tf_plugin import tf_clean_session
from sqlalchemy import select
from wtforms import Form

from forumplanner.accounts import forms
from forumplanner.accounts.access.attempts import init_attempts
from forumplanner.accounts.access.browsers import init_browsers
from forumplanner.accounts.access.passwords import NORMAL_FORM, SHORTEST, CarefulPasswords, HashedOutsideTransactions
from forumplanner.accounts.models import Role, User
from forumplanner.accounts.views.mail import PASSWORD_CHANGED, PASSWORD_LINK, PASSWORD_RESET, OutboxMail
from forumplanner.accounts.views.two_factor import HashedRecoveryCodes, ReplaySafeTotp
from forumplanner.accounts.wording import MESSAGES
from forumplanner.config import Settings, translations_dir
from forumplanner.core.db import db
from forumplanner.web.access import ANYONE, SIGNED_IN, Access, declare_access
from forumplanner.web.once import declare_repeatable
from forumplanner.web.redrawing import is_drawn_again


class Accounts(SQLAlchemyUserDatastore):
    """Flask-Security's way to our accounts."""

    def tf_reset(self, user: Any) -> None:
        """Switching the second step off makes its recovery codes worthless too."""
        super().tf_reset(user)
        user.mf_recovery_codes = None
        user.totp_last_counter = None


datastore = Accounts(db, User, Role)

# Nobody opens these: parts of Flask-Security we do not use but cannot leave out.
CLOSED = Access("closed")

# Each checks for itself how far a sign-in has come; signing out needs nobody to be signed in.
PUBLIC_ENDPOINTS = (
    "login",
    "logout",
    "forgot_password",
    "reset_password",
    "two_factor_token_validation",
    "two_factor_setup",
    "mf_recovery",
)
OWN_ENDPOINTS = ("verify", "change_password", "mf_recovery_codes")
OF_SESSIONS = {*PUBLIC_ENDPOINTS, *OWN_ENDPOINTS} - {"forgot_password", "reset_password"}
CLOSED_ENDPOINTS = ("two_factor_rescue", "two_factor_setup_validate", "tf_select")
# Where a half-done sign-in goes on, by Flask-Security's name for how far it has come; behind it what else is open then.
HALF_WAY = {
    "setup_from_login": ("security.two_factor_setup",),
    "validating_profile": ("security.two_factor_token_validation", "security.two_factor_setup"),
    "ready": ("security.two_factor_token_validation", "security.mf_recovery"),
}
ENDING_HALF_SIGN_IN = {"security.login"}.union(*HALF_WAY.values())
LINK_VALID = timedelta(days=2)
# Something that matters asks for the password again after this long.
FRESH = timedelta(hours=1)


def security_config(settings: Settings) -> dict[str, object]:
    """Flask-Security's settings."""
    config: dict[str, object] = {
        # Argon2 salts each password itself. A key of the installation mixed in would make every password useless on the
        # day that key is changed or a backup is read elsewhere.
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_SALT": settings.secret_key,
        "PASSWORD_LENGTH_MIN": SHORTEST,
        "PASSWORD_NORMALIZE_FORM": NORMAL_FORM,
        "RECOVERABLE": True,
        "RESET_PASSWORD_WITHIN": LINK_VALID,
        "POST_RESET_VIEW": "security.login",
        "CHANGEABLE": True,
        "CHANGE_URL": "/account/password",
        "POST_CHANGE_VIEW": "accounts.account",
        "VERIFY_URL": "/account/password-again",
        "FRESHNESS": FRESH,
        "FRESHNESS_GRACE_PERIOD": FRESH,
        "LOGOUT_METHODS": ["POST"],
        "LOGOUT_CSRF": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_RESCUE_EMAIL": False,
        # A code is good for its own half minute and the ones beside it.
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_SETUP_URL": "/account/two-factor",
        "TWO_FACTOR_POST_SETUP_VIEW": "accounts.account",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/login/code",
        "TWO_FACTOR_RESCUE_URL": "/login/rescue",
        "TWO_FACTOR_SELECT_URL": "/login/select",
        "TOTP_SECRETS": {"1": settings.secret_key},
        "TOTP_ISSUER": "forumplanner",
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "MULTI_FACTOR_RECOVERY_URL": "/login/recovery-code",
        "I18N_DIRNAME": ["builtin", str(translations_dir())],
        # Without a DNS server a reset would send nothing and say that it did.
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "EMAIL_SENDER": settings.mail_from,
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        "EMAIL_TEMPLATE_PASSWORD_RESET": PASSWORD_LINK,
        "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": PASSWORD_RESET,
        "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": PASSWORD_CHANGED,
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "STATIC_FOLDER": None,
        # Its header would be malformed; ours says the same.
        "CACHE_CONTROL": {},
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
    }
    if settings.env == "test":
        # The slowness that protects real passwords would only make the tests slow.
        config["PASSWORD_HASH_PASSLIB_OPTIONS"] = {"argon2__time_cost": 1, "argon2__memory_cost": 64}
    messages = {f"MSG_{name}": message for name, message in MESSAGES.items()}
    return {f"SECURITY_{name}": value for name, value in (config | messages).items()}


def init_security(app: Flask) -> None:
    """Attach it, declare who may open its pages, and close what is not used."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(security_config(settings))
    security = Security(
        app,
        datastore,
        login_form=forms.SignInForm,
        verify_form=forms.PasswordAgainForm,
        forgot_password_form=forms.ForgottenPasswordForm,
        reset_password_form=forms.ChosenPasswordForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_setup_form=forms.SetUpForm,
        two_factor_rescue_form=forms.NoRescueForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        mail_util_cls=OutboxMail,
        password_util_cls=CarefulPasswords,
        totp_cls=ReplaySafeTotp,
        mf_recovery_codes_util_cls=HashedRecoveryCodes,
        render_template=render_page,  # type: ignore[arg-type]  # views return what it returns
    )
    security.pwd_context = HashedOutsideTransactions(security.pwd_context)
    # Pages for people: no JSON, no tokens.
    security.want_json(lambda _: False)
    security.login_manager.request_loader(lambda _: None)
    for endpoint in PUBLIC_ENDPOINTS:
        declare_access(app, f"security.{endpoint}", ANYONE)
    for endpoint in OWN_ENDPOINTS:
        declare_access(app, f"security.{endpoint}", SIGNED_IN)
    # A session is given anew each time; what sends mail or spends a link does so once.
    declare_repeatable(app, *(f"security.{endpoint}" for endpoint in OF_SESSIONS))
    for endpoint in CLOSED_ENDPOINTS:
        declare_access(app, f"security.{endpoint}", CLOSED)
        app.view_functions[f"security.{endpoint}"] = _closed
    app.view_functions["security.two_factor_token_validation"] = _then_recovery_codes(
        app.view_functions["security.two_factor_token_validation"]
    )
    app.view_functions["security.logout"] = _everywhere(app.view_functions["security.logout"])
    init_attempts(app)
    init_browsers(app)
    app.after_request(_keep_nowhere)
    app.before_request(_refuse_json)
    app.before_request(_forget_half_sign_in)
    app.before_request(_go_on_with_half_sign_in)
    app.before_request(_ask_for_two_factor)
    user_logged_in.connect(_renew_csrf_token, app)


def render_page(template: str, **context: Any) -> ResponseReturnValue:
    """Flask-Security's pages: 422 where a form was refused; after a request for a link, a page that may be reloaded."""
    if template == "security/two_factor_verify_code.html" and session.get("tf_state") == "validating_profile":
        user, secret = context["two_factor_verify_code_form"].user, session["tf_totp_secret"]
        # An old cookie must not show the key of a second step that counts already.
        if secret != user.tf_totp_secret:
            template = "security/two_factor_setup.html"
            picture = _security.totp_factory.fetch_setup_values(secret, user)
            context |= {"authr_qrcode": picture["image"]}
            context |= {f"authr_{name}": picture[name] for name in ("key", "username", "issuer")}
            context |= {"chosen_method": "authenticator", "changing": current_user.is_authenticated}
    refused = False
    for form in (value for value in context.values() if isinstance(value, Form)):
        # Each field that failed left the same general sentence.
        form.form_errors = list(dict.fromkeys(form.form_errors))
        refused = refused or bool(form.errors)
    if (
        request.method == "POST"
        and request.endpoint == "security.forgot_password"
        and not (refused or is_drawn_again())
    ):
        return redirect(url_for("security.forgot_password"))
    page = render_template(template, **context)
    return page, 422 if refused and request.method == "POST" else 200


def _closed(**_: Any) -> ResponseReturnValue:
    abort(404)


def _refuse_json() -> None:
    if request.blueprint == "security" and request.is_json:
        abort(415)


def _forget_half_sign_in() -> None:
    """A half-done sign-in may set up a second step only while there is none.

    Its state lies in the visitor's cookie: an old one, kept from before the second step was set up, would replace it.
    """
    if request.blueprint != "security" or session.get("tf_state") not in ("setup_from_login", "validating_profile"):
        return
    if current_user.is_authenticated:
        return
    user = db.session.scalar(select(User).where(User.fs_uniquifier == str(session.get("tf_user_id", ""))))
    if user is None or user.tf_primary_method:
        tf_clean_session()  # type: ignore[no-untyped-call]


def _go_on_with_half_sign_in() -> ResponseReturnValue | None:
    """A second tab, or any page that needs an account, leads to the step that is missing.

    Flask-Security forgets a half-done sign-in on a page that does not belong to it; only `afresh` asks for that.
    """
    if request.endpoint not in ENDING_HALF_SIGN_IN or request.method == "POST" or "afresh" in request.args:
        return None
    steps = HALF_WAY.get(session.get("tf_state", ""), ())
    if not steps or request.endpoint in steps or current_user.is_authenticated:
        return None
    return redirect(url_for(steps[0], next=request.args.get("next")))


def _ask_for_two_factor() -> ResponseReturnValue | None:
    """An organiser of real data opens nothing but their own account's pages before the second step is set up."""
    if request.endpoint in (None, "static") or request.blueprint in ("security", "accounts"):
        return None
    if current_user.is_authenticated and current_user.lacks_two_factor:
        return redirect(url_for("security.two_factor_setup"))
    return None


def _then_recovery_codes(view: Any) -> Any:
    """After the second step was set up, the codes for the day the phone is lost."""

    def validate_code() -> ResponseReturnValue:
        if current_user.is_authenticated and session.get("tf_state") != "validating_profile":
            # Flask-Security signs such a visitor out; a picture on somebody else's page could do that to anyone.
            return redirect(url_for("accounts.account"))
        setting_up = session.get("tf_state") == "validating_profile"
        answer: ResponseReturnValue = view()
        done = setting_up and "tf_state" not in session and current_user.is_authenticated
        if done and not current_user.mf_recovery_codes:
            return redirect(url_for("security.mf_recovery_codes"))
        return answer

    return validate_code


def _everywhere(view: Any) -> Any:
    """Signing out ends every session of the account: a cookie copied before is worth nothing after."""

    def logout() -> ResponseReturnValue:
        user = current_user._get_current_object() if current_user.is_authenticated else None
        answer: ResponseReturnValue = view()
        if user is not None and not current_user.is_authenticated:
            datastore.set_uniquifier(user)
            db.session.commit()
        return answer

    return logout


def _keep_nowhere(response: Response) -> Response:
    if request.blueprint == "security":
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _renew_csrf_token(sender: Flask, **_: Any) -> None:
    # A token somebody planted before the sign-in must not be worth anything after it.
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


__all__ = ["CLOSED", "datastore", "init_security", "render_page", "security_config"]
