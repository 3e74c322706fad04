"""Stale saves are found by what a person saw, whatever the values hold."""

from datetime import date, time

import pytest

from forumplanner.core.errors import Conflict, Stale
from forumplanner.core.stamps import check_fresh, check_removal, is_same, is_seen, make_stamp

VALUES = [None, "", "a", "บรรทัดแรก\r\n\r\nบรรทัดสาม", " ก ", "ก\n", date(2007, 3, 8), time(9), ("a", ""), ("", "a"), ()]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_what_was_shown_is_never_stale_beside_whatever_stands_next_to_it(value: object, other: object) -> None:
    shown = {"one": value, "other": other}
    seen = make_stamp(shown)
    assert is_seen(seen, shown)
    check_fresh(seen, shown, {"one": "something else", "other": None})


def test_a_stamp_travels_through_any_form() -> None:
    stamp = make_stamp({"one": 'a\r\nb <&>"', "hours-0": None})
    assert set(stamp) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_: ")
    assert is_seen("\n".join(stamp.split()), {"one": 'a\r\nb <&>"', "hours-0": None})


@pytest.mark.parametrize(
    ("one", "other"), [(None, ""), ("a\r\nb", "a\nb"), (" a ", "a"), ("a\n\n", "a"), (False, ""), (("a",), ["a"])]
)
def test_what_reads_the_same_is_the_same(one: object, other: object) -> None:
    assert is_same(one, other)
    assert is_seen(make_stamp({"text": one}), {"text": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", ""), ("a\nb", "a b"), ("a\n\nb", "a\nb"), (("ab", "c"), ("a", "bc")), (("a", ""), ("", "a"))],
)
def test_what_reads_otherwise_is_not(one: object, other: object) -> None:
    assert not is_same(one, other)
    assert not is_seen(make_stamp({"text": one}), {"text": other})


def test_a_value_in_another_field_is_another_thing() -> None:
    assert not is_seen(make_stamp({"one": "a", "other": None}), {"one": None, "other": "a"})


def test_two_who_save_the_same_do_not_disagree() -> None:
    seen = make_stamp({"venue_th": "เดิม", "note_th": ""})
    check_fresh(seen, {"venue_th": "ใหม่", "note_th": ""}, {"venue_th": "ใหม่", "note_th": "ฉันเพิ่ม"})


def test_what_a_person_did_not_touch_follows_what_was_saved() -> None:
    seen = make_stamp({"venue_th": "เดิม", "contact_phone": "1", "note_th": ""})
    now = {"venue_th": "เดิม", "contact_phone": "2", "note_th": "ของเขา"}
    with pytest.raises(Stale) as found:
        check_fresh(seen, now, {"venue_th": "เดิม", "contact_phone": "1", "note_th": "ของฉัน"})
    assert (found.value.theirs, found.value.yours, found.value.untouched, found.value.seen) == (
        {"contact_phone": "2", "note_th": "ของเขา"},
        {"contact_phone": "1", "note_th": "ของฉัน"},
        {"contact_phone": "2"},
        make_stamp(now),
    )


def test_a_form_that_says_nothing_of_what_it_showed_is_stale_where_texts_differ() -> None:
    with pytest.raises(Stale) as found:
        check_fresh("", {"venue_th": "ที่บันทึกไว้"}, {"venue_th": "อย่างอื่น"})
    assert found.value.theirs == {"venue_th": "ที่บันทึกไว้"}


def test_what_was_changed_meanwhile_is_not_removed() -> None:
    check_removal(make_stamp({"name": "a"}), {"name": "a"})
    with pytest.raises(Conflict):
        check_removal(make_stamp({"name": "a"}), {"name": "b"})
