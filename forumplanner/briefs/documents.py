"""The national brief: a frozen value that the page shows and the paper prints. Its title: `words.WORDS[lang].title`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from forumplanner.briefs.rules import TALL_CELL, Standing, fits_matrix
from forumplanner.briefs.words import WORDS, Words, missing_words, running_words
from forumplanner.core.i18n import Lang
from forumplanner.core.thai import after_word, format_long, format_range_long, format_range_short, format_short
from forumplanner.minutes.words import SAMPLE_NOTE
from forumplanner.outcomes.rules import OutcomeKind
from forumplanner.printing import html_to_pdf, render_print
from forumplanner.printing.typesetting import with_digits
from forumplanner.register.tables import FinanceTable


@dataclass(frozen=True, slots=True)
class Line:
    """Something a region said: one outcome, word for word, and where it is recorded.

    `number` is its agenda item's, `question` the number of the question it answers, None under other items. `owner` and
    `due_on` belong to a commitment; `owner` is None where it is a person whose name this reader may not see, and
    `owner_is_sample` where that person is invented.
    """

    outcome_id: int
    kind: OutcomeKind
    text: str
    region: str
    slug: str
    item_id: int
    number: str
    item_title: str
    question: int | None
    is_accepted: bool
    is_procedural: bool = False
    owner: str | None = ""
    owner_is_sample: bool = False
    due_on: date | None = None

    @property
    def reference(self) -> str:
        """What stands for its source on paper: ใต้ 4.1."""
        return f"{self.region} {self.number}"

    @property
    def anchor(self) -> str:
        """The id of its source in the list of sources."""
        return f"source-{self.slug}-{self.number.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class RegionPart:
    """A region in the brief, heard or not. `slug` and `days` are its forum's, None where it has none or none is told.

    `hue` is its place in the list of regions. `lines` stand in the order of kinds, then as recorded.
    """

    name: str
    hue: int
    standing: Standing
    slug: str | None = None
    days: tuple[date, date] | None = None
    accepted_on: date | None = None
    lines: tuple[Line, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return self.standing == Standing.ACCEPTED

    @property
    def is_heard(self) -> bool:
        """Whether the brief says what it concluded; organisers see what is only submitted, too."""
        return self.is_accepted or bool(self.lines)


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """A question of the round: a column of the matrix."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class NationalMeeting:
    """When and where the brief will be read."""

    starts_on: date
    ends_on: date
    place: str


