import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from pypdf import PdfReader

from forumplanner.core.i18n import Lang
from forumplanner.minutes.documents import AgendaEntry, MinutesDocument, minutes_html, minutes_pdf
from forumplanner.minutes.models import MinutesState
from tests.minutes.sample import SHORT, SOUTH
from tests.printing.feet import stranded_headings
from tests.printing.overlaps import letters_upon_letters
from tests.printing.reading import placed_words, read_by_pdftotext, read_by_pypdf, unfolded

GOLDEN = Path(__file__).parent / "golden"
READERS = [read_by_pdftotext, read_by_pypdf]
BLOCKS = {"body", "header", "section", "footer", "div", "h1", "h2", "h3", "h4", "p", "table", "tbody", "tr", "td", "br"}
PAGE_NUMBER = re.compile(r"- [0-9๐-๙]+ -")


def text_of(document: MinutesDocument) -> str:
    """What the page of HTML says, in order."""

    def pieces(node: Element) -> list[str]:
        space = " " if node.tag in BLOCKS else ""
        inner = [piece for child in node for piece in (*pieces(child), child.tail or "")]
        return [space, node.text or "", *inner, space]

    root = html5lib.parse(minutes_html(document), namespaceHTMLElements=False)
    return " ".join("".join(pieces(root.find("body"))).split())


def lines_of(document: MinutesDocument, reader=read_by_pdftotext) -> list[str]:
    return reader(minutes_pdf(document))


# Form 11 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "thai_digits"), [("th", False), ("th", True), ("en", False)])
def test_the_page_is_as_it_was_approved(lang: Lang, thai_digits: bool) -> None:
    name = f"minutes-{lang}{'-thai-digits' if thai_digits else ''}.html"
    html = minutes_html(replace(SHORT, lang=lang, thai_digits=thai_digits))
    assert html == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_prescribed_words_stand_in_the_prescribed_order() -> None:
    heading = re.compile(
        r"รายงานการประชุมเวทีภาคใต้|ครั้งที่ 1/2550|เมื่อวันที่ 30-31 มกราคม 2550|ณ โรงแรม.*|ผู้มาประชุม|ผู้ไม่มาประชุม|ผู้เข้าร่วมประชุม"
        r"|เริ่มประชุมเวลา .*|ระเบียบวาระที่ .*|เลิกประชุมเวลา .*|\((?!องค์การมหาชน).*\)|ผู้จดรายงานการประชุม|ผู้ตรวจรายงานการประชุม"
    )
    assert [line for line in lines_of(SOUTH) if heading.fullmatch(line)] == [
        "รายงานการประชุมเวทีภาคใต้",
        "ครั้งที่ 1/2550",
        "เมื่อวันที่ 30-31 มกราคม 2550",
        "ณ โรงแรมไดมอนด์ พลาซ่า อำเภอเมือง จังหวัดสุราษฎร์ธานี",
        "ผู้มาประชุม",
        "ผู้ไม่มาประชุม",
        "ผู้เข้าร่วมประชุม",
        "เริ่มประชุมเวลา 09.30 น.",
        "ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "ระเบียบวาระที่ 2 เรื่องรับรองรายงานการประชุม",
        "ระเบียบวาระที่ 3 เรื่องสืบเนื่อง",
        "ระเบียบวาระที่ 4 เรื่องเสนอเพื่อพิจารณา",
        "(ผู้รับผิดชอบ นางสมปอง ทองคำ กำหนดเสร็จ 15 กุมภาพันธ์ 2550)",
        "ระเบียบวาระที่ 5 เรื่องอื่น ๆ",
        "เลิกประชุมเวลา 16.30 น.",
        "(นางสาวพรรณทิพย์ เพชรมาก)",
        "ผู้จดรายงานการประชุม",
        "(นายสมชาย ใจดี)",
        "ผู้ตรวจรายงานการประชุม",
    ]


