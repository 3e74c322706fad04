"""Telephone numbers as people write them."""

import pytest

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import Lang
from forumplanner.core.thai import PhoneNumber, find_phones, format_phone, read_phone, read_phones, show_phones


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
    assert read_phones("081-000-0002 หรือ 02-123-4567 ต่อ 9, 0810000002\n0740000001") == (
        PhoneNumber("0810000002"),
        PhoneNumber("021234567", "9"),
        PhoneNumber("0740000001"),
    )


def test_more_numbers_than_a_person_has_are_refused() -> None:
    with pytest.raises(Invalid):
        read_phones(", ".join(f"081000000{digit}" for digit in range(6)))


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
