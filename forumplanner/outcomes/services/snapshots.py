"""A record as it stood when organisers decided: plain values, kept as JSON, changed by nothing that comes later.

Names are kept in both languages, as rows have them. What was said (the discussion) is not decided upon; a mark of it
tells whether it was changed since.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from forumplanner.agenda.models import AgendaItem
from forumplanner.core.i18n import in_language
from forumplanner.history.differences import digest
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.partners.models import PartnerKind
from forumplanner.rounds.models import Meeting


@dataclass(frozen=True, slots=True)
class KeptItem:
    """An agenda item. `question` is the number of the question it carries; `discussed` the mark of its discussion."""

    id: int
    number: str
    title_th: str
    title_en: str | None
    question: int | None
    discussed: str

    def title(self, lang: str) -> str:
        return in_language(lang, self.title_th, self.title_en)


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """An outcome. `owner_is_organisation` and `owner_is_sample` are the owner's where it is a partner."""

    id: int
    item_id: int
    kind: OutcomeKind
    text: str
    owner: str | None = None
    owner_partner_id: int | None = None
    owner_is_organisation: bool = False
    owner_is_sample: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question of the round, as it was asked."""

    number: int
    text_th: str
    text_en: str

    def text(self, lang: str) -> str:
        return in_language(lang, self.text_th, self.text_en)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The record of a meeting. Items in the order of their numbers, outcomes as they stood below each."""

    starts_on: date
    ends_on: date
    region_th: str
    region_en: str
    questions: tuple[KeptQuestion, ...]
    items: tuple[KeptItem, ...]
    outcomes: tuple[KeptOutcome, ...]

    def region(self, lang: str) -> str:
        return in_language(lang, self.region_th, self.region_en)


def take_snapshot(
    meeting: Meeting, items: Sequence[tuple[str, AgendaItem]], outcomes: dict[int, list[Outcome]]
) -> Snapshot:
    """The record as these rows say it."""
    region = meeting.region
    return Snapshot(
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        region_th=region.name_th if region else "",
        region_en=region.name_en if region else "",
        questions=tuple(
            KeptQuestion(question.number, question.text_th, question.text_en) for question in meeting.round.questions
        ),
        items=tuple(
            KeptItem(
                item.id,
                number,
                item.title_th,
                item.title_en,
                item.question.number if item.question else None,
                digest(item.discussion),
            )
            for number, item in items
        ),
        outcomes=tuple(keep_outcome(outcome) for _number, item in items for outcome in outcomes.get(item.id, ())),
    )


def keep_outcome(outcome: Outcome) -> KeptOutcome:
    """An outcome as it stands now."""
    partner = outcome.owner_partner
    return KeptOutcome(
        id=outcome.id,
        item_id=outcome.agenda_item_id,
        kind=outcome.kind,
        text=outcome.text,
        owner=outcome.owner,
        owner_partner_id=outcome.owner_partner_id,
        owner_is_organisation=partner is not None and partner.kind == PartnerKind.ORGANISATION,
        owner_is_sample=partner is not None and partner.is_sample,
        due_on=outcome.due_on,
    )


def write_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """As it is kept; days in ISO form."""
    return _plain(asdict(snapshot))  # type: ignore[no-any-return]


def read_snapshot(content: dict[str, Any]) -> Snapshot:
    """What was kept."""
    return Snapshot(
        starts_on=date.fromisoformat(content["starts_on"]),
        ends_on=date.fromisoformat(content["ends_on"]),
        region_th=content["region_th"],
        region_en=content["region_en"],
        questions=tuple(KeptQuestion(**values) for values in content["questions"]),
        items=tuple(KeptItem(**values) for values in content["items"]),
        outcomes=tuple(_read_outcome(values) for values in content["outcomes"]),
    )


def _read_outcome(values: dict[str, Any]) -> KeptOutcome:
    due_on = values["due_on"]
    return KeptOutcome(
        **values | {"kind": OutcomeKind(values["kind"]), "due_on": date.fromisoformat(due_on) if due_on else None}
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed from one snapshot to another: outcomes added, removed, and changed (before, after); items by number.

    `discussed`: numbers of items whose discussion changed.
    """

    added: tuple[KeptOutcome, ...]
    removed: tuple[KeptOutcome, ...]
    changed: tuple[tuple[KeptOutcome, KeptOutcome], ...]
    discussed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.discussed)


def compare(before: Snapshot, after: Snapshot) -> Differences:
    """What the region changed; who an owner is as a partner, and what somebody renamed elsewhere, does not count."""
    older = {outcome.id: outcome for outcome in before.outcomes}
    newer = {outcome.id: outcome for outcome in after.outcomes}
    marks = {item.id: item.discussed for item in before.items}
    return Differences(
        added=tuple(outcome for outcome in after.outcomes if outcome.id not in older),
        removed=tuple(outcome for outcome in before.outcomes if outcome.id not in newer),
        changed=tuple(
            (older[found.id], found)
            for found in after.outcomes
            if found.id in older and _said(older[found.id]) != _said(found)
        ),
        discussed=tuple(item.number for item in after.items if item.discussed != marks.get(item.id, digest(""))),
    )


def _said(outcome: KeptOutcome) -> tuple[object, ...]:
    return outcome.item_id, outcome.kind, outcome.text, outcome.owner, outcome.due_on
