"""Telephone numbers on pages: each is a link that calls, what is noted about it stands beside."""

import re
from collections.abc import Iterable
from typing import Protocol

from markupsafe import Markup, escape

from forumplanner.core import thai
from forumplanner.web.locale import current_language

_LINK = Markup('<span class="whole"><a href="tel:{}">{}</a></span>')
# What may be a number in a text that cannot be read as a whole.
_DIGITS = re.compile(r"\+?[0-9๐-๙][0-9๐-๙ \-.()]{6,20}[0-9๐-๙]")


class Number(Protocol):
    """A telephone number: `thai.PhoneNumber`, or a row that holds one."""

    @property
    def number(self) -> str: ...
    @property
    def extension(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...


def phone(value: Number | str | None) -> str:
    """A telephone number as it is read out: 081-000-0001; text that is no national number stays as it is."""
    if value is None or isinstance(value, str):
        return thai.show_phones(value or "", current_language())
    return thai.format_phone(value.number, value.extension, current_language(), note=value.note)


def is_no_phone(text: str) -> bool:
    """Whether a text holds nothing that can be dialled."""
    return "<a " not in phone_links(text)


def phone_links(value: Iterable[Number] | str | None) -> Markup:
    """Numbers, or a kept text of numbers, each a link of its own; what cannot be read stays as it was typed."""
    numbers = thai.find_phones(value) if isinstance(value, str) else tuple(value or ())
    if numbers:
        return Markup(", ").join(_link(found) for found in numbers)
    return _links_within(value) if isinstance(value, str) else Markup()


def _link(found: Number) -> Markup:
    lang = current_language()
    link = _LINK.format(found.number, thai.format_phone(found.number, found.extension, lang))
    return Markup("{} {}").format(link, thai.shown_note(found.note, lang)) if found.note else link


def _links_within(text: str) -> Markup:
    pieces, at = [], 0
    for match in _DIGITS.finditer(text):
        numbers = thai.find_phones(match[0])
        if len(numbers) == 1:
            pieces += [escape(text[at : match.start()]), _LINK.format(numbers[0].number, match[0])]
            at = match.end()
    return Markup().join([*pieces, escape(text[at:])])
