"""Minutes on paper: what is printed, in form 11 of the regulation on correspondence, and how it becomes a PDF.

Everything here is a value; the words the regulation prescribes stand in a table of their own (`words.py`), because a
document's language is not its reader's.
"""

from dataclasses import dataclass
from datetime import date, time

from forumplanner.core.i18n import Lang
from forumplanner.core.thai import buddhist_year, format_long, format_range_long, format_time
from forumplanner.minutes.models import MinutesState
from forumplanner.minutes.words import SAMPLE_NOTE, WORDS, Words
from forumplanner.outcomes.models import OutcomeKind
from forumplanner.printing import html_to_pdf, render_print
from forumplanner.printing.typesetting import with_digits


@dataclass(frozen=True, slots=True)
class Attendee:
    """A line of ผู้มาประชุม or ผู้เข้าร่วมประชุม; `substitute_for` is whom this person stood in for (แทน).

    `role` stands apart from the post: ประธานที่ประชุม.
    """

    name: str
    post: str = ""
    substitute_for: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Absentee:
    """A line of ผู้ไม่มาประชุม; the reason is printed as given, such as ติดราชการ."""

    name: str
    post: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintedOutcome:
    """An outcome under its item; a commitment names owner and due date."""

    kind: OutcomeKind
    text: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """An agenda item with what was said and concluded.

    `number` is printed as given ("4", "4.2"). `discussion` and `resolution` may have several lines, each a paragraph.
    Outcomes of the kind resolution are printed after `resolution`, with the same heading word.
    """

    number: str
    title: str
    discussion: str = ""
    outcomes: tuple[PrintedOutcome, ...] = ()
    resolution: str = ""
    children: tuple["AgendaEntry", ...] = ()

    @property
    def concluded(self) -> list[PrintedOutcome]:
        return [outcome for outcome in self.outcomes if outcome.kind != OutcomeKind.RESOLUTION]

    @property
    def resolved(self) -> list[str]:
        more = [outcome.text for outcome in self.outcomes if outcome.kind == OutcomeKind.RESOLUTION]
        return [text.strip() for text in (self.resolution, *more) if text.strip()]

    @property
    def is_empty(self) -> bool:
        """An item that keeps its number though nothing was said (-ไม่มี-)."""
        return not (self.discussion.strip() or self.outcomes or self.resolution.strip() or self.children)


@dataclass(frozen=True, slots=True)
class MinutesDocument:
    """Minutes as they are printed.

    `body_name` follows รายงานการประชุม; `title_lines` stand below it. `year` is Gregorian, as stored. Times that are
    not known yet leave a dotted blank. `recorder` and `checker` are names; no checker, no second signature. `lang` is
    the language of headings and dates; texts are printed as given. `is_sample`: people and outcomes are invented.
    """

    body_name: str
    number: int
    year: int
    starts_on: date
    ends_on: date
    place: str
    present: tuple[Attendee, ...]
    items: tuple[AgendaEntry, ...]
    absent: tuple[Absentee, ...] = ()
    participants: tuple[Attendee, ...] = ()
    title_lines: tuple[str, ...] = ()
    opened_at: time | None = None
    closed_at: time | None = None
    recorder: str = ""
    checker: str | None = None
    state: MinutesState = MinutesState.DRAFT
    is_sample: bool = False
    lang: Lang = "th"
    thai_digits: bool = False

    @property
    def title(self) -> str:
        """One line that names the document, for the file's properties."""
        words = WORDS[self.lang]
        return f"{words.title(self.body_name)} {words.numbered(self.number, buddhist_year(self.year), self.year)}"

    @property
    def names(self) -> tuple[str, ...]:
        """The people it knows, whose names are not broken in free text either."""
        people: tuple[Attendee | Absentee, ...] = (*self.present, *self.absent, *self.participants)
        return tuple(name for name in (*(person.name for person in people), self.recorder, self.checker or "") if name)


def minutes_html(document: MinutesDocument) -> str:
    """The minutes as a page of HTML, word for word what the PDF shows, in the digits the document asks for."""
    lang, words = document.lang, WORDS[document.lang]
    html = render_print(
        "minutes.html",
        lang=lang,
        title=document.title,
        document=document,
        words=words,
        names=(*document.names, words.owner, words.due),
        numbered=words.numbered(document.number, buddhist_year(document.year), document.year),
        held_on=format_range_long(document.starts_on, document.ends_on, lang),
        opened=format_time(document.opened_at, lang) if document.opened_at else None,
        closed=format_time(document.closed_at, lang) if document.closed_at else None,
        running=SAMPLE_NOTE[lang] if document.is_sample else "",
        text_of=lambda outcome: _text_of(outcome, words, lang),
    )
    return with_digits(html, thai=document.thai_digits)


def minutes_pdf(document: MinutesDocument, *, tagged: bool = False) -> bytes:
    """The minutes as a PDF in form 11; equal documents give equal bytes. Raises what `printing.html_to_pdf` raises."""
    return html_to_pdf(
        minutes_html(document),
        title=document.title,
        lang=document.lang,
        thai_digits=document.thai_digits,
        tagged=tagged,
        stylesheets=("base.css", "minutes.css"),
    )


def _text_of(outcome: PrintedOutcome, words: Words, lang: Lang) -> str:
    """An outcome's text; a commitment's owner and due date follow in brackets."""
    details = [f"{words.owner} {outcome.owner}"] if outcome.owner else []
    if outcome.due_on:
        details.append(f"{words.due} {format_long(outcome.due_on, lang)}")
    return f"{outcome.text} ({words.between.join(details)})" if details else outcome.text
