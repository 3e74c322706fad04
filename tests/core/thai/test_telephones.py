"""Telephone numbers as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forumplanner.core import thai
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import Lang
from forumplanner.core.thai import PhoneNumber, find_phones, format_phone, read_phone, read_phones, show_phones
from forumplanner.core.thai import telephone_reading as reading
from forumplanner.core.thai.telephone_tokens import NOT_A_NUMBER


@pytest.mark.parametrize(
    ("typed", "number", "extension"),
    [
        ("081-000-0001", "0810000001", None),
        ("081 000 0001", "0810000001", None),
        ("๐๘๑-๐๐๐-๐๐๐๑", "0810000001", None),
        ("+66 81 000 0001", "0810000001", None),
        ("+66 (0)81 000 0001", "0810000001", None),
        ("0066810000001", "0810000001", None),
        ("โทร. 02-123-4567 ต่อ 12", "021234567", "12"),
        ("02 123 4567 ext. 305", "021234567", "305"),
        ("\u200b074.123456 ", "074123456", None),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: str, extension: str | None) -> None:
    assert read_phone(typed) == PhoneNumber(number, extension)


@pytest.mark.parametrize(
    "typed", ["0812", "81 000 0001", "0" * 40, "08100000012", "+856 20 5555 5555", "เบอร์บ้าน", "0810000001a", "", "+"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_phone(typed, field="phones")
    assert refusal.value.field == "phones"


def test_several_numbers_are_kept_once_in_the_order_written() -> None:
    assert read_phones("081-000-0002 หรือ 02-123-4567 ต่อ 9, 0810000002\n074000001") == (
        PhoneNumber("0810000002"),
        PhoneNumber("021234567", "9"),
        PhoneNumber("074000001"),
    )


def test_more_numbers_than_a_person_has_are_refused() -> None:
    with pytest.raises(Invalid):
        read_phones(", ".join(f"08100000{number:02}" for number in range(11)))


@pytest.mark.parametrize("written", ["081-000-0001", "02-123-4567", "074-123-456", "02-123-4567 ต่อ 12"])
def test_a_number_shown_reads_back_as_itself(written: str) -> None:
    phone = read_phone(written)
    assert format_phone(phone.number, phone.extension) == written


@pytest.mark.parametrize(
    ("kept", "lang", "shown"),
    [
        ("0810000099", "th", "081-000-0099"),
        ("081 000 0001 ต่อ 12", "en", "081-000-0001 ext. 12"),
        ("+66 81 000 0003, 02-000-0000", "th", "081-000-0003, 02-000-0000"),
        ("ถามที่ทำการ", "th", "ถามที่ทำการ"),
        ("", "th", ""),
    ],
)
def test_a_kept_text_is_shown_in_one_way(kept: str, lang: Lang, shown: str) -> None:
    assert show_phones(kept, lang) == shown


def test_a_kept_text_that_is_no_number_cannot_be_dialled() -> None:
    assert (find_phones("ถามที่ทำการ"), find_phones("02-000-0000")) == ((), (PhoneNumber("020000000"),))


Read = tuple[str, str | None, str | None]


def read(text: str) -> list[Read]:
    return [(found.number, found.extension, found.note) for found in read_phones(text)]


def lines(*numbers: str, note: str | None = None, extension: str | None = None) -> list[Read]:
    return [(number, extension, note) for number in numbers]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("02-2281967-8", ["022281967", "022281968"]),
        ("022281967-8", ["022281967", "022281968"]),
        ("0-2281-9672 ถึง 4", ["022819672", "022819673", "022819674"]),
        ("0-2281-9672-4", ["022819672", "022819673", "022819674"]),
        ("๐-๒๒๘๑-๙๖๗๒-๔", ["022819672", "022819673", "022819674"]),
        ("0 2281 9672 – 4", ["022819672", "022819673", "022819674"]),
        ("02-281-9672, 4, 6", ["022819672", "022819674", "022819676"]),
        ("02-281-9672, 4-6", ["022819672", "022819674", "022819675", "022819676"]),
        ("02-281-9672/4", ["022819672", "022819674"]),
        ("02-281-9672 และ 5", ["022819672", "022819675"]),
        ("02-281-9679-80", ["022819679", "022819680"]),
        ("02-281-9672, 9680", ["022819672", "022819680"]),
        ("02-2281967, 2281970", ["022281967", "022281970"]),
        ("074-311111, 312222", ["074311111", "074312222"]),
        ("074-311-111, 312-222", ["074311111", "074312222"]),
        ("02-2819672 ถึง 02-2819674", ["022819672", "022819673", "022819674"]),
        ("02-2819672 - 02-2819674", ["022819672", "022819673", "022819674"]),
        ("02-2281967-8-9", ["022281967", "022281968", "022281969"]),
        ("081-234-5678-9", ["0812345678", "0812345679"]),
        ("+66 2 281 9672-3", ["022819672", "022819673"]),
        ("02-2281967-8, 081-234-5678", ["022281967", "022281968", "0812345678"]),
    ],
)
def test_a_series_is_read_line_by_line(typed: str, numbers: list[str]) -> None:
    assert read(typed) == lines(*numbers)


def test_a_long_series_is_its_first_line_with_the_last_noted() -> None:
    assert (read("0 2281 9600-29"), show_phones("0 2281 9600-29"), show_phones("0 2281 9600-29", "en")) == (
        lines("022819600", note="ถึง 29"),
        "02-281-9600 ถึง 29",
        "02-281-9600 to 29",
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("02-123-4567 ต่อ 101-103", lines("021234567", extension="101-103")),
        ("02-123-4567 ต่อ 101, 102", lines("021234567", extension="101, 102")),
        ("02-123-4567 ต่อ 12 หรือ 13", lines("021234567", extension="12 หรือ 13")),
        ("02-123-4567 (ต่อ 12)", lines("021234567", extension="12")),
        ("02-123-4567#12", lines("021234567", extension="12")),
        ("0-2281-9672-3 ต่อ 112", lines("022819672", "022819673", extension="112")),
        ("02-123-4567 ต่อ 12, 081-234-5678", lines("021234567", extension="12") + lines("0812345678")),
    ],
)
def test_an_extension_may_be_several(typed: str, found: list[Read]) -> None:
    assert read(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("081-234-5678 คุณแดง ลูกสาว", lines("0812345678", note="คุณแดง ลูกสาว")),
        ("081-234-5678 (คุณแดง ลูกสาว)", lines("0812345678", note="คุณแดง ลูกสาว")),
        ("คุณแดง: 081-234-5678", lines("0812345678", note="คุณแดง")),
        ("081-234-5678, คุณแดง", lines("0812345678", note="คุณแดง")),
        ("081-234-5678\nคุณแดง", lines("0812345678", note="คุณแดง")),
        ("คุณแดง\n081-234-5678", lines("0812345678", note="คุณแดง")),
        ("02-123-4567 กด 0", lines("021234567", note="กด 0")),
        ("02-123-4567 ต่อ 12 กด 0", lines("021234567", extension="12", note="กด 0")),
        ("มือถือ 081-234-5678", lines("0812345678", note="มือถือ")),
        ("โทร. 02-123-4567", lines("021234567")),
        ("โทรศัพท์ ๐๒-๑๒๓-๔๕๖๗ โทรสาร ๐๒-๑๒๓-๔๕๖๘", lines("021234567") + lines("021234568", note="โทรสาร")),
        ("บ้าน 02-123-4567 มือถือ 081-234-5678", lines("021234567", note="บ้าน") + lines("0812345678", note="มือถือ")),
        ("02-123-4567 มือถือ 081-234-5678", lines("021234567") + lines("0812345678", note="มือถือ")),
        ("02-123-4567 (บ้าน), 081-234-5678 แดง", lines("021234567", note="บ้าน") + lines("0812345678", note="แดง")),
        ("แดง: 081-234-5678; ดำ: 089-123-4567", lines("0812345678", note="แดง") + lines("0891234567", note="ดำ")),
        ("081-234-5678 หลัง 18.00-20.00 น.", lines("0812345678", note="หลัง 18.00-20.00 น.")),
        ("081-234-5678 (หลัง 5 โมงเย็น)", lines("0812345678", note="หลัง 5 โมงเย็น")),
        ("02-123-4567 (2 เครื่อง)", lines("021234567", note="2 เครื่อง")),
        ("02-123-4567, 2 เครื่อง", lines("021234567", note="2 เครื่อง")),
        ("(โทร. 081-234-5678 ลูกสาว)", lines("0812345678", note="ลูกสาว")),
        ("02-2281967-8 (สำนักงาน)", lines("022281967", "022281968", note="สำนักงาน")),
    ],
)
def test_words_beside_a_number_are_its_note(typed: str, found: list[Read]) -> None:
    assert read(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        *("081/234/5678", "081.234.5678", "(081) 234 5678", "66812345678", "+66812345678", "0066-81-2345678"),
        *("+66-(0)81-234-5678", "081 234 5678.", " 081-2345678 ", "เบอร์ 0812345678"),
    ],
)
def test_one_number_in_many_hands(typed: str) -> None:
    assert read(typed) == lines("0812345678")


@pytest.mark.parametrize(
    "typed", ["02-123-4567/081-234-5678", "02-123-4567  081-234-5678", "02-123-4567 และ 0812345678"]
)
def test_two_numbers_are_never_one(typed: str) -> None:
    assert read(typed) == lines("021234567", "0812345678")


@pytest.mark.parametrize("typed", ["", "  ", "-", "ไม่มี", "ไม่มีโทรศัพท์", "None", "n/a"])
def test_no_telephone_is_an_answer(typed: str) -> None:
    assert read(typed) == []


@pytest.mark.parametrize(
    ("typed", "found"), [("1111", "1111"), ("สายด่วน 1300", "1300"), ("1800-123-456", "1800123456")]
)
def test_numbers_of_a_service_are_dialled_as_they_stand(typed: str, found: str) -> None:
    assert [phone.number for phone in read_phones(typed)] == [found]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("010 000 389", reading.NO_SUCH_PREFIX),  # both valid to the library
        ("610000386", reading.ZERO_MISSING),
        ("81 234 5678", reading.ZERO_MISSING),
        ("02-123-456", reading.WRONG_LENGTH),
        ("0222819678", reading.WRONG_LENGTH),
        ("074-123-4567", reading.WRONG_LENGTH),
        ("081-234-567", reading.WRONG_LENGTH),
        ("081-234-56789", reading.WRONG_LENGTH),
        ("022-123-123-123-123", reading.SERIES_BACKWARDS),
        ("+856 20 5555 5555", reading.ABROAD),
        ("02-281-9678-3", reading.SERIES_BACKWARDS),
        ("02 281 9672 4", reading.UNCLEAR_TAIL),
        ("02-281-9672, 4081-234-5678", NOT_A_NUMBER),
        ("02-123-4567, 081-234-567", reading.WRONG_LENGTH),
        ("0812345678 " + "ก" * 101, reading.LONG_NOTE),
    ],
)
def test_each_cause_has_its_own_sentence(typed: str, message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_phones(typed)
    assert refusal.value.message == message
    assert "%(" not in refusal.value.message % refusal.value.params


def test_one_number_is_asked_for_where_one_is_kept() -> None:
    with pytest.raises(Invalid) as refusal:
        read_phone("02-2281967-8")
    assert refusal.value.message == reading.ONE_NUMBER


PIECES = (
    *("02-2281967", "081-234-5678", "0", "8", "-", ", ", " ", "/", "ถึง ", "4", "9680", "ต่อ 12", " (", "คุณแดง", ")"),
    *("\n", "หรือ", "กด 0", "+66 ", "2281968", "มือถือ ", "18.00 น.", "1111"),
)


@settings(derandomize=True, deadline=None, max_examples=1500)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.sampled_from(["th", "en"]))
def test_what_is_read_is_written_so_that_it_reads_the_same(typed: str, lang: Lang) -> None:
    try:
        found = read_phones(typed)
    except Invalid:
        return
    assert all(thai.format_phone(phone.number) for phone in found)
    assert read_phones(thai.join_phones(found, lang)) == found


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_no_digit_of_what_is_read_is_made_up_or_longer_than_a_number(typed: str) -> None:
    for phone in find_phones(typed):
        assert len(phone.number) in (3, 4, 9, 10)
        assert phone.number[:2] not in ("00", "01")


@pytest.mark.parametrize("heap", ["02-2281967-8", "(", "ต่อ 1-", "1 ", "คุณ ", "x1,", "081-234-5678,"])
def test_a_heap_is_read_in_linear_time(heap: str) -> None:
    find_phones(heap * 3000)
