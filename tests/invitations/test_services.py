"""Inviting, answering and private links in both databases."""

from collections import Counter
from datetime import date
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid, NotFound, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor, list_changes
from forumplanner.invitations import services
from forumplanner.invitations.lists import AnswerCounts, count_answers, list_invitations, list_page, state_of
from forumplanner.invitations.models import Answer, Capacity, Channel, Invitation, ReplyChannel
from forumplanner.invitations.services import GivenAnswer, Superseded, UnknownLink, Wanted
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.services import get_meeting
from tests.invitations.conftest import TODAY, invitation_of, partner_named
from tests.waiting import CEILING_SECONDS

ACTOR = Actor(None, "ผู้ทดสอบ")
AFTER = date(2007, 3, 10)


def invite(session: Session, meeting: Meeting, *names: str, today: date = TODAY) -> services.Invited:
    wanted = [Wanted(partner_named(session, name).id, Channel.TELEPHONE) for name in names]
    return services.invite_partners(session, ACTOR, meeting, wanted, today=today)


def reply(session: Session, invitation: Invitation, answer: Answer, today: date = TODAY, **particulars: str) -> bool:
    given = GivenAnswer(answer, **particulars)
    return services.record_reply(session, invitation, given, channel=ReplyChannel.LINK, taken_by=None, today=today)


def test_partners_are_invited_once_each(session: Session, west: Meeting) -> None:
    done = invite(session, west, "สมชาย ใจดี", "ดำ", "สมชาย ใจดี")
    again = invite(session, west, "ดำ")
    assert (len(done.invitations), done.already, len(again.invitations), again.already) == (2, 0, 0, 1)


def test_channel_and_capacity_are_kept(session: Session, west: Meeting) -> None:
    wanted = Wanted(partner_named(session, "ดำ").id, Channel.LINE, Capacity.PARTICIPANT)
    (made,) = services.invite_partners(session, ACTOR, west, [wanted], today=TODAY).invitations
    assert (made.channel, made.capacity, made.answer) == (Channel.LINE, Capacity.PARTICIPANT, None)


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.ANNOUNCED])
def test_nobody_is_invited_to_a_cancelled_or_held_meeting(
    session: Session, west: Meeting, status: MeetingStatus
) -> None:
    west.status = status
    with pytest.raises(Conflict):
        invite(session, west, "ดำ", today=AFTER)


def test_inviting_nobody_is_refused(session: Session, west: Meeting) -> None:
    with pytest.raises(Invalid):
        services.invite_partners(session, ACTOR, west, [], today=TODAY)


