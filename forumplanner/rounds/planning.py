"""What organisers decide: rounds, their meetings, the days and the state of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh, list_differing
from forumplanner.history.services import Actor, record_change
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions
from forumplanner.rounds import rules
from forumplanner.rounds.models import Meeting, MeetingDay, MeetingKind, MeetingStatus, Question, Round, RoundRegion
from forumplanner.rounds.regions import body_id_of
from forumplanner.rounds.services import change_meeting, list_rounds, lock_meeting, new_uid, set_hours, touch_calendar


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round as planned: names, the window its forums and national meeting lie in, and when outcomes are due."""

    name_th: str
    name_en: str
    starts_on: date
    ends_on: date
    outcomes_due_on: date | None = None


def check_round(session: Session, code: str, plan: RoundPlan, questions: Sequence[tuple[str, str]]) -> None:
    """Refuse a round whose code is malformed or taken, or whose dates or questions cannot be."""
    rules.check_code(code)
    if session.scalar(select(Round.id).where(Round.code == code)):
        raise Conflict(N_("There is a round %(code)s already. Please choose the next number."), field="code", code=code)
    rules.check_window(plan.starts_on, plan.ends_on)
    rules.check_due(plan.outcomes_due_on, plan.starts_on)
    rules.check_questions(questions)


def create_round(
    session: Session,
    code: str,
    plan: RoundPlan,
    questions: Sequence[tuple[str, str]],
    actor: Actor,
    *,
    regions: Sequence[Region] | None = None,
) -> Round:
    """Make a round without meetings; `questions` are pairs of Thai and English text (which may be empty).

    `regions` take part in it: all that are not retired, unless given.
    """
    check_round(session, code, plan, questions)
    taking_part = list_regions(session, retired=False) if regions is None else regions
    rules.check_has_regions(taking_part)
    found = Round(
        code=code,
        name_th=plan.name_th,
        name_en=plan.name_en,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        outcomes_due_on=plan.outcomes_due_on,
        created_at=clock.now(),
    )
    found.questions = [
        Question(number=number, text_th=thai_text, text_en=english)
        for number, (thai_text, english) in enumerate(questions, start=1)
    ]
    found.taking_part = [RoundRegion(region_id=region.id) for region in taking_part]
    try:
        with session.begin_nested():
            session.add(found)
            session.flush()
    except IntegrityError as error:  # somebody took the code at the same moment
        raise Conflict(
            N_("There is a round %(code)s already. Please choose the next number."), field="code", code=code
        ) from error
    record_change(session, actor, "round", found.id, "code", None, code)
    record_change(session, actor, "round", found.id, "regions", None, ", ".join(region.slug for region in taking_part))
    return found


def suggest_code(session: Session, year: int) -> str:
    """The next free code of a Buddhist year: 2550-2."""
    taken = {found.code for found in list_rounds(session)}
    return next(code for code in (f"{year}-{number}" for number in range(1, 100)) if code not in taken)


def shown_of_round(found: Round | RoundPlan) -> Shown:
    """What the form about a round shows."""
    return {
        "name_th": found.name_th,
        "name_en": found.name_en,
        "window": (found.starts_on, found.ends_on),
        "outcomes_due_on": found.outcomes_due_on,
    }


def list_left_out(found: Round, plan: RoundPlan) -> list[Meeting]:
    """Forums of the round and its national meeting that the planned window leaves out, by day."""
    return [
        item
        for item in found.meetings
        if item.kind != MeetingKind.WORKING
        and rules.lies_outside(item.starts_on, item.ends_on, plan.starts_on, plan.ends_on)
    ]


def find_national_before(found: Round, due_on: date | None) -> Meeting | None:
    """The national meeting where it begins before the outcomes it hears are due, or on that day."""
    if due_on is None:
        return None
    taking_place = (item for item in found.meetings if item.status != MeetingStatus.CANCELLED)
    return next((item for item in taking_place if item.kind == MeetingKind.NATIONAL and item.starts_on <= due_on), None)


