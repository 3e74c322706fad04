"""Flask-Security, set up: sign-in, sign-out, password reset by mail, two-factor for organisers."""

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from forumplanner.accounts.models import Role, User
from forumplanner.config import Settings, translations_dir
from forumplanner.core.db import db
from forumplanner.web.access import ANYONE, SIGNED_IN, declare_access

datastore = SQLAlchemyUserDatastore(db, User, Role)

PUBLIC_ENDPOINTS = ("login", "forgot_password", "reset_password", "two_factor_token_validation", "two_factor_rescue")
OWN_ENDPOINTS = ("logout", "verify", "change_password", "two_factor_setup")


def security_config(settings: Settings) -> dict[str, object]:
    """Flask-Security's settings."""
    return {
        "SECURITY_PASSWORD_SALT": settings.secret_key,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": 10,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TOTP_SECRETS": {"1": settings.secret_key},
        "SECURITY_TOTP_ISSUER": "forumplanner",
        "SECURITY_I18N_DIRNAME": ["builtin", str(translations_dir())],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_EMAIL_SENDER": settings.mail_from,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
    }


def init_security(app: Flask) -> None:
    """Attach it, and declare who may open its pages."""
    settings: Settings = app.config["SETTINGS"]
    for name, value in security_config(settings).items():
        app.config.setdefault(name, value)
    Security(app, datastore)
    for endpoint in PUBLIC_ENDPOINTS:
        declare_access(app, f"security.{endpoint}", ANYONE)
    for endpoint in OWN_ENDPOINTS:
        declare_access(app, f"security.{endpoint}", SIGNED_IN)
