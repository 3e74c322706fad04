"""Where lines break, at every width: never inside what belongs together, and nothing is lost to whoever copies it."""

import pytest

from forumplanner.printing import html_to_pdf
from forumplanner.printing.typesetting import unbreakable
from tests.printing.reading import READERS, read_by_pdftotext

TOGETHER = (
    "วันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550", "ม.ค.-ก.พ. 2550", "พ.ศ. 2526", "ต.บ้านพรุ", "อ. หาดใหญ่", "จ.สงขลา", "รพ.สต.บ้านพรุ",
    "ฯลฯ", "ฯพณฯ นายกรัฐมนตรี", "0-2281-9672 ถึง 4 ต่อ 101-103", "นางจำปา คำปัน", "ผู้เข้าร่วมประชุม", "ข้อสรุป", "ระเบียบวาระ",
    "rounds/", "2550-1/", "south-west@example.org", "50,000 บาท", "09.30-16.30 น.",
)  # fmt: skip
TEXT = (
    "เมื่อวันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550 เวลา 09.30-16.30 น. ผู้เข้าร่วมประชุมจาก รพ.สต.บ้านพรุ ต.บ้านพรุ อ. หาดใหญ่ จ.สงขลา "
    "จัดทำข้อสรุปตามระเบียบวาระในช่วง ม.ค.-ก.พ. 2550 ตามพระราชบัญญัติ พ.ศ. 2526 ใช้เงิน 50,000 บาท ซื้อข้าวสาร น้ำมัน ฯลฯ "
    "แล้วเรียน ฯพณฯ นายกรัฐมนตรี โทร. 0-2281-9672 ถึง 4 ต่อ 101-103 หรือถาม นางจำปา คำปัน ที่ south-west@example.org "
    "และดูที่ https://forum.example.org/rounds/2550-1/south/outcomes"
)
WIDTHS = range(56, 166, 3)


@pytest.fixture(scope="module")
def at_every_width() -> bytes:
    paragraphs = "".join(f'<p style="width: {width}mm">{unbreakable(TEXT)}</p>' for width in WIDTHS)
    return html_to_pdf(paragraphs, title="x", lang="th")


def test_what_belongs_together_stands_on_one_line_at_every_width(at_every_width: bytes) -> None:
    lines = "\n".join(read_by_pdftotext(at_every_width))
    counts = {text: lines.count(text) for text in TOGETHER}
    assert counts == {text: len(WIDTHS) * TEXT.count(text) for text in TOGETHER}


@pytest.mark.parametrize("reader", READERS)
def test_a_lines_end_neither_adds_nor_takes_a_letter(at_every_width: bytes, reader) -> None:
    lines = [line for line in reader(at_every_width) if not line.replace(" ", "").strip("-").isdigit()]
    assert "".join(lines).replace(" ", "") == TEXT.replace(" ", "") * len(WIDTHS)
