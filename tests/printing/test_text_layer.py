"""What is copied from a PDF is what was written, letter by letter."""

import pytest

from forumplanner.printing import html_to_pdf
from tests.printing.reading import READERS, raw_text, words_of

CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F)]
VOWELS = ["", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็"]
TONES = ["", "่", "้", "๊", "๋", "์"]
# Every consonant under every mark that can stand over or under it, and ำ with every tone.
SYLLABLES = [f"{c}{v}{t}น" for c in CONSONANTS for v in VOWELS for t in TONES] + [
    f"{c}{t}ำ{end}" for c in CONSONANTS for t in TONES[:5] for end in ("", "น")
]
WORDS = (
    "น้ำ น่ำ ก๊ำ ก๋ำ จำนำ ป่ำ ปำ ฝำ ฟำ ปั้น ปิ่น ปี่ ปึ้ก ปื้น ฝั่ง ฝี่ ฟื้น ฟั่น ที่ประชุม ผู้เข้าร่วมประชุม รับทราบ สิทธิ์ "
    "พันธุ์ เปอร์เซ็นต์ บริษัทฯ กรุงเทพฯ ฯลฯ เม็่ง ญี่ปุ่น ฐานะ กฎหมาย ปฏิญญา ฏิ ฎุ ฐุ ญุ ญู ฤๅษี ฤดู ฦๅ นาฬิกา ฬ่า "
    "แก้ไข โครงการ ใจดี ไม่มี เก้าอี้ เรื่องสืบเนื่อง กำนันเคล้า ธรรมาภิบาล 83,077.50 09.30-16.30 ครั้งที่ 1/2550 "
    "□ ☐ ☑ ✓ ● ○ Minutes office fi fl ffi “quoted” – — … ฿100 พุทฺโธ สํโฆ พรหฺมจริย"
).split()
STYLES = {
    "regular": "{}",
    "bold": "<b>{}</b>",
    "italic": "<i>{}</i>",
    "bold italic": "<b><i>{}</i></b>",
}


def printed(words: list[str], style: str, *, tagged: bool = False) -> bytes:
    """The words, each unbroken."""
    spans = " ".join(f'<span class="whole">{word}</span>' for word in words)
    return html_to_pdf(f"<p>{STYLES[style].format(spans)}</p>", title="คำ", lang="th", tagged=tagged)


@pytest.mark.parametrize("style", STYLES)
def test_every_thai_syllable_is_read_as_it_was_written(style: str) -> None:
    pdf = printed(SYLLABLES, style)
    assert [words_of(reader(pdf)) for reader in READERS] == [SYLLABLES] * len(READERS)


@pytest.mark.parametrize("tagged", [False, True])
@pytest.mark.parametrize("style", STYLES)
def test_words_names_numbers_and_signs_are_read_as_they_were_written(style: str, tagged: bool) -> None:
    pdf = printed(WORDS, style, tagged=tagged)
    assert [words_of(reader(pdf)) for reader in READERS] == [WORDS] * len(READERS)


@pytest.mark.parametrize("style", STYLES)
def test_thai_digits_are_read_as_they_were_printed(style: str) -> None:
    pdf = html_to_pdf(f"<p>{STYLES[style].format('ครั้งที่ 1234567890')}</p>", title="x", lang="th", thai_digits=True)
    assert [words_of(reader(pdf)) for reader in READERS] == [["ครั้งที่", "๑๒๓๔๕๖๗๘๙๐"]] * len(READERS)


def test_a_no_break_space_is_read_as_a_plain_one() -> None:
    pdf = html_to_pdf("<p>อื่น\u00a0ๆ</p><p><b>ต่าง\u00a0ๆ</b></p>", title="ๆ", lang="th")
    assert raw_text(pdf).split("\n")[:2] == ["อื่น ๆ", "ต่าง ๆ"]