@pytest.mark.parametrize("word", ["ผู้ไม่มาประชุม", "ผู้เข้าร่วมประชุม", "ผู้ตรวจรายงานการประชุม"])
def test_a_list_or_signature_that_nobody_needs_is_left_out(word: str) -> None:
    assert word not in text_of(SHORT)


def test_nobody_present_is_said() -> None:
    assert "ผู้มาประชุม -ไม่มี- เริ่มประชุมเวลา" in text_of(replace(SHORT, present=()))


def test_an_empty_item_keeps_its_number_and_says_none() -> None:
    assert "ระเบียบวาระที่ 3 เรื่องสืบเนื่อง -ไม่มี- ระเบียบวาระที่ 4" in text_of(SOUTH)


def test_a_substitute_is_listed_with_whom_and_an_absent_member_with_the_reason() -> None:
    found = [line for line in lines_of(SOUTH) if "(แทน)" in line or "ติดราชการ" in line]
    assert found == [
        "4. นางฉลวย ศรีวิชัย ณ อยุธยา (แทน)",
        "1. นายประยงค์ รณรงค์ ผู้แทนชุมชนไม้เรียง ติดราชการ",
        "2. นายธีระ ฉัตรแก้ว (แทน)",
    ]
    assert "4. นางฉลวย ศรีวิชัย ณ อยุธยา (แทน) กำนันเคล้า แก้วเพชร กรรมการกลุ่ม" in text_of(SOUTH)


def test_the_three_lists_share_their_columns_and_the_chair_is_set_off() -> None:
    chaired = replace(SOUTH, present=(replace(SOUTH.present[0], role="ประธานที่ประชุม"), *SOUTH.present[1:]))
    root = html5lib.parse(minutes_html(chaired), namespaceHTMLElements=False)
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row.iter("td")] for row in root.iter("tr")]
    assert {len(row) for row in rows} == {4}
    assert rows[0] == ["1.", "นายสมชาย ใจดี", "ประธานเครือข่ายองค์กรการเงินชุมชนภาคใต้", "ประธานที่ประชุม"]


def test_a_long_name_wraps_at_spaces_alone() -> None:
    long = "พระมหาเถระผู้ทรงคุณูปการ วชิรญาณวโรรสสุนทรธรรมปัญญา แห่งลุ่มน้ำปัตตานี"
    lines = lines_of(replace(SOUTH, present=(replace(SOUTH.present[5], name=long),)))
    assert [line for line in lines if any(word in line for word in long.split())]
    for word in long.split():
        assert any(word in line for line in lines), word


@pytest.mark.parametrize("name", ["เวทีภาคใต้", "การประชุมเวทีภาคใต้", "ประชุมเวทีภาคใต้", "รายงานการประชุมเวทีภาคใต้"])
def test_the_title_says_meeting_once(name: str) -> None:
    assert text_of(replace(SHORT, body_name=name)).split()[0] == "รายงานการประชุมเวทีภาคใต้"


# The text of the PDF -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "document",
    [SOUTH, replace(SOUTH, thai_digits=True), replace(SOUTH, lang="en"), SHORT],
    ids=["thai", "thai digits", "english", "draft"],
)
def test_every_word_is_read_back_in_order(document: MinutesDocument, reader) -> None:
    expected = text_of(document)
    lines = [line for line in lines_of(document, reader) if not PAGE_NUMBER.fullmatch(line) and line != "ร่าง"]
    assert unfolded(lines, expected) == expected


@pytest.mark.parametrize(("thai_digits", "numbers"), [(False, ["- 2 -", "- 3 -"]), (True, ["- ๒ -", "- ๓ -"])])
def test_pages_are_numbered_from_the_second_in_the_digits_of_the_document(
    thai_digits: bool, numbers: list[str]
) -> None:
    lines = lines_of(replace(SOUTH, thai_digits=thai_digits))
    assert [line for line in lines if PAGE_NUMBER.fullmatch(line)] == numbers


def test_with_thai_digits_no_other_digit_is_left() -> None:
    assert re.findall("[0-9]", " ".join(lines_of(replace(SOUTH, thai_digits=True)))) == []


