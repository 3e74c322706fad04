"""Accounts in words, for templates."""

from collections.abc import Iterable

from flask_babel import gettext as _

from forumplanner.accounts.rules import Role
from forumplanner.core.i18n import N_
from forumplanner.web.today import settings

ROLE_NAMES = {
    Role.ORGANISER: N_("Organiser"),
    Role.COORDINATOR: N_("Regional coordinator"),
    Role.READER: N_("Reader"),
}


def role_names(names: Iterable[str]) -> list[str]:
    """Roles in words, the widest first."""
    held = set(names)
    return [_(word) for role, word in ROLE_NAMES.items() if role in held]


def sends_mail() -> bool:
    """Whether this installation sends mail at all."""
    return settings().smtp_url is not None
