"""The way of a region's outcomes to the organisers: draft, submitted, returned or accepted."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.services import list_items
from forumplanner.core import clock
from forumplanner.core.db import BLANKED
from forumplanner.core.errors import Stale
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import make_stamp
from forumplanner.history.services import Actor, record_change
from forumplanner.outcomes import rules
from forumplanner.outcomes.models import Decision, Outcome, OutcomeKind, Submission, SubmissionState
from forumplanner.outcomes.rules import Act
from forumplanner.outcomes.services.reading import find_submission, list_outcomes, state_of
from forumplanner.outcomes.services.snapshots import (
    Differences,
    compare,
    read_snapshot,
    take_snapshot,
    write_snapshot,
)
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.services import lock_meeting


@dataclass(frozen=True, slots=True)
class Review:
    """What is sent, or decided upon, as somebody sees it. `seen` tells later whether it is still the same."""

    submission: Submission | None
    state: SubmissionState
    items: list[tuple[str, AgendaItem]]
    outcomes: dict[int, list[Outcome]]
    seen: str

    @property
    def total(self) -> int:
        """How many outcomes there are."""
        return sum(map(len, self.outcomes.values()))

    @property
    def counts(self) -> list[tuple[OutcomeKind, int]]:
        """How many of each kind, kinds without any left out."""
        found = Counter(outcome.kind for listed in self.outcomes.values() for outcome in listed)
        return [(kind, found[kind]) for kind in OutcomeKind if found[kind]]

    @property
    def questions(self) -> list[tuple[str, AgendaItem]]:
        """The items that carry a question of the round, each with its number."""
        return [(number, item) for number, item in self.items if item.question_id is not None]

    @property
    def empty_questions(self) -> list[tuple[str, AgendaItem]]:
        """Those without an outcome."""
        return [(number, item) for number, item in self.questions if item.id not in self.outcomes]


def review(session: Session, meeting: Meeting) -> Review:
    """A meeting's record with its state, read at once."""
    submission = find_submission(session, meeting)
    items, outcomes = list_items(session, meeting, with_texts=True), list_outcomes(session, meeting)
    versions = [(found.id, found.version) for listed in outcomes.values() for found in listed]
    seen = make_stamp({"submission": submission.version if submission else 0, "outcomes": versions})
    return Review(submission, state_of(submission), items, outcomes, seen)


def submit(session: Session, meeting: Meeting, actor: Actor, *, today: date, seen: str) -> Submission:
    """Send a meeting's outcomes to the organisers.

    Refused when already sent, not yet held, or empty (`rules.check_can_submit`); Stale when the record changed since
    `seen`, so that nobody sends what nobody has checked.
    """
    found = _read_for_act(session, meeting)
    state = rules.check_can_submit(
        found.state,
        outcomes=found.total,
        starts_on=meeting.starts_on,
        today=today,
        is_cancelled=meeting.status == MeetingStatus.CANCELLED,
    )
    _check_seen(found, seen)
    submission = found.submission
    if submission is None:
        submission = Submission(meeting_id=meeting.id)
        session.add(submission)
    submission.state = state
    submission.submitted_at, submission.submitted_by = clock.now(), actor.name
    submission.decided_at = submission.decided_by = None
    session.flush()
    record_change(session, actor, "submission", submission.id, "state", found.state.value, state.value)
    return submission


def decide(session: Session, meeting: Meeting, actor: Actor, act: Act, *, remark: str, seen: str) -> Submission:
    """Accept a meeting's outcomes or return them with a remark; an accepted one is opened again by returning it.

    Only organisers decide (the page sees to that). Stale when the record changed since `seen`: what was not read is not
    accepted.
    """
    found = _read_for_act(session, meeting)
    state = rules.next_state(found.state, act)
    _check_seen(found, seen)
    rules.check_remark(act, remark)
    submission = found.submission
    assert submission is not None, "a draft is decided upon by nobody"
    record_change(session, actor, "submission", submission.id, "state", submission.state.value, state.value)
    record_change(session, actor, "submission", submission.id, "remark", submission.remark, remark)
    submission.state, submission.remark = state, remark.strip() or None
    submission.decided_at, submission.decided_by = clock.now(), actor.name
    keep_decision(session, meeting, submission, found)
    session.flush()
    return submission


def keep_decision(session: Session, meeting: Meeting, submission: Submission, found: Review) -> Decision:
    """Keep what was decided, and the record it was decided upon."""
    decision = Decision(
        submission=submission,
        state=submission.state,
        remark=submission.remark,
        at=submission.decided_at or clock.now(),
        decided_by=submission.decided_by or "",
        content=write_snapshot(take_snapshot(meeting, found.items, found.outcomes)),
    )
    session.add(decision)
    return decision


class Returned(NamedTuple):
    """The remark with which outcomes went back: when, by whom, and what the region changed since, where it is known."""

    at: datetime
    decided_by: str
    remark: str
    since: Differences | None


def find_returned(session: Session, meeting: Meeting, found: Review) -> Returned | None:
    """The last return of a record that was not accepted since; None where there is none."""
    if found.submission is None:
        return None
    query = select(Decision).where(Decision.submission_id == found.submission.id).order_by(Decision.id.desc()).limit(1)
    last = session.scalar(query)
    if last is None or last.state != SubmissionState.RETURNED:
        return None
    since = None
    if last.content is not None:
        since = compare(read_snapshot(last.content), take_snapshot(meeting, found.items, found.outcomes))
    return Returned(last.at, last.decided_by, last.remark or "", since)


def blank_in_decisions(session: Session, partner_id: int) -> int:
    """Blank a partner's name wherever a kept record names it as an owner; returns in how many decisions."""
    count = 0
    for decision in session.scalars(select(Decision).order_by(Decision.id)):
        outcomes = (decision.content or {}).get("outcomes", ())
        if any(outcome["owner_partner_id"] == partner_id for outcome in outcomes):
            blanked = [
                outcome | {"owner": BLANKED} if outcome["owner_partner_id"] == partner_id else outcome
                for outcome in outcomes
            ]
            decision.content = {**(decision.content or {}), "outcomes": blanked}
            count += 1
    session.flush()
    return count


def _read_for_act(session: Session, meeting: Meeting) -> Review:
    """The record as it stands now, while nobody else can change it."""
    lock_meeting(session, meeting)
    return review(session, meeting)


def _check_seen(found: Review, seen: str) -> None:
    if seen != found.seen:
        raise Stale(
            N_("This record changed while you were reading it. Please look at it once more, then decide."),
            seen=found.seen,
        )
