"""What may be a password, and how it is hashed."""

import unicodedata
from typing import Any, Literal

from flask import current_app
from flask_security import PasswordUtil, hash_password, verify_password
from flask_security.utils import get_message
from passlib.context import CryptContext  # type: ignore[import-untyped]

from forumplanner.accounts.models import User
from forumplanner.core.errors import Invalid
from forumplanner.web.transactions import end_reading

SHORTEST = 10
# Flask-Security takes no more, but its sentence speaks of the shortest.
LONGEST = 128
NORMAL_FORM: Literal["NFKD"] = "NFKD"
# The first things that are tried, of ten characters and more.
OFTEN_TRIED = ("1234567890", "0123456789", "0987654321", "password", "qwertyuiop", "forumplanner")
FEWEST_DIFFERENT = 4


class CarefulPasswords(PasswordUtil):
    """Passwords long enough and not the first that anybody would try. Thai ำ is one text however it was typed."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """The faults in words (None: none) and the password as it is to be hashed."""
        faults, normal = super().validate(password, is_register, **kwargs)
        user = kwargs.get("user")
        if not faults and is_easy_to_guess(normal, getattr(user, "email", "") or ""):
            faults = [get_message("PASSWORD_TOO_SIMPLE")[0]]
        return faults, normal


def is_too_long(password: str) -> bool:
    """Whether it is longer than any password can be; counted as it is hashed, so that ำ is two."""
    return len(unicodedata.normalize(NORMAL_FORM, password)) > LONGEST


def is_easy_to_guess(password: str, email: str) -> bool:
    """Whether it is made of few different characters, of what is always tried, or of the person's own address."""
    plain = password.casefold()
    if len(set(plain)) < FEWEST_DIFFERENT:
        return True
    if email and plain in (email.casefold(), email.casefold().partition("@")[0]):
        return True
    rest = plain
    for word in OFTEN_TRIED:
        rest = rest.replace(word, "")
    return len(rest) < FEWEST_DIFFERENT


def normal_password(email: str, password: str) -> str:
    """The password as it is to be hashed; Invalid with the first fault of one that is short or easily guessed."""
    # Never added to the session: it only tells whose password this is to be.
    owner = User(email=email)
    faults, normal = current_app.extensions["security"]._password_util.validate(password, True, user=owner)
    if faults:
        raise Invalid(str(faults[0]), field="password")
    return str(normal)


class HashedOutsideTransactions:
    """Hashes and compares passwords as the context given does, with no transaction open.

    It takes long on purpose, and many wrong passwords at once must hold up nobody who writes.
    """

    def __init__(self, context: CryptContext) -> None:
        self._context = context

    def hash(self, password: str, **options: Any) -> str:
        """The hash to be kept."""
        end_reading()
        return str(self._context.hash(password, **options))

    def verify(self, password: str, hashed: str) -> bool:
        """Whether this is the password."""
        end_reading()
        return bool(self._context.verify(password, hashed))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


__all__ = [
    "LONGEST",
    "NORMAL_FORM",
    "SHORTEST",
    "CarefulPasswords",
    "HashedOutsideTransactions",
    "hash_password",
    "is_easy_to_guess",
    "is_too_long",
    "normal_password",
    "verify_password",
]
