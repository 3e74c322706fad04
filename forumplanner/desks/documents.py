"""Papers about personal data as frozen values, texts in one language: the record of processing, a person's data."""

from dataclasses import dataclass
from datetime import date

from forumplanner.core.i18n import Lang
from forumplanner.printing import html_to_pdf, render_print
from forumplanner.printing.typesetting import with_digits


@dataclass(frozen=True, slots=True)
class Activity:
    """One kind of personal data that is kept: its name, and what is said of it as (heading, text)."""

    name: str
    said: tuple[tuple[str, str], ...]
    needs_consent: bool = False


@dataclass(frozen=True, slots=True)
class ProcessingRecord:
    """The whole record, as of a day. `general` is what holds for all kinds."""

    title: str
    as_of: str
    on: date
    activities: tuple[Activity, ...]
    consent: str
    general_title: str
    general: tuple[tuple[str, str], ...]
    lang: Lang = "th"
    thai_digits: bool = False


def record_html(record: ProcessingRecord) -> str:
    """The record as a page of HTML, word for word what the PDF shows."""
    html = render_print("record.html", lang=record.lang, title=record.title, record=record)
    return with_digits(html, thai=record.thai_digits)


def record_pdf(record: ProcessingRecord) -> bytes:
    """The record as a PDF; equal records give equal bytes."""
    return html_to_pdf(
        record_html(record),
        title=record.title,
        lang=record.lang,
        thai_digits=record.thai_digits,
        stylesheets=("base.css", "record.css"),
        created_on=record.on,
    )


@dataclass(frozen=True, slots=True)
class DataOfKind:
    """One kind of a person's data: what it is called, why it is kept and how long, and each thing as (label, value)."""

    name: str
    said: str
    things: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """All that is kept of one person, as of a day; `none` is said of a kind of which there is nothing."""

    title: str
    name: str
    as_of: str
    on: date
    kinds: tuple[DataOfKind, ...]
    none: str
    about: str
    lang: Lang = "th"
    thai_digits: bool = False


def person_html(paper: PersonPaper) -> str:
    """The paper as a page of HTML, word for word what the PDF shows."""
    html = render_print("person.html", lang=paper.lang, title=paper.title, paper=paper)
    return with_digits(html, thai=paper.thai_digits)


def person_pdf(paper: PersonPaper) -> bytes:
    """The paper as a PDF."""
    return html_to_pdf(
        person_html(paper),
        title=paper.title,
        lang=paper.lang,
        thai_digits=paper.thai_digits,
        stylesheets=("base.css", "record.css", "person.css"),
        created_on=paper.on,
    )
