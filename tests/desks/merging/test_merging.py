"""Two become one with all that pointed at either, and two again exactly as they were."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import Base
from forumplanner.core.errors import Conflict
from forumplanner.desks.merging import (
    find_obstacles,
    find_undoable,
    forget_merges,
    merge_partners,
    shown_of,
    undo_merge,
)
from forumplanner.desks.merging.obstacles import BOTH_ON_LISTS, OF_EACH_OTHER, OTHER_ANSWER, OTHER_KIND
from forumplanner.desks.merging.rows import CHANGED_SINCE, LEFT_AS_THEY_ARE, references
from forumplanner.invitations.models import Answer, Invitation, Reply
from forumplanner.partners.duplicates.models import PartnerMerge
from forumplanner.partners.facts import facts_of
from forumplanner.partners.models import Partner
from forumplanner.partners.particulars import Membership
from forumplanner.partners.services import get_partner
from tests.desks.merging.shapes import (
    ACTOR,
    add_organisation,
    add_pair,
    add_person,
    free_meetings,
    invite,
    whole_database,
)

POINTED_AT = {"partners", "people", "organisations", "seats", "invitations"}


def merge(session: Session, kept: Partner, other: Partner, chosen: Mapping[str, str] | None = None) -> PartnerMerge:
    """As the page does, with its own stamp."""
    seen = make_seen(kept, other)
    return merge_partners(session, ACTOR, kept, other, seen=seen, chosen=chosen or {}, left_out={})


def make_seen(kept: Partner, other: Partner) -> str:
    from forumplanner.core.stamps import make_stamp

    return make_stamp(shown_of(facts_of(kept), facts_of(other)))


def test_every_column_that_refers_to_a_partner_is_carried_or_left_on_purpose() -> None:
    referring = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname.partition(".")[0] in POINTED_AT for key in column.foreign_keys)
        or column.name.endswith("partner_id")
        or column.name in ("other_id", "invitation_id", "seat_id", "organisation_id")
    }
    own = {"partners.id"}
    assert referring | own == set(references())


@pytest.mark.parametrize("seed", range(6))
def test_undone_it_is_exactly_as_it_was(session: Session, sample: Flask, seed: int) -> None:
    kept, other = add_pair(session, seed)
    ids = (kept.id, other.id)
    before = whole_database(session)
    merge(session, kept, other, {"surname": "other", "email": "other"})
    between = whole_database(session)
    assert [number for number in ids if session.get(Partner, number)] == [ids[0]]
    assert referring_to(between, ids[1]) == set()
    undo_merge(session, ACTOR, get_partner(session, ids[0]))
    after = whole_database(session)
    assert {name: after[name] for name in after if after[name] != before[name]} == {}


def referring_to(database: Mapping[str, list[tuple[Any, ...]]], number: int) -> set[str]:
    """Columns that still name this partner, but for those that are to."""
    found = set()
    for name in references():
        table, _dot, column = name.partition(".")
        if name in LEFT_AS_THEY_ARE or table not in database or column in ("invitation_id", "seat_id"):
            continue
        place = [each.name for each in Base.metadata.tables[table].columns].index(column)
        if any(row[place] == number for row in database[table]):
            found.add(name)
    return found


def test_one_answer_of_two_invitations_is_kept_with_all_replies(session: Session, sample: Flask) -> None:
    kept, other = add_person(session, surname="ใจดี"), add_person(session, surname="ใจดี")
    meeting = free_meetings(session)[0]
    one = invite(session, kept, meeting)
    invite(session, other, meeting, answer=Answer.ACCEPTED, comment="มาสาย")
    merge(session, kept, other)
    left = session.scalars(select(Invitation).where(Invitation.partner_id == kept.id)).all()
    assert [(each.id, each.answer, each.comment) for each in left] == [(one.id, Answer.ACCEPTED, "มาสาย")]
    assert len(session.scalars(select(Reply).where(Reply.invitation_id == one.id)).all()) == 1


def obstacles(session: Session, kept: Partner, other: Partner) -> list[str]:
    """What stands in the way, said twice: when asked, and when merged all the same."""
    found = [each.message for each in find_obstacles(session, kept, other)]
    if found:
        with pytest.raises(Conflict) as refusal:
            merge_partners(session, ACTOR, kept, other, seen="", chosen={}, left_out={})
        assert refusal.value.message == found[0]
    return found


def test_what_would_be_lost_is_refused_with_the_reason(session: Session, sample: Flask) -> None:
    from forumplanner.attendance.models import Attendance, AttendanceList

    kept, other = add_person(session), add_person(session)
    meetings = free_meetings(session)
    one, two = (
        invite(session, each, meetings[0], answer=answer)
        for each, answer in ((kept, Answer.ACCEPTED), (other, Answer.DECLINED))
    )
    assert obstacles(session, kept, other) == [OTHER_ANSWER]
    for number, each in enumerate((one, two)):
        line = {"list": AttendanceList.CAME, "position": number, "name": "ก", "invitation_id": each.id}
        session.add(Attendance(meeting_id=meetings[0].id, **line))
    session.flush()
    assert obstacles(session, kept, other) == [OTHER_ANSWER, BOTH_ON_LISTS]
    organisation, network = add_organisation(session), add_organisation(session)
    assert obstacles(session, kept, organisation) == [OTHER_KIND]
    session.add(Membership(network_id=network.id, member_id=organisation.id))
    session.flush()
    assert obstacles(session, network, organisation) == [OF_EACH_OTHER]


def test_what_somebody_worked_on_since_is_not_undone(session: Session, sample: Flask) -> None:
    kept, other = add_person(session), add_person(session)
    merge(session, kept, other)
    kept = get_partner(session, kept.id)
    kept.note = "เพิ่มเติม"
    session.flush()
    before = whole_database(session)
    with pytest.raises(Conflict) as refusal:
        undo_merge(session, ACTOR, kept)
    assert (refusal.value.message, whole_database(session)) == (CHANGED_SINCE, before)


def test_after_a_day_nothing_is_left_of_what_was_merged_but_that_it_was(session: Session, sample: Flask) -> None:
    kept, other = add_person(session, note="ความลับ"), add_person(session)
    made = merge(session, kept, other)
    assert forget_merges(session, clock.now()) == 0
    made.at -= timedelta(hours=24)
    session.flush()
    assert find_undoable(session, kept.id, clock.now()) is None
    assert (forget_merges(session, clock.now()), forget_merges(session, clock.now())) == (1, 0)
    session.expire_all()
    assert (made.snapshot, made.other_id > kept.id) == (None, True)
    with pytest.raises(Conflict):
        undo_merge(session, ACTOR, get_partner(session, kept.id))


def test_two_merged_into_one_are_undone_in_turn(session: Session, sample: Flask) -> None:
    people = [add_person(session, surname=surname) for surname in ("ก", "ข", "ค")]
    ids = [each.id for each in people]
    before = whole_database(session)
    for other in ids[1:]:
        merge(session, get_partner(session, ids[0]), get_partner(session, other))
    for other in ids[:0:-1]:
        assert undo_merge(session, ACTOR, get_partner(session, ids[0])).id == other
    assert whole_database(session) == before
