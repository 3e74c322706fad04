"""A year, day by day: nothing goes that was not announced thirty days before, all that is due goes, nothing else."""

from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.db import BLANKED
from forumplanner.core.periods import PERIODS
from forumplanner.history.models import Change, Look
from forumplanner.invitations.models import Invitation, Reply
from forumplanner.outbox.models import OutboxMessage
from forumplanner.partners.models import Partner
from forumplanner.retention.kinds import KINDS
from forumplanner.retention.reading import list_removals, numbers_in_force
from forumplanner.retention.rules import NOTICE, end_of
from forumplanner.rounds.models import Meeting
from tests.retention.planting import DAY, announced, differing, plant, run_day, set_numbers, whole

NUMBERS = {"partners": 3, "after_meeting": 12, "messages": 12, "history": 4, "looks": 1, "accounts": 1}
LAST = DAY + timedelta(days=366)
# What each kind may touch. A person's row has others below it, and points from others; what a contact was stands in
# history and its meeting, whose calendars change.
TOUCHES = {
    "people": {"partners", "people", "phones", "partner_regions", "changes", "outcomes", "partner_notes"},
    "accounts": {"users", "account_roles", "account_regions", "changes"},
    "answers": {"invitations", "replies"},
    "choices": {"chosen_guests"},
    "contacts": {"meetings", "changes", "marks"},
    "messages": {"outbox_messages"},
    "changes": {"changes"},
    "looks": {"looks", "look_partners"},
}


def test_every_kind_is_thought_of() -> None:
    assert set(TOUCHES) == {kind.slug for kind in KINDS}
    assert {kind.period.slug for kind in KINDS} == set(NUMBERS)


def due_days(session: Session, today: date) -> dict[tuple[str, int], date]:
    """When all that is there now ends by the periods in force, asked of each kind without any notice."""
    numbers, far = numbers_in_force(session), today + timedelta(days=4000)
    return {
        (kind.slug, due.item): end_of(due.since, numbers[kind.period.slug] or 0, kind.period.unit)
        for kind in KINDS
        for due in kind.find(session, far)
    }


@pytest.mark.both_databases
def test_a_year_day_by_day(sample: Flask, session: Session) -> None:
    plant(session)
    set_numbers(session, **NUMBERS)
    due = due_days(session, DAY)
    ends = {key: day for key, day in due.items() if day <= LAST}
    assert {kind for kind, _item in ends} == set(TOUCHES)
    assert {kind for kind, _item in set(due) - set(ends)} >= {"people", "accounts", "changes", "looks", "messages"}
    first_seen: dict[tuple[str, int], date] = {}
    gone: dict[tuple[str, int], date] = {}
    removed: Counter[str] = Counter()
    before = whole(session)
    for number in range((LAST - DAY).days + 1):
        today = DAY + timedelta(days=number)
        known = announced(session)
        done = [carried for carried in run_day(session, today) if carried.removed]
        now = announced(session)
        for key, each in now.items():
            assert first_seen.setdefault(key, today) == each.announced_on
            assert each.remove_on >= each.announced_on + NOTICE
        left = {key for key in known.keys() - now.keys() if key[0] in {carried.kind.slug for carried in done}}
        for key in left:
            gone[key] = today
            assert first_seen[key] + NOTICE <= today
            assert ends[key] <= today
        if done or number % 50 == 0:
            after = whole(session)
            assert differing(before, after) <= set().union(*(TOUCHES[each.kind.slug] for each in done))
            before = after
        removed.update({carried.kind.slug: carried.removed for carried in done})
    assert set(gone) == set(ends)
    # What had its thirty days went on its very day.
    assert {key: day for key, day in gone.items() if day != max(ends[key], first_seen[key] + NOTICE)} == {}
    noted, _more = list_removals(session)
    assert {each.kind for each in noted} == set(TOUCHES)
    assert Counter({kind: sum(each.count for each in noted if each.kind == kind) for kind in TOUCHES}) == removed
    check_what_is_left(session)


def check_what_is_left(session: Session) -> None:
    """What goes and what stays, row by row."""
    over = select(Meeting.id).where(Meeting.ends_on <= DAY)
    for answer in (Invitation, Reply):
        rows = session.scalars(select(answer)).all()
        if answer is Invitation:
            rows = [row for row in rows if row.meeting_id in set(session.scalars(over))]
        assert rows
        assert {row.comment for row in rows} | {row.reason for row in rows} | {row.delegate_phone for row in rows} == {
            None
        }
        assert {row.delegate_name for row in rows} <= {None, BLANKED}
    messages = {each.key: each for each in session.scalars(select(OutboxMessage))}
    assert {key for key, each in messages.items() if each.recipient == BLANKED} == {
        "sent 2",
        "sent 5",
        "sent 30",
        "held",
    }
    assert messages["waits"].text_body == "เนื้อความ"
    changes = session.scalars(select(Change)).all()
    assert all(change.actor != BLANKED for change in changes if change.partner_id is None)
    feed = next(change for change in changes if change.thing == "personal_feed")
    assert (feed.old, feed.new) == ("เดิม", "ใหม่")
    assert [look.on for look in session.scalars(select(Look))] == [DAY + timedelta(days=100)]
    assert {name.partition(" ")[0] for name in session.scalars(select(Partner.name))} >= {"ใหม่"}
    assert PERIODS.keys() >= NUMBERS.keys()
