import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader

from forumplanner.core.errors import Invalid
from forumplanner.printing import PrintError, check_fonts, html_to_pdf, press
from forumplanner.printing.glyphs import Coverage
from tests.printing.reading import read_by_pdftotext

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def pdf_of(html: str, **options: object) -> bytes:
    return html_to_pdf(html, title="ทดสอบ", lang="th", **options)  # type: ignore[arg-type]


# What may be opened --------------------------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return path


@pytest.fixture
def visited() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server, and the paths somebody asked it for."""
    paths: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "../../../../../../../../etc/passwd",
        "../press.py",
        "../fonts/OFL.txt",
        "../fonts/../press.py",
        "..%2Fpress.py",
        "base.css/../../press.py",
        "file://localhost/etc/passwd",
        "file://example.org/etc/passwd",
        "//example.org/x.png",
        "https://example.org/x.png",
        "ftp://127.0.0.1/x.png",
        f"data:image/png;base64,{PIXEL}",
        "data:text/css,p{}",
        "no-such-file.svg",
    ],
)
@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<p style="background: url({})">x</p>',
        '<style>@import "{}";</style>',
        '<object data="{}"></object>',
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{}" width="9" height="9"/></svg>',
    ],
)
def test_nothing_but_the_projects_own_print_files_is_opened(html: str, address: str) -> None:
    with pytest.raises(Invalid, match="may not be opened in print"):
        pdf_of(html.replace("{}", address))


def test_a_file_elsewhere_is_refused_whatever_its_name_and_a_link_to_it_too(
    secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = secret.parent / "link.svg"
    link.symlink_to(secret)
    monkeypatch.setattr(press, "STYLES", secret.parent)
    assert [press.own_file(path.as_uri()) for path in (secret, link)] == [secret, secret]
    monkeypatch.undo()
    assert [press.own_file(path.as_uri()) for path in (secret, link)] == [None, None]


def test_no_server_is_asked(visited: tuple[str, list[str]]) -> None:
    address, paths = visited
    for html in (f'<img src="{address}/a">', f'<base href="{address}/"><img src="b">', f'<a href="{address}/c">x</a>'):
        try:
            pdf_of(html)
        except Invalid:
            continue
    assert paths == []


def test_the_press_works_on_after_a_refusal() -> None:
    with pytest.raises(Invalid):
        pdf_of('<img src="file:///etc/passwd">')
    assert read_by_pdftotext(pdf_of("<p>ต่อไป</p>")) == ["ต่อไป"]


# Characters the font lacks -------------------------------------------------------------------------------------------


def test_an_emoji_becomes_a_box_and_the_rest_is_printed() -> None:
    html = "<p>ขอบคุณ 🙏🏽 ทุกท่าน 👨‍👩‍👧 &#128512; 漢字 ✔ ㎡</p>"
    assert read_by_pdftotext(pdf_of(html)) == ["ขอบคุณ □ ทุกท่าน □ □ □□ ✓ m2"]


@pytest.mark.parametrize("character", ["\U000f1234", "Ж", "漢", "ก\u0e00"])
def test_a_character_that_no_font_of_ours_has_stops_the_print_if_it_gets_past_replacement(
    character: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine with a font that has it, that font would slip in; on one without, an empty box would."""
    monkeypatch.setattr(Coverage, "printable", lambda self, text: text)
    with pytest.raises(PrintError):
        pdf_of(f"<p>{character}</p>")


def test_another_font_stops_the_print() -> None:
    with pytest.raises(PrintError, match="not ours"):
        pdf_of('<p style="font-family: DejaVu Sans">x</p>')


@pytest.mark.parametrize("element", ["code", "pre", "kbd", "samp", "tt", "textarea", "th", "em", "sub", "button"])
def test_no_element_has_a_font_of_its_own(element: str) -> None:
    assert read_by_pdftotext(pdf_of(f"<{element}>กข abc</{element}>")) == ["กข abc"]


def test_the_fonts_can_be_checked() -> None:
    check_fonts()


def test_printing_logs_no_complaint(caplog: pytest.LogCaptureFixture) -> None:
    pdf_of("<h1>หัวเรื่อง</h1><p>ข้อความ</p>", thai_digits=True, tagged=True)
    assert caplog.messages == []


# The file ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tagged", [False, True])
def test_equal_input_gives_equal_bytes_whatever_was_printed_between(tagged: bool) -> None:
    html = "<h1>น้ำ</h1><p>ปั้น <b>ดิน</b> ให้เป็น <i>ดาว</i></p>"
    first = pdf_of(html, tagged=tagged)
    pdf_of("<p><b>ดาว</b> อื่น ๆ</p>", thai_digits=True)
    assert pdf_of(html, tagged=tagged) == first


def test_the_file_has_a_title_a_language_and_only_the_date_it_was_given() -> None:
    undated, dated = (PdfReader(BytesIO(pdf_of("<p>x</p>", created_on=day))) for day in (None, date(2007, 1, 31)))
    properties = [
        undated.metadata.title,
        undated.trailer["/Root"]["/Lang"],
        undated.metadata.creation_date,
        dated.metadata.creation_date and dated.metadata.creation_date.date(),
    ]
    assert properties == ["ทดสอบ", "th", None, date(2007, 1, 31)]


def test_a_tagged_file_names_its_structure() -> None:
    root = PdfReader(BytesIO(pdf_of("<h1>x</h1><p>y</p>", tagged=True))).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], "/StructTreeRoot" in root) == (True, "th", True)


def test_pages_are_numbered_from_the_second_in_the_digits_of_the_document() -> None:
    html = '<p>หน้า 1</p><p style="break-before: page">หน้า 2</p>'
    printed = [read_by_pdftotext(pdf_of(html, thai_digits=thai)) for thai in (False, True)]
    assert printed == [["หน้า 1", "หน้า 2", "- 2 -"], ["หน้า ๑", "หน้า ๒", "- ๒ -"]]


def test_the_draft_mark_is_drawn_and_only_the_corner_says_it_in_text() -> None:
    pdf = pdf_of('<body class="draft"><p>เนื้อความ</p></body>')
    assert read_by_pdftotext(pdf) == ["เนื้อความ", "ร่าง"]


def test_no_line_begins_with_a_repetition_or_abbreviation_mark() -> None:
    text = "ให้ทำงานต่อ\u00a0ๆ ไปกับกลุ่มอื่น\u00a0ๆ ในกรุงเทพ\u00a0ฯ และที่ต่าง\u00a0ๆ\u00a0ฯลฯ"
    lines = read_by_pdftotext(pdf_of("".join(f'<p style="width: {width}mm">{text}</p>' for width in range(25, 90))))
    assert [line for line in lines if re.match("[ๆฯ]", line)] == []


def test_several_threads_print_at_once_each_its_own() -> None:
    texts = [f"ฉบับที่ {number}" for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        printed = list(threads.map(lambda text: read_by_pdftotext(pdf_of(f"<p>{text}</p>")), texts))
    assert printed == [[text] for text in texts]


def test_weasyprint_is_loaded_only_when_something_is_printed() -> None:
    code = "import sys, forumplanner.minutes.documents; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_two_processes_print_the_same_bytes() -> None:
    code = (
        "import hashlib; from forumplanner.printing import html_to_pdf;"
        "print(hashlib.sha256(html_to_pdf('<p>น้ำ <b>ปั้น</b> <i>ที่</i>', title='x', lang='th')).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
