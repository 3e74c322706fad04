"""The sample's minutes of the South as a PDF: read back word for word, and closed to what people type."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.core.i18n import Lang
from forumplanner.minutes.compiling import compile_minutes
from forumplanner.minutes.documents import minutes_html, minutes_pdf
from forumplanner.minutes.services import get_minutes
from forumplanner.outcomes.services import list_outcomes
from forumplanner.printing.press import OwnFilesOnly, own_file
from tests.briefs.paper import read_back, said
from tests.outcomes.sample_round import item_at, meeting_at
from tests.printing.reading import read_by_pdftotext, read_by_pypdf

# Each would open something if it were taken for markup.
HOSTILE = (
    '<img src="http://127.0.0.1:9/x.png">',
    "<link rel=stylesheet href=file:///etc/passwd>",
    "<style>@import url(https://example.org/x.css); * { background: url(http://127.0.0.1:9/y) }</style>",
    "</p><script>fetch('http://127.0.0.1:9')</script> [x](http://127.0.0.1:9/z) https://example.org/",
    "<object data='file:///etc/hostname'></object><svg><image href='http://127.0.0.1:9/s'/></svg>",
)


@pytest.fixture
def database(sample: Flask) -> Iterator[Session]:
    """Paper does not depend on the database: SQLite alone."""
    with sample.app_context():
        yield db.session()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that printing asks for."""
    found: list[str] = []
    fetch = OwnFilesOnly.fetch

    def note(self: OwnFilesOnly, url: str, headers: object = None) -> object:
        found.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(OwnFilesOnly, "fetch", note)
    return found


@pytest.mark.parametrize("reader", [read_by_pdftotext, read_by_pypdf])
@pytest.mark.parametrize(("lang", "thai_digits"), [("th", False), ("th", True), ("en", False)])
def test_every_word_is_read_back_in_order(database: Session, lang: Lang, thai_digits: bool, reader) -> None:
    document = compile_minutes(database, meeting_at(database, "south"), lang=lang, thai_digits=thai_digits)
    html = minutes_html(document)
    assert read_back(reader(minutes_pdf(document)), html) == said(html)


def test_a_sample_says_so_on_every_page_and_real_data_does_not(database: Session) -> None:
    document = compile_minutes(database, meeting_at(database, "south"))
    notes = [
        [line for line in read_by_pdftotext(minutes_pdf(each)) if "ข้อมูลตัวอย่าง" in line]
        for each in (document, replace(document, is_sample=False))
    ]
    assert notes == [["ข้อมูลตัวอย่าง บุคคลและผลการประชุมสมมติขึ้น"] * 2, []]


def test_a_draft_says_so_on_every_page(database: Session) -> None:
    lines = read_by_pdftotext(minutes_pdf(compile_minutes(database, meeting_at(database, "south"))))
    assert [line for line in lines if line.endswith("ร่าง") and len(line) < 12] == ["ร่าง", "- 2 - ร่าง"]


def test_what_people_type_is_printed_and_opens_nothing(
    database: Session, opened: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    south = meeting_at(database, "south")
    first, second, third, fourth, fifth = HOSTILE
    item_at(database, south, "4.1").discussion = first
    list_outcomes(database, south)[item_at(database, south, "4.2").id][0].text = second
    south.venue_th, item_at(database, south, "3").title_th = third, fourth
    get_minutes(database, south).recorder_name = fifth
    database.flush()
    document = compile_minutes(database, south)
    with caplog.at_level(logging.WARNING):
        pdf = minutes_pdf(document)
    assert opened  # the watermark of a draft, at the least
    assert [url for url in opened if own_file(url) is None] == []
    text = "".join("".join(read_by_pdftotext(pdf)).split())
    assert [typed for typed in HOSTILE if "".join(typed.split()) not in text] == []
    assert caplog.messages == []