def check_change_of_round(found: Round, plan: RoundPlan) -> None:
    """Refuse a window that leaves out forums of the round, and outcomes due before it."""
    left_out = [(item.starts_on, item.ends_on) for item in list_left_out(found, plan)]
    rules.check_window(plan.starts_on, plan.ends_on, left_out)
    rules.check_due(plan.outcomes_due_on, plan.starts_on)


def change_round(session: Session, found: Round, plan: RoundPlan, actor: Actor, *, seen: str) -> None:
    """Change a round's names, window and due day; Stale where somebody changed them since `seen` (a stamp)."""
    lock_round(session, found)
    check_fresh(seen, shown_of_round(found), shown_of_round(plan), rules.STALE_CHECKED)
    check_change_of_round(found, plan)
    if not list_differing(shown_of_round(found), shown_of_round(plan)):
        return
    is_renamed = (found.name_th, found.name_en) != (plan.name_th, plan.name_en)
    for name in ("name_th", "name_en", "starts_on", "ends_on", "outcomes_due_on"):
        before, after = getattr(found, name), getattr(plan, name)
        record_change(session, actor, "round", found.id, name, before, after)
        setattr(found, name, after)
    if is_renamed:  # every meeting's event names its round
        for meeting in found.meetings:
            lock_meeting(session, meeting)
            touch_calendar(session, meeting)
    session.flush()
    bump_mark(session, CALENDAR)


def lock_round(session: Session, found: Round) -> None:
    """Let changes of one round queue until the commit."""
    session.refresh(found, ["version", "name_th", "name_en", "starts_on", "ends_on", "outcomes_due_on"], True)
    session.expire(found, ["meetings"])


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """A meeting to be added to a round; `region` is given for a regional forum alone."""

    kind: MeetingKind
    starts_on: date
    ends_on: date
    region: Region | None = None
    title_th: str | None = None
    title_en: str | None = None


def check_meeting(found: Round, plan: MeetingPlan) -> str:
    """Refuse a meeting that cannot be in this round; returns the last part of its address."""
    taken = {meeting.slug for meeting in found.meetings}
    if plan.kind == MeetingKind.REGIONAL:
        if plan.region is None:
            raise Invalid(N_("A regional forum needs its region. Please choose one."), field="region")
        rules.check_has_no_forum(plan.region.slug, taken)
        rules.check_is_offered(is_retired=plan.region.retired_at is not None)
    elif plan.kind == MeetingKind.NATIONAL:
        rules.check_has_no_national(taken)
    check_days(found, plan.kind, plan.starts_on, plan.ends_on)
    if plan.kind == MeetingKind.REGIONAL and plan.region is not None:
        return plan.region.slug
    return rules.NATIONAL_SLUG if plan.kind == MeetingKind.NATIONAL else rules.working_slug(plan.starts_on, taken)


def check_days(found: Round, kind: MeetingKind, starts_on: date, ends_on: date) -> None:
    """Refuse days that no meeting of that kind can have in this round; working meetings may lie outside its window."""
    rules.check_dates(starts_on, ends_on)
    if kind != MeetingKind.WORKING:
        rules.check_in_window(starts_on, ends_on, found.starts_on, found.ends_on)


def add_meeting(session: Session, found: Round, plan: MeetingPlan, actor: Actor, *, host: str) -> Meeting:
    """Add a proposed meeting to a round, with a calendar UID below `host`."""
    lock_round(session, found)
    slug = check_meeting(found, plan)
    region = plan.region if plan.kind == MeetingKind.REGIONAL else None
    if region is not None:
        let_take_part(session, found, region, actor)
    meeting = Meeting(
        round_id=found.id,
        body_id=body_id_of(session, region, plan.kind),
        region_id=region.id if region else None,
        kind=plan.kind,
        slug=slug,
        status=MeetingStatus.PROPOSED,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        title_th=plan.title_th,
        title_en=plan.title_en,
        uid=new_uid(host),
        sequence=0,
        created_at=clock.now(),
    )
    session.add(meeting)
    session.flush()
    session.expire(found, ["meetings"])
    record_change(session, actor, "meeting", meeting.id, "status", None, meeting.status)
    record_change(session, actor, "meeting", meeting.id, "starts_on", None, meeting.starts_on)
    record_change(session, actor, "meeting", meeting.id, "ends_on", None, meeting.ends_on)
    touch_calendar(session, meeting)
    return meeting


