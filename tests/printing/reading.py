"""Reads PDFs back as people's programs do."""

import re
import subprocess
from io import BytesIO

from pypdf import PdfReader


def read_by_pdftotext(pdf: bytes) -> list[str]:
    """The lines of all pages in the order of the file."""
    return _lines(raw_text(pdf))


def raw_text(pdf: bytes) -> str:
    """The text as pdftotext gives it, spaces and all."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def read_by_pypdf(pdf: bytes) -> list[str]:
    return _lines("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def _lines(text: str) -> list[str]:
    """Lines that hold something; runs of spaces are one, as for anybody who searches."""
    return [" ".join(line.split()) for line in text.replace("\f", "\n").splitlines() if line.strip()]


def words_of(lines: list[str]) -> list[str]:
    """The words of the text, page numbers left out."""
    return [word for line in lines if not re.fullmatch(r"- [0-9๐-๙]+ -", line) for word in line.split()]


def unfolded(lines: list[str], expected: str) -> str:
    """The lines as one text. A line's end is a space only where one is expected: Thai is broken between words that
    have none, and the page cannot tell."""
    text = ""
    for line in lines:
        if text and expected[len(text) : len(text) + 1] == " ":
            text += " "
        text += line
    return text
