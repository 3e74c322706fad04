"""Reads PDFs back as people's programs do."""

import json
import re
import subprocess
import sys
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdfium2
from pypdf import PdfReader

NODE = Path(sys.executable).parent / "node"
PDF_JS = Path(__file__).parents[1] / "node/read_pdf_js.mjs"


def read_by_pdftotext(pdf: bytes) -> list[str]:
    """The lines of all pages in the order of the file."""
    return _lines(raw_text(pdf))


def raw_text(pdf: bytes) -> str:
    """The text as pdftotext gives it in the order of the file, spaces and all."""
    return _pdftotext(pdf, "-raw")


def read_by_place(pdf: bytes) -> list[str]:
    """As plain pdftotext, desktops and indexes do: letters are put together by where they stand."""
    return _lines(_pdftotext(pdf))


def read_by_layout(pdf: bytes) -> list[str]:
    """As `pdftotext -layout` does, for tables."""
    return _lines(_pdftotext(pdf, "-layout"))


def placed_words(pdf: bytes) -> list[tuple[str, float]]:
    """Each word with the height of its top on its page, in points from above."""
    found = re.findall(r'<word xMin="[^"]*" yMin="([^"]*)"[^>]*>(.*?)</word>', _pdftotext(pdf, "-bbox"))
    return [(unescape(word), round(float(top), 1)) for top, word in found]


def read_by_pypdf(pdf: bytes) -> list[str]:
    return _lines("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def read_by_pdfium(pdf: bytes) -> list[str]:
    """As Chrome and Android do."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return _lines("\n".join(_page_text(page) for page in document))
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def read_by_pdf_js(pdf: bytes) -> list[str]:
    """As Firefox does."""
    done = subprocess.run([NODE, PDF_JS], input=pdf, capture_output=True, check=True)
    # Before the text it may say that it cannot draw, which it is not asked to.
    return _lines(json.loads(done.stdout.splitlines()[-1]))


READERS = (read_by_pdftotext, read_by_place, read_by_layout, read_by_pypdf, read_by_pdfium, read_by_pdf_js)


def _pdftotext(pdf: bytes, *how: str) -> str:
    return subprocess.run(["pdftotext", *how, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def _lines(text: str) -> list[str]:
    """Lines that hold something; runs of spaces are one, as for anybody who searches."""
    return [" ".join(line.split()) for line in text.replace("\f", "\n").splitlines() if line.strip()]


def words_of(lines: list[str]) -> list[str]:
    """The words of the text, page numbers left out: plain pdftotext takes single letters set evenly for one word."""
    return [word for line in lines if not re.fullmatch(r"- ?[0-9๐-๙]+ ?-", line) for word in line.split()]


def unfolded(lines: list[str], expected: str) -> str:
    """The lines as one text. A line's end is a space only where one is expected: Thai is broken between words that
    have none, and the page cannot tell."""
    text = ""
    for line in lines:
        if text and expected[len(text) : len(text) + 1] == " ":
            text += " "
        text += line
    return text
