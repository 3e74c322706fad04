"""What an XLS file says beside its values."""

import io

import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core.errors import Invalid
from forumplanner.sheets import read_file
from forumplanner.sheets.tables import Place


def old_file() -> bytes:
    """Formulas, a link, struck-out text, a hidden row and column; two sheets, one with a Thai name."""
    book = xlwt.Workbook(encoding="utf-8")
    for name in ("รายชื่อ", "Old"):
        sheet = book.add_sheet(name)
        for place, text in enumerate(("ชื่อ-สกุล", "โทร", "ลิงก์")):
            sheet.write(0, place, text)
        sheet.write(
            1, 0, "นายสมชาย ใจดี", xlwt.easyxf("font: struck_out on") if name == "Old" else xlwt.Style.default_style
        )
        sheet.write(1, 1, xlwt.Formula("810000001+1"))
        sheet.write(1, 2, xlwt.Formula('HYPERLINK("http://a.example";"ดู")'))
        sheet.write(2, 0, "นางสมศรี ใจดี")
        for place in range(4):
            sheet.write(2, 1 + place, 81 + place, xlwt.easyxf("font: struck_out on"))
        sheet.row(3).write(0, "นายซ่อน ใจดี")
        sheet.row(3).hidden = True
        sheet.col(2).hidden = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_formulas_struck_out_text_and_what_is_hidden_are_told() -> None:
    book = read_file(old_file(), "a.xls")
    assert book.notes == []
    first, second = (sheet.marks for sheet in book.sheets)
    assert {place: formula.is_link for place, formula in first.formulas.items()} == {
        Place(2, 1): False,
        Place(2, 2): True,
    }
    assert (first.hidden_rows, first.hidden_columns) == ({4}, {2})
    numbers = {Place(3, column) for column in range(1, 5)}
    assert (first.struck, second.struck) == (numbers, numbers | {Place(2, 0)})


@settings(max_examples=60)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused(at: int, piece: bytes) -> None:
    content = old_file()
    damaged = content[:at] + piece + content[at + len(piece) :]
    try:
        found = [sheet.marks for sheet in read_file(damaged, "a.xls").sheets]
    except Invalid as refused:
        found = [refused.message]
    assert found
