"""A sheet with forty faults: what becomes of each is told, and the second time nothing changes."""

import re
from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.history.services import Actor
from forumplanner.partners.facts import fact_texts
from forumplanner.partners.importing.books import read_book
from forumplanner.partners.importing.matching import Match, State, match_rows
from forumplanner.partners.importing.merging import Belonging
from forumplanner.partners.importing.writing import write_matches
from forumplanner.partners.models import Partner
from forumplanner.partners.rules import Sight
from forumplanner.places.services import get_region, list_regions
from forumplanner.sheets import read_file
from tests.partners.importing.messy import FAULTS, GOES_ON, Fault, first_row, messy

ACTOR = Actor(None, "ผู้ทดสอบ")
EVERYTHING = Sight(everything=True)


def matched(session: Session) -> list[Match]:
    readings = read_book(read_file(messy(), "messy.xlsx"), {})
    belonging = Belonging(list_regions(session), get_region(session, "south"))
    return match_rows(session, EVERYTHING, [(reading.name, reading.rows) for reading in readings], belonging)


def said(match: Match) -> list[str]:
    return [remark.text % remark.params if remark.params else remark.text for remark in match.remarks]


def seen(fault: Fault, match: Match) -> dict[str, object]:
    """What a row came to, of that which the fault speaks of."""
    facts = match.facts
    values = {
        "extension": facts.phones[0].extension if facts and facts.phones else None,
        "place": facts.place.code if facts and facts.place else None,
        "notes": ", ".join(map(str, facts.notes)) if facts else None,
        "person_class": facts.person_class.value if facts else None,
    }
    more = {name: values.get(name, getattr(facts, name, None)) for name in fault.facts or {}}
    return {"name": match.row.name, "phones": [p.number for p in match.row.phones], "state": match.state.value, **more}


def test_what_becomes_of_each_fault(session: Session) -> None:
    assert len(FAULTS) >= 40
    rows = {match.row.number: match for match in matched(session)}
    found, expected, silent = {}, {}, []
    for number, fault in enumerate(FAULTS, start=first_row()):
        phones = list(fault.phones)
        if fault is FAULTS[-1]:
            phones.append(re.sub(r"\D", "", GOES_ON))  # the row below goes on
        expected[fault.what] = {"name": fault.name, "phones": phones, "state": fault.state, **(fault.facts or {})}
        found[fault.what] = seen(fault, rows[number])
        if fault.says and not any(fault.says in text for text in said(rows[number])):
            silent.append((fault.what, said(rows[number])))
        errors = [remark for remark in rows[number].remarks if remark.is_error]
        assert bool(errors) == (fault.state == "error"), fault.what
    assert found == expected
    assert silent == []


def test_what_stands_around_the_rows(session: Session) -> None:
    (reading,) = read_book(read_file(messy(), "messy.xlsx"), {})
    behind = first_row() + len(FAULTS)
    below = [row for row in reading.rows if row.number > behind]
    assert [(row.number - behind, row.honorific, row.name, row.organisation_text) for row in below] == [
        (2, "นาย", "มานะ พัทลุง", "กลุ่มออมทรัพย์บ้านสวน"),
        (3, "นาง", "มานี พัทลุง", "กลุ่มออมทรัพย์บ้านสวน"),
        (8, "น.ส.", "ชูใจ เลิศล้ำ", ""),
    ]
    assert [row.place.name_th if row.place else None for row in below] == ["พัทลุง", "พัทลุง", None]
    passed_over = next(note.params["rows"] for note in reading.notes if "rows" in note.params)
    assert passed_over == f"1-2, {behind + 1}, {behind + 4}, {behind + 10}"


@pytest.mark.parametrize("times", [2])
def test_importing_the_same_file_again_changes_nothing(session: Session, times: int) -> None:
    first = matched(session)
    write_matches(session, ACTOR, first)
    session.flush()
    counted = session.scalar(select(func.count()).select_from(Partner))
    new = Counter(match.state for match in first)[State.NEW]
    assert (counted, new) == (new, len([fault for fault in FAULTS if fault.state == "new"]) + 3)
    for _ in range(times):
        again = matched(session)
        states = Counter(match.state for match in again)
        assert (states[State.NEW], states[State.UPDATE]) == (0, 0)
        assert write_matches(session, ACTOR, again) == {}
    assert session.scalar(select(func.count()).select_from(Partner)) == counted


def test_what_is_written_is_what_was_shown(session: Session) -> None:
    first = matched(session)
    written = write_matches(session, ACTOR, first)
    session.expire_all()
    from forumplanner.partners.facts import facts_of

    for place, partner in written.items():
        facts = first[place].facts
        assert facts is not None
        assert fact_texts(facts_of(partner)) == fact_texts(facts)
