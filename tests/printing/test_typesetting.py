import re

import pytest
from markupsafe import Markup

from forumplanner.printing.typesetting import (
    address,
    as_is,
    paragraphs,
    thai_digits_if,
    unbreakable,
    whole,
    with_digits,
)
from tests.waiting import processor_guard


def kept_together(text: str, *names: str) -> list[str]:
    """What `unbreakable` keeps on one line."""
    return re.findall(r'<span class="whole">(.*?)</span>', unbreakable(text, names))


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("เมื่อวันที่ 23 มกราคม 2550 ณ โรงแรม", ["23 มกราคม 2550"]),
        ("ในวันอังคารที่ 30 มกราคม พ.ศ. 2550", ["วันอังคารที่ 30 มกราคม พ.ศ. 2550"]),
        ("ระหว่าง 30-31 ม.ค. 2550 และ ๘-๙ ก.พ. ๒๕๕๐", ["30-31 ม.ค. 2550", "๘-๙ ก.พ. ๒๕๕๐"]),
        ("ระหว่าง 28 กุมภาพันธ์ - 1 มีนาคม 2550", ["28 กุมภาพันธ์ - 1 มีนาคม 2550"]),
        ("on Tuesday 30 January 2007 and 8-9 Feb 2007.", ["Tuesday 30 January 2007", "8-9 Feb 2007"]),
        ("เวลา 09.00-16.30 น. และ 13.00 น.", ["09.00-16.30 น.", "13.00 น."]),
        ("เงินทุน 83,077.50 ล้านบาท จาก 75,525 กองทุน", ["83,077.50 ล้านบาท", "75,525 กองทุน"]),
        ("สมทบ ๕๐,๐๐๐ บาท หรือร้อยละ 10 หรือ 15 %", ["๕๐,๐๐๐ บาท", "ร้อยละ 10", "15 %"]),
        ("รายงานครั้งที่ 2/2549 หมู่ที่ 4", ["ครั้งที่ 2/2549", "หมู่ที่ 4"]),
        ("โดย นายสมชาย ใจดี และ ดร.วีรพงษ์ ตั้งจิตต์", ["นายสมชาย ใจดี", "ดร.วีรพงษ์ ตั้งจิตต์"]),
        ("ลุงปั้น มา", ["ลุงปั้น มา"]),
        ("บ้านน้ำขาว อำเภอจะนะ จังหวัดสงขลา", ["อำเภอจะนะ", "จังหวัดสงขลา"]),
        ("เลขานุการ เครือข่ายอำเภอกาญจนดิษฐ์", ["เครือข่ายอำเภอกาญจนดิษฐ์"]),
        ("มีพื้นที่นำร่องระดับตำบลแล้ว", ["พื้นที่นำร่อง"]),
        ("ที่ประชุมเห็นชอบ ไม่มีตัวเลข", ["ที่ประชุม", "เห็นชอบ"]),
        ("ระหว่าง ม.ค.-ก.พ. 2550 และ มีนาคม 2550", ["ม.ค.-ก.พ. 2550", "มีนาคม 2550"]),
        ("ตามระเบียบฯ พ.ศ. 2526 และฉบับที่ 4 พ.ศ.๒๕๖๔", ["พ.ศ. 2526", "ฉบับที่ 4", "พ.ศ.๒๕๖๔"]),
        ("วันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550", ["วันเสาร์-อาทิตย์ที่ 3-4 มีนาคม 2550"]),
        ("ส.-อา. 3-4 มี.ค. 2550", ["ส.-อา. 3-4 มี.ค. 2550"]),
        ("ต.บ้านพรุ อ. หาดใหญ่ จ.สงขลา", ["ต.บ้านพรุ", "อ. หาดใหญ่", "จ.สงขลา"]),
        ("รพ.สต.บ้านพรุ ถ.เพชรเกษม ซ.5", ["รพ.สต.บ้านพรุ", "ถ.เพชรเกษม", "ซ.5"]),
        ("โทร. 0-2281-9672 ถึง 4 ต่อ 101-103 หรือ 081-234 5678", ["โทร. 0-2281-9672 ถึง 4 ต่อ 101-103", "081-234 5678"]),
        ("ข้าว น้ำ ฯลฯ กราบเรียน ฯพณฯ นายกรัฐมนตรี", ["ฯลฯ", "ฯพณฯ นายกรัฐมนตรี"]),
        ("ร.ต.อ.สมชาย ใจดี กับ นพ. วิชัย", ["ร.ต.อ.สมชาย ใจดี", "นพ. วิชัย"]),
        ("มาตรา 39 ปีงบประมาณ 2550", ["มาตรา 39", "ปีงบประมาณ 2550"]),
    ],
)
def test_dates_times_amounts_names_and_places_stay_on_one_line(text: str, together: list[str]) -> None:
    assert kept_together(text) == together


