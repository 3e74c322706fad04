"""A partner planted wherever services write can be blanked in history, messages and kept records."""

import base64
import re
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import JSON, String, Text, select
from sqlalchemy.orm import Session

from forumplanner.attendance.placing import place_invited
from forumplanner.attendance.rules import Came
from forumplanner.attendance.sittings import find_sitting, save_sitting, shown_of_sitting
from forumplanner.core.db import Base
from forumplanner.core.stamps import make_stamp
from forumplanner.core.thai import PhoneNumber
from forumplanner.history import services as history
from forumplanner.invitations.models import Invitation
from forumplanner.outbox import services as outbox
from forumplanner.outcomes import services as outcomes
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.outcomes.rules import Act
from forumplanner.outcomes.services import TypedOutcome, typed_of
from forumplanner.partners import services as partners
from forumplanner.partners.facts import PersonFacts, fact_texts, facts_of
from forumplanner.partners.models import Partner
from tests.outcomes.sample_round import ORGANISER, RECORDER, item_at, meeting_at, seen_discussion

NAME, NUMBER = "พิมพ์พิลาส", "0899998877"
# What is written down about partners to work with; the page that erases somebody takes care of these rows.
LIVE = {"attendances", "outcomes", "partners", "people", "phones", "sittings"}
TODAY = date(2007, 3, 6)
BASE64 = re.compile(r"(?:^[A-Za-z0-9+/=]{4,}\r?\n)+", re.MULTILINE)


def found_in(session: Session, words: str) -> set[str]:
    """The tables and columns in whose text those words stand; bodies of mail are read as they would be."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, String | Text | JSON):
                continue
            for value in session.scalars(select(column).where(column.is_not(None))):
                text = str(value)
                read = "".join(
                    base64.b64decode(re.sub(r"\s", "", part)).decode("utf-8", "replace")
                    for part in BASE64.findall(text)
                )
                if words in text or words in read:
                    found.add(f"{table.name}.{column.name}")
    return found


def plant(session: Session) -> Partner:
    """Let that partner come, change, be invited, come to the meeting, chair it, take something on, be written to."""
    meeting = meeting_at(session, "bangkok")
    region = meeting.region
    assert region is not None
    facts = PersonFacts(given_name=NAME, surname="ใจงาม", phones=(PhoneNumber("0811112222"),), regions=(region,))
    partner = partners.add_partner(session, RECORDER, facts)
    changed = replace(facts_of(partner), phones=(PhoneNumber(NUMBER),), note=f"{NAME} {NUMBER} " + "ติดต่อยาก " * 40)
    seen = make_stamp(fact_texts(facts_of(partner)))
    assert partners.change_partner(session, RECORDER, partner, changed, seen=seen)
    again = replace(facts_of(partner), note=f"{changed.note} โทรเย็นหา{NAME}")
    seen = make_stamp(fact_texts(facts_of(partner)))
    assert partners.change_partner(session, RECORDER, partner, again, seen=seen)
    invitation = Invitation(meeting=meeting, partner=partner)
    session.add(invitation)
    session.flush()
    place_invited(session, meeting, invitation.id, RECORDER, came=Came(), today=TODAY)
    shown = make_stamp(shown_of_sitting(find_sitting(session, meeting)))
    chair = partner.shown_name("th")
    save_sitting(session, meeting, RECORDER, began_at=time(9), ended_at=None, chair=chair, seen=shown)
    record(session, TypedOutcome(OutcomeKind.COMMITMENT, "ทำแผน", "คนอื่น", date(2007, 5, 1)))
    made = session.scalars(select(Outcome).where(Outcome.text == "ทำแผน")).one()
    record(session, replace(typed_of(made), owner=chair))
    outcomes.submit(session, meeting, RECORDER, today=TODAY, seen=outcomes.review(session, meeting).seen)
    outcomes.decide(session, meeting, ORGANISER, Act.ACCEPT, remark="", seen=outcomes.review(session, meeting).seen)
    outbox.queue_message(
        session,
        "letter:1",
        "letter",
        "somebody@example.org",
        f"เรียน {NAME}",
        f"{NAME}\n{NUMBER}",
        partner_id=partner.id,
    )
    session.flush()
    return partner


def record(session: Session, typed: TypedOutcome) -> None:
    meeting = meeting_at(session, "bangkok")
    item = item_at(session, meeting, "4.1")
    outcomes.save_item(
        session,
        meeting,
        item.id,
        RECORDER,
        discussion=item.discussion,
        discussion_seen=seen_discussion(item),
        outcomes=[typed],
    )


@pytest.mark.usefixtures("sample")
def test_nothing_but_the_rows_people_work_with_says_the_name_or_the_number(session: Session) -> None:
    partner = plant(session)
    planted = found_in(session, NAME) | found_in(session, NUMBER)
    assert {
        "changes.new",
        "changes.edits",
        "decisions.content",
        "outbox_messages.mime",
        "outbox_messages.text_body",
    } <= planted
    assert history.blank_partner(session, partner.id) > 5
    assert outbox.blank_partner(session, partner.id) == 1
    assert outcomes.blank_in_decisions(session, partner.id) == 1
    session.flush()
    left = found_in(session, NAME) | found_in(session, NUMBER)
    assert {place.partition(".")[0] for place in left} <= LIVE, left
