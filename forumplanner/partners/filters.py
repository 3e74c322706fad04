"""What templates may use of partners."""

from typing import Protocol

from forumplanner.core import thai
from forumplanner.web.locale import current_language


class _Number(Protocol):
    number: str
    extension: str | None


def phone(value: "_Number | str | None") -> str:
    """A telephone number as it is read out: 081-000-0001; text that is no national number stays as it is."""
    if value is None or isinstance(value, str):
        return thai.show_phones(value or "", current_language())
    return thai.format_phone(value.number, value.extension, current_language())
