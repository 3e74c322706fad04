"""Food and help needed: kept by their person's own consent, seen by the meeting's coordinators, removed in time."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.history.services import Actor, list_changes
from forumplanner.invitations.jobs import forget_due
from forumplanner.invitations.models import Answer, Food, Invitation, Needs, ReplyChannel
from forumplanner.invitations.rules import needs_end
from forumplanner.invitations.services import (
    GivenAnswer,
    GivenNeeds,
    forget_needs_due,
    keep_needs,
    record_reply,
    reply_link,
    revoke_invitation,
)
from forumplanner.web.jobs import jobs_of
from tests.counting import counted
from tests.pages import PageClient

SOMEBODY = Actor(None, "ผู้บันทึก")
DAY = date(2007, 3, 6)
TOLD = {"food": "halal", "food_note": "แพ้กุ้งเคย", "help_needed": "รถเข็นหนึ่งคัน"}
WORDS = ("แพ้กุ้งเคย", "รถเข็นหนึ่งคัน")


def who_comes(app: Flask, number: int = 0) -> tuple[int, str, str]:
    """Somebody who comes to the West's forum, which lies ahead: their invitation, their own page, the coordinators'."""
    with app.app_context():
        session = db.session()
        query = select(Invitation).where(Invitation.meeting.has(slug="west"), Invitation.revoked_at.is_(None))
        invitation = session.scalars(query.order_by(Invitation.id)).all()[number]
        given = GivenAnswer(Answer.ACCEPTED)
        record_reply(session, invitation, given, channel=ReplyChannel.PAPER, taken_by="ผู้รับ", today=DAY)
        session.commit()
        link = reply_link(app.config["SETTINGS"], invitation)
        return invitation.id, f"/reply/{link}", f"/rounds/2550-1/west/invitations/{invitation.id}"


def kept(app: Flask) -> list[tuple[int, str | None, str | None]]:
    with app.app_context():
        return [(each.invitation_id, each.food_note, each.help_needed) for each in db.session.scalars(select(Needs))]


@pytest.mark.both_databases
def test_what_is_told_on_ones_own_page_is_kept_and_taken_back(sample: Flask, client: PageClient) -> None:
    number, own, _page = who_comes(sample)
    client.submit(f"{own}/done", {**TOLD, "consent": "y"}, form="/needs", status=303)
    assert kept(sample) == [(number, *WORDS)]
    shown = client.get(own).text
    assert all(words in shown for words in (*WORDS, "ฮาลาล", "ถอนความยินยอมและลบข้อมูลนี้"))
    with sample.app_context():
        (needs,) = db.session.scalars(select(Needs))
        assert (needs.channel, needs.noted_by_id, needs.noted_by) == (ReplyChannel.LINK, None, None)
    client.submit(own, {}, form="/needs/forget", status=303)
    assert kept(sample) == []
    with sample.app_context():
        told = [(row.field, row.old, row.new) for row in list_changes(db.session(), "invitation", number)]
    assert ("needs", "consent given", "removed") in told
    assert not any(words in str(told) for words in WORDS)


@pytest.mark.both_databases
@pytest.mark.parametrize("who", ["nobody", "organiser"])
def test_without_consent_nothing_is_kept_and_the_answer_stays(sample: Flask, client: PageClient, who: str) -> None:
    number, own, page = who_comes(sample)
    if who == "organiser":
        client.sign_in_as(who)
    shown = client.submit(page if who == "organiser" else own, TOLD, form="/needs", status=422)
    text = shown.response.get_data(as_text=True)
    assert "ยังไม่ได้เลือกช่องให้ความยินยอม" in text
    # What was typed stands there still, for whoever forgot the tick.
    assert all(words in text for words in WORDS)
    assert kept(sample) == []
    with sample.app_context():
        assert db.session.get_one(Invitation, number).answer == Answer.ACCEPTED


def test_the_tick_is_never_ticked_by_itself(sample: Flask, client: PageClient) -> None:
    _number, own, page = who_comes(sample)
    client.sign_in_as("organiser")
    for path in (own, f"{own}/done", page):
        (box,) = [node for node in client.get(path).root.iter("input") if node.get("name") == "consent"]
        assert box.get("checked") is None
    refused = client.submit(own, {"consent": "y"}, form="/needs", status=422)
    assert "ยังไม่มีข้อมูล" in refused.text


def test_what_was_told_by_telephone_names_who_noted_it(sample: Flask, client: PageClient) -> None:
    number, _own, page = who_comes(sample)
    client.sign_in_as("organiser")
    client.submit(page, {**TOLD, "told_by": "telephone", "consent": "y"}, form="/needs", status=303)
    assert kept(sample) == [(number, *WORDS)]
    with sample.app_context():
        (needs,) = db.session.scalars(select(Needs))
        assert needs.channel == ReplyChannel.TELEPHONE
        assert needs.noted_by_id is not None
        who = needs.noted_by
    assert f"โดย {who}" in client.get(page).text or str(who) in client.get(page).text
    client.submit(page, {}, form="/needs/forget", status=303)
    assert kept(sample) == []


def keep(app: Flask, number: int, **given: object) -> None:
    with app.app_context():
        told = GivenNeeds(consent=True, **given)  # type: ignore[arg-type]
        found = db.session.get_one(Invitation, number)
        keep_needs(db.session(), SOMEBODY, found, told, channel=ReplyChannel.TELEPHONE, today=DAY)
        db.session.commit()


@pytest.mark.both_databases
@pytest.mark.parametrize("answer", [Answer.DECLINED, Answer.DELEGATE, None])
def test_it_goes_when_nobody_comes(sample: Flask, answer: Answer | None) -> None:
    number, _own, _page = who_comes(sample)
    keep(sample, number, food=Food.JAY)
    with sample.app_context():
        session = db.session()
        found = session.get_one(Invitation, number)
        if answer is None:
            revoke_invitation(session, SOMEBODY, found)
        else:
            given = GivenAnswer(answer, "ผู้แทน" if answer == Answer.DELEGATE else None)
            record_reply(session, found, given, channel=ReplyChannel.LINK, taken_by=None, today=DAY)
        session.commit()
    assert kept(sample) == []


@pytest.mark.both_databases
def test_thirty_days_after_the_last_day_it_is_removed_once(sample: Flask) -> None:
    number, _own, _page = who_comes(sample)
    keep(sample, number, help_needed="รถเข็น")
    with sample.app_context():
        session = db.session()
        last = needs_end(session.get_one(Invitation, number).meeting.ends_on)
        assert forget_needs_due(session, last) == 0
        assert forget_needs_due(session, last + timedelta(days=1)) == 1
        assert forget_needs_due(session, last + timedelta(days=1)) == 0
        session.commit()
    assert kept(sample) == []


def test_the_worker_removes_what_is_due_and_the_sample_keeps_its_own_day(sample: Flask) -> None:
    number, _own, _page = who_comes(sample)
    keep(sample, number, food=Food.HALAL)
    assert forget_due in jobs_of(sample).periodic.values()
    with sample.app_context():
        assert forget_due() == 0
    assert len(kept(sample)) == 1


def test_the_kitchen_gets_numbers_and_only_those_who_need_help_are_named(sample: Flask, client: PageClient) -> None:
    people = [who_comes(sample, number) for number in range(2)]
    for number, food, help_needed in zip(people, (Food.HALAL, None), (None, "รถเข็น"), strict=True):
        keep(sample, number[0], food=food, help_needed=help_needed)
    with sample.app_context():
        names = [db.session.get_one(Invitation, number).partner.name for number, *_ in people]
    client.sign_in_as("organiser")
    text = client.get("/rounds/2550-1/west/invitations/needs").text
    assert "ฮาลาล" in text
    assert [name in text for name in names] == [False, True]
    assert "/invitations/needs" in client.get("/rounds/2550-1/west/invitations").response.get_data(as_text=True)


def test_queries_of_the_kitchens_page_do_not_grow(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    counts = []
    for number in range(2):
        keep(sample, who_comes(sample, number)[0], help_needed="รถเข็น")
        with counted(sample) as statements:
            client.http.get("/rounds/2550-1/west/invitations/needs")
        counts.append(len(statements))
    assert counts[1] <= counts[0]