@dataclass(frozen=True, slots=True)
class BriefDocument:
    """The brief of a round. Regions stand in list order; `address` is where a round's pages begin, for the paper."""

    code: str
    round_name: str
    compiled_on: date
    regions: tuple[RegionPart, ...]
    questions: tuple[BriefQuestion, ...]
    finance: FinanceTable
    national: NationalMeeting | None = None
    kind: OutcomeKind | None = None
    address: str = ""
    is_sample: bool = False
    lang: Lang = "th"
    thai_digits: bool = False

    @property
    def title(self) -> str:
        """One line that names the document, for the file's properties."""
        return f"{WORDS[self.lang].title} {self.code}"

    @property
    def accepted(self) -> int:
        """How many regions' outcomes are accepted."""
        return sum(part.is_accepted for part in self.regions)

    @property
    def unheard(self) -> list[RegionPart]:
        """The regions whose outcomes the brief cannot say, for whatever reason."""
        return [part for part in self.regions if not part.is_heard]

    def cell(self, part: RegionPart, question: BriefQuestion) -> list[Line]:
        """What a region concluded on a question, of the kind asked for."""
        return [
            line
            for line in part.lines
            if line.question == question.number and (self.kind is None or line.kind == self.kind)
        ]

    @property
    def resolutions(self) -> list[Line]:
        """Resolutions of all regions but those about the sitting itself."""
        return self._lines(lambda line: line.kind == OutcomeKind.RESOLUTION and not line.is_procedural)

    @property
    def commitments(self) -> list[Line]:
        """Commitments of all regions, the earliest due first."""
        found = self._lines(lambda line: line.kind == OutcomeKind.COMMITMENT)
        return sorted(found, key=lambda line: line.due_on or date.max)

    @property
    def others(self) -> list[Line]:
        """What answers no question and stands in no list of its own."""
        listed = (OutcomeKind.RESOLUTION, OutcomeKind.COMMITMENT)
        return self._lines(lambda line: line.question is None and line.kind not in listed)

    @property
    def sources(self) -> list[tuple[RegionPart, list[Line]]]:
        """For each region that is heard one line of every agenda item that the brief takes something from."""
        found = []
        for part in self.regions:
            items = {line.item_id: line for line in part.lines if not line.is_procedural}
            if items:
                by_number = sorted(items.values(), key=lambda line: [int(step) for step in line.number.split(".")])
                found.append((part, by_number))
        return found

    @property
    def hides_names(self) -> bool:
        """Whether this reader may not see some owner's name."""
        return any(line.owner is None for line in self.commitments)

    @property
    def is_one_matrix(self) -> bool:
        """Whether regions by questions fit one table on paper."""
        return fits_matrix(len(self.questions), map(self._longest_cell, self.regions))

    def is_tall(self, part: RegionPart) -> bool:
        """Whether its row of that table is so high that it may be divided between pages."""
        return self._longest_cell(part) > TALL_CELL

    def _longest_cell(self, part: RegionPart) -> int:
        return max(
            (sum(len(line.text) for line in self.cell(part, question)) for question in self.questions), default=0
        )

    def _lines(self, wanted: Callable[[Line], bool]) -> list[Line]:
        lines: Iterable[Line] = (line for part in self.regions for line in part.lines)
        return [line for line in lines if wanted(line)]


def brief_html(document: BriefDocument) -> str:
    """The brief as a page of HTML, word for word what the PDF shows, in the digits the document asks for."""
    lang, words = document.lang, WORDS[document.lang]
    running = running_words(document.code, document.compiled_on, lang)
    html = render_print(
        "brief.html",
        lang=lang,
        title=document.title,
        document=document,
        words=words,
        running=f"{running} ({SAMPLE_NOTE[lang]})" if document.is_sample else running,
        names=(*(line.owner for line in document.commitments if line.owner), words.owner, words.due),
        national=_national(document, words),
        compiled=words.compiled.format(day=format_long(document.compiled_on, lang)),
        missing=lambda part: missing_words(part.standing, part.days, lang),
        days=lambda part: _days(part, lang),
        due=lambda line: format_short(line.due_on, lang) if line.due_on else "",
        origin=lambda part: origin_words(part, lang),
    )
    return with_digits(html, thai=document.thai_digits)


def brief_pdf(document: BriefDocument, *, tagged: bool = False) -> bytes:
    """The brief as a PDF; equal documents give equal bytes. Raises what `printing.html_to_pdf` raises."""
    return html_to_pdf(
        brief_html(document),
        title=document.title,
        lang=document.lang,
        thai_digits=document.thai_digits,
        tagged=tagged,
        stylesheets=("base.css", "brief.css"),
        created_on=document.compiled_on,
    )


def _national(document: BriefDocument, words: Words) -> list[str]:
    """The lines about the national meeting; none where it is not known yet."""
    meeting = document.national
    if meeting is None:
        return []
    days = format_range_long(meeting.starts_on, meeting.ends_on, document.lang)
    place = [words.place.format(place=meeting.place)] if meeting.place else []
    return [words.national.format(days=days), *place]


def origin_words(part: RegionPart, lang: Lang) -> str:
    """Where a region's lines come from: its forum, its days, when its outcomes were accepted."""
    words = WORDS[lang]
    pattern = words.source_line if part.accepted_on else words.source_waiting
    day = format_short(part.accepted_on, lang) if part.accepted_on else ""
    region = after_word(part.name) if lang == "th" else part.name
    return pattern.format(region=region, days=_days(part, lang), day=day)


def _days(part: RegionPart, lang: Lang) -> str:
    return format_range_short(part.days[0], part.days[1], lang) if part.days else ""
