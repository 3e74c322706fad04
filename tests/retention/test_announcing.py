"""What is announced is kept to: longer takes back, shorter announces anew, and nothing surprises anybody."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forumplanner.accounts.models import Role, User
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid, Stale
from forumplanner.core.stamps import make_stamp
from forumplanner.history.models import Change, Look
from forumplanner.history.services import Actor
from forumplanner.partners.models import Partner, PartnerKind, Person
from forumplanner.retention import eraser_of, jobs, kinds, services
from forumplanner.retention.kinds import BY_SLUG, KINDS
from forumplanner.retention.kinds.base import Removed
from forumplanner.retention.models import Announcement, Hold, Removal
from forumplanner.retention.services import HoldGiven, keep_longer, keep_no_longer, shown_of_hold
from tests.counting import counted
from tests.retention.planting import (
    DAY,
    SOMEBODY,
    STAND_IN,
    add_account,
    add_change,
    add_look,
    add_person,
    announced,
    at,
    differing,
    make_real,
    plant,
    run_day,
    set_numbers,
    whole,
)

LATER = timedelta(days=30)


@pytest.fixture
def person(session: Session) -> Person:
    """Somebody nobody has dealt with for six years."""
    found = add_person(session, "นานแล้ว", DAY - timedelta(days=6 * 365 + 10))
    session.commit()
    return found


def is_there(session: Session, number: int) -> bool:
    return session.scalar(select(func.count()).select_from(Partner).where(Partner.id == number)) == 1


def test_who_is_long_overdue_still_has_thirty_days(session: Session, person: Person) -> None:
    number = person.id
    run_day(session, DAY)
    assert announced(session)["people", number].remove_on == DAY + LATER
    run_day(session, DAY + LATER - timedelta(days=1))
    assert is_there(session, number)
    run_day(session, DAY + LATER)
    assert not is_there(session, number)
    assert announced(session) == {}


def test_weeks_in_which_nothing_ran_are_caught_up_with(session: Session, person: Person) -> None:
    number = person.id
    other = add_person(session, "อีกคน", DAY - timedelta(days=5 * 365 - 50)).id
    session.commit()
    run_day(session, DAY)
    run_day(session, DAY + timedelta(days=70))
    assert not is_there(session, number)
    # Nobody could see that this one was due meanwhile.
    assert is_there(session, other)
    assert announced(session)["people", other].remove_on == DAY + timedelta(days=100)


def test_a_longer_period_takes_back_and_a_shorter_one_announces_anew(session: Session, person: Person) -> None:
    number = person.id
    run_day(session, DAY)
    set_numbers(session, DAY + timedelta(days=20), partners=8)
    assert announced(session) == {}
    run_day(session, DAY + LATER)
    assert is_there(session, number)
    set_numbers(session, DAY + timedelta(days=40), partners=5)
    assert announced(session)["people", number].remove_on == DAY + timedelta(days=70)
    for days in (40, 69):
        run_day(session, DAY + timedelta(days=days))
        assert is_there(session, number)
    run_day(session, DAY + timedelta(days=70))
    assert not is_there(session, number)


@pytest.mark.parametrize("kind", ["change", "hold", "sample"])
def test_what_happens_to_a_person_takes_back_what_was_announced(session: Session, person: Person, kind: str) -> None:
    number = person.id
    run_day(session, DAY)
    if kind == "change":
        add_change(session, number, DAY)
    elif kind == "hold":
        given = HoldGiven(DAY + timedelta(days=900), "จะเชิญอีก")
        keep_longer(session, person, given, SOMEBODY, seen=make_stamp(shown_of_hold(None)), today=DAY)
        assert announced(session) == {}
    else:
        person.is_sample = True
    session.commit()
    run_day(session, DAY + LATER)
    assert is_there(session, number)
    assert announced(session) == {}


def test_whoever_is_kept_longer_is_announced_when_that_ends(session: Session, person: Person) -> None:
    until = DAY + timedelta(days=900)
    seen = make_stamp(shown_of_hold(None))
    keep_longer(session, person, HoldGiven(until, "จะเชิญอีก"), SOMEBODY, seen=seen, today=DAY)
    session.commit()
    # Keeping them is itself something that happened to them: their period begins anew.
    session.execute(update(Change).where(Change.partner_id == person.id).values(at=at(DAY - timedelta(days=2500))))
    session.commit()
    run_day(session, until - timedelta(days=31), (BY_SLUG["people"],))
    assert announced(session) == {}
    run_day(session, until - LATER, (BY_SLUG["people"],))
    assert announced(session)["people", person.id].remove_on == until
    with pytest.raises(Stale):
        keep_longer(session, person, HoldGiven(until + LATER, "อื่น"), SOMEBODY, seen=seen, today=DAY)
    session.rollback()
    assert keep_no_longer(session, person, SOMEBODY, today=DAY)
    assert not keep_no_longer(session, person, SOMEBODY, today=DAY)


def test_organisations_have_no_period(sample: Flask, session: Session) -> None:
    make_real(session)
    organisation = session.scalars(select(Partner).where(Partner.kind == PartnerKind.ORGANISATION)).first()
    assert organisation is not None
    with pytest.raises(Conflict):
        services.get_person(session, organisation.id)
    run_day(session, date(2040, 1, 1), (BY_SLUG["people"],))
    numbers = [item for _kind, item in announced(session)]
    people = session.scalars(select(Partner.id).where(Partner.kind == PartnerKind.PERSON)).all()
    assert sorted(numbers) == sorted(people)


def test_the_last_organiser_stays_however_long_nobody_signs_in(session: Session) -> None:
    role = session.scalars(select(Role).where(Role.name == "organiser")).one()
    for number in (1, 2, 3):
        user = add_account(session, f"o{number}@example.org", date(2000, 1, 1), date(2001, 1, number))
        user.roles, user.password = [role], "x" if number < 3 else None
    session.commit()
    for day in (DAY, DAY + LATER):
        run_day(session, day, (BY_SLUG["accounts"],))
    assert session.scalars(select(User.email)).all() == ["o2@example.org"]


def test_no_number_that_may_not_be_is_set(session: Session) -> None:
    for number in (0, 11, -1, None):
        with pytest.raises(Invalid):
            set_numbers(session, partners=number)  # type: ignore[arg-type]
        session.rollback()


def test_periods_saved_by_two_people(session: Session) -> None:
    shown: dict[str, Any] = {**services.shown_of_numbers(services.numbers_in_force(session))}
    seen = make_stamp(shown)
    services.set_numbers(session, {**shown, "looks": 5}, SOMEBODY, seen=seen, today=DAY)
    with pytest.raises(Stale):
        services.set_numbers(session, {**shown, "looks": 4}, SOMEBODY, seen=seen, today=DAY)
    changes = services.list_period_changes(session)
    assert [(each.field, each.old, each.new, each.actor) for each in changes] == [("looks", "3", "5", SOMEBODY.name)]


def run_job(monkeypatch: pytest.MonkeyPatch, today: date, eraser: kinds.Eraser | None = STAND_IN) -> int:
    monkeypatch.setattr(jobs, "move_today_for_sample", lambda: clock.move_today(today))
    return jobs.keep_to_periods(eraser, lambda: None)


def test_a_job_killed_midway_is_finished_by_the_next(
    sample: Flask, session: Session, real_commits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(session)
    for number in range(3):
        add_look(session, 1, DAY - timedelta(days=4000 + number))
    session.commit()
    run_job(monkeypatch, DAY)
    ready = whole(session)
    real, calls = BY_SLUG["looks"].remove, []

    def killed(found: Session, items: Any, eraser: Any) -> Removed:
        removed = real(found, items, eraser)
        calls.append(removed.count)
        raise RuntimeError("killed")

    all_kinds = [with_remove("looks", killed), *(kind for kind in KINDS if kind.slug != "looks")]
    monkeypatch.setattr(jobs, "kinds_left", lambda _session, _today: all_kinds)
    run_job(monkeypatch, DAY + LATER)
    session.expire_all()
    assert calls
    assert differing(ready, whole(session)).isdisjoint({"looks", "look_partners"})
    assert session.scalar(select(func.count()).select_from(Removal).where(Removal.kind == "looks")) == 0
    monkeypatch.undo()
    assert run_job(monkeypatch, DAY + LATER) > 0
    assert session.scalar(select(func.count()).select_from(Look).where(Look.on < DAY - timedelta(days=1095))) == 0
    assert run_job(monkeypatch, DAY + LATER) == 0


def with_remove(slug: str, remove: Any) -> kinds.Kind:
    return replace(BY_SLUG[slug], remove=remove, at_once=1)


def test_two_workers_remove_once(
    sample: Flask, session: Session, real_commits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(session)
    run_day(session, DAY)
    session.close()
    barrier, removed = Barrier(2), []
    monkeypatch.setattr(jobs, "move_today_for_sample", lambda: clock.move_today(DAY + LATER))

    def work() -> None:
        with sample.app_context():
            barrier.wait()
            removed.append(jobs.keep_to_periods(STAND_IN, lambda: None))
            db.session.remove()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    noted = session.scalar(select(func.sum(Removal.count)))
    assert noted
    assert sum(removed) == noted


def test_a_kind_that_fails_keeps_no_other(
    session: Session, person: Person, real_commits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: Session, _number: int, _by: Actor) -> None:
        raise RuntimeError("broken")

    add_look(session, 1, DAY - timedelta(days=5000))
    session.commit()
    for day in (DAY, DAY + LATER):
        run_job(monkeypatch, day, broken)
    assert session.scalar(select(func.count()).select_from(Look)) == 0
    assert is_there(session, person.id)
    assert run_job(monkeypatch, DAY + LATER) == 1


def test_whoever_is_due_is_erased_as_by_hand(
    sample: Flask, session: Session, real_commits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_real(session)
    numbers = [add_person(session, f"พิลาสลักษณ์{number}", DAY - timedelta(days=4000)).id for number in range(12)]
    session.add(Hold(partner_id=numbers[0], until=DAY, reason="-", noted_by="-"))
    session.commit()
    eraser = eraser_of(sample)
    assert eraser is not None
    for day in (DAY, DAY + LATER):
        run_job(monkeypatch, day, eraser)
    erased = session.scalars(select(Partner).where(Partner.id.in_(numbers))).all()
    assert [person.erased_at is not None for person in erased] == [True] * 12
    assert "พิลาสลักษณ์" not in repr(whole(session))
    assert session.scalar(select(Removal.count).where(Removal.kind == "people")) == 12
    # Erased once, they are never due again.
    run_day(session, DAY + timedelta(days=9000), (BY_SLUG["people"],))
    assert not {item for _kind, item in announced(session)} & set(numbers)


def test_without_what_erases_people_wait_for_a_hand(
    session: Session, person: Person, real_commits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (DAY, DAY + LATER):
        run_job(monkeypatch, day, None)
    (waiting,) = session.scalars(select(Announcement))
    assert (waiting.item, waiting.is_refused) == (person.id, True)


def test_the_sample_loses_nobody_whenever_it_is_opened(sample: Flask, session: Session) -> None:
    before = whole(session)
    for year in (2007, 2026, 2040):
        for day in (date(year, 6, 1), date(year, 7, 1), date(year, 12, 1)):
            assert sum(carried.removed for carried in run_day(session, day)) == 0
    assert differing(before, whole(session)) == set()


def test_who_was_entered_today_for_a_round_of_long_ago_stays(sample: Flask, session: Session) -> None:
    make_real(session)
    today = clock.day_of(clock.now())
    person = add_person(session, "วันนี้", today)
    session.commit()
    for day in (today, today + LATER):
        run_day(session, day, (BY_SLUG["people"],))
    assert is_there(session, person.id)


def test_queries_do_not_grow_with_what_is_due(session: Session, real_commits: None, app: Flask) -> None:
    counts = []
    for more in (3, 30):
        for number in range(more):
            add_person(session, f"คน{number}", DAY - timedelta(days=4000))
            add_look(session, number, DAY - timedelta(days=4000 + number + more))
        session.commit()
        set_numbers(session)
        with counted(app) as statements:
            run_day(session, DAY + timedelta(days=more), (BY_SLUG["people"], BY_SLUG["looks"]))
        # Rows that are put in are one statement however many; SQLAlchemy sends them by hundreds.
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 2
