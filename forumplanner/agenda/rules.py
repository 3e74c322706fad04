"""Agenda items: their numbers and the usual agenda of form 11."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a place in the tree."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def position(self) -> int: ...


Item = TypeVar("Item", bound=Placed)


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
