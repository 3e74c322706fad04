"""Marks messages for translation below the web; the language is chosen above it."""

from typing import Literal

Lang = Literal["th", "en"]
LANGUAGES: tuple[Lang, ...] = ("th", "en")
DEFAULT_LANGUAGE: Lang = "th"


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a message for the catalogue and return it untranslated."""
    return message


def in_language(lang: str, th: str | None, en: str | None) -> str:
    """Pick a record's own text: the asked language first, the other where it is missing."""
    first, second = (en, th) if lang == "en" else (th, en)
    return first or second or ""
