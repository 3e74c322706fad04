"""What the page of the three lists shows of long lists: a page of each, and of those who stand on none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import func, not_, or_, select
from sqlalchemy.orm import Session

from forumplanner.attendance import rules
from forumplanner.attendance.later import Later, list_later
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.attendance.placing import unplaced
from forumplanner.attendance.services import list_attendance
from forumplanner.core import thai
from forumplanner.invitations.counting import for_days_of
from forumplanner.invitations.models import Answer, Capacity, Invitation
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.rounds.models import Meeting

LINES_SHOWN = 100
UNPLACED_SHOWN = 50
# The parts of the page that come in pages, by the name their number has in the address.
WAITING, LISTENING = "waiting", "listening"
PARTS = (WAITING, LISTENING, *(kind.value for kind in AttendanceList))


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """A page of one list: its rows, the number of the first, how many there are in all, and how many are found."""

    rows: Sequence[Row]
    first: int
    total: int
    found: int
    number: int
    size: int

    @property
    def has_more(self) -> bool:
        return self.first + len(self.rows) <= self.found

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Overview:
    """The page. `waiting`: members on no list; `listening`: participants on none who did not decline.

    `by_answer` can be placed by their answers, `rest` would be listed as absent; `later` are lines that differ from an
    answer that came since.
    """

    waiting: Part[Invitation]
    listening: Part[Invitation]
    lists: Mapping[AttendanceList, Part[tuple[int, Attendance]]]
    everybody: Mapping[AttendanceList, Sequence[Attendance]]
    later: Mapping[int, Later]
    by_answer: int
    is_paged: bool

    @property
    def rest(self) -> int:
        return self.waiting.total


def look_over(session: Session, meeting: Meeting, *, text: str = "", pages: Mapping[str, int]) -> Overview:
    """Read what the page shows; `text` keeps names that hold every word of it. A constant number of queries."""
    everybody = list_attendance(session, meeting)
    by_answer, members, participants = _count_waiting(session, meeting)
    lists = {
        kind: _page(_named_alike(listed, text), len(listed), pages.get(kind.value, 1), LINES_SHOWN)
        for kind, listed in everybody.items()
    }
    waiting = _waiting(session, meeting, Capacity.MEMBER, text, members, pages.get(WAITING, 1))
    listening = _waiting(session, meeting, Capacity.PARTICIPANT, text, participants, pages.get(LISTENING, 1))
    return Overview(
        waiting=waiting,
        listening=listening,
        lists=lists,
        everybody=everybody,
        later={found.line.id: found for found in list_later(session, meeting)},
        by_answer=by_answer,
        is_paged=max(members, participants) > UNPLACED_SHOWN
        or any(len(listed) > LINES_SHOWN for listed in everybody.values()),
    )


def _named_alike(lines: Sequence[Attendance], text: str) -> Sequence[tuple[int, Attendance]]:
    """Lines with their place in the list; those that hold every word, in name, post or whose place they took."""
    numbered = list(enumerate(lines, start=1))
    words = thai.search_key(text).split()
    if not words:
        return numbered
    keys = {
        line.id: thai.search_key(" ".join(filter(None, (line.name, line.post, line.substitute_for)))) for line in lines
    }
    return [(number, line) for number, line in numbered if all(word in keys[line.id] for word in words)]


def _page(rows: Sequence[Row], total: int, number: int, size: int) -> Part[Row]:
    """The page of that number, or the last one there is."""
    number = max(1, min(number, -(-len(rows) // size)))
    first = (number - 1) * size
    return Part(rows[first : first + size], first + 1, total, len(rows), number, size)


def _count_waiting(session: Session, meeting: Meeting) -> tuple[int, int, int]:
    """How many on no list can be placed by their answer; how many members and participants there are to ask about."""
    days = for_days_of(meeting)
    query = (
        select(Invitation.capacity, Invitation.answer, days, Invitation.delegate_name != "", Partner.kind, func.count())
        .join(Invitation.partner)
        .outerjoin(Attendance, Attendance.invitation_id == Invitation.id)
        .where(Invitation.meeting_id == meeting.id, Invitation.revoked_at.is_(None), Attendance.id.is_(None))
        .group_by(Invitation.capacity, Invitation.answer, days, Invitation.delegate_name != "", Partner.kind)
    )
    placeable = members = participants = 0
    for capacity, answer, is_for_these_days, is_named, kind, count in session.execute(query):
        now = answer if is_for_these_days else None
        asked = (now == Answer.DELEGATE and not is_named) or (
            now == Answer.ACCEPTED and kind == PartnerKind.ORGANISATION
        )
        if not asked and rules.list_for(capacity, now) is not None:
            placeable += count
        if capacity == Capacity.MEMBER:
            members += count
        elif now != Answer.DECLINED:
            participants += count
    return placeable, members, participants


def _waiting(
    session: Session, meeting: Meeting, capacity: Capacity, text: str, total: int, number: int
) -> Part[Invitation]:
    if not total:
        return Part((), 1, 0, 0, 1, UNPLACED_SHOWN)
    query = unplaced(meeting, capacity, text)
    if capacity == Capacity.PARTICIPANT:
        declined = (Invitation.answer == Answer.DECLINED) & for_days_of(meeting)
        query = query.where(or_(Invitation.answer.is_(None), not_(declined)))
    found = total
    if text:
        ids = query.with_only_columns(Invitation.id).order_by(None).subquery()
        found = session.scalar(select(func.count()).select_from(ids)) or 0
    number = max(1, min(number, -(-found // UNPLACED_SHOWN)))
    first = (number - 1) * UNPLACED_SHOWN
    rows = session.scalars(query.limit(UNPLACED_SHOWN).offset(first)).all()
    return Part(rows, first + 1, total, found, number, UNPLACED_SHOWN)
