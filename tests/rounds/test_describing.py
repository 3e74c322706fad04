"""When and where a meeting is, in words: the same for everybody who says it."""

from datetime import date, time

import pytest

from forumplanner.core.i18n import Lang
from forumplanner.places.models import Province
from forumplanner.rounds.describing import describe_days, describe_hours, describe_place, name_place
from forumplanner.rounds.models import Meeting, MeetingDay

FIRST, LAST = date(2007, 1, 30), date(2007, 1, 31)
BEFORE, AFTER = date(2007, 1, 1), date(2007, 2, 1)
SONGKHLA = Province(code="90", name_th="สงขลา", name_en="Songkhla")
BANGKOK = Province(code="10", name_th="กรุงเทพมหานคร", name_en="Bangkok")


def meeting(*days: tuple[date, int, int], **values: object) -> Meeting:
    rows = [MeetingDay(on=on, opens_at=time(opens), closes_at=time(closes)) for on, opens, closes in days]
    return Meeting(starts_on=FIRST, ends_on=LAST, days=rows, **values)


@pytest.mark.parametrize(
    ("values", "lang", "words"),
    [
        ({}, "th", ""),
        ({"province": SONGKHLA}, "th", "จ.สงขลา"),
        ({"venue_th": "วัดคลองแห"}, "th", "วัดคลองแห"),
        ({"venue_th": "วัดคลองแห", "province": SONGKHLA}, "th", "วัดคลองแห จ.สงขลา"),
        ({"venue_th": "วัดคลองแห สงขลา", "province": SONGKHLA}, "th", "วัดคลองแห สงขลา"),
        (
            {"venue_th": "วัดคลองแห", "venue_address": "ต.คลองแห อ.หาดใหญ่ จ.สงขลา", "province": SONGKHLA},
            "th",
            "วัดคลองแห ต.คลองแห อ.หาดใหญ่ จ.สงขลา",
        ),
        ({"venue_th": "วัด", "venue_en": "A temple", "province": SONGKHLA}, "en", "A temple, Songkhla"),
        ({"venue_th": "โรงแรม", "province": BANGKOK}, "th", "โรงแรม กรุงเทพมหานคร"),
        ({"venue_th": "โรงแรม", "venue_address": "บางกะปิ กทม.", "province": BANGKOK}, "th", "โรงแรม บางกะปิ กทม."),
    ],
)
def test_a_place_names_its_province_once(values: dict[str, object], lang: Lang, words: str) -> None:
    assert describe_place(meeting(**values), lang) == words


def test_a_document_shortens_nothing_and_may_leave_the_address_out() -> None:
    found = meeting(venue_th="วัดคลองแห", venue_address="ถ.ลพบุรีราเมศวร์", province=SONGKHLA)
    assert describe_place(found, "th", with_address=False, formal=True) == "วัดคลองแห จังหวัดสงขลา"
    assert name_place(found, "th") == "วัดคลองแห"


def test_hours_of_all_days_are_one_text() -> None:
    found = meeting((FIRST, 9, 16), (LAST, 9, 16))
    assert describe_hours(found, "th", BEFORE) == ("09.00-16.00 น.",)


@pytest.mark.parametrize(
    ("today", "unknown"), [(BEFORE, "ยังไม่กำหนดเวลา"), (LAST, "ยังไม่กำหนดเวลา"), (AFTER, "ไม่ได้ระบุเวลา")]
)
def test_hours_that_differ_are_told_for_each_day(today: date, unknown: str) -> None:
    assert describe_hours(meeting((LAST, 9, 12)), "th", today) == (f"อังคาร 30: {unknown}", "พุธ 31: 09.00-12.00 น.")


def test_hours_of_which_none_is_known_are_not_spoken_of() -> None:
    assert describe_hours(meeting(), "th", BEFORE) == ()


@pytest.mark.parametrize(("lang", "words"), [("th", "อังคาร 30 - พุธ 31 ม.ค. 2550"), ("en", "Tue 30 - Wed 31 Jan 2007")])
def test_days_are_told_with_their_weekdays(lang: Lang, words: str) -> None:
    assert describe_days(meeting(), lang) == words