@pytest.mark.parametrize("thai_digits", [False, True])
def test_no_line_begins_with_a_mark_that_belongs_to_the_line_before(thai_digits: bool) -> None:
    lines = lines_of(replace(SOUTH, thai_digits=thai_digits))
    assert [line for line in lines if re.match("[ๆฯ]|น\\.|บาท|กลุ่ม เงินทุน", line)] == []


def test_an_emoji_in_a_text_does_not_stop_the_minutes() -> None:
    thanks = AgendaEntry("1", "เรื่องอื่น ๆ", "ขอบคุณ 🙏 เจ้าภาพ")
    assert "ขอบคุณ □ เจ้าภาพ" in lines_of(replace(SHORT, items=(thanks,)))


def test_nothing_is_complained_of_while_printing(caplog: pytest.LogCaptureFixture) -> None:
    for state in MinutesState:
        minutes_pdf(replace(SOUTH, state=state, thai_digits=True), tagged=True)
    assert caplog.messages == []


# The file ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tagged", [False, True])
def test_equal_minutes_give_equal_bytes(tagged: bool) -> None:
    assert minutes_pdf(SOUTH, tagged=tagged) == minutes_pdf(replace(SOUTH), tagged=tagged)


def test_the_file_is_named_after_the_meeting() -> None:
    reader = PdfReader(BytesIO(minutes_pdf(SHORT)))
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("รายงานการประชุมเวทีภาคใต้ ครั้งที่ 1/2550", "th")


@pytest.mark.parametrize(
    ("state", "lang", "mark"),
    [
        (MinutesState.DRAFT, "th", ["ร่าง"]),
        (MinutesState.DRAFT, "en", ["Draft"]),
        (MinutesState.CIRCULATED, "th", ["ฉบับเวียนเพื่อรับรอง"]),
        (MinutesState.APPROVED, "th", []),
    ],
)
def test_a_page_says_that_it_is_not_approved_yet(state: MinutesState, lang: Lang, mark: list[str]) -> None:
    lines = lines_of(replace(SHORT, state=state, lang=lang))
    assert [line for line in lines if line in ("ร่าง", "Draft", "ฉบับเวียนเพื่อรับรอง")] == mark


def test_signatures_never_stand_alone_on_a_page() -> None:
    """Whatever the length of the minutes, the last page holds some of their text too."""
    document = replace(SHORT, recorder="นางจำปา คำปัน", checker="ลุงปั้น")
    alone = []
    for count in range(22, 34):
        said = "\n".join(["ที่ประชุมเห็นพ้องกัน"] * count)
        pages = PdfReader(BytesIO(minutes_pdf(replace(document, items=(AgendaEntry("1", "เรื่องอื่น ๆ", said),))))).pages
        if "เห็นพ้องกัน" not in pages[-1].extract_text():
            alone.append(count)
    assert alone == []


def test_signature_lines_are_level_though_one_name_takes_two_lines() -> None:
    long = "ผู้ช่วยศาสตราจารย์ ดร. พรรณทิพย์วรรณา เพชรรัตนมหาสมบัติ ณ นครศรีธรรมราช"
    document = replace(SHORT, recorder=long, checker="ลุงปั้น")
    starts = ("(ผู้ช่วย", "(ลุงปั้น")
    tops = [top for word, top in placed_words(minutes_pdf(document)) if word.startswith(starts)]
    assert tops == [tops[0]] * 2


def test_no_heading_stands_alone_at_a_pages_foot() -> None:
    assert stranded_headings(minutes_html(SOUTH), ("base.css", "minutes.css"), step=9) == []


@pytest.mark.parametrize(
    "text", ["ดูที่ https://example.org/rounds/2550-1/south/outcomes", "https://example.org/a/b/c/d ก"]
)
def test_no_letter_stands_upon_another(text: str) -> None:
    shown = replace(SOUTH, items=(AgendaEntry("1", f"เรื่องแจ้ง {text}", text), *SOUTH.items[1:]))
    assert letters_upon_letters(minutes_pdf(shown)) == []
