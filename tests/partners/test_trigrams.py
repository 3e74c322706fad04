"""The index of pieces finds what reading every row finds, on both databases, however rows come, change and go."""

import random

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.partners import search, trigrams
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter
from tests.partners.many import add_organisations

EVERYTHING = Sight(everything=True)
NAMES = [
    "กลุ่มออมทรัพย์บ้านแจ๋ว",
    "สถาบันการเงินชุมชนตำบลท่าข้าม",
    "กองทุนสวัสดิการ “คำพอง”",
    "Village fund of 100% hope",
    "a_b \"quoted\" 'name' AND NOT (x) * ^ : -",
    "เครือข่ายน้ำ้ำ ๆ",
    "ก",
    "กข",
    "กขค",
]


def by_reading(session: Session, words: list[str]) -> set[int]:
    rows = session.execute(select(Partner.id, Partner.search_text)).all()
    return {number for number, found in rows if all(word in found for word in words)}


def by_index(session: Session, words: list[str]) -> set[int] | None:
    found = trigrams.find_rare(session, words)
    return None if found is None else set(found)


def test_the_index_finds_each_piece_that_is_there_and_none_that_is_not(session: Session) -> None:
    add_organisations(session, NAMES)
    chance = random.Random(4)
    texts = list(session.scalars(select(Partner.search_text)))
    pieces = {"ขคง", "ไม่มีเลย", '"', '"""', "a_b", "100%", "100", "not", "and", "(x)"}
    for whole in texts:
        for _ in range(60):
            begin = chance.randrange(len(whole))
            pieces |= {word for word in whole[begin : begin + chance.randrange(1, 12)].split() if word}
    looked_up = 0
    for piece in sorted(pieces):
        found = by_index(session, [piece])
        assert found == (by_reading(session, [piece]) if len(piece) >= trigrams.LETTERS else None), piece
        looked_up += found is not None
    assert looked_up > 100
    pairs = [(chance.choice(sorted(pieces)), chance.choice(sorted(pieces))) for _ in range(100)]
    for one, other in pairs:
        long = [word for word in (one, other) if len(word) >= trigrams.LETTERS]
        assert by_index(session, [one, other]) == (by_reading(session, long) if long else None), (one, other)


def test_the_index_follows_what_is_added_changed_and_removed(session: Session) -> None:
    first, second = add_organisations(session, ["กลุ่มบ้านเหนือ", "กลุ่มบ้านใต้"])
    assert by_index(session, ["บ้านใต้"]) == {second.id}
    second.search_text = thai.searchable("กลุ่มบ้านกลาง")
    session.flush()
    assert (by_index(session, ["บ้านใต้"]), by_index(session, ["บ้านกลาง"])) == (set(), {second.id})
    session.execute(delete(Partner).where(Partner.id == first.id))
    assert by_index(session, ["กลุ่มบ้าน"]) == {second.id}


def test_a_common_word_is_left_to_the_list(session: Session) -> None:
    add_organisations(session, [f"กลุ่มที่ {number:04}" for number in range(trigrams.RARE + 1)])
    assert by_index(session, ["กลุ่ม"]) is None
    assert len(by_index(session, ["กลุ่ม", "0123"]) or ()) == 1
    page = search.list_partners(session, EVERYTHING, PartnerFilter(text="กลุ่ม"))
    assert ([partner.name for partner in page.partners[:2]], page.has_more) == (["กลุ่มที่ 0000", "กลุ่มที่ 0001"], True)
    assert search.count_found(session, EVERYTHING, PartnerFilter(text="กลุ่ม")) == search.COUNTED_TO + 1


@pytest.mark.parametrize("wanted", ["แจว", "แจ๋ว", "ท่าข้าม สถาบัน", "100%", "a_b", '"quoted"', "ก", "กข", "ไม่มี"])
def test_a_list_is_the_same_with_and_without_the_index(
    session: Session, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    add_organisations(session, NAMES)
    with_index = [one.name for one in search.list_partners(session, EVERYTHING, PartnerFilter(text=wanted)).partners]
    monkeypatch.setattr(trigrams, "find_rare", lambda *_: None)
    assert [
        one.name for one in search.list_partners(session, EVERYTHING, PartnerFilter(text=wanted)).partners
    ] == with_index


@pytest.mark.parametrize("wanted", ["กลุ่ม", "เครือข่าย", "กลุ่ม 1", "บ้าน", "บ้าน ที่"])
@pytest.mark.parametrize("kind", [None, PartnerKind.PERSON, PartnerKind.ORGANISATION])
def test_a_common_word_shows_the_same_pages_wherever_those_who_hold_it_stand(
    session: Session, monkeypatch: pytest.MonkeyPatch, wanted: str, kind: PartnerKind | None
) -> None:
    names = [f"{word}บ้านที่ {number:02}" for word in ("กลุ่ม", "เครือข่าย", "หมู่") for number in range(20)]
    add_organisations(session, names)
    monkeypatch.setattr(trigrams, "RARE", 3)
    monkeypatch.setattr(search, "HEAD", 8)
    looked_for = PartnerFilter(text=wanted, kind=kind)
    ordered = session.scalars(select(Partner).order_by(Partner.sort_key, Partner.id)).all()
    words = search.words_of(wanted)
    fitting = [one.id for one in ordered if all(word in one.search_text for word in words) and kind in (None, one.kind)]
    pages = [search.list_partners(session, EVERYTHING, looked_for, page=page, size=7) for page in range(1, 11)]
    assert [one.id for page in pages for one in page.partners] == fitting
    assert [page.has_more for page in pages] == [len(fitting) > 7 * page for page in range(1, 11)]
    if kind is not None or wanted == "กลุ่ม 1":
        assert search.count_found(session, EVERYTHING, looked_for) == len(fitting)


def test_a_part_that_is_missing_is_made_and_filled_again(session: Session) -> None:
    [one] = add_organisations(session, ["กลุ่มบ้านเหนือ"])
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER partner_trigrams_changed"))
    else:
        session.execute(text("DROP INDEX ix_partners_trigrams"))
    one.search_text = thai.searchable("กลุ่มบ้านใต้")
    session.flush()
    trigrams.ensure_index(connection)
    assert (by_index(session, ["บ้านเหนือ"]), by_index(session, ["บ้านใต้"])) == (set(), {one.id})
    trigrams.build_anew(connection)
    assert by_index(session, ["บ้านใต้"]) == {one.id}
