"""Check before inviting: channel and capacity for all and for each; one button invites everybody chosen, once."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict
from forumplanner.history.models import Change
from forumplanner.invitations import services
from forumplanner.invitations.chosen import Choosing, count_chosen
from forumplanner.invitations.models import Capacity, Channel, ChosenGuest, Invitation
from forumplanner.invitations.services.choosing import list_wanted
from forumplanner.invitations.views.checking import usual_channel
from forumplanner.partners.models import Partner
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter
from forumplanner.rounds.models import Meeting
from tests.counting import counted
from tests.invitations.choosing import ADD, CHECK, WEST, add_people, boxes, chosen_of, names, press, west_of
from tests.invitations.conftest import TODAY, partner_named, stored
from tests.invitations.test_services import ACTOR
from tests.pages import Page, PageClient, form_values, text_of

pytestmark = pytest.mark.usefixtures("sample")
SETTLE = "/check/changes"


def choose_all(client: PageClient, text: str = "ทดสอบ") -> Page:
    """Choose all that are found and open the check."""
    return press(client, press(client, client.get(f"{ADD}?q={text}"), "found"), "check")


def settle(client: PageClient, page: Page, **values: object) -> Page:
    """Press a button of the check that keeps its page: the form is sent to another address."""
    form = next(node for node in page.root.iter("form") if "/check" in (node.get("action") or ""))
    target = next(
        node.get("formaction") for node in page.root.iter("button") if SETTLE in (node.get("formaction") or "")
    )
    answer = client.http.post(str(target), data={**form_values(form), **values})
    assert answer.status_code == 303
    return client.get(answer.headers["Location"])


def rows_of(page: Page) -> list[str]:
    return [node.get("value") or "" for node in page.root.iter("input") if node.get("name") == "row"]


def turned(page: Page, way: str) -> str:
    values = (node.get("value") or "" for node in page.root.iter("button") if node.get("name") == "go")
    return next(value for value in values if value.startswith(way))


def count_by(app: Flask, column: object) -> Counter[str]:
    with app.app_context():
        query = select(column, func.count()).select_from(Invitation).join(Partner)  # type: ignore[call-overload]
        query = query.where(Invitation.meeting_id == west_of(db.session()).id, Partner.name.like("ทดสอบ%"))
        found = Counter({str(value): count for value, count in db.session.execute(query.group_by(column))})
        db.session.remove()
    return found


def test_choosing_checking_and_inviting_names_the_number_and_keeps_the_channels(
    organiser: PageClient, sample: Flask
) -> None:
    page = organiser.get(ADD)
    somchai, dam = names(page)["นายสมชาย ใจดี"], names(page)["ลุงดำ"]
    check = press(organiser, page, "check", [somchai, dam])
    assert [text_of(button) for button in check.find_all("button-primary")] == ["เชิญ 2 ราย"]
    values = form_values(next(node for node in check.root.iter("form") if "check" in (node.get("action") or "")))
    shown = [values[f"channel-{row}"] for row in rows_of(check)]
    assert shown == ["telephone", "email"]
    first, second = rows_of(check)
    changed = {f"channel-{second}": "letter", f"channel-{first}": "pigeon", f"capacity-{first}": "participant"}
    answer = organiser.submit(check, changed, form="/check", status=303)
    assert answer.response.headers["Location"] == WEST
    assert "เชิญแล้ว 2 ราย" in organiser.get(WEST).text
    with sample.app_context():
        kept = [stored(sample, "west", name) for name in ("สมชาย ใจดี", "ดำ")]
        assert [(found.channel, found.capacity) for found in kept] == [
            ("letter", "member"),
            ("telephone", "participant"),
        ]
    assert chosen_of(sample) == []


def test_one_channel_for_all_with_exceptions_on_several_pages(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        add_people(db.session(), 120)
    page = choose_all(organiser)
    assert ("อีเมล 40" in page.text, "หนังสือ 80" in page.text) == (True, True)
    page = settle(organiser, page, go="all", channel="line", capacity="participant")
    assert ("ไลน์ 120" in page.text, "อีเมล 40" in page.text) == (True, False)
    page = settle(organiser, page, go=turned(page, "after"), **{f"channel-{rows_of(page)[0]}": "letter"})
    page = settle(organiser, page, go=turned(page, "after"), **{f"capacity-{rows_of(page)[3]}": "member"})
    assert len(rows_of(page)) == 20
    out = next(node.get("value") for node in page.root.iter("button") if node.get("name") == "out")
    page = settle(organiser, page, out=out)
    assert [text_of(button) for button in page.find_all("button-primary")] == ["เชิญ 119 ราย"]
    organiser.submit(page, {f"channel-{rows_of(page)[0]}": "telephone"}, form="/check", status=303)
    assert count_by(sample, Invitation.channel) == {"line": 117, "letter": 1, "telephone": 1}
    assert count_by(sample, Invitation.capacity) == {"participant": 118, "member": 1}


def test_each_is_reached_as_suits_best_again(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        add_people(db.session(), 30)
    page = settle(organiser, choose_all(organiser), go="all", channel="email")
    assert "20 รายจะเชิญทางอีเมล แต่ยังไม่มีที่อยู่อีเมล" in page.text
    page = settle(organiser, page, go="all", channel="usual")
    assert ("อีเมล 10" in page.text, "หนังสือ 20" in page.text, "ยังไม่มีที่อยู่อีเมล" in page.text) == (True, True, False)


def test_a_second_window_of_the_check_takes_nothing_back(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        add_people(db.session(), 3)
    page, other = choose_all(organiser), organiser.get(CHECK)
    first, second, _third = rows_of(page)
    settle(organiser, page, **{f"channel-{first}": "line"})
    settle(organiser, other, **{f"capacity-{second}": "participant"})
    with sample.app_context():
        rows = db.session.execute(select(ChosenGuest.channel, ChosenGuest.capacity).order_by(ChosenGuest.id)).all()
        db.session.remove()
    assert [tuple(row) for row in rows] == [("line", "member"), (None, "participant"), (None, "member")]


def test_sent_twice_it_invites_once(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        add_people(db.session(), 3)
    page = choose_all(organiser)
    second = organiser.get(CHECK)
    for again in (page, page, second):
        answer = organiser.submit(again, {}, form="/check", status=303)
        assert answer.response.headers["Location"] == WEST
    assert sum(count_by(sample, Invitation.channel).values()) == 3


def test_more_chosen_in_another_window_are_not_invited_unseen(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        add_people(db.session(), 3)
    page = choose_all(organiser)
    other = organiser.get(f"{ADD}?q=ลุงดำ")
    press(organiser, other, "search", list(boxes(other)), q="")
    refused = organiser.submit(page, {}, form="/check", status=409)
    assert [text_of(button) for button in refused.find_all("button-primary")] == ["เชิญ 4 ราย"]
    assert count_by(sample, Invitation.channel) == {}
    organiser.submit(refused, {}, form="/check", status=303)
    with sample.app_context():
        assert stored(sample, "west", "ดำ").revoked_at is None


def test_who_was_invited_or_vanished_before_the_button_is_said(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        ids = add_people(db.session(), 4)
    page = choose_all(organiser)
    with sample.app_context():
        session = db.session()
        wanted = [services.Wanted(ids[0], Channel.LETTER)]
        services.invite_partners(session, ACTOR, west_of(session), wanted, today=TODAY)
        session.delete(session.get_one(Partner, ids[1]))
        session.commit()
        db.session.remove()
    page = organiser.submit(page, {}, form="/check", status=303, follow=True)
    assert ("เชิญแล้ว 2 ราย" in page.text, "ผู้ที่เลือกไว้ 2 รายเลือกไม่ได้แล้ว" in page.text) == (True, True)
    assert count_by(sample, Invitation.channel)["letter"] >= 1


def test_back_after_inviting_says_calmly_that_nobody_is_chosen(organiser: PageClient, sample: Flask) -> None:
    page = organiser.get(CHECK)
    assert (page.errors(), "ยังไม่ได้เลือกผู้ใด" in page.text) == ([], True)


def test_checking_warns_where_the_invited_would_know_nobody_to_ask(organiser: PageClient) -> None:
    warned = []
    for slug in ("upper-central", "west", "east"):
        page = organiser.get(f"/rounds/2550-1/{slug}/invitations/add?q=ลุงดำ")
        warned.append("ไม่ทราบว่าควรโทรถามผู้ใด" in press(organiser, page, "check", list(boxes(page))).text)
    assert warned == [True, False, False]


def test_pages_that_change_are_not_kept_by_the_browser(organiser: PageClient) -> None:
    assert [organiser.get(path).response.headers["Cache-Control"] for path in (ADD, CHECK)] == ["private, no-store"] * 2


# --- the service


@pytest.fixture
def choosing(session: Session, west: Meeting) -> Choosing:
    user = session.scalars(select(User).where(User.email == "organiser@example.org")).one()
    return Choosing(west, user.id, Sight(everything=True))


def test_three_thousand_are_invited_in_a_few_statements(
    app: Flask, session: Session, west: Meeting, choosing: Choosing
) -> None:
    add_people(session, 3000)
    wanted = PartnerFilter(text="ทดสอบ")
    withdrawn = services.invite_partners(
        session, ACTOR, west, [services.Wanted(200_001, Channel.LINE)], today=TODAY
    ).invitations[0]
    services.revoke_invitation(session, ACTOR, withdrawn)
    services.choose_found(session, choosing, wanted)
    counts = count_chosen(session, choosing)
    assert (counts.total, counts.channels) == (3000, {Channel.EMAIL: 1000, Channel.LETTER: 2000})
    with counted(app) as statements:
        done = services.invite_chosen(session, ACTOR, choosing, last=counts.last, today=TODAY)
    assert (len(done.invitations), done.already, withdrawn.revoked_at) == (3000, 0, None)
    assert len(statements) < 40
    made = session.execute(
        select(Invitation.channel, func.count())
        .where(Invitation.meeting_id == west.id, Invitation.partner_id > 200_000)
        .group_by(Invitation.channel)
    )
    assert {row[0]: row[1] for row in made} == {Channel.EMAIL: 1000, Channel.LETTER: 2000}
    noted = select(func.count()).select_from(Change).where(Change.thing == services.HISTORY, Change.new == "in force")
    assert session.scalar(noted.where(Change.partner_id > 200_000)) == 3001
    assert count_chosen(session, choosing).total == 0


def test_the_usual_channel_is_the_same_in_the_database_as_in_the_rule(
    session: Session, west: Meeting, choosing: Choosing
) -> None:
    session.execute(Invitation.__table__.delete().where(Invitation.meeting_id == west.id))  # type: ignore[attr-defined]
    services.choose_found(session, choosing, PartnerFilter())
    by_id = {wanted.partner_id: wanted.channel for _number, wanted in list_wanted(session, choosing)}
    expected = {partner.id: usual_channel(partner) for partner in session.scalars(select(Partner))}
    assert (by_id, set(by_id.values())) == (expected, {Channel.EMAIL, Channel.TELEPHONE, Channel.LETTER})


def test_choices_go_with_partner_meeting_and_account(session: Session, west: Meeting, choosing: Choosing) -> None:
    def left() -> int:
        return session.scalar(select(func.count()).select_from(ChosenGuest)) or 0

    add_people(session, 2)
    services.choose_found(session, choosing, PartnerFilter(text="ทดสอบ"))
    found = [left()]
    session.delete(session.get_one(Partner, 200_001))
    session.flush()
    found.append(left())
    account = User(email="new@example.org", password="x", fs_uniquifier="new", active=True)
    session.add(account)
    session.flush()
    services.choose_found(session, Choosing(west, account.id, choosing.sight), PartnerFilter(text="ทดสอบ"))
    found.append(left())
    session.delete(account)
    session.flush()
    found.append(left())
    assert found == [2, 1, 2, 1]


def test_seats_are_chosen_each_by_itself_and_one_retired_is_lost(
    session: Session, west: Meeting, choosing: Choosing
) -> None:
    from tests.invitations.test_seats import with_second_seat

    agency, (first, second) = with_second_seat(session)
    assert services.choose_guests(session, choosing, [(agency.id, None), (agency.id, second.id)]) == 0
    assert {wanted.seat_id for _number, wanted in list_wanted(session, choosing)} == {first.id, second.id}
    second.is_retired = True
    session.flush()
    assert (count_chosen(session, choosing).lost, services.drop_lost(session, choosing)) == (1, 1)
    services.unchoose_guests(session, choosing, [(agency.id, first.id)])
    assert count_chosen(session, choosing).total == 0


def test_nobody_is_invited_to_more_than_was_shown(session: Session, west: Meeting, choosing: Choosing) -> None:
    services.choose_guests(session, choosing, [(partner_named(session, "ดำ").id, None)])
    with pytest.raises(Conflict):
        services.invite_chosen(session, ACTOR, choosing, last=0, today=TODAY)
    assert count_chosen(session, choosing).capacities == {Capacity.MEMBER: 1}
