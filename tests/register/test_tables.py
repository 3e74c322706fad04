"""The finance table in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from forumplanner.core.i18n import Lang
from forumplanner.register.rules import Figure, KindFigures, Measure, Standing, total_of
from forumplanner.register.tables import Note, finance_table
from forumplanner.register.words import what_it_leaves_out, written_moment
from tests.register.test_rules import real_figures


def test_rows_show_targets_in_brackets_and_no_data_as_such() -> None:
    assert finance_table(real_figures("th"), "th").rows == (
        ("กองทุนหมู่บ้านและชุมชนเมือง", "75,525", None, "83,077.50", "เมษายน 2547"),
        ("กองทุนแก้ไขปัญหาความยากจน (กขคจ.)", "(39,646)", None, "(11,100.88)", "ไม่ระบุเวลา"),
        ("กลุ่มออมทรัพย์เพื่อการผลิต", "20,446", None, "3,353.00", "2542"),
        ("กลุ่ม/สหกรณ์เครดิตยูเนี่ยน", "881", "451,234", "4,031.63", "กันยายน 2547"),
        ("กลุ่มสัจจะสะสมทรัพย์พัฒนาคุณธรรมครบวงจรชีวิต", "500", None, None, "ไม่ระบุเวลา"),
        ("องค์กรการเงินชุมชนรูปแบบอื่น ๆ", None, None, None, None),
        ("กลุ่มสัจจะลดรายจ่ายวันละ 1 บาท", None, None, None, None),
    )


def test_both_totals_stand_below_with_marks_that_lead_to_what_they_leave_out() -> None:
    table = finance_table(real_figures("th"), "th")
    assert table.totals == (
        ("รวมทั้งเป้าหมาย [4]", "136,998", "451,234", "101,563.01", ""),
        ("รวมเฉพาะที่นับได้ [5]", "97,352", "451,234", "90,462.13", ""),
    )
    assert table.columns == ("ประเภท", "กลุ่ม [1]", "สมาชิก (คน) [2]", "เงินกองทุน (ล้านบาท) [3]", "ข้อมูล ณ")
    assert table.notes == (
        Note(
            "[1]",
            "ตัวเลขเก็บต่างเวลากัน (2542, เมษายน 2547, กันยายน 2547 และไม่ระบุเวลา 2 ประเภท) ผลรวมจึงไม่ใช่ยอดของเวลาใดเวลาหนึ่ง "
            "ไม่รวม 2 ประเภทที่ไม่มีข้อมูล คือ องค์กรการเงินชุมชนรูปแบบอื่น ๆ, กลุ่มสัจจะลดรายจ่ายวันละ 1 บาท",
        ),
        Note("[2]", "เป็นของกลุ่ม/สหกรณ์เครดิตยูเนี่ยน ประเภทเดียว อีก 6 ประเภทไม่มีข้อมูล"),
        Note(
            "[3]",
            "ตัวเลขเก็บต่างเวลากัน (2542, เมษายน 2547, กันยายน 2547 และไม่ระบุเวลา 1 ประเภท) ผลรวมจึงไม่ใช่ยอดของเวลาใดเวลาหนึ่ง "
            "ไม่รวม 3 ประเภทที่ไม่มีข้อมูล คือ กลุ่มสัจจะสะสมทรัพย์พัฒนาคุณธรรมครบวงจรชีวิต, องค์กรการเงินชุมชนรูปแบบอื่น ๆ, "
            "กลุ่มสัจจะลดรายจ่ายวันละ 1 บาท",
        ),
        Note("[4]", "ผลรวมนี้รวมเป้าหมายของกองทุนแก้ไขปัญหาความยากจน (กขคจ.) 39,646 กลุ่ม, 11,100.88 ล้านบาท ไว้ด้วย"),
        Note("[5]", "ผลรวมนี้ไม่รวมเป้าหมายของกองทุนแก้ไขปัญหาความยากจน (กขคจ.) 39,646 กลุ่ม, 11,100.88 ล้านบาท"),
    )


def test_without_targets_there_is_one_total_and_no_talk_of_brackets() -> None:
    counted = [kind for kind in real_figures() if kind.figure(Measure.GROUPS).standing == Standing.COUNT]
    table = finance_table(counted, "en")
    assert [row[0] for row in table.totals] == ["Total"]
    assert table.remarks == ("The register names no source document for these figures.",)


def test_figures_of_one_time_that_are_all_there_need_no_note() -> None:
    figures = {measure: Figure(Standing.COUNT, Decimal(5), "2004", "a survey") for measure in Measure}
    table = finance_table([KindFigures("a", figures), KindFigures("b", figures)], "en")
    assert (table.notes, table.remarks) == ((), ("Source: a survey",))
    assert table.totals == (("Total", "10", "10", "10.00", ""),)


def test_an_empty_register_is_an_empty_table() -> None:
    table = finance_table([], "th")
    assert (table.is_empty, table.totals, table.notes, table.remarks) == (True, (), (), ())


@pytest.mark.parametrize(
    ("with_targets", "said"),
    [
        (
            True,
            "Observed at different times (1999, April 2004, September 2004; kinds not dated: 1), "
            "so the total is of no single moment.",
        ),
        (False, "Observed at different times (1999, April 2004, September 2004), so the total is of no single moment."),
    ],
)
def test_each_total_says_by_itself_what_it_leaves_out(with_targets: bool, said: str) -> None:
    total = total_of(real_figures(), Measure.FUND, with_targets=with_targets)
    assert what_it_leaves_out(total, "en") == [
        said,
        "Leaves out the kinds without data (3): Sajja savings groups for lifelong virtue, "
        "Other forms of community finance organisation, One-baht-a-day sajja groups.",
    ]


@pytest.mark.parametrize(
    ("as_of", "lang", "written"),
    [
        ("1999", "th", "2542"),
        ("1999", "en", "1999"),
        ("2004-04", "th", "เมษายน 2547"),
        ("2004-04", "en", "April 2004"),
        ("2004-04-01", "th", "1 เมษายน 2547"),
    ],
)
def test_moments_are_written_as_exactly_as_they_are_known(as_of: str, lang: Lang, written: str) -> None:
    assert written_moment(as_of, lang) == written


def test_different_times_of_one_kind_are_all_named() -> None:
    kind = real_figures()[0]
    newer = replace(kind.figure(Measure.FUND), as_of="2006")
    figures = {**kind.figures, Measure.FUND: newer}
    assert finance_table([KindFigures(kind.name, figures)], "en").rows[0][-1] == "April 2004, 2006"
