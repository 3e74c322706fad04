"""What a person types or pastes is read as a place, or answered in words that say what to do."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forumplanner.core.errors import Invalid
from forumplanner.places.gazetteer import Level, Place, places
from forumplanner.places.reading import LONGEST, MOST_CHOICES, Sureness, read_place, rest_beside
from forumplanner.places.words import (
    NO_SUCH_THERE,
    NOT_FOUND,
    NOT_THERE,
    NOTHING_NAMED,
    PERHAPS,
    SEVERAL,
    TOO_MANY,
    TWO_PROVINCES,
)

EVERYWHERE = list(places().values())
SUBDISTRICTS = [place for place in EVERYWHERE if place.level == Level.SUBDISTRICT]
BAN_PHRU, HAT_YAI, SONGKHLA = places()["901116"], places()["9011"], places()["90"]
MARKS = str.maketrans("", "", "็่้๊๋์")

WAYS: dict[str, Callable[[Place], str]] = {
    "abbreviated": lambda place: place.shown("th"),
    "in full": lambda place: " ".join(each.in_full for each in place.line),
    "in full, without blanks": lambda place: "".join(each.in_full for each in place.line),
    "abbreviated, without blanks": lambda place: "".join(each.called("th") for each in place.line),
    "the largest first": lambda place: " ".join(each.called("th") for each in reversed(place.line)),
    "without tone marks": lambda place: place.shown("th").translate(MARKS),
    "with a blank behind each point": lambda place: place.shown("th").replace(".", ". "),
    "in an address": lambda place: f"เลขที่ 9/1 {place.shown('th')} {' '.join(place.postal_codes[:1])}",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_subdistrict_is_read_back_however_it_is_written(way: str) -> None:
    write = WAYS[way]
    wrong = [write(place) for place in SUBDISTRICTS if read_place(write(place)).place is not place]
    assert wrong == []


def test_every_place_named_without_words_is_read_or_asked_about() -> None:
    for place in EVERYWHERE:
        reading = read_place(" ".join(each.name_th for each in place.line))
        # Never another place: a district and a subdistrict elsewhere in its province may be called the same.
        assert reading.place is place or place in reading.choices, place


@pytest.mark.parametrize(
    "typed",
    [
        "ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา",
        "ตำบลบ้านพรุ อำเภอหาดใหญ่ สงขลา",
        "บ้านพรุ หาดใหญ่ สงขลา",
        "บ้านพรุหาดใหญ่สงขลา",
        "ต บ้านพรุ อ หาดใหญ่ จ สงขลา",
        "ตบ้านพรุ อหาดใหญ่ จสงขลา",
        "สงขลา หาดใหญ่ บ้านพรุ",
        "บ้านพรุ, หาดใหญ่, สงขลา 90250",
        "บ้านพรุ ๙๐๒๕๐",
        "90250",
        "บ้านพรุ",
        "บ้านพรุ (หาดใหญ่)",
        "อบต.บ้านพรุ อ.หาดใหญ่",
        "ต.บ้านพรุ อ.หาดใหย่ จ.สงขลา",
        "บ้านพรุ หาดใหย่ สงขลา",
        "Ban Phru, Hat Yai, Songkhla",
        "Tambon Ban Phru, Amphoe Hat Yai, Changwat Songkhla, Thailand",
        "banphru hatyai songkhla",
    ],
)
def test_one_place_in_many_spellings(typed: str) -> None:
    reading = read_place(typed)
    assert (reading.sureness, reading.place, reading.rest) == (Sureness.CERTAIN, BAN_PHRU, "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("สงขลา", "90"),
        ("จังหวัดสงขลา", "90"),
        ("Lopburi", "16"),
        ("Chiangmai", "50"),
        ("โคราช", "30"),
        ("กทม.", "10"),
        ("กรุงเทพฯ", "10"),
        ("สระแก้ว", "27"),  # many subdistricts are called so too
        ("หาดใหญ่", "9011"),  # its own subdistrict lies in it
        ("หาดใหญ่ สงขลา", "9011"),
        ("อ.เมือง จ.สงขลา", "9001"),
        ("อ.เมืองฯ สงขลา", "9001"),
        ("เมืองสงขลา", "9001"),
        ("อำเภอเมือง อยุธยา", "1401"),
        ("กิ่งอำเภอบางกล่ำ สงขลา", "9014"),
        ("สระแก้ว บุรีรัมย์", "311401"),
        ("บางนาเหนือ บางนา กรุงเทพฯ 10260", "104702"),
    ],
)
def test_the_deepest_that_is_certain(typed: str, code: str) -> None:
    reading = read_place(typed)
    assert (reading.place.code if reading.place else reading) == code


@pytest.mark.parametrize(
    ("typed", "place", "rest"),
    [
        ("123/4 หมู่ 5 ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา 90250", BAN_PHRU, "123/4 หมู่ 5"),
        ("๑๒๓ หมู่ ๕ ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา", BAN_PHRU, "๑๒๓ หมู่ ๕"),
        ("99 ถ.นครสวรรค์ ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา", BAN_PHRU, "99 ถ.นครสวรรค์"),
        ("บ้านทุ่ง หาดใหญ่ สงขลา", HAT_YAI, "บ้านทุ่ง"),
        ("ในเขตเทศบาลนครหาดใหญ่ จ.สงขลา", SONGKHLA, "ในเขตเทศบาลนครหาดใหญ่"),
        ("ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา (ใกล้วัด)", BAN_PHRU, "(ใกล้วัด)"),
    ],
)
def test_what_stands_beside_the_place_is_given_back(typed: str, place: Place, rest: str) -> None:
    reading = read_place(typed)
    assert (reading.place, reading.rest) == (place, rest)


@pytest.mark.parametrize(
    ("typed", "message", "among"),
    [
        ("บ้านใหม่ นครราชสีมา", SEVERAL, ["300113", "300208"]),
        ("หนองบัว", TOO_MANY, ["6004"]),
        ("ต.บ้านพรุ อ.จะนะ จ.สงขลา", NOT_THERE, ["901116", "9003"]),
        ("บ้านพรุ จะนะ สงขลา", NOT_THERE, ["901116", "9003"]),
        ("ต.บ้านพรุ จ.พัทลุง", NOT_THERE, ["901116", "93"]),
        ("ต.ฟฟฟฟ อ.หาดใหญ่ จ.สงขลา", NO_SUCH_THERE, ["9011"]),
        ("ต.ควนลัง อ.ฟฟฟ จ.สงขลา", NO_SUCH_THERE, ["901102"]),
        ("ต.บ้านพรุ อ.หาดใหญ่ อ.จะนะ จ.สงขลา", SEVERAL, ["901116", "9003"]),
        ("สงขลา พัทลุง", TWO_PROVINCES, ["90", "93"]),
        ("ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา จ.พัทลุง", TWO_PROVINCES, ["901116", "93"]),
        ("สงขา", PERHAPS, ["90"]),
        ("ต.บ้านพลุ อ.หาดใหญ่ จ.สงขลา", PERHAPS, ["901116", "9011"]),
        ("บ้านพลุ หาดไหย่ สงขา", PERHAPS, ["901116"]),
        ("Hatyai Songkla", PERHAPS, ["9011"]),
        ("อ.สงขลา", PERHAPS, ["9001"]),
        ("บ้านพ", PERHAPS, []),
        ("แขวงบางนา เขตบางนา กทม.", SEVERAL, ["104702", "104703"]),  # parted in two in 2565
    ],
)
def test_what_is_not_certain_is_asked_with_choices(typed: str, message: str, among: list[str]) -> None:
    reading = read_place(typed)
    codes = [place.code for place in reading.choices]
    assert (reading.sureness, reading.place, reading.message) == (Sureness.OPEN, None, message)
    assert set(among) <= set(codes)
    assert 0 < len(codes) == len(set(codes)) <= MOST_CHOICES


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("ต.", NOTHING_NAMED),
        ("อ. จ.", NOTHING_NAMED),
        ("ประเทศไทย", NOTHING_NAMED),
        ("ไม่ทราบ", NOT_FOUND),
        ("😀😀", NOT_FOUND),
        ("<script>alert(1)</script>", NOT_FOUND),
        ("99999", NOT_FOUND),
    ],
)
def test_what_names_no_place_is_refused_in_words(typed: str, message: str) -> None:
    reading = read_place(typed)
    assert (reading.sureness, reading.choices, reading.message) == (Sureness.UNKNOWN, (), message)


def test_nothing_typed_is_no_place() -> None:
    assert [read_place(typed).sureness for typed in ("", "  ", "\u200b")] == [Sureness.EMPTY] * 3


@pytest.mark.parametrize("typed", ["ก" * 4000, "a\x00b", "สงขลา " * 200])
def test_what_nobody_can_read_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_place(typed)


@pytest.mark.parametrize(
    ("typed", "chosen", "rest"),
    [
        ("9 หมู่ 5 ต.บ้านพรุ อ.จะนะ จ.สงขลา", BAN_PHRU, "9 หมู่ 5"),
        ("9 หมู่ 5 บ้านพลุ หาดไหย่ สงขา", BAN_PHRU, "9 หมู่ 5"),
        ("สงขา", SONGKHLA, ""),
        ("ร้านอยู่หน้าตลาด ต.ฟฟฟฟ อ.หาดใหญ่", HAT_YAI, "ร้านอยู่หน้าตลาด ต.ฟฟฟฟ"),
    ],
)
def test_what_stands_beside_a_chosen_place_is_given_back(typed: str, chosen: Place, rest: str) -> None:
    assert rest_beside(typed, chosen) == rest


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[Place, str]:
    """A subdistrict in full, one letter of whose own name is left out, doubled, or taken for another."""
    place = draw(st.sampled_from(SUBDISTRICTS))
    name = place.name_th
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(["", name[at] * 2, "ร", "ล", "น", "ก"]))
    return place, f"ต.{name[:at]}{letter}{name[at + 1 :]} {place.line[1].called('th')} {place.line[2].called('th')}"


@given(misspelt())
def test_a_misspelt_subdistrict_is_read_or_answered_with_choices_in_its_district(found: tuple[Place, str]) -> None:
    place, typed = found
    reading = read_place(typed)
    within = [place.line[1] in choice.line for choice in (reading.place, *reading.choices) if choice]
    assert any(within)
    # Of a name of some length the right one is among them, or another that is spelt just so.
    if len(place.name_th.translate(MARKS)) >= 6:
        assert reading.place is not None or place in reading.choices


@given(st.text(max_size=LONGEST))
def test_any_text_gets_an_answer(typed: str) -> None:
    try:
        reading = read_place(typed)
    except Invalid:
        return
    assert (reading.place is not None) == (reading.sureness == Sureness.CERTAIN)
    assert bool(reading.choices) == (reading.sureness == Sureness.OPEN)
    assert bool(reading.message) == (reading.sureness in (Sureness.OPEN, Sureness.UNKNOWN))


@given(st.lists(st.sampled_from(EVERYWHERE), max_size=6), st.randoms(use_true_random=False))
def test_any_heap_of_places_gets_an_answer(found: list[Place], chance: random.Random) -> None:
    words = [each.called("th") if chance.random() < 0.5 else each.name_th for place in found for each in place.line]
    chance.shuffle(words)
    typed = " ".join(words)[:LONGEST]
    reading = read_place(typed)
    assert (reading.sureness == Sureness.EMPTY) == (not typed)
