"""The record of processing as a frozen value that the page shows and the paper prints, its texts in one language."""

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
