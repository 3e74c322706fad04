"""History of long texts: kept by what differs, read back whole, in older databases too."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from forumplanner.core.db import Base, db
from forumplanner.history.models import Change
from forumplanner.history.services import Actor, blank_partner, list_versions, passages_of, record_change
from forumplanner.outcomes.services import save_item
from tests.outcomes.sample_round import item_at, meeting_at, seen_discussion

ACTOR = Actor(None, "ผู้บันทึก")
SENTENCE = "ที่ประชุมรับทราบรายงานของกองทุนสวัสดิการตำบลแห่งที่ "


def growing(saves: int, length: int) -> list[str]:
    """As many versions of a text that grows to that many letters, at its end, its beginning and in its middle."""
    share, versions, now = length // saves, [], ""
    for number in range(saves):
        piece = f"{SENTENCE}{number}".ljust(share, ".")[:share]
        place = (len(now), 0, len(now) // 2)[number % 3]
        now = now[:place] + piece + now[place:]
        versions.append(now)
    return versions


def kept(session: Session) -> int:
    """Letters in the texts of all changes."""
    columns = (func.coalesce(func.length(column), 0) for column in (Change.old, Change.new, Change.edits))
    return session.scalar(select(func.sum(sum(columns)))) or 0


def test_two_hundred_saves_of_a_growing_discussion_keep_little_more_than_the_text(
    sample: Flask, session: Session
) -> None:
    meeting = meeting_at(session, "north")
    item = item_at(session, meeting, "4.1")
    versions = growing(200, 10_800)
    before = kept(session)
    for version in versions:
        save_item(
            session, meeting, item.id, ACTOR, discussion=version, discussion_seen=seen_discussion(item), outcomes=()
        )
    assert len(versions[-1]) == 10_800
    assert kept(session) - before < 4 * 10_800
    found = list_versions(session, "agenda_item", item.id, "discussion")
    assert [version.text for version in found] == versions[::-1]
    assert {version.actor for version in found} == {"ผู้บันทึก"}


@pytest.mark.parametrize(
    "about", [("outcome", "text"), ("meeting", "note_th"), ("submission", "remark"), ("partner", "note")]
)
def test_every_long_text_is_kept_by_what_differs(session: Session, about: tuple[str, str]) -> None:
    thing, field = about
    versions = growing(200, 10_800)
    for before, after in zip(["", *versions], versions, strict=False):
        record_change(session, ACTOR, thing, 7, field, before, after)
        session.flush()
    assert kept(session) < 4 * 10_800
    assert [version.text for version in list_versions(session, thing, 7, field)] == versions[::-1]


def test_a_text_that_was_changed_unrecorded_is_kept_whole_again(session: Session) -> None:
    first, other, last = "ก" * 300, "ข" * 300, "ข" * 300 + "ค"
    record_change(session, ACTOR, "agenda_item", 7, "discussion", None, first)
    record_change(session, ACTOR, "agenda_item", 7, "discussion", other, last)
    session.flush()
    assert [version.text for version in list_versions(session, "agenda_item", 7, "discussion")] == [last, first]


def test_what_is_read_of_a_change_is_the_passage_that_differs(session: Session) -> None:
    record_change(session, ACTOR, "partner", 7, "note", None, f"{SENTENCE * 6}เดิม")
    session.flush()
    record_change(session, ACTOR, "partner", 7, "note", f"{SENTENCE * 6}เดิม", f"{SENTENCE * 6}ใหม่")
    session.flush()
    change = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert change is not None
    assert passages_of(change) == ("เดิม", "ใหม่")


def test_what_was_blanked_is_not_guessed_and_later_versions_stay(session: Session) -> None:
    texts = [f"{SENTENCE * 6}{word}" for word in ("หนึ่ง", "สอง", "สาม", "สี่")]
    for before, after in zip(["", *texts], texts, strict=False):
        record_change(session, ACTOR, "partner", 7, "note", before, after, partner_id=7)
        session.flush()
    assert blank_partner(session, 7) == 4
    for before, after in ((texts[3], texts[0]), (texts[0], texts[1])):
        record_change(session, ACTOR, "partner", 7, "note", before, after)
        session.flush()
    found = [version.text for version in list_versions(session, "partner", 7, "note")]
    assert found == [texts[1], texts[0], *["***"] * 4]


@pytest.mark.both_databases
def test_earlier_history_is_thinned_without_losing_a_version(app: Flask) -> None:
    versions = growing(200, 10_800)
    with app.app_context():
        db.session.remove()
        downgrade(revision="0008")
        changes = Base.metadata.tables["changes"]
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        rows = [
            {
                "at": begin + timedelta(minutes=number), "actor": "ผู้บันทึก", "thing": "agenda_item", "thing_id": 7,
                "field": "discussion", "old": before or None, "new": after,
            }
            for number, (before, after) in enumerate(zip(["", *versions], versions, strict=False))
        ]  # fmt: skip
        with db.engine.begin() as connection:
            connection.execute(insert(changes), rows)
        pairs = text("SELECT old, new FROM changes ORDER BY id")
        before = [tuple(row) for row in db.session.execute(pairs)]
        db.session.remove()
        upgrade(revision="0009")
        letters = (
            "SELECT sum(coalesce(length(old),0) + coalesce(length(new),0) + coalesce(length(edits),0)) FROM changes"
        )
        assert db.session.scalar(text(letters)) < 4 * 10_800
        db.session.remove()
        downgrade(revision="0008")
        assert [tuple(row) for row in db.session.execute(pairs)] == before
        db.session.remove()
        upgrade()
        found = list_versions(db.session(), "agenda_item", 7, "discussion")
        assert [version.text for version in found] == versions[::-1]