def let_take_part(session: Session, found: Round, region: Region, actor: Actor) -> None:
    """Let a region take part in a round, where it does not yet."""
    if session.get(RoundRegion, (found.id, region.id)) is None:
        session.add(RoundRegion(round_id=found.id, region_id=region.id))
        record_change(session, actor, "round", found.id, "regions", None, region.slug)
        session.flush()
        session.expire(found, ["taking_part"])


def list_lost_hours(meeting: Meeting, starts_on: date, ends_on: date) -> list[MeetingDay]:
    """The days whose hours fall away when the meeting moves to these days, first day to first day."""
    shift = starts_on - meeting.starts_on
    return [day for day in meeting.days if day.on + shift > ends_on]


def set_days(session: Session, meeting: Meeting, starts_on: date, ends_on: date, actor: Actor) -> None:
    """Move a meeting to other days. Hours go along, first day to first day; days that fall away lose theirs."""
    check_days(meeting.round, meeting.kind, starts_on, ends_on)
    with change_meeting(session, meeting, actor):
        lost, shift = list_lost_hours(meeting, starts_on, ends_on), starts_on - meeting.starts_on
        moved = {day.on + shift: (day.opens_at, day.closes_at) for day in meeting.days if day not in lost}
        meeting.starts_on, meeting.ends_on = starts_on, ends_on
        set_hours(meeting, moved)
        _follow_day(session, meeting, actor)


def _follow_day(session: Session, meeting: Meeting, actor: Actor) -> None:
    """A working meeting goes by its day: its address follows, and the earlier one leads there (`find_meeting`)."""
    if meeting.kind != MeetingKind.WORKING or meeting.slug.startswith(meeting.starts_on.isoformat()):
        return
    others = select(Meeting.slug).where(Meeting.round_id == meeting.round_id, Meeting.id != meeting.id)
    slug = rules.working_slug(meeting.starts_on, set(session.scalars(others)))
    record_change(session, actor, "meeting", meeting.id, "slug", meeting.slug, slug)
    meeting.slug = slug


def set_status(
    session: Session, meeting: Meeting, status: MeetingStatus, check: Callable[[Meeting], None], actor: Actor
) -> None:
    """Announce, cancel or take up again; `check` refuses by what the meeting is at that moment, under the lock."""
    lock_meeting(session, meeting)
    check(meeting)
    with change_meeting(session, meeting, actor):
        meeting.status = status


def remove_meeting(session: Session, meeting: Meeting, actor: Actor, *, has_records: bool) -> None:
    """Delete a proposed meeting nothing hangs on, which the caller has looked up.

    Its history stays, and its round's says that it is gone: no other meeting ever gets its number.
    """
    lock_meeting(session, meeting)
    rules.check_can_remove(meeting.status, has_records)
    record_change(session, actor, "meeting", meeting.id, "status", meeting.status, None)
    record_change(session, actor, "round", meeting.round_id, "meetings", meeting.slug, None)
    session.delete(meeting)
    session.flush()
    bump_mark(session, CALENDAR)


def remove_round(session: Session, found: Round, actor: Actor) -> None:
    """Delete a round without meetings, with its questions; its history says that it is gone."""
    session.refresh(found, ["meetings"])
    if found.meetings:
        raise Conflict(N_("This round has meetings, so it cannot be removed."))
    record_change(session, actor, "round", found.id, "code", found.code, None)
    session.delete(found)
    session.flush()
    bump_mark(session, CALENDAR)


def find_clashes(found: Round, starts_on: date, ends_on: date, meeting: Meeting | None = None) -> list[Meeting]:
    """Other meetings of the round, cancelled ones aside, that share a day with these."""
    return [
        other
        for other in found.meetings
        if other is not meeting
        and other.status != MeetingStatus.CANCELLED
        and rules.overlap((starts_on, ends_on), (other.starts_on, other.ends_on))
    ]