def test_a_run_of_thai_that_only_begins_like_a_name_may_be_broken() -> None:
    assert kept_together("นายกสมาคมธนาคารหมู่บ้านแห่งประเทศไทยเสนอว่าควรทำงานร่วมกัน") == []


def test_names_the_document_knows_stay_whole_with_and_without_their_honorific() -> None:
    text = "นางจำปา คำปันกล่าว แล้วจำปา คำปันสรุป"
    assert kept_together(text, "นางจำปา คำปัน") == ["นางจำปา คำปัน", "จำปา คำปัน"]


def test_repetition_and_abbreviation_marks_cling_to_what_stands_before() -> None:
    assert unbreakable("อื่น  ๆ และ กรุงเทพ ฯ") == "อื่น\u00a0ๆ และ กรุงเทพ\u00a0ฯ"


def test_what_people_typed_is_escaped() -> None:
    assert unbreakable('<b onclick="x">30 มกราคม 2550 & ๆ') == (
        '&lt;b onclick=&#34;x&#34;&gt;<span class="whole">30 มกราคม 2550</span> &amp;\u00a0ๆ'
    )


def test_a_field_is_whole_unless_it_is_too_long_for_a_line() -> None:
    short, long = "นาง <จำปา> คำปัน", "ก" * 49
    assert [whole(short), whole(long)] == ['<span class="whole">นาง &lt;จำปา&gt; คำปัน</span>', long]


def test_a_field_too_long_for_a_line_breaks_at_spaces_alone() -> None:
    words = [letter * 20 for letter in "กขค"]
    assert whole(" ".join(words)) == " ".join(f'<span class="whole">{word}</span>' for word in words)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "https://forum.example.org/rounds/2550-1/south",
            ["https://", "forum.example.org/", "rounds/", "2550-1/", "south"],
        ),
        ("somchai@example.org", ["somchai@example.org"]),
        ("https://a.org/?q=1&b=2", ["https://", "a.org/?", "q=1&amp;", "b=2"]),
        (f"https://a.org/{'x' * 39}-y", ["https://", "a.org/", "x" * 38, "x-y"]),
    ],
)
def test_an_address_breaks_behind_strokes_and_never_at_a_hyphen(text: str, pieces: list[str]) -> None:
    assert re.findall(r'<span class="piece as-is">(.*?)</span>', address(text)) == pieces


def test_an_address_in_text_keeps_its_digits_and_leaves_the_full_stop_to_the_sentence() -> None:
    html = with_digits(unbreakable("ดู https://a.org/2550-1. ถาม a1@b2.org, ปี 2550"), thai=True)
    assert re.sub(r"<.*?>", "", html) == "ดู https://a.org/2550-1. ถาม a1@b2.org, ปี ๒๕๕๐"


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert paragraphs("หนึ่ง\n\n  สอง \r\n") == ["หนึ่ง", "สอง"]


