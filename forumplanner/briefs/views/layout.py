"""The matrix as `components/matrix.html` draws it."""

from dataclasses import dataclass

from flask import url_for

from forumplanner.briefs.documents import BriefDocument, Line, RegionPart
from forumplanner.briefs.rules import Standing
from forumplanner.briefs.words import WORDS, Words, missing_words
from forumplanner.core.i18n import Lang
from forumplanner.core.thai import format_short
from forumplanner.printing.typesetting import NBSP

SHAPES = {
    Standing.ACCEPTED: "done",
    Standing.SUBMITTED: "waiting",
    Standing.RETURNED: "problem",
    Standing.HELD: "waiting",
    Standing.AHEAD: "todo",
    Standing.CANCELLED: "blocked",
    Standing.NOT_ANNOUNCED: "blocked",
    Standing.NO_FORUM: "blocked",
}
# Longer texts are folded: the first of them stands, the whole opens.
LONGEST_OPEN = 260


@dataclass(frozen=True, slots=True)
class Item:
    """One outcome in a cell."""

    kind: str
    text: str
    short: str | None
    href: str
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """A region. `cells` where it is heard, else `missing` says why not."""

    name: str
    href: str | None
    hue: int
    kind: str
    word: str
    cells: list[dict[str, object]]
    missing: str | None


def lay_out_matrix(document: BriefDocument) -> list[Row]:
    """The rows, regions in list order."""
    return [_row(document, part) for part in document.regions]


def line_href(code: str, line: Line) -> str:
    """Where an outcome is recorded: its agenda item's page, at the outcome."""
    return f"{item_href(code, line)}#outcome-{line.outcome_id}"


def item_href(code: str, line: Line) -> str:
    """The page of the agenda item it was concluded on."""
    return url_for("outcomes.item", code=code, slug=line.slug, item_id=line.item_id)


def owner_words(line: Line, words: Words) -> str:
    """Who took a commitment on, as a page names them: invented people marked as such."""
    if line.owner is None:
        return words.owner_hidden
    return words.sample_person.format(name=line.owner) if line.owner_is_sample else line.owner


def _row(document: BriefDocument, part: RegionPart) -> Row:
    words = WORDS[document.lang]
    cells: list[dict[str, object]] = []
    if part.is_heard:
        empty = words.empty_cell(document.kind)
        for question in document.questions:
            lines = document.cell(part, question)
            items = [_item(document.code, line, words, document.lang) for line in lines]
            cells.append({"items": items, "missing": empty})
    return Row(
        name=part.name,
        href=url_for("desks.meeting", code=document.code, slug=part.slug) if part.slug else None,
        hue=part.hue,
        kind=SHAPES[part.standing],
        word=words.standings[part.standing],
        cells=cells,
        missing=None if part.is_heard else missing_words(part.standing, part.days, document.lang),
    )


def _item(code: str, line: Line, words: Words, lang: Lang) -> Item:
    text = line.text
    if line.due_on is not None:
        owner = owner_words(line, words)
        day = format_short(line.due_on, lang).replace(" ", NBSP)
        text = f"{text} ({words.owner.lower()} {owner} {words.due.lower()} {day})"
    short = f"{text[:LONGEST_OPEN].rstrip()}…" if len(text) > LONGEST_OPEN + 40 else None
    return Item(words.kinds[line.kind], text, short, line_href(code, line), line.reference)
