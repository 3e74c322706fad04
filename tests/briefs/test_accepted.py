"""What organisers accepted stays as it was then, whatever is renamed, moved or written afterwards."""

from datetime import date

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forumplanner.briefs.compiling import compile_brief
from forumplanner.briefs.documents import BriefDocument
from forumplanner.core.db import db
from forumplanner.outcomes.models import Decision, Outcome
from forumplanner.outcomes.rules import Act
from forumplanner.outcomes.services import blank_in_decisions, decide, list_outcomes, review, submit
from forumplanner.partners.models import Organisation, Person
from forumplanner.places.models import Region
from forumplanner.rounds.models import Question
from tests.outcomes.sample_round import ORGANISER, RECORDER, item_at, meeting_at

pytestmark = pytest.mark.usefixtures("sample")
TODAY = date(2007, 3, 6)


def compiled(session: Session, lang: str = "th") -> BriefDocument:
    session.flush()
    session.expire_all()
    return compile_brief(session, "2550-1", today=TODAY, sees_people=lambda region_id: True, lang=lang)  # type: ignore[arg-type]


def test_nothing_that_is_renamed_or_moved_afterwards_changes_what_was_accepted(session: Session) -> None:
    before = [compiled(session, lang) for lang in ("th", "en")]
    south = meeting_at(session, "south")
    session.execute(update(Region).where(Region.slug == "south").values(name_th="ทักษิณ", name_en="Deep South"))
    session.execute(update(Question).values(text_th="คำถามใหม่", text_en="Another question"))
    for person in session.scalars(select(Person)):
        person.given_name, person.name = "เปลี่ยนชื่อ", "เปลี่ยนชื่อ"
    for organisation in session.scalars(select(Organisation)):
        organisation.name, organisation.is_sample = "หน่วยงานใหม่", not organisation.is_sample
    for item in [item_at(session, south, number) for number in ("1", "4", "4.1", "4.3")]:
        item.title_th, item.title_en, item.position = "ระเบียบวาระใหม่", "New item", item.position + 20
        item.discussion = "แก้ภายหลัง"
    for found in list_outcomes(session, south).values():
        for outcome in found:
            outcome.text, outcome.owner_partner_id = "แก้ภายหลัง", None
    south.starts_on, south.ends_on = date(2007, 1, 10), date(2007, 1, 11)
    after = [compiled(session, lang) for lang in ("th", "en")]
    for then, now in zip(before, after, strict=True):
        assert now.regions[-1] == then.regions[-1]
        assert now.questions == then.questions


def test_the_brief_says_on_which_day_it_was_accepted(session: Session) -> None:
    assert compiled(session).regions[-1].accepted_on == date(2007, 2, 6)


def test_what_is_accepted_anew_stands_and_what_was_returned_falls_silent(session: Session) -> None:
    south = meeting_at(session, "south")
    before = [line.text for line in compiled(session).regions[-1].lines]
    decide(session, south, ORGANISER, Act.RETURN, remark="ขอแก้ข้อแรก", seen=review(session, south).seen)
    assert compiled(session).regions[-1].lines == ()
    outcome = list_outcomes(session, south)[item_at(session, south, "4.1").id][0]
    outcome.text = "ข้อความที่แก้แล้ว"
    session.flush()
    submit(session, south, RECORDER, today=TODAY, seen=review(session, south).seen)
    assert compiled(session).regions[-1].lines == ()
    decide(session, south, ORGANISER, Act.ACCEPT, remark="", seen=review(session, south).seen)
    after = [line.text for line in compiled(session).regions[-1].lines]
    assert "ข้อความที่แก้แล้ว" in after
    assert len(after) == len(before)
    outcome.text = "แก้ภายหลัง"
    assert [line.text for line in compiled(session).regions[-1].lines] == after


def test_an_owner_can_be_blanked_in_what_was_accepted(session: Session) -> None:
    commitment = session.scalars(select(Outcome).where(Outcome.owner == "น.ส.วรรณา ทองคำ")).one()
    assert commitment.owner_partner_id is not None
    assert blank_in_decisions(session, commitment.owner_partner_id) == 1
    assert "วรรณา" not in str([found.content for found in session.scalars(select(Decision))])
    assert [line.owner for line in compiled(session).commitments] == ["***"]


@pytest.mark.both_databases
def test_what_was_accepted_before_is_kept_by_the_migration(sample: Flask) -> None:
    with sample.app_context():
        before = compiled(db.session())
        remark = db.session.scalar(select(Decision.remark).where(Decision.state == "returned"))
        db.session.remove()
        downgrade(revision="0010")
        upgrade()
        assert compiled(db.session()) == before
        returned = db.session.scalars(select(Decision).where(Decision.state == "returned")).one()
        assert (returned.remark, returned.content) == (remark, None)
        db.session.remove()
