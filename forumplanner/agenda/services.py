"""Reads and changes of a meeting's agenda and programme."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forumplanner.agenda.models import AgendaItem, ProgrammeEntry
from forumplanner.agenda.rules import USUAL_AGENDA, TemplateItem, number_items
from forumplanner.rounds.models import Meeting, Question


def list_items(session: Session, meeting: Meeting) -> list[tuple[str, AgendaItem]]:
    """The meeting's agenda items in order, each with its number."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .options(joinedload(AgendaItem.question))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return number_items(session.scalars(query))


def add_usual_agenda(
    session: Session,
    meeting: Meeting,
    questions: Sequence[Question],
    template: Sequence[TemplateItem] = USUAL_AGENDA,
) -> list[AgendaItem]:
    """Give a meeting the usual agenda, with the round's questions as items of their own; returns what was added."""
    added: list[AgendaItem] = []
    for position, entry in enumerate(template, start=1):
        item = AgendaItem(
            meeting_id=meeting.id, position=position, title_th=entry.title_th, title_en=entry.title_en, discussion=""
        )
        session.add(item)
        session.flush()
        added.append(item)
        if not entry.takes_questions:
            continue
        for place, question in enumerate(questions, start=1):
            child = AgendaItem(
                meeting_id=meeting.id,
                parent_id=item.id,
                position=place,
                title_th=question.text_th,
                title_en=question.text_en,
                question_id=question.id,
                discussion="",
            )
            session.add(child)
            added.append(child)
    session.flush()
    return added


def list_programme(session: Session, meeting: Meeting) -> list[ProgrammeEntry]:
    """The programme's lines in the order of the days."""
    query = (
        select(ProgrammeEntry)
        .where(ProgrammeEntry.meeting_id == meeting.id)
        .order_by(ProgrammeEntry.on, ProgrammeEntry.starts_at, ProgrammeEntry.id)
    )
    return list(session.scalars(query))
