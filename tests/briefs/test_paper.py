"""The brief as a PDF: read back word for word, well set, closed to what people type."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from forumplanner.briefs.compiling import compile_brief
from forumplanner.briefs.documents import BriefDocument, BriefQuestion, Line, brief_html, brief_pdf
from forumplanner.briefs.rules import Standing
from forumplanner.core.db import db
from forumplanner.core.i18n import Lang
from forumplanner.outcomes.rules import OutcomeKind
from forumplanner.printing.press import own_file
from tests.briefs.paper import FURNITURE, read_back, running, said
from tests.minutes.test_paper import HOSTILE, opened
from tests.printing.feet import stranded_headings
from tests.printing.overlaps import letters_upon_letters
from tests.printing.reading import read_by_pdftotext, read_by_pypdf

__all__ = ["opened"]
ADDRESS = "https://forum.example.org/rounds/2550-1"
SENTENCE = "กองทุนแต่ละประเภทใช้ระเบียบต่างกัน ทำให้รวมบัญชีเป็นแหล่งเรียนรู้เดียวกันได้ยาก "


@pytest.fixture
def database(sample: Flask) -> Iterator[Session]:
    """Paper does not depend on the database: SQLite alone."""
    with sample.app_context():
        yield db.session()


def brief(database: Session, *, lang: Lang = "th", thai_digits: bool = False) -> BriefDocument:
    return compile_brief(
        database,
        "2550-1",
        today=date(2007, 3, 6),
        sees_people=lambda region_id: True,
        address=ADDRESS,
        lang=lang,
        thai_digits=thai_digits,
    )


def full(document: BriefDocument, *, texts: int, length: int, questions: int = 4) -> BriefDocument:
    """Every region accepted, with so many texts of so many sentences on each of so many questions."""
    asked = tuple(BriefQuestion(number, f"ประเด็นที่ {number} {SENTENCE}") for number in range(1, questions + 1))
    kinds = list(OutcomeKind)
    parts = []
    for part in document.regions:
        lines = [
            Line(
                outcome_id=place,
                kind=kinds[place % 5],
                text=f"{SENTENCE * length}({place})",
                region=part.name,
                slug=part.slug or "",
                item_id=question.number,
                number=f"4.{question.number}",
                item_title=question.text,
                question=question.number,
                is_accepted=True,
                owner="น.ส.วรรณา ทองคำ" if kinds[place % 5] == OutcomeKind.COMMITMENT else "",
                due_on=date(2007, 3, 15) if kinds[place % 5] == OutcomeKind.COMMITMENT else None,
            )
            for question in asked
            for place in range(texts)
        ]
        accepted = replace(part, standing=Standing.ACCEPTED, accepted_on=date(2007, 3, 21), lines=tuple(lines))
        parts.append(accepted)
    return replace(document, regions=tuple(parts), questions=asked)


def pages_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page, without number and foot."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        lines = [" ".join(line.split()) for line in page.extract_text().splitlines()]
        found.append([line for line in lines if not FURNITURE.fullmatch(line) and not line.startswith("เอกสารสรุป รอบ")])
    return found


@pytest.mark.parametrize("reader", [read_by_pdftotext, read_by_pypdf])
@pytest.mark.parametrize(("lang", "thai_digits"), [("th", False), ("th", True), ("en", False)])
def test_every_word_is_read_back_in_order(database: Session, lang: Lang, thai_digits: bool, reader) -> None:
    document = brief(database, lang=lang, thai_digits=thai_digits)
    html = brief_html(document)
    lines = reader(brief_pdf(document))
    assert read_back(lines, html) == said(html)
    assert lines.count(running(html)) == 3


@pytest.mark.parametrize(("texts", "length", "questions"), [(3, 1, 4), (2, 6, 4), (1, 1, 8)])
def test_every_word_of_a_full_brief_is_there_in_either_layout(
    database: Session, texts: int, length: int, questions: int
) -> None:
    document = full(brief(database), texts=texts, length=length, questions=questions)
    html = brief_html(document)
    squeezed = "".join("".join(read_by_pdftotext(brief_pdf(document))).split())
    sentences = {"".join(line.text.split()) for part in document.regions for line in part.lines}
    assert [text for text in sentences if text not in squeezed] == []
    assert ('class="matrix"' in html) is document.is_one_matrix is (length == 1 and questions == 4)


def test_with_thai_digits_only_addresses_keep_others(database: Session) -> None:
    document = brief(database, thai_digits=True)
    text = "".join(read_by_pdftotext(brief_pdf(document))).replace(f"{ADDRESS}/south/outcomes", "")
    assert re.findall("[0-9]", text) == []


def test_the_matrix_stands_on_landscape_pages_of_its_own(database: Session) -> None:
    reader = PdfReader(BytesIO(brief_pdf(brief(database))))
    widths = [round(float(page.mediabox.width)) > round(float(page.mediabox.height)) for page in reader.pages]
    assert widths == [False, True, False]


def test_heads_are_repeated_and_no_heading_stands_alone_at_the_foot(database: Session) -> None:
    document = full(brief(database), texts=5, length=1)
    pages = pages_of(brief_pdf(document))
    matrix = [page for page in pages if page[0].startswith(("2. ข้อสรุป", "ภาค"))]
    assert len(matrix) > 2
    assert [any(line.startswith("ภาค") for line in page[:2]) for page in matrix] == [True] * len(matrix)
    commitments = [page for page in pages if any(line.startswith("งาน ผู้รับผิดชอบ") for line in page)]
    assert len(commitments) > 1
    assert [page[-1] for page in pages if re.match(r"\d\. |งาน ผู้รับผิดชอบ", page[-1])] == []


@pytest.mark.parametrize("texts", [1, 2, 3])
def test_no_heading_of_a_question_or_region_ends_a_page(database: Session, texts: int) -> None:
    document = full(brief(database), texts=texts, length=4, questions=6)
    names = {part.name for part in document.regions}
    last = [page[-1] for page in pages_of(brief_pdf(document))]
    assert [line for line in last if line in names or re.match(r"\d\.\d? ", line)] == []


def test_notes_stand_below_the_finance_table_on_its_page(database: Session) -> None:
    for lang in ("th", "en"):
        pages = pages_of(brief_pdf(brief(database, lang=lang)))
        text = [" ".join(page) for page in pages if any("101,563.01" in line for line in page)]
        assert [(page.count("[5]"), page.index("101,563.01") < page.rindex("[5]")) for page in text] == [(2, True)]


def test_references_lead_to_their_source_within_the_paper(database: Session) -> None:
    html = brief_html(brief(database))
    targets, ids = set(re.findall(r'href="#([^"]+)"', html)), re.findall(r'id="([^"]+)"', html)
    assert targets == set(ids) == {f"source-south-4-{number}" for number in range(1, 5)}
    assert len(ids) == len(set(ids))


def test_regions_that_are_not_heard_are_named_as_such_in_either_layout(database: Session) -> None:
    document = brief(database)
    for questions in (document.questions, tuple(BriefQuestion(number, "ประเด็น") for number in range(1, 8))):
        text = said(brief_html(replace(document, questions=questions)))
        assert "กทม.และปริมณฑล ประชุมแล้วเมื่อ 4-5 มี.ค. 2550 ยังไม่ส่งข้อสรุป" in text
        assert "อีสาน ส่งข้อสรุปแล้ว รอส่วนกลางพิจารณา" in text


def test_a_brief_without_a_single_submission_can_be_printed(database: Session) -> None:
    document = brief(database)
    silent = tuple(replace(part, standing=Standing.HELD, lines=()) for part in document.regions)
    html = brief_html(replace(document, regions=silent))
    assert "ส่วนกลางรับข้อสรุปแล้ว 0 จาก 7 ภาค" in said(html)
    assert "ยังไม่มีข้อสรุปของภาคใดที่ส่วนกลางรับแล้ว" in said(html)


def test_names_are_left_out_of_a_readers_copy(database: Session) -> None:
    document = compile_brief(database, "2550-1", today=date(2007, 3, 6), sees_people=lambda region_id: False)
    text = said(brief_html(document))
    assert ("วรรณา" in text, text.count("บุคคลที่ผู้ประสานงานภาคทราบ"), "ฉบับนี้ไม่แสดงชื่อบุคคล" in text) == (False, 2, True)


@pytest.mark.parametrize(("lang", "note"), [("th", "ข้อมูลตัวอย่าง"), ("en", "Sample data")])
def test_a_sample_says_so_at_the_foot_and_real_data_does_not(database: Session, lang: Lang, note: str) -> None:
    document = brief(database, lang=lang)
    real = replace(document, is_sample=False)
    assert [note in running(brief_html(each)) for each in (document, real)] == [True, False]


def test_neither_the_word_for_an_owner_nor_that_for_a_due_date_is_broken(database: Session) -> None:
    html = brief_html(brief(database))
    wholes = re.findall(r'<span class="whole">([^<]*)</span>', html)
    assert {"(ผู้รับผิดชอบ", "กำหนดเสร็จ", "15 มี.ค. 2550)"} <= set(wholes)


def test_outcomes_are_counted_as_on_the_board(database: Session) -> None:
    assert "ใต้ 30-31 ม.ค. 2550 ส่วนกลางรับแล้ว 8 " in said(brief_html(brief(database)))


def test_equal_briefs_give_equal_bytes(database: Session) -> None:
    assert brief_pdf(brief(database)) == brief_pdf(brief(database))


def test_what_people_type_is_printed_and_opens_nothing(
    database: Session, opened: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    document = brief(database)
    south = document.regions[-1]
    lines = [
        replace(line, text=typed, owner=typed if line.due_on else line.owner)
        for line, typed in zip(south.lines, (*HOSTILE, *HOSTILE), strict=False)
    ]
    document = replace(document, regions=(*document.regions[:-1], replace(south, lines=tuple(lines))))
    with caplog.at_level(logging.WARNING):
        pdf = brief_pdf(document)
    assert [url for url in opened if own_file(url) is None] == []
    text = "".join("".join(read_by_pdftotext(pdf)).split())
    assert [typed for typed in HOSTILE if "".join(typed.split()) not in text] == []
    assert caplog.messages == []


def test_no_heading_stands_alone_at_a_pages_foot(database: Session) -> None:
    document = full(brief(database), texts=1, length=1, questions=2)
    assert stranded_headings(brief_html(document), ("base.css", "brief.css"), step=9) == []


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_letter_stands_upon_another(database: Session, lang: Lang) -> None:
    assert letters_upon_letters(brief_pdf(brief(database, lang=lang))) == []
