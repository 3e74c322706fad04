"""Begins minutes, which gives them their number, and names who wrote and checked them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.services import Actor, record_change
from forumplanner.minutes import rules
from forumplanner.minutes.models import Minutes, MinutesState
from forumplanner.rounds.models import Meeting, MeetingStatus

# As many as could begin minutes of one body at the same moment, and more.
ATTEMPTS = 20
LONGEST_NAME = 200


def find_minutes(session: Session, meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting; None until somebody starts them."""
    query = select(Minutes).where(Minutes.meeting_id == meeting.id)
    return session.scalar(query.execution_options(populate_existing=True))


def get_minutes(session: Session, meeting: Meeting) -> Minutes:
    """The same; Conflict while they have no number."""
    found = find_minutes(session, meeting)
    if found is None:
        raise Conflict(
            N_("The minutes of this meeting have no number yet. Please start them on their page, then print them.")
        )
    return found


def start_minutes(session: Session, meeting: Meeting, actor: Actor, *, today: date) -> Minutes:
    """Begin the minutes of a meeting: give them the next number of its body in its calendar year.

    Numbers have neither gaps nor doubles, also when two are begun at once: the unique constraint decides, and whoever
    comes second takes the next one. Minutes that exist already are returned as they are.
    """
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    rules.check_can_start(starts_on=meeting.starts_on, today=today, is_cancelled=is_cancelled)
    meeting_id, body_id, year = meeting.id, meeting.body_id, meeting.starts_on.year
    highest = select(func.max(Minutes.number)).where(Minutes.body_id == body_id, Minutes.year == year)
    for _attempt in range(ATTEMPTS):
        found = find_minutes(session, meeting)
        if found is not None:
            return found
        number = rules.next_number(session.scalar(highest))
        started = Minutes(meeting_id=meeting_id, body_id=body_id, year=year, number=number)
        try:
            with session.begin_nested():
                session.add(started)
        except IntegrityError:
            continue
        record_change(session, actor, "minutes", started.id, "number", None, f"{number}/{year}")
        return started
    raise Conflict(N_("Many minutes are being started at this moment. Please try again."))


def follow_year(session: Session, meeting: Meeting, actor: Actor) -> Minutes | None:
    """Give minutes whose meeting now lies in another year the next number of that year; None where nothing changed.

    Their number is of a calendar year, so it follows the date when that is corrected. Approved minutes are signed
    paper: they keep theirs.
    """
    found = find_minutes(session, meeting)
    year = meeting.starts_on.year
    if found is None or found.year == year or found.state == MinutesState.APPROVED:
        return None
    before = f"{found.number}/{found.year}"
    highest = select(func.max(Minutes.number)).where(Minutes.body_id == meeting.body_id, Minutes.year == year)
    for _attempt in range(ATTEMPTS):
        try:
            with session.begin_nested():
                found.number, found.year = rules.next_number(session.scalar(highest)), year
                session.flush()
        except IntegrityError:
            session.refresh(found)
            continue
        record_change(session, actor, "minutes", found.id, "number", before, f"{found.number}/{year}")
        return found
    raise Conflict(N_("Many minutes are being started at this moment. Please try again."))


def list_unnumbered_before(session: Session, meeting: Meeting) -> list[Meeting]:
    """Earlier meetings of the same body and year without minutes: numbers usually follow the order of the meetings."""
    query = (
        select(Meeting)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_on >= meeting.starts_on.replace(month=1, day=1),
            Meeting.starts_on < meeting.starts_on,
            Meeting.status == MeetingStatus.ANNOUNCED,
            Minutes.id.is_(None),
        )
        .options(joinedload(Meeting.round), joinedload(Meeting.region))
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return list(session.scalars(query))


def shown_of_signers(minutes: Minutes) -> Shown:
    """What the form about the names shows."""
    return {"recorder_name": minutes.recorder_name, "checker_name": minutes.checker_name}


def name_signers(
    session: Session, meeting: Meeting, actor: Actor, *, recorder: str | None, checker: str | None, seen: str
) -> Minutes:
    """Name who wrote the minutes down and who checked them; Stale where somebody changed the names since `seen`."""
    query = select(Minutes).where(Minutes.meeting_id == meeting.id)
    minutes = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if minutes is None:
        raise Conflict(N_("These minutes have not been started yet."))
    typed = {"recorder_name": recorder or None, "checker_name": checker or None}
    saved = shown_of_signers(minutes)
    check_fresh(seen, saved, typed)
    for name, text in typed.items():
        record_change(session, actor, "minutes", minutes.id, name, saved[name], text)
        setattr(minutes, name, text)
    session.flush()
    return minutes
