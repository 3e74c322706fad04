"""Reads and changes of a meeting's agenda.

What may be changed once outcomes were submitted is not for these services to know: the pages (`agenda.views.agenda`)
ask the record first (`agenda.record`).
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forumplanner.agenda import rules
from forumplanner.agenda.models import AgendaItem, ProgrammeEntry
from forumplanner.agenda.rules import USUAL_AGENDA, number_items
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh, check_removal, list_differing
from forumplanner.history.services import Actor, record_change
from forumplanner.rounds.models import Meeting, MeetingKind, Question
from forumplanner.rounds.rows import get_row, moved
from forumplanner.rounds.services import lock_meeting, touch_calendar

ITEM_REMOVED = N_("This agenda item was deleted.")


def list_items(session: Session, meeting: Meeting, *, with_texts: bool = False) -> list[tuple[str, AgendaItem]]:
    """The meeting's agenda items in order, each with its number; `with_texts`: and what was said on them."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .options(joinedload(AgendaItem.question))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    if with_texts:
        query = query.options(joinedload(AgendaItem.written))
    return number_items(session.scalars(query))


def get_item(session: Session, meeting: Meeting, item_id: int) -> AgendaItem:
    """An agenda item of this meeting; Removed where it was deleted, NotFound where it is another meeting's."""
    text = joinedload(AgendaItem.written)
    return get_row(session, AgendaItem, meeting, item_id, removed=ITEM_REMOVED, options=[text])


def add_usual_agenda(
    session: Session,
    meeting: Meeting,
    questions: Sequence[Question],
) -> list[AgendaItem]:
    """Give a meeting the usual agenda, with the round's questions as items of their own; returns what was added."""
    added: list[AgendaItem] = []
    for position, entry in enumerate(USUAL_AGENDA, start=1):
        item = AgendaItem(meeting_id=meeting.id, position=position, title_th=entry.title_th, title_en=entry.title_en)
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
            )
            session.add(child)
            added.append(child)
    session.flush()
    return added


def begin_with_usual_agenda(session: Session, meeting: Meeting, actor: Actor) -> list[AgendaItem]:
    """The same for a meeting without an agenda: forums and the national meeting get the round's questions too."""
    lock_meeting(session, meeting)
    if list_items(session, meeting):
        raise Conflict(N_("This meeting has an agenda already."))
    questions = () if meeting.kind == MeetingKind.WORKING else meeting.round.questions
    added = add_usual_agenda(session, meeting, questions)
    _note(session, meeting, actor, None, "; ".join(item.title_th for item in added))
    return added


def add_item(
    session: Session, meeting: Meeting, actor: Actor, *, title_th: str, title_en: str | None, parent_id: int | None
) -> AgendaItem:
    """Add an item at the end: of the agenda, or below the main item `parent_id`."""
    lock_meeting(session, meeting)
    items = [item for _, item in list_items(session, meeting)]
    _check_parent(items, None, parent_id)
    item = AgendaItem(
        meeting_id=meeting.id,
        parent_id=parent_id,
        position=_next_position(items, parent_id),
        title_th=title_th,
        title_en=title_en or None,
    )
    session.add(item)
    session.flush()
    _note(session, meeting, actor, None, item.title_th)
    return item


def shown_of_item(item: AgendaItem) -> Shown:
    """What the form about an item shows."""
    return {"title_th": item.title_th, "title_en": item.title_en, "parent_id": item.parent_id}


def change_item(
    session: Session,
    meeting: Meeting,
    item_id: int,
    actor: Actor,
    *,
    title_th: str,
    title_en: str | None,
    parent_id: int | None,
    seen: str,
) -> AgendaItem:
    """Rename an item, or put it at the end of another main item's; Stale where somebody did since `seen`."""
    lock_meeting(session, meeting)
    items = [item for _, item in list_items(session, meeting)]
    item = get_item(session, meeting, item_id)
    typed = {"title_th": title_th, "title_en": title_en, "parent_id": parent_id}
    check_fresh(seen, shown_of_item(item), typed)
    if not list_differing(shown_of_item(item), typed):
        return item
    if parent_id != item.parent_id:
        _check_parent(items, item, parent_id)
        item.position = _next_position(items, parent_id)
        item.parent_id = parent_id
    before = item.title_th
    item.title_th, item.title_en = title_th, title_en or None
    session.flush()
    _note(session, meeting, actor, before, title_th)
    return item


def move_item(session: Session, meeting: Meeting, item_id: int, actor: Actor, *, step: int) -> AgendaItem:
    """Move an item among its siblings, `step` places down, or up where negative."""
    lock_meeting(session, meeting)
    item = get_item(session, meeting, item_id)
    numbered = list_items(session, meeting)
    siblings = {found.id: found for _, found in numbered if found.parent_id == item.parent_id}
    order = moved(list(siblings), item.id, step)
    if order == list(siblings):
        return item
    for position, found_id in enumerate(order, start=1):
        siblings[found_id].position = position
    session.flush()
    before, after = (_named(found, item) for found in (numbered, list_items(session, meeting)))
    _note(session, meeting, actor, before, after)
    return item


def delete_item(
    session: Session, meeting: Meeting, item_id: int, actor: Actor, *, outcomes: int, seen: str
) -> AgendaItem:
    """Delete an item nothing hangs on; `outcomes` is how many are recorded under it, which the caller has counted.

    Conflict where its title or place changed since `seen`.
    """
    lock_meeting(session, meeting)
    item = get_item(session, meeting, item_id)
    check_removal(seen, shown_of_item(item))
    children = sum(found.parent_id == item.id for _, found in list_items(session, meeting))
    rules.check_can_delete(
        children=children, is_question=item.question_id is not None, discussion=item.discussion, outcomes=outcomes
    )
    _note(session, meeting, actor, item.title_th, None)
    session.delete(item)
    session.flush()
    return item


def list_programme(session: Session, meeting: Meeting) -> list[ProgrammeEntry]:
    """The programme's lines in the order of the days."""
    query = (
        select(ProgrammeEntry)
        .where(ProgrammeEntry.meeting_id == meeting.id)
        .order_by(ProgrammeEntry.on, ProgrammeEntry.starts_at, ProgrammeEntry.id)
    )
    return list(session.scalars(query))


def _check_parent(items: Sequence[AgendaItem], item: AgendaItem | None, parent_id: int | None) -> None:
    if parent_id is None:
        return
    parent = next((found for found in items if found.id == parent_id), None)
    if parent is None or parent.parent_id is not None or parent is item:
        raise Invalid(N_("An item can be placed only below a main item of this agenda."), field="parent_id")
    if item is not None and any(found.parent_id == item.id for found in items):
        raise Invalid(N_("This item has items below it, so it stays a main item."), field="parent_id")


def _next_position(items: Sequence[AgendaItem], parent_id: int | None) -> int:
    return max((item.position for item in items if item.parent_id == parent_id), default=0) + 1


def _named(numbered: Sequence[tuple[str, AgendaItem]], item: AgendaItem) -> str:
    return next(f"{number} {found.title_th}" for number, found in numbered if found is item)


def _note(session: Session, meeting: Meeting, actor: Actor, old: str | None, new: str | None) -> None:
    """Put the change into the meeting's history and let calendars see it."""
    record_change(session, actor, "meeting", meeting.id, "agenda", old, new)
    touch_calendar(session, meeting)
