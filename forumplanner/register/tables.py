"""The finance table in words: heads with marks, rows, totals, and the notes the marks lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from forumplanner.core.i18n import Lang
from forumplanner.register.rules import KindFigures, Measure, Standing, total_of
from forumplanner.register.words import (
    WORDS,
    Words,
    about_targets,
    what_it_leaves_out,
    written_figure,
    written_moment,
    written_value,
)

# What a cell holds: None is "no data", an empty text nothing at all.
Cell = str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence below the table; `mark` stands at a head or at the name of a row, as in [1]."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class FinanceTable:
    """The table as it is read: the first column names the kinds, the last says when they were observed.

    Figures stand in the columns between, in the order of `Measure`. `remarks` are notes on the table as a whole.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    no_data: str

    @property
    def is_empty(self) -> bool:
        return not self.rows


def finance_table(kinds: Sequence[KindFigures], lang: Lang) -> FinanceTable:
    """Write the table with both totals, each saying what it leaves out; with one total where there are no targets."""
    words = WORDS[lang]
    notes: list[Note] = []
    targeted = bool(about_targets(kinds, lang, with_targets=True))
    heads = [_marked(notes, words.measures[measure], _about_measure(kinds, measure, lang)) for measure in Measure]
    ways = (True, False) if targeted else (True,)
    totals = []
    for with_targets in ways:
        name = (words.with_targets if with_targets else words.without_targets) if targeted else words.total
        marked = _marked(notes, name, about_targets(kinds, lang, with_targets=with_targets))
        sums = [total_of(kinds, measure, with_targets=with_targets) for measure in Measure]
        cells = [written_value(total.measure, total.value) if total.value is not None else None for total in sums]
        totals.append((marked, *cells, ""))
    return FinanceTable(
        caption=words.caption,
        columns=(words.kind, *heads, words.as_of),
        rows=tuple(_row(kind, words, lang) for kind in kinds),
        totals=tuple(totals) if kinds else (),
        notes=tuple(notes),
        remarks=tuple(remark for remark in (words.brackets if targeted else "", _sources(kinds, words)) if remark),
        no_data=words.no_data,
    )


def _about_measure(kinds: Sequence[KindFigures], measure: Measure, lang: Lang) -> str:
    return " ".join(what_it_leaves_out(total_of(kinds, measure, with_targets=True), lang))


def _marked(notes: list[Note], label: str, about: str) -> str:
    """The label with the mark of its note, if there is something to note."""
    if not about:
        return label
    notes.append(Note(f"[{len(notes) + 1}]", about))
    return f"{label} {notes[-1].mark}"


def _row(kind: KindFigures, words: Words, lang: Lang) -> tuple[Cell, ...]:
    figures = [kind.figure(measure) for measure in Measure]
    known = [figure for figure in figures if figure.standing != Standing.NO_DATA]
    moments = sorted({figure.as_of for figure in known if figure.as_of})
    observed = ", ".join(written_moment(as_of, lang) for as_of in moments)
    cells = [written_figure(measure, figure) for measure, figure in zip(Measure, figures, strict=True)]
    return (kind.name, *cells, (observed or words.undated) if known else None)


def _sources(kinds: Sequence[KindFigures], words: Words) -> str:
    figures = [kind.figure(measure) for kind in kinds for measure in Measure]
    sources = dict.fromkeys(figure.source for figure in figures if figure.source)
    if not kinds:
        return ""
    return words.source.format(sources="; ".join(sources)) if sources else words.source_unknown
