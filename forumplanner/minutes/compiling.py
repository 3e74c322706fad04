"""From a meeting's rows to its minutes as they are printed, and to what its page says of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.services import list_items
from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.attendance.services import list_attendance
from forumplanner.attendance.sittings import find_chair, find_sitting
from forumplanner.core.db import is_sample
from forumplanner.core.i18n import Lang
from forumplanner.minutes.documents import Absentee, AgendaEntry, Attendee, MinutesDocument, PrintedOutcome
from forumplanner.minutes.models import Minutes
from forumplanner.minutes.rules import Contents
from forumplanner.minutes.services import get_minutes
from forumplanner.minutes.words import WORDS
from forumplanner.outcomes.models import Outcome
from forumplanner.outcomes.services import list_outcomes
from forumplanner.printing.coverage import find_unprintable
from forumplanner.rounds.describing import describe_place, has_place
from forumplanner.rounds.models import Meeting


def compile_minutes(
    session: Session, meeting: Meeting, *, lang: Lang = "th", thai_digits: bool = False
) -> MinutesDocument:
    """Everything the minutes of a meeting print, as plain values: nothing is read afterwards.

    Conflict while they have no number. Texts, names and posts are printed as recorded, in whatever language.
    """
    minutes = get_minutes(session, meeting)
    lists = list_attendance(session, meeting)
    sitting = find_sitting(session, meeting)
    chair = find_chair(sitting, lists)
    return MinutesDocument(
        body_name=meeting.body.name(lang),
        title_lines=_title_lines(meeting, lang),
        number=minutes.number,
        year=minutes.year,
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        place=place_of(meeting, lang),
        present=_attendees(lists[AttendanceList.CAME], chair, lang),
        absent=tuple(
            Absentee(row.name, row.post or "", row.shown_reason or "") for row in lists[AttendanceList.ABSENT]
        ),
        participants=_attendees(lists[AttendanceList.PARTICIPANT], chair, lang),
        items=_entries(list_items(session, meeting, with_texts=True), list_outcomes(session, meeting), lang),
        opened_at=sitting.began_at if sitting else None,
        closed_at=sitting.ended_at if sitting else None,
        recorder=minutes.recorder_name or "",
        checker=minutes.checker_name or None,
        state=minutes.state,
        is_sample=is_sample(session),
        lang=lang,
        thai_digits=thai_digits,
    )


def contents_of(session: Session, meeting: Meeting, minutes: Minutes | None) -> Contents:
    """What the minutes hold so far, before and after they are begun."""
    lists = list_attendance(session, meeting)
    sitting = find_sitting(session, meeting)
    items = list_items(session, meeting, with_texts=True)
    outcomes = list_outcomes(session, meeting)
    parents = {item.parent_id for _number, item in items}
    leaves = [(number, item) for number, item in items if item.id not in parents]
    empty = [(number, item) for number, item in leaves if item.id not in outcomes and not item.discussion.strip()]
    return Contents(
        began=bool(sitting and sitting.began_at),
        ended=bool(sitting and sitting.ended_at),
        chair=bool(sitting and sitting.chair),
        place=has_place(meeting),
        recorder=bool(minutes and minutes.recorder_name),
        checker=bool(minutes and minutes.checker_name),
        present=len(lists[AttendanceList.CAME]),
        absent=len(lists[AttendanceList.ABSENT]),
        participants=len(lists[AttendanceList.PARTICIPANT]),
        items=len(leaves),
        outcomes=sum(map(len, outcomes.values())),
        empty_items=[number for number, _item in empty],
        unanswered=[number for number, item in empty if item.question_id is not None],
        unprintable=find_unprintable("\n".join(_printed_texts(meeting, minutes, items, outcomes, lists))),
    )


def _printed_texts(
    meeting: Meeting,
    minutes: Minutes | None,
    items: Sequence[tuple[str, AgendaItem]],
    outcomes: Mapping[int, Sequence[Outcome]],
    lists: Mapping[AttendanceList, Sequence[Attendance]],
) -> Iterator[str]:
    """Every text of people's own that the minutes print."""
    yield from (meeting.title_th or "", place_of(meeting, "th"))
    for _number, item in items:
        yield from (item.title_th, item.discussion)
    for found in outcomes.values():
        for outcome in found:
            yield from (outcome.text, outcome.owner or "")
    for listed in lists.values():
        for row in listed:
            yield from (row.name, row.post or "")
    if minutes is not None:
        yield from (minutes.recorder_name or "", minutes.checker_name or "")


def place_of(meeting: Meeting, lang: Lang) -> str:
    """Where it was held: the place with its province; empty while the place is not known."""
    return describe_place(meeting, lang, with_address=False, formal=True) if has_place(meeting) else ""


def _title_lines(meeting: Meeting, lang: Lang) -> tuple[str, ...]:
    """Below the body's name: a title of the meeting's own, and the round it belongs to."""
    own = (meeting.title_en if lang == "en" else meeting.title_th) or ""
    return tuple(line for line in (own, meeting.round.name(lang)) if line)


def _attendees(rows: Sequence[Attendance], chair: Attendance | None, lang: Lang) -> tuple[Attendee, ...]:
    """The lines of a list in their order, the chair before all others."""
    first = sorted(rows, key=lambda row: row is not chair)
    role = WORDS[lang].chair
    return tuple(
        Attendee(row.name, row.post or "", row.shown_substitute or "", role if row is chair else "") for row in first
    )


def _entries(
    items: Sequence[tuple[str, AgendaItem]], outcomes: Mapping[int, Sequence[Outcome]], lang: Lang
) -> tuple[AgendaEntry, ...]:
    below: dict[int | None, list[tuple[str, AgendaItem]]] = {}
    for number, item in items:
        below.setdefault(item.parent_id, []).append((number, item))

    def entries(parent_id: int | None) -> tuple[AgendaEntry, ...]:
        return tuple(
            AgendaEntry(
                number=number,
                title=item.title(lang),
                discussion=item.discussion,
                outcomes=tuple(_printed(outcome) for outcome in outcomes.get(item.id, ())),
                children=entries(item.id),
            )
            for number, item in below.get(parent_id, ())
        )

    return entries(None)


def _printed(outcome: Outcome) -> PrintedOutcome:
    due_on: date | None = outcome.due_on
    return PrintedOutcome(outcome.kind, outcome.text, outcome.owner or "", due_on)
