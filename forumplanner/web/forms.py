"""The base form: our languages, repaired text, Buddhist dates, refusals beside their field."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import lazy_gettext as _l
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import StopValidation

from forumplanner.config import translations_dir
from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.web.access import is_bare
from forumplanner.web.errors import translated
from forumplanner.web.locale import current_language


class BaseForm(FlaskForm):
    """A form whose values survive every refusal. `version` carries the row's version to find stale saves."""

    form_errors: Sequence[str]

    def show_refusal(self, refusal: Refused) -> None:
        """Put a refusal beside the field it names, or at the head of the form."""
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is None:
            self.form_errors = [*self.form_errors, translated(refusal)]
        else:
            field.errors = [*field.errors, translated(refusal)]

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Catch refusals of the block, undo what it began in the database, and show them on this form."""
        try:
            yield
        except Refused as refusal:
            db.session.rollback()
            self.show_refusal(refusal)


def _printable(text: str) -> str:
    """The text without characters that no page may hold: what is shown again beside a refusal."""
    return "".join(char for char in text if char in "\r\n\t" or not unicodedata.category(char).startswith("C"))


class PlainField(StringField):
    """One line of text, repaired on the way in; control characters and more than `max_length` are refused."""

    multiline = False

    def __init__(self, label: Any = None, validators: Any = None, max_length: int = 300, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data = _printable(valuelist[0])
        try:
            self.data = thai.check_plain_text(valuelist[0], self.max_length, multiline=self.multiline)
        except Refused as refusal:
            raise ValueError(translated(refusal)) from refusal


class LongTextField(PlainField, TextAreaField):
    """Several lines of text."""

    multiline = True

    def __init__(self, label: Any = None, validators: Any = None, max_length: int = 20_000, **kwargs: Any) -> None:
        super().__init__(label, validators, max_length, **kwargs)


class _ReadField(StringField):
    """Text that is read into a value; what was typed is kept and shown again when it cannot be read."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return _printable(str(self.raw_data[0]))
        return self.show(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = self.read(valuelist[0])
        except Refused as refusal:
            raise ValueError(translated(refusal)) from refusal


class ThaiDateField(_ReadField):
    """A date typed as people write it, Buddhist years first: 30 ม.ค. 2550."""

    data: date | None  # type: ignore[assignment]  # the text is read into a value

    def read(self, text: str) -> date:
        return thai.parse_date(text)

    def show(self, value: date) -> str:
        return thai.format_short(value, lang=current_language())


class ClockField(_ReadField):
    """A time of day: 9.30, 09:30 น."""

    data: time | None  # type: ignore[assignment]

    def read(self, text: str) -> time:
        return thai.parse_time(text)

    def show(self, value: time) -> str:
        return value.strftime("%H.%M")


class Needed:
    """The field must be filled; a field whose text could not be read keeps that message instead."""

    field_flags = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message or _l("Please fill this in.")

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if field.data in (None, "", []):
            raise StopValidation(str(self.message))


class PostForm(BaseForm):
    """A form that is one button; it carries the CSRF token alone."""


csrf = CSRFProtect()


@lru_cache(maxsize=4)
def _wtforms_messages(lang: str) -> NullTranslations:
    return Translations.load(str(translations_dir()), [lang], domain="wtforms")


def _load_wtforms_messages() -> None:
    # WTForms ships no Thai; its messages stand in a catalogue of ours, which Flask-WTF takes from here.
    if is_bare():
        return
    request.wtforms_translations = _wtforms_messages(current_language())  # type: ignore[attr-defined]


def init_forms(app: Flask) -> None:
    """Check the CSRF token of every POST, and translate WTForms' own messages."""
    csrf.init_app(app)
    app.before_request(_load_wtforms_messages)


__all__ = [
    "BaseForm",
    "BooleanField",
    "ClockField",
    "HiddenField",
    "LongTextField",
    "Needed",
    "PlainField",
    "PostForm",
    "ThaiDateField",
]