@pytest.mark.parametrize(
    ("html", "converted"),
    [
        (Markup('<h1 class="x1">ครั้งที่ 1/2550</h1>'), '<h1 class="x1">ครั้งที่ ๑/๒๕๕๐</h1>'),
        (Markup("&#34;5&#34; &amp; 6"), "&#34;๕&#34; &amp; ๖"),
        (Markup("<style>p{margin:1cm}</style>7"), "<style>p{margin:1cm}</style>๗"),
        (Markup("<p>โทร. {} ต่อ 9</p>").format(as_is("02 <1")), '<p>โทร. <span class="as-is">02 &lt;1</span> ต่อ ๙</p>'),
        ("1 < 2", "๑ &lt; ๒"),
        (2550, "๒๕๕๐"),
    ],
)
def test_thai_digits_are_for_text_alone(html: object, converted: str) -> None:
    assert thai_digits_if(html, True) == converted


def test_without_the_switch_digits_stay() -> None:
    assert thai_digits_if("ครั้งที่ 1/2550", False) == "ครั้งที่ 1/2550"


def test_thai_digits_twice_are_thai_digits_once() -> None:
    once = with_digits("<p>1/2550</p>", thai=True)
    assert with_digits(once, thai=True) == once


@pytest.mark.parametrize("piece", ["1", " ", "นาย", "ก", "1.", "1 - ", "ครั้งที่ ", "&", "<"])
def test_a_long_run_of_anything_is_read_once(piece: str) -> None:
    # A quadratic pattern would take minutes.
    with processor_guard():
        with_digits(unbreakable(piece * (100_000 // len(piece)), ["นางจำปา คำปัน"]), thai=True)


@pytest.mark.parametrize(
    ("typed", "thai", "arabic"),
    [
        ("ตำบลนำร่อง 14 ตำบล", "ตำบลนำร่อง ๑๔ ตำบล", "ตำบลนำร่อง 14 ตำบล"),
        ("ตำบลนำร่อง ๑๔ ตำบล", "ตำบลนำร่อง ๑๔ ตำบล", "ตำบลนำร่อง 14 ตำบล"),
        ("๑,๒๓๔.50 บาท", "๑,๒๓๔.๕๐ บาท", "1,234.50 บาท"),
        ("ส่งที่ fund2550@codi123.or.th ภายใน 3 วัน", "ส่งที่ fund2550@codi123.or.th ภายใน ๓ วัน", None),
        ("ดู https://www.codi.or.th/2550/1?a=2 ข้อ 4", "ดู https://www.codi.or.th/2550/1?a=2 ข้อ ๔", None),
        ("ดูwww.fund99.comข้อ", "ดูwww.fund99.comข้อ", None),
        ("ที่ fund99.or.th/doc1 หน้า 2", "ที่ fund99.or.th/doc1 หน้า ๒", None),
        ("เวลา 9.30-12.00 น. ข้อ 1.2", "เวลา ๙.๓๐-๑๒.๐๐ น. ข้อ ๑.๒", None),
    ],
)
def test_a_text_is_written_in_the_digits_asked_for(typed: str, thai: str, arabic: str | None) -> None:
    assert with_digits(typed, thai=True) == thai
    assert with_digits(typed, thai=False) == (arabic or typed)


def test_an_address_with_a_question_keeps_its_digits_behind_an_ampersand() -> None:
    html = 'ดู <a href="https://a.org/?b=1&amp;c=2">a.org/?b=1&amp;c=2</a> ปี ๒๕๕๐'
    assert with_digits(html, thai=False) == html.replace("๒๕๕๐", "2550")
    assert with_digits(html, thai=True) == html


@pytest.mark.parametrize("piece", ["a.", "a-", "a1@", "www.", "1.", "https://", "๑.๒"])
def test_digits_of_a_long_text_take_no_longer_than_its_length(piece: str) -> None:
    with processor_guard():
        with_digits(piece * (200_000 // len(piece)), thai=True)
