"""Agenda items: their numbers, the usual agenda of form 11, what may be deleted; lines of the programme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol, TypeVar

from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_


class Placed(Protocol):
    """Anything with a place in the tree."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def position(self) -> int: ...


class Timed(Protocol):
    """A line of the programme."""

    @property
    def on(self) -> date: ...
    @property
    def starts_at(self) -> time: ...
    @property
    def ends_at(self) -> time | None: ...
    @property
    def room(self) -> str | None: ...


Item = TypeVar("Item", bound=Placed)
Line = TypeVar("Line", bound=Timed)


def number_items(items: Iterable[Item]) -> list[tuple[str, Item]]:
    """Items in the order of their numbers, each with it: 1, 2, 2.1, 2.2, 3."""
    children: dict[int | None, list[Item]] = {}
    for item in sorted(items, key=lambda found: (found.position, found.id)):
        children.setdefault(item.parent_id, []).append(item)
    numbered: list[tuple[str, Item]] = []

    def visit(parent_id: int | None, prefix: str) -> None:
        for count, item in enumerate(children.get(parent_id, ()), start=1):
            number = f"{prefix}{count}"
            numbered.append((number, item))
            visit(item.id, f"{number}.")

    visit(None, "")
    return numbered


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """An item of an agenda template; `takes_questions` is where a round's questions stand as 4.1, 4.2 ..."""

    title_th: str
    title_en: str
    takes_questions: bool = False


# The usual agenda of official minutes (regulation on correspondence B.E. 2526, form 11, and its handbook).
USUAL_AGENDA: Sequence[TemplateItem] = (
    TemplateItem("เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "Announcements by the chair"),
    TemplateItem("เรื่องรับรองรายงานการประชุม", "Adoption of the last minutes"),
    TemplateItem("เรื่องสืบเนื่อง", "Matters arising"),
    TemplateItem("เรื่องเสนอเพื่อพิจารณา", "Matters for consideration", takes_questions=True),
    TemplateItem("เรื่องอื่น ๆ", "Other matters"),
)


def check_can_delete(*, children: int, is_question: bool, discussion: str, outcomes: int) -> None:
    """Refuse to delete an agenda item with which something would be lost."""
    if children:
        raise Conflict(N_("This agenda item has items below it. Please delete or move those first."))
    if is_question:
        raise Conflict(N_("This agenda item carries a question that every region of the round answers, so it stays."))
    if outcomes:
        raise Conflict(N_("Outcomes are recorded under this agenda item. Please delete them first."))
    if discussion.strip():
        raise Conflict(N_("A discussion is recorded under this agenda item. Please clear it first."))


def check_entry(on: date, starts_at: time, ends_at: time | None, first: date, last: date) -> None:
    """Refuse a line of the programme on a day the meeting does not have, or that ends before it begins."""
    check_day(on, first, last)
    check_end(starts_at, ends_at)


def check_day(on: date, first: date, last: date) -> None:
    """Refuse a day the meeting does not have."""
    if not first <= on <= last:
        raise Invalid(N_("The meeting has no such day. Please choose one of its days."), field="on")


def check_end(starts_at: time, ends_at: time | None) -> None:
    """Refuse an end that lies before the beginning."""
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid(N_("The end is before the beginning. Please check both times."), field="ends_at")


def list_overlaps(line: Line, lines: Iterable[Line]) -> list[Line]:
    """The others that run at the same time, in their order; not in another room, nor where either has no end."""
    return [
        other
        for other in lines
        if other is not line
        and other.on == line.on
        and line.ends_at is not None
        and other.ends_at is not None
        and line.starts_at < other.ends_at
        and other.starts_at < line.ends_at
        and not (line.room and other.room and line.room != other.room)
    ]


def is_outside(line: Timed, opens_at: time, closes_at: time) -> bool:
    """Whether a line begins before the day's hours, or goes on after them."""
    return line.starts_at < opens_at or (line.ends_at or line.starts_at) > closes_at
