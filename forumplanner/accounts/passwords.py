"""What may be a password."""

import unicodedata
from typing import Any, Literal

from flask_security import PasswordUtil
from flask_security.utils import get_message

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
