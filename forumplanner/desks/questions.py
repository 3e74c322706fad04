"""The questions of a round, and the agenda items of its forums that carry them; until a region has submitted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem, AgendaText
from forumplanner.agenda.rules import USUAL_AGENDA
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import check_fresh
from forumplanner.history.services import Actor, record_change
from forumplanner.outcomes.models import Outcome, Submission
from forumplanner.rounds import rules
from forumplanner.rounds.models import Meeting, MeetingKind, Question, Round
from forumplanner.rounds.planning import lock_round
from forumplanner.rounds.services import touch_calendar

# Below which of the usual items the questions stand.
HOLDERS = frozenset(entry.title_th for entry in USUAL_AGENDA if entry.takes_questions)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as it is to be; `id` None where it is new."""

    id: int | None
    th: str
    en: str = ""


def shown_of_questions(found: Round) -> dict[str, tuple[str, str]]:
    """What the form about a round's questions shows: each in Thai and in English."""
    return {f"question-{item.id}": (item.text_th, item.text_en) for item in found.questions}


def check_questions_open(session: Session, found: Round) -> None:
    """Refuse to change what a region has answered: from the first submission on the questions stand."""
    query = (
        select(Submission.meeting_id)
        .join(Meeting, Meeting.id == Submission.meeting_id)
        .where(Meeting.round_id == found.id, Submission.submitted_at.is_not(None))
    )
    if session.scalar(query.limit(1)) is not None:
        raise Conflict(N_("A region has submitted its outcomes already, so the questions stay as they are."))


def change_questions(session: Session, found: Round, wanted: Sequence[Wanted], actor: Actor, *, seen: str) -> None:
    """Let a round ask these questions, in this order; the agenda of every forum and the national meeting follows.

    An item that a region has called otherwise keeps its title. Refused where something is recorded under a question
    that would go, and from the first submission on. Stale where somebody changed them since `seen` (a stamp).
    """
    lock_round(session, found)
    session.expire(found, ["questions"])
    check_questions_open(session, found)
    rules.check_questions([(item.th, item.en) for item in wanted])
    known = {item.id: item for item in found.questions}
    # What somebody deleted meanwhile and this person kept comes as a new one.
    kept = [item if item.id in known else Wanted(None, item.th, item.en) for item in wanted]
    check_fresh(
        seen,
        shown_of_questions(found),
        {f"question-{key}": _typed(key, kept) for key in known},
        rules.STALE_CHECKED,
    )
    if [(item.id, item.text_th, item.text_en) for item in found.questions] == [
        (each.id, each.th, each.en) for each in kept
    ]:
        return
    gone = [item for key, item in known.items() if key not in {each.id for each in kept}]
    _check_nothing_recorded(session, gone)
    before = "; ".join(item.text_th for item in found.questions)
    items = _items_of(session, found)
    for question in gone:
        for item in items.get(question.id, ()):
            session.delete(item)
        session.delete(question)
    session.flush()
    # Numbers are given once a round: first out of the way, then anew.
    for question in found.questions:
        question.number += 1000
    session.flush()
    for number, each in enumerate(kept, start=1):
        if each.id is None:
            session.add(Question(round_id=found.id, number=number, text_th=each.th, text_en=each.en))
        else:
            _reword(known[each.id], each, items.get(each.id, ()))
            known[each.id].number = number
    session.flush()
    session.expire(found, ["questions"])
    _follow(session, found)
    after = "; ".join(item.text_th for item in found.questions)
    record_change(session, actor, "round", found.id, "questions", before, after)
    for meeting in _planned(found):
        touch_calendar(session, meeting)


def _typed(key: int, wanted: Sequence[Wanted]) -> tuple[str, str] | None:
    return next(((item.th, item.en) for item in wanted if item.id == key), None)


def _planned(found: Round) -> list[Meeting]:
    """The forums and the national meeting, which carry the questions."""
    return [meeting for meeting in found.meetings if meeting.kind != MeetingKind.WORKING]


def _check_nothing_recorded(session: Session, gone: Sequence[Question]) -> None:
    query = (
        select(AgendaItem.question_id)
        .outerjoin(Outcome, Outcome.agenda_item_id == AgendaItem.id)
        .outerjoin(AgendaText, AgendaText.agenda_item_id == AgendaItem.id)
        .where(AgendaItem.question_id.in_([item.id for item in gone]))
        .where(or_(Outcome.id.is_not(None), AgendaText.text != ""))
    )
    number = session.scalar(query.limit(1))
    if number is not None:
        text = next(item.text_th for item in gone if item.id == number)
        raise Conflict(
            N_("Something is recorded under “%(text)s” already, so it cannot be deleted. Please keep it."),
            field="questions",
            text=text[:80],
        )


def _items_of(session: Session, found: Round) -> dict[int, list[AgendaItem]]:
    """The agenda items that carry the round's questions, by question."""
    query = (
        select(AgendaItem)
        .join(Question, Question.id == AgendaItem.question_id)
        .where(Question.round_id == found.id)
        .order_by(AgendaItem.id)
    )
    items: dict[int, list[AgendaItem]] = {}
    for item in session.scalars(query):
        items.setdefault(item.question_id or 0, []).append(item)
    return items


def _reword(question: Question, wanted: Wanted, items: Sequence[AgendaItem]) -> None:
    for item in items:
        if item.title_th == question.text_th:
            item.title_th = wanted.th
        if (item.title_en or "") == question.text_en:
            item.title_en = wanted.en
    question.text_th, question.text_en = wanted.th, wanted.en


def _follow(session: Session, found: Round) -> None:
    """Give every agenda an item for each question it lacks, and have these items stand in the questions' order."""
    meetings = [meeting.id for meeting in _planned(found)]
    query = select(AgendaItem).where(AgendaItem.meeting_id.in_(meetings)).order_by(AgendaItem.position, AgendaItem.id)
    by_meeting: dict[int, list[AgendaItem]] = {}
    for item in session.scalars(query):
        by_meeting.setdefault(item.meeting_id, []).append(item)
    for meeting_id, items in by_meeting.items():
        carried = {item.question_id: item for item in items if item.question_id is not None}
        holder = _holder_of(items)
        for question in found.questions:
            if question.id not in carried:
                carried[question.id] = AgendaItem(
                    meeting_id=meeting_id,
                    parent_id=holder.id if holder else None,
                    position=1 + max((item.position for item in items), default=0) + question.number,
                    title_th=question.text_th,
                    title_en=question.text_en,
                    question_id=question.id,
                )
                session.add(carried[question.id])
        ordered = [carried[question.id] for question in found.questions]
        for position, item in zip(sorted(item.position for item in ordered), ordered, strict=True):
            item.position = position
    session.flush()


def _holder_of(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The main item below which the questions stand: where others do, else the usual one, else the last."""
    main = {item.id: item for item in items if item.parent_id is None}
    holding = [item.parent_id for item in items if item.question_id is not None and item.parent_id is not None]
    if holding:
        return main.get(holding[0])
    usual = [item for item in main.values() if item.title_th in HOLDERS]
    return next(iter(usual or list(main.values())[-1:]), None)