def test_a_withdrawn_invitation_comes_into_force_again_under_its_link(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    version = invitation.link_version
    services.revoke_invitation(session, ACTOR, invitation)
    done = invite(session, west, "ศิริพร เพชรน้ำ")
    assert (done.invitations, invitation.revoked_at, invitation.link_version) == ([invitation], None, version)


@pytest.mark.both_databases
def test_two_people_inviting_the_same_partner_at_once_make_one_invitation(app: Flask, sample: Flask) -> None:
    with app.app_context():
        meeting_id = get_meeting(db.session(), "2550-1", "west").id
        wanted = [
            Wanted(partner_named(db.session(), name).id, Channel.TELEPHONE) for name in ("ดำ", "สมชาย ใจดี", "มนัส")
        ]
        db.session.remove()
    together, results = Barrier(4), []

    def work() -> None:
        with app.app_context():
            meeting = db.session.get(Meeting, meeting_id)
            db.session.rollback()
            together.wait(CEILING_SECONDS)
            assert meeting is not None
            done = services.invite_partners(db.session(), ACTOR, meeting, wanted, today=TODAY)
            results.append(len(done.invitations))
            db.session.commit()
            db.session.remove()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        made = Counter(db.session.scalars(select(Invitation.partner_id).where(Invitation.meeting_id == meeting_id)))
        assert (sum(results), len(results), {made[entry.partner_id] for entry in wanted}) == (3, 4, {1})


def test_an_answer_is_in_force_and_in_the_history(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    reply(session, invitation, Answer.ACCEPTED)
    reply(session, invitation, Answer.DELEGATE, delegate_name="นายมา แทน", delegate_phone="0810000009", comment="ติดงาน")
    session.expire_all()
    assert (invitation.answer, invitation.delegate_name, invitation.comment) == (
        Answer.DELEGATE,
        "นายมา แทน",
        "ติดงาน",
    )
    assert [given.answer for given in invitation.replies] == [Answer.ACCEPTED, Answer.DELEGATE]


def test_an_answer_by_link_proves_that_the_invitation_arrived(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    services.mark_reached(session, ACTOR, invitation, reached=False)
    reply(session, invitation, Answer.ACCEPTED)
    assert invitation.reached_at is not None
    latest = list_changes(session, services.HISTORY, invitation.id)[0]
    assert (latest.field, latest.new, latest.actor) == ("reached", "yes", "by private link")


def test_an_answer_replaces_the_delegate_and_message_of_the_one_before(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    reply(session, invitation, Answer.DELEGATE, delegate_name="นายมา แทน", comment="ติดงาน")
    reply(session, invitation, Answer.ACCEPTED)
    assert (invitation.answer, invitation.delegate_name, invitation.comment) == (Answer.ACCEPTED, None, None)


def test_the_same_answer_twice_by_the_same_way_is_one(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    assert [reply(session, invitation, Answer.ACCEPTED) for _ in range(2)] == [True, False]
    assert len(invitation.replies) == 1


def test_an_answer_by_telephone_names_who_took_it(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    services.record_reply(
        session,
        invitation,
        GivenAnswer(Answer.DECLINED, comment="ไม่สบาย"),
        channel=ReplyChannel.TELEPHONE,
        taken_by="ผู้ประสานงาน",
        today=TODAY,
    )
    last = invitation.replies[-1]
    assert (last.channel, last.taken_by, last.comment) == (ReplyChannel.TELEPHONE, "ผู้ประสานงาน", "ไม่สบาย")


def test_an_answer_after_the_day_is_refused_and_nothing_changes(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "เอกชัย ไทรงาม")
    with pytest.raises(Conflict):
        reply(session, invitation, Answer.DECLINED, today=AFTER)
    assert (invitation.answer, len(invitation.replies)) == (Answer.ACCEPTED, 1)


def test_the_list_is_in_thai_order_with_its_states_and_counts(session: Session, west: Meeting) -> None:
    invite(session, west, "ดำ", "กมลวรรณ เชียงดา", "สมชาย ใจดี")
    reply(session, invitation_of(session, "west", "ดำ"), Answer.DECLINED)
    services.revoke_invitation(session, ACTOR, invitation_of(session, "west", "สมชาย ใจดี"))
    listed = [(found.partner.name, state_of(found)) for found in list_invitations(session, west)]
    assert listed == [
        ("กมลวรรณ เชียงดา", "invited"),
        ("ดำ", "declined"),
        ("ศิริพร เพชรน้ำ", "invited"),
        ("สมชาย ใจดี", "revoked"),
        ("เอกชัย ไทรงาม", "accepted"),
    ]
    counts = count_answers(session, west)
    assert (counts, counts.total) == (AnswerCounts(accepted=1, declined=1, invited=2, revoked=1), 4)
    for state in ("accepted", "declined", "delegate", "invited", "revoked"):
        kept = [name for name, its_state in listed if its_state == state]
        assert [found.partner.name for found in list_page(session, west, state=state).invitations] == kept


def test_a_stale_change_of_channel_is_refused_with_both(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    seen = make_stamp(services.shown_of_particulars(invitation))

    def change(channel: Channel) -> None:
        services.change_invitation(session, ACTOR, invitation, channel=channel, capacity=Capacity.MEMBER, seen=seen)

    change(Channel.LINE)
    with pytest.raises(Stale) as refusal:
        change(Channel.LETTER)
    assert (refusal.value.theirs, refusal.value.yours) == ({"channel": Channel.LINE}, {"channel": Channel.LETTER})


def test_every_change_stands_in_the_history(session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    services.mark_reached(session, ACTOR, invitation, reached=False)
    services.mark_reached(session, ACTOR, invitation, reached=True)
    services.renew_link(session, ACTOR, invitation)
    services.revoke_invitation(session, ACTOR, invitation)
    services.restore_invitation(session, ACTOR, invitation, today=TODAY)
    changes = reversed(list_changes(session, services.HISTORY, invitation.id))
    assert [(change.field, change.old, change.new) for change in changes] == [
        ("reached", "yes", "no"),
        ("reached", "no", "yes"),
        ("link", "1", "2"),
        ("revoked", "in force", "withdrawn"),
        ("revoked", "withdrawn", "in force"),
    ]


def opened(session: Session, app: Flask, link: str) -> Invitation:
    return services.open_reply_link(session, app.config["SETTINGS"], link)


def test_a_link_opens_its_invitation_and_stays_the_same(app: Flask, session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    links = {services.reply_link(app.config["SETTINGS"], invitation) for _ in range(2)}
    (link,) = links
    assert opened(session, app, link) is invitation


def test_renewing_ends_every_link_before(app: Flask, session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    old = services.reply_link(app.config["SETTINGS"], invitation)
    services.renew_link(session, ACTOR, invitation)
    with pytest.raises(Superseded) as refusal:
        opened(session, app, old)
    assert (refusal.value.status, refusal.value.meeting) == (410, west)
    assert opened(session, app, services.reply_link(app.config["SETTINGS"], invitation)) is invitation


def test_withdrawing_ends_the_link(app: Flask, session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    link = services.reply_link(app.config["SETTINGS"], invitation)
    services.revoke_invitation(session, ACTOR, invitation)
    with pytest.raises(Superseded):
        opened(session, app, link)


@pytest.mark.parametrize("link", ["", "1-1-" + "a" * 20, "x", "../../etc", "1-1", "ก" * 40])
def test_a_link_of_nobodys_opens_nothing(app: Flask, session: Session, west: Meeting, link: str) -> None:
    with pytest.raises(UnknownLink):
        opened(session, app, link)


def test_the_link_of_a_deleted_invitation_opens_nothing(app: Flask, session: Session, west: Meeting) -> None:
    invitation = invitation_of(session, "west", "ศิริพร เพชรน้ำ")
    link = services.reply_link(app.config["SETTINGS"], invitation)
    session.delete(invitation)
    session.flush()
    with pytest.raises(UnknownLink):
        opened(session, app, link)


def test_an_invitation_of_another_meeting_is_not_found(session: Session, west: Meeting) -> None:
    other = invitation_of(session, "south", "ดำ")
    with pytest.raises(NotFound):
        services.get_invitation(session, west, other.id)
