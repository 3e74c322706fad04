"""Rows against those who are kept: what is surely the same is completed, what may be is asked about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor, list_changes
from forumplanner.partners import services
from forumplanner.partners.facts import PersonFacts, facts_of
from forumplanner.partners.importing import matching
from forumplanner.partners.importing.books import read_book
from forumplanner.partners.importing.matching import Match, State, match_rows
from forumplanner.partners.importing.merging import OTHERWISE_KEPT, Belonging
from forumplanner.partners.importing.writing import write_matches
from forumplanner.partners.rules import Sight
from forumplanner.places.gazetteer import find_place
from forumplanner.places.services import get_region, list_regions
from forumplanner.sheets import read_pasted

ACTOR = Actor(None, "ผู้ทดสอบ")
EVERYTHING = Sight(everything=True)
HEADINGS = "ชื่อ-สกุล\tโทร\tกลุ่ม\tจังหวัด\tอีเมล\tชื่อเล่น\tตำแหน่ง"
SOMSRI = PersonFacts(
    honorific="นาง",
    given_name="สมศรี",
    surname="แก้วมณี",
    phones=(PhoneNumber("0810009999"),),
    organisation_text="กลุ่มออมทรัพย์บ้านพรุ",
    place=find_place("90"),
)


def rows_of(session: Session, *lines: str, sight: Sight = EVERYTHING, region: str | None = None) -> list[Match]:
    readings = read_book(read_pasted("\n".join((HEADINGS, *lines))), {})
    allowed = None if sight.everything else sight.region_ids
    belonging = Belonging(list_regions(session), get_region(session, region) if region else None, allowed)
    return match_rows(session, sight, [(reading.name, reading.rows) for reading in readings], belonging)


def row_of(session: Session, line: str, **more: object) -> Match:
    (match,) = rows_of(session, line, **more)  # type: ignore[arg-type]
    return match


# A line, what becomes of it beside SOMSRI, and what is said.
BESIDE_HER = {
    "น.ส.สมศรี แก้วมณี\t081-000-9999": (State.DUPLICATE, matching.KEPT_ALREADY),
    "สมศรี แก้วมณี\t0810009999\t\tสงขลา": (State.DUPLICATE, matching.KEPT_ALREADY),
    "สมศรี แก้วมณี\t074-111-222\tกลุ่มออมทรัพย์บ้านพรุ": (State.DUPLICATE, matching.OTHER_NUMBER),
    "สมศรี แก้วมณี\t074-119-999": (State.DUPLICATE, matching.SAME_NAME_AS_KEPT),
    "สมศรี แก้วมณี\t074-111-222\tกลุ่มอื่น": (State.NEW, matching.NAMESAKE),
    "สมศรี แก้วมณี": (State.DUPLICATE, matching.SAME_NAME_AS_KEPT),
    "สมศรี แก้วมณี\t\t\tเชียงใหม่": (State.NEW, ""),
    "สมศรี แก้วมนี\t081-000-9999": (State.DUPLICATE, matching.SAME_PHONE_AS_KEPT),
    # Nearly her name and no number: her group tells, a province is too wide.
    "สมศรี แก้วมนี\t\tกลุ่มออมทรัพย์บ้านพรุ": (State.DUPLICATE, matching.NEAR_NAME_NEARBY),
    "สมศี แก้วมณี\t\tกลุ่มออมทรัพย์บ้านพรุ": (State.DUPLICATE, matching.NEAR_NAME_NEARBY),
    "สมศรี แก้วมนี\t\tกลุ่มอื่น\tสงขลา": (State.NEW, ""),
    "สมศรี แก้วมนี\t074-111-222\tกลุ่มออมทรัพย์บ้านพรุ": (State.NEW, ""),
    "สมทรง แก้วมณี\t\tกลุ่มออมทรัพย์บ้านพรุ": (State.NEW, ""),
    "มานพ รักไทย\t081-000-9999": (State.NEW, matching.SHARED_PHONE),
    "สมศรี แก้วมณี\t081-000-9999, 074-111-222": (State.UPDATE, ""),
    "สมศรี แก้วมณี\t081-000-9999\t\t\t\tศรี": (State.UPDATE, ""),
    "สมศรี แก้วมณี\t\tกลุ่มออมทรัพย์บ้านพรุ\t\tsri@example.org": (State.UPDATE, ""),
}


@pytest.mark.parametrize("line", BESIDE_HER)
def test_what_becomes_of_a_row_beside_somebody_who_is_kept(session: Session, line: str) -> None:
    services.add_partner(session, ACTOR, replace(SOMSRI, regions=(get_region(session, "south"),)))
    match = row_of(session, line)
    state, says = BESIDE_HER[line]
    assert match.state == state
    texts = [remark.text for remark in match.remarks]
    assert (says in texts) if says else not set(texts) & {matching.KEPT_ALREADY, matching.NAMESAKE}


def test_an_update_adds_and_erases_nothing(session: Session) -> None:
    kept = services.add_partner(session, ACTOR, replace(SOMSRI, note="มาเสมอ", regions=(get_region(session, "west"),)))
    line = "สมศรี แก้วมณีย์\t081-000-9999, 074-111-222\tกลุ่มอื่น\tต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา\tsri@example.org\tศรี\tประธาน"
    match = row_of(session, line.replace("แก้วมณีย์", "แก้วมณี"), region="south")
    assert match.changed == ("place_code", "phones", "email", "notes", "post")
    write_matches(session, ACTOR, [match])
    session.expire_all()
    facts = facts_of(kept)
    assert isinstance(facts, PersonFacts)
    assert [phone.number for phone in facts.phones] == ["0810009999", "074111222"]
    assert (facts.organisation_text, facts.post, facts.email) == (SOMSRI.organisation_text, "ประธาน", "sri@example.org")
    assert (facts.note, [str(note) for note in facts.notes]) == ("มาเสมอ", ["ชื่อเล่น: ศรี"])
    assert [region.slug for region in facts.regions] == ["west"]
    assert OTHERWISE_KEPT in [remark.text for remark in match.remarks]
    fields = [change.field for change in list_changes(session, services.HISTORY, kept.id)]
    assert sorted(fields) == ["added", "email", "notes", "phones", "place_code", "post"]


PLACES = {"ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา": State.DUPLICATE, "อ.หาดใหญ่ จ.สงขลา": State.DUPLICATE, "จ.สงขลา": State.NEW}


@pytest.mark.parametrize("place", [*PLACES, "ต.ฉลุง อ.หาดใหญ่ จ.สงขลา", "อ.สะเดา จ.สงขลา"])
def test_a_name_nearly_the_same_in_one_district_is_asked_about(session: Session, place: str) -> None:
    hers = replace(SOMSRI, phones=(), organisation_text=None, place=find_place("901116"))
    services.add_partner(session, ACTOR, replace(hers, regions=(get_region(session, "south"),)))
    state = PLACES.get(place, State.NEW)
    assert row_of(session, f"สมศรี แก้วมนี\t081-111-2222\t\t{place}").state == state
    # The same of two rows, the one or the other without a number.
    for numbers in (("", "081-111-2222"), ("081-111-2222", ""), ("", "")):
        people = zip(("ก้อง เก่งกล้า", "ก้อง เก่งกาด"), numbers, strict=True)
        first, second = rows_of(session, *(f"{name}\t{number}\t\t{place}" for name, number in people))
        # Of rows of one file it is enough that both name the same district.
        shared = State.NEW if place == "จ.สงขลา" else State.DUPLICATE
        assert (first.state, second.state) == (State.NEW, shared)


def test_rows_of_one_file_are_compared_with_each_other(session: Session) -> None:
    found = rows_of(
        session,
        "นายก้อง ดี\t0810000001",
        "ก้อง ดี\t081-000-0001",
        "นายก้อง ดีย์\t0810000001",
        "นายก้อง ดี\t0890000077",
        "นายก้อง ดี\t\t\tสงขลา",
        "นางแก้ว มี\t0810000001",
    )
    assert [match.state.value for match in found] == ["new", "duplicate", "duplicate", "new", "duplicate", "new"]


def test_the_number_of_queries_does_not_grow_with_the_rows(session: Session) -> None:
    for number in range(60):
        facts = replace(SOMSRI, given_name=f"ก{number}ข", phones=(PhoneNumber(f"08100010{number:02}"),))
        services.add_partner(session, ACTOR, replace(facts, regions=(get_region(session, "south"),)))
    session.flush()
    lines = [f"นางก{number}ข แก้วมณี\t08100010{number:02}\t\t\t\tศรี" for number in range(60)]
    counts = []
    for some in (lines[:2], lines):
        session.expire_all()
        with statements(session) as found:
            assert {match.state for match in rows_of(session, *some)} == {State.UPDATE}
        counts.append(len(found))
    assert counts[0] == counts[1] <= 7


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_row_belongs_to_the_region_it_names_else_the_chosen_one_else_that_of_its_province(session: Session) -> None:
    def slugs(lines: str, region: str | None, sight: Sight = EVERYTHING) -> list[str]:
        readings = read_book(read_pasted(f"ชื่อ-สกุล\tภาค\tจังหวัด\n{lines}"), {})
        allowed = None if sight.everything else sight.region_ids
        belonging = Belonging(list_regions(session), get_region(session, region) if region else None, allowed)
        (match,) = match_rows(session, sight, [(None, readings[0].rows)], belonging)
        assert match.facts is not None
        return [found.slug for found in match.facts.regions]

    assert slugs("นายกอ ขาว\tภาคใต้\tเชียงใหม่", "west") == ["south"]
    assert slugs("นายกอ ขาว\tไม่มีภาคนี้\tเชียงใหม่", "west") == ["west"]
    assert slugs("นายกอ ขาว\t\tสงขลา", None) == ["south"]
    assert slugs("นายกอ ขาว\t\t", None) == []
    own = Sight(region_ids=frozenset({get_region(session, "west").id}))
    assert slugs("นายกอ ขาว\tภาคใต้\tสงขลา", "west", own) == ["west"]


def test_nobody_learns_of_people_out_of_sight(session: Session) -> None:
    services.add_partner(session, ACTOR, replace(SOMSRI, regions=(get_region(session, "south"),)))
    own = Sight(region_ids=frozenset({get_region(session, "west").id}))
    match = row_of(session, "สมศรี แก้วมณี\t081-000-9999", sight=own, region="west")
    assert (match.state, match.remarks) == (State.NEW, [])
