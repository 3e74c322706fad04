"""Saying a page in other words to whom other words are due."""

from collections.abc import Mapping
from typing import Any

from flask_babel import Domain, get_babel

__all__ = ["use_words"]


def use_words(instead: Mapping[str, str]) -> None:
    """From here on this request says each message of `instead` by the one given for it.

    Everything that is translated goes through it: templates and their pieces, labels of forms, refusals.
    """
    if instead:
        _OtherWords(instead).as_default()


class _Reworded:
    """The translations of a language, asked for other messages."""

    def __init__(self, translations: Any, instead: Mapping[str, str]) -> None:
        self._translations = translations
        self._instead = instead

    def ugettext(self, message: str) -> str:
        return str(self._translations.ugettext(self._instead.get(message, message)))

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return str(self._translations.ungettext(singular, plural, number))


class _OtherWords(Domain):
    """The pages' own messages, some of them said otherwise."""

    def __init__(self, instead: Mapping[str, str]) -> None:
        super().__init__()
        self._instead = instead

    def get_translations(self) -> Any:
        # The application's own domain keeps what it has read.
        return _Reworded(get_babel().instance.domain_instance.get_translations(), self._instead)
