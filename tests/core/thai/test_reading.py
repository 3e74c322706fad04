"""Dates and ranges as typed."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.thai import reading
from forumplanner.core.thai.eras import YEAR_OUT_OF_RANGE

VECTORS = json.loads(Path(__file__).with_name("thai-dates.json").read_text(encoding="utf-8"))
JAN_30, JAN_31 = date(2007, 1, 30), date(2007, 1, 31)

fixed = settings(derandomize=True, deadline=None, max_examples=200)
days = st.dates(date(1941, 1, 1), date(2100, 12, 31))


def refusal(text: str, year: int | None = None) -> str:
    with pytest.raises(Invalid) as refused:
        thai.parse_range(text, year)
    return refused.value.message


@pytest.mark.parametrize(("text", "day"), VECTORS["good"])
def test_vector_is_read(text: str, day: str) -> None:
    assert thai.parse_date(text).isoformat() == day


@pytest.mark.parametrize("text", VECTORS["bad"] + VECTORS["bad_ranges"])
def test_bad_vector_is_refused_as_a_date(text: str) -> None:
    with pytest.raises(Invalid):
        thai.parse_date(text)


@pytest.mark.parametrize("text", VECTORS["bad"] + VECTORS["bad_ranges"])
def test_bad_vector_is_refused_as_a_range(text: str) -> None:
    with pytest.raises(Invalid):
        thai.parse_range(text)


@pytest.mark.parametrize(("text", "start", "end"), VECTORS["ranges"])
def test_range_vector_is_read(text: str, start: str, end: str) -> None:
    assert thai.parse_range(text) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "30 ม. ค. 2550",
        "30 มค. 2550",
        "30 มกรา 2550",
        "30มกราคม2550",
        "วันที่ 30 มกราคม พ.ศ. 2550",
        "เมื่อวันที่ ๓๐ เดือนมกราคม พ.ศ.๒๕๕๐",
        "วันอังคาร ที่ 30 มกราคม 2550",
        "อ. 30 ม.ค. 2550",
        "30 มกราคม ค.ศ. 2007",
        "30 มกราคม ปี 2550",
        "30 มกราคม ปีพ.ศ. 2550",
        "30.1.2550",
        "30-1-2550",
        "30 / 01 / 2550",
        "2550/01/30",
        "30\u200b \u00a0ม.ค.\ufeff 2550",
        "\u200e30\u2060 ม.ค.\u00ad 2550\u202c",
        "30-ม.ค.-2550",
        "30/ม.ค./2550",
        "30-Jan-2007",
        "  30 ม.ค. 2550  ",
        "30 Jan 2007",
        "Tuesday, 30th of January 2007",
        "30 january 2007 AD",
        "30 Jan 2550",
        "30 ม.ค. 2550 (อังคาร)",
    ],
)
def test_usual_spellings_are_read(text: str) -> None:
    assert thai.parse_date(text) == JAN_30


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_read_short_long_and_without_dots(month: int) -> None:
    short = thai.month_name(month, short=True)
    spellings = [thai.month_name(month), short, short.replace(".", ""), short.rstrip("."), short.replace(".", ". ")]
    assert {thai.parse_date(f"5 {spelling} 2550") for spelling in spellings} == {date(2007, month, 5)}


@pytest.mark.parametrize(
    "text",
    [
        "30-31 ม.ค. 2550",
        "30–31 ม.ค. 2550",
        "วันที่ 30 - 31 มกราคม 2550",
        "ระหว่างวันที่ ๓๐ - ๓๑ มกราคม ๒๕๕๐",
        "30 ถึง 31 ม.ค. 2550",
        "วันอังคารที่ 30 ถึงวันพุธที่ 31 มกราคม 2550",
        "30 ม.ค. 2550 - 31 ม.ค. 2550",
        "30-31/01/2550",
        "30/1/2550-31/1/2550",
        "30-01-2550-31-01-2550",
        "2007-01-30 - 2007-01-31",
        "30 to 31 January 2007",
        "30 และ 31 มกราคม 2550",
        "30, 31 ม.ค. 2550",
        "30 มกราคม และ 31 มกราคม 2550",
        "30 and 31 January 2007",
        "30-ม.ค.-2550 - 31-ม.ค.-2550",
    ],
)
def test_usual_spellings_of_a_range_are_read(text: str) -> None:
    assert thai.parse_range(text) == (JAN_30, JAN_31)


def test_one_day_is_a_range_of_one_day() -> None:
    assert thai.parse_range("29 มี.ค. 2550") == (date(2007, 3, 29), date(2007, 3, 29))


@pytest.mark.parametrize("year", [2550, 2007])
def test_the_year_box_applies_where_no_year_is_written(year: int) -> None:
    assert thai.parse_range("28 ก.พ.-1 มี.ค.", year) == (date(2007, 2, 28), date(2007, 3, 1))


def test_a_written_year_stands_against_the_year_box() -> None:
    assert thai.parse_date("30 ม.ค. 2549", year=2550) == date(2006, 1, 30)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", reading.EMPTY),
        (" \u200b ", reading.EMPTY),
        ("30/01/50", reading.SHORT_YEAR),
        ("30-31 ม.ค. 50", reading.SHORT_YEAR),
        ("30 ม.ค. 255", reading.ODD_YEAR),
        ("30 ม.ค. 25500", reading.ODD_YEAR),
        ("30 ม.ค.", reading.NO_YEAR),
        ("30/1", reading.NO_YEAR),
        ("8-9ก.พ.", reading.NO_YEAR),
        ("28 ก.พ. - 1 มี.ค.", reading.NO_YEAR),
        ("28 ก.พ.-1 มี.ค.", reading.NO_YEAR),
        ("28 ก.พ. 2550 - 1 มี.ค.", reading.NO_YEAR_AT_END),
        ("12 และ 14 มี.ค. 2550", reading.NOT_CONSECUTIVE),
        ("12, 14 มี.ค. 2550", reading.NOT_CONSECUTIVE),
        ("2007-30-01", reading.DAY_BEFORE_MONTH),
        ("2550-30-01", reading.DAY_BEFORE_MONTH),
        ("0/1/2550", reading.NO_SUCH_DAY),
        ("31/04/2550", reading.NO_SUCH_DAY),
        ("29-30 ก.พ. 2550", reading.NO_SUCH_DAY),
        ("0 ม.ค. 2550", reading.NO_SUCH_DAY),
        ("01/30/2007", reading.MONTH_FIRST),
        ("January 30, 2007", reading.MONTH_FIRST),
        ("ม.ค. 30 2550", reading.MONTH_FIRST),
        ("30/13/2550", reading.NO_SUCH_MONTH),
        ("30/00/2550", reading.NO_SUCH_MONTH),
        ("30-31/00/2550", reading.NO_SUCH_MONTH),
        ("30 ม.ค. 3093", YEAR_OUT_OF_RANGE),
        ("30 ม.ค. 2483", YEAR_OUT_OF_RANGE),
        ("30 ม.ค. 2644", YEAR_OUT_OF_RANGE),
        ("30 ม.ค. พ.ศ. 2007", reading.CHRISTIAN_CALLED_BUDDHIST),
        ("30 ม.ค. ค.ศ. 2550", reading.BUDDHIST_CALLED_CHRISTIAN),
        ("30 ม.ค. ค.ศ. 3000", YEAR_OUT_OF_RANGE),
        ("31-30 ม.ค. 2550", reading.BACKWARDS),
        ("30 ธ.ค. - 2 ม.ค. 2550", reading.BACKWARDS),
        ("2550", reading.UNREADABLE),
        ("ม.ค. 2550", reading.UNREADABLE),
        ("30", reading.UNREADABLE),
        ("8-9", reading.UNREADABLE),
        ("30/01-2550", reading.UNREADABLE),
        ("30 ฟหก 2550", reading.UNREADABLE),
        ("พรุ่งนี้", reading.UNREADABLE),
        ("- - -", reading.UNREADABLE),
        ("٣٠/٠١/٢٥٥٠", reading.UNREADABLE),
        ("<script>", reading.UNREADABLE),
        ("9" * 5000, reading.UNREADABLE),
    ],
)
def test_each_cause_has_its_own_sentence(text: str, message: str) -> None:
    assert refusal(text) == message


def test_a_year_called_by_the_wrong_era_is_told_in_both() -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_date("30 ม.ค. ค.ศ. 2550")
    assert refused.value.params == {"typed": "30 ม.ค. ค.ศ. 2550", "buddhist": 2550, "christian": 2007}


def test_a_range_is_refused_where_one_day_is_asked() -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_date("30-31 ม.ค. 2550")
    assert refused.value.message == reading.ONE_DAY


@pytest.mark.parametrize(
    ("text", "last"), [("29 ก.พ. 2550", 28), ("30 ก.พ. 2551", 29), ("31 เม.ย. 2550", 30), ("32 ธ.ค. 2550", 31)]
)
def test_an_impossible_day_is_told_the_last_of_its_month(text: str, last: int) -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_date(text)
    assert refused.value.params == {"typed": text, "last": last}


def test_day_and_month_without_a_year_are_not_taken_for_two_days() -> None:
    assert refusal("8-9", 2550) == reading.UNREADABLE


def test_a_year_box_out_of_range_is_refused() -> None:
    assert refusal("8-9 ก.พ.", 50) == YEAR_OUT_OF_RANGE


@fixed
@given(days, st.integers(0, 60), st.sampled_from(["th", "en"]), st.booleans())
def test_ranges_read_back_from_every_form(start: date, length: int, lang: str, thai_digits: bool) -> None:
    end = min(start + timedelta(length), date(2100, 12, 31))
    forms = (thai.format_range_short, thai.format_range_long, thai.format_range_full, thai.format_days)
    texts = [form(start, end, lang) for form in forms]
    if thai_digits:
        texts = [thai.to_thai_digits(text) for text in texts]
    assert [thai.parse_range(text) for text in texts] == [(start, end)] * len(forms)


@fixed
@given(st.text(alphabet="0123456789๑๒ -–/.,ม.ค.กพธวันที่ถึงพศ()\u200b\u00a0JanMon", max_size=40))
def test_any_text_is_read_within_the_calendar_or_refused(text: str) -> None:
    try:
        found = thai.parse_range(text)
    except Invalid:
        return
    assert date(1941, 1, 1) <= found[0] <= found[1] <= date(2100, 12, 31)


def test_a_weekday_that_does_not_fit_is_warned_of() -> None:
    warning = thai.weekday_mismatch("วันพุธที่ 30 มกราคม 2550", JAN_30)
    assert warning
    assert warning.message % warning.params == (
        "“วันพุธที่ 30 มกราคม 2550” does not fit: day 30 is a Tuesday. Please check the date."
    )


def test_the_wrong_weekday_of_a_range_is_warned_of() -> None:
    warning = thai.weekday_mismatch("อังคาร 30 - ศุกร์ 31 ม.ค. 2550", JAN_30, JAN_31)
    assert warning
    assert warning.params == {"typed": "ศุกร์ 31 ม.ค. 2550", "day": 31}


@pytest.mark.parametrize("text", ["วันอังคารที่ 30 มกราคม 2550", "30 ม.ค. 2550", "30 ม.ค. 2550 (อ.)", "Tue 30 Jan 2007"])
def test_a_fitting_or_missing_weekday_warns_of_nothing(text: str) -> None:
    assert thai.weekday_mismatch(text, JAN_30) is None


@pytest.mark.parametrize(("year", "gregorian"), [(2550, 2007), (2007, 2007), (2484, 1941), (2643, 2100), (1941, 1941)])
def test_a_year_of_either_era_is_read(year: int, gregorian: int) -> None:
    assert thai.gregorian_year(year) == gregorian


@pytest.mark.parametrize("year", [50, 1940, 2101, 2483, 2644, 25500])
def test_a_year_of_neither_era_is_refused(year: int) -> None:
    with pytest.raises(Invalid):
        thai.gregorian_year(year)
