"""The base form: our languages, repaired text, Buddhist dates, refusals beside their field."""

import hmac
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import generate_csrf
from wtforms import BooleanField, Field, FieldList, HiddenField, StringField, TextAreaField
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.validators import StopValidation, ValidationError

from forumplanner.config import translations_dir
from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.core.errors import Refused, Removed
from forumplanner.web.access import PRIVATE_LINK, View, access_of, is_bare
from forumplanner.web.errors import translated
from forumplanner.web.locale import current_language
from forumplanner.web.private_links import make_form_token
from forumplanner.web.redrawing import is_drawn_again
from forumplanner.web.today import settings


class BaseForm(FlaskForm):
    """A form whose values survive every refusal. `version` carries the row's version to find stale saves."""

    form_errors: Sequence[str]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all of it can be taken; never where it is only to be shown in another language."""
        return not is_drawn_again() and bool(super().validate(extra_validators))

    def show_refusal(self, refusal: Refused) -> None:
        """Put a refusal beside the field it names, or at the head of the form."""
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is None:
            self.form_errors = [*self.form_errors, translated(refusal)]
        else:
            field.errors = [*field.errors, translated(refusal)]

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Catch refusals of the block, undo what it began in the database, and show them on this form.

        What was removed has no form any more: that is for an error page, which shows what was typed.
        """
        try:
            yield
        except Removed:
            raise
        except Refused as refusal:
            db.session.rollback()
            self.show_refusal(refusal)


def printable(text: str) -> str:
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
        self.data = printable(valuelist[0])
        try:
            self.data = thai.check_plain_text(valuelist[0], self.max_length, multiline=self.multiline)
        except Refused as refusal:
            raise ValueError(translated(refusal)) from refusal


class LongTextField(PlainField, TextAreaField):
    """Several lines of text."""

    multiline = True

    def __init__(self, label: Any = None, validators: Any = None, max_length: int = 20_000, **kwargs: Any) -> None:
        super().__init__(label, validators, max_length, **kwargs)


class PastedListField(LongTextField):
    """A list, one entry a line. Blank lines before the first stay: where a line stands may say to what it belongs."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        lines = valuelist[0].splitlines() if valuelist else []
        blank = next((place for place, line in enumerate(lines) if line.strip()), 0)
        self.data = "\n" * blank + (self.data or "")


class ReadField(StringField):
    """Text that is read into a value; what was typed is kept and shown again when it cannot be read."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return printable(str(self.raw_data[0]))
        return self.show(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = self.read(valuelist[0])
        except Refused as refusal:
            raise ValueError(translated(refusal)) from refusal


class ThaiDateField(ReadField):
    """A date typed as people write it, Buddhist years first: 30 ม.ค. 2550."""

    data: date | None  # type: ignore[assignment]  # the text is read into a value

    def read(self, text: str) -> date:
        return thai.parse_date(text)

    def show(self, value: date) -> str:
        return thai.format_short(value, lang=current_language())


class ClockField(ReadField):
    """A time of day: 9.30, 09:30 น."""

    data: time | None  # type: ignore[assignment]

    def read(self, text: str) -> time:
        return thai.parse_time(text)

    def show(self, value: time) -> str:
        return value.strftime("%H.%M")


class RowList(FieldList):  # type: ignore[type-arg]  # the stubs alone are generic
    """Rows by their numbers as a browser sends them, from 0 on; a row of another number is nobody's."""

    def __init__(self, unbound_field: Any, label: Any = None, *, most: int, **kwargs: Any) -> None:
        super().__init__(unbound_field, label, **kwargs)
        self.most = most
        self.type = "FieldList"  # what templates/components/errors.html knows it by

    def _extract_indices(self, prefix: str, formdata: Mapping[str, str]) -> Iterator[int]:
        known = {f"{prefix}-{number}": number for number in range(self.most)}
        start = len(prefix) + 1
        for name in formdata:
            number = known.get(name[: start + len(name[start:].partition("-")[0])])
            if number is not None:
                yield number


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


class Checked:
    """What was typed has to pass a rule; the rule's refusal stands beside the field, together with all others."""

    def __init__(self, check: Callable[[Any], object]) -> None:
        self.check = check

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.errors or not field.data:
            return
        try:
            self.check(field.data)
        except Refused as refusal:
            raise StopValidation(translated(refusal)) from refusal


class PostForm(BaseForm):
    """A form that is one button; it carries the CSRF token alone."""


csrf = CSRFProtect()


def checked_by_link(view: View) -> View:
    """Declare that a view on a private link checks its own form, a `LinkForm`; stands below the route."""
    csrf.exempt(view)
    return view


def csrf_token() -> str:
    """What the forms of this page carry: the private link's own token on a page opened by one, else the session's."""
    if request.endpoint and access_of(current_app, request.endpoint) is PRIVATE_LINK:
        return make_form_token(settings().link_key, (request.view_args or {})["link"])
    token: str = generate_csrf()
    return token


class _LinkToken(CSRF):
    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        return csrf_token()

    def validate_csrf_token(self, form: Any, field: CSRFTokenField) -> None:
        if not hmac.compare_digest(csrf_token().encode(), (field.data or "").encode()):
            raise ValidationError(_("Nothing was saved yet. Please press the button once more."))


class LinkForm(BaseForm):
    """A form of a page that a private link opens: it is taken without any cookie.

    It checks the link's own token instead of the session's; its view is `checked_by_link`, and shows the page again,
    with what was typed, where that token is missing or wrong.
    """

    class Meta:
        csrf_class = _LinkToken

    def refusal_status(self) -> int:
        """The status of the page that shows this form refused: 400 for a wrong token, else 422."""
        return 400 if "csrf_token" in self.errors else 422


class LinkPostForm(LinkForm):
    """A form that is one button, on such a page."""


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
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.context_processor(lambda: {"csrf_token": csrf_token})
    app.before_request(_load_wtforms_messages)


__all__ = [
    "BaseForm",
    "BooleanField",
    "Checked",
    "ClockField",
    "HiddenField",
    "LinkForm",
    "LinkPostForm",
    "LongTextField",
    "Needed",
    "PastedListField",
    "PlainField",
    "PostForm",
    "ReadField",
    "RowList",
    "ThaiDateField",
    "checked_by_link",
]
