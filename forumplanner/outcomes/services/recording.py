"""Recording what a meeting concluded on an agenda item: everything typed on the page is saved together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.agenda import services as agenda
from forumplanner.agenda.models import AgendaItem
from forumplanner.core import clock, thai
from forumplanner.core.errors import Invalid, Stale
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, is_same, is_seen, list_differing, make_stamp
from forumplanner.history.services import Actor, record_change, record_name
from forumplanner.outcomes import rules
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.outcomes.services.reading import (
    count_outcomes,
    find_submission,
    list_possible_owners,
    state_of,
)
from forumplanner.partners.models import Organisation
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rows import moved
from forumplanner.rounds.services import lock_meeting


@dataclass(frozen=True, slots=True)
class TypedOutcome:
    """An outcome as it stands on the form. `id` None is a new one; `seen` is the stamp of what the form showed."""

    kind: OutcomeKind
    text: str
    owner: str | None = None
    due_on: date | None = None
    id: int | None = None
    seen: str = ""
    delete: bool = False

    @property
    def shown(self) -> Shown:
        """Its values; owner and due date count for a commitment alone."""
        owner, due_on = (self.owner, self.due_on) if self.kind == OutcomeKind.COMMITMENT else (None, None)
        return {"kind": self.kind, "text": self.text, "owner": owner, "due_on": due_on}

    @property
    def is_touched(self) -> bool:
        """Whether the person changed anything of it."""
        return self.delete or self.id is None or not is_seen(self.seen, self.shown)


class StaleItem(Stale):
    """Somebody saved the same words meanwhile.

    `discussion` holds theirs and yours; `outcomes` the place on the form, theirs (None where they deleted it), yours.
    """

    def __init__(
        self,
        discussion: tuple[str, str] | None,
        outcomes: Sequence[tuple[int, TypedOutcome | None, TypedOutcome]],
    ) -> None:
        super().__init__()
        self.discussion = discussion
        self.outcomes = list(outcomes)


def typed_of(outcome: Outcome) -> TypedOutcome:
    """An outcome as a form that nobody typed into shows it."""
    values = TypedOutcome(outcome.kind, outcome.text, outcome.owner, outcome.due_on)
    return TypedOutcome(values.kind, values.text, values.owner, values.due_on, outcome.id, make_stamp(values.shown))


def shown_of_discussion(text: str) -> Shown:
    """What the form about a discussion shows."""
    return {"discussion": text}


def check_still_open(session: Session, meeting: Meeting) -> None:
    """Refuse unless agenda, discussion and outcomes can be changed; submitting waits until the commit."""
    lock_meeting(session, meeting)
    rules.check_open(state_of(find_submission(session, meeting)))


def save_item(
    session: Session,
    meeting: Meeting,
    item_id: int,
    actor: Actor,
    *,
    discussion: str,
    discussion_seen: str,
    outcomes: Sequence[TypedOutcome],
    move: tuple[int, int] | None = None,
) -> AgendaItem:
    """Save discussion and outcomes of an item; `move` takes one outcome some steps down (up where negative).

    What the person did not touch is left as it is now. StaleItem, and nothing saved, where somebody else changed what
    the person changed too; Invalid for a commitment without owner or due date.
    """
    check_still_open(session, meeting)
    item = agenda.get_item(session, meeting, item_id)
    saved = {found.id: found for found in _list_of(session, item)}
    _check_fresh(item, saved, discussion, discussion_seen, outcomes)
    _check_whole(meeting, saved, outcomes)
    if not is_seen(discussion_seen, shown_of_discussion(discussion)):
        record_change(session, actor, "agenda_item", item.id, "discussion", item.discussion, discussion)
        item.discussion = discussion
    owners = _partners_by_name(session, meeting) if any(typed.owner for typed in outcomes) else {}
    for typed in outcomes:
        if typed.is_touched:
            _apply(session, item, saved, typed, owners, actor)
    session.flush()
    if move is not None:
        _move(session, item, actor, *move)
    return item


class RecordOfOutcomes:
    """What outcomes answer about the agenda they stand under (`agenda.record`)."""

    def find_refusal(self, session: Session, meeting: Meeting) -> str | None:
        """Why the agenda cannot be changed now, not translated; None while it can."""
        return rules.CLOSED.get(state_of(find_submission(session, meeting)))

    def check_open(self, session: Session, meeting: Meeting) -> None:
        """Refuse while the outcomes are submitted or accepted."""
        check_still_open(session, meeting)

    def count_by_item(self, session: Session, meeting: Meeting) -> dict[int, int]:
        """How many outcomes stand under each item."""
        return count_outcomes(session, meeting)


def _list_of(session: Session, item: AgendaItem) -> list[Outcome]:
    query = select(Outcome).where(Outcome.agenda_item_id == item.id).order_by(Outcome.position, Outcome.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _check_fresh(
    item: AgendaItem,
    saved: dict[int, Outcome],
    discussion: str,
    discussion_seen: str,
    outcomes: Sequence[TypedOutcome],
) -> None:
    in_between, touched = (
        not is_seen(discussion_seen, shown_of_discussion(text)) for text in (item.discussion, discussion)
    )
    stale = in_between and touched and not is_same(item.discussion, discussion)
    both = (item.discussion, discussion) if stale else None
    clashes: list[tuple[int, TypedOutcome | None, TypedOutcome]] = []
    for place, typed in enumerate(outcomes):
        if typed.id is None or not typed.is_touched:
            continue
        current = typed_of(saved[typed.id]) if typed.id in saved else None
        if current is None:
            if not typed.delete:
                clashes.append((place, None, typed))
        elif not is_seen(typed.seen, current.shown) and (typed.delete or list_differing(current.shown, typed.shown)):
            clashes.append((place, current, typed))
    if both or clashes:
        raise StaleItem(both, clashes)


def _check_whole(meeting: Meeting, saved: dict[int, Outcome], outcomes: Sequence[TypedOutcome]) -> None:
    kept = len(saved) + sum(1 if typed.id is None else -typed.delete for typed in outcomes)
    if kept > rules.MOST_OUTCOMES:
        raise Invalid(
            N_("An agenda item takes %(most)s outcomes at most. Please put some together."), most=rules.MOST_OUTCOMES
        )
    for typed in outcomes:
        if typed.delete:
            continue
        if not typed.text.strip():
            raise Invalid(N_("This outcome has no text. Please write it, or tick that it is to be deleted."))
        for refusal in rules.check_commitment(typed.kind, typed.owner, typed.due_on, meeting.starts_on):
            raise refusal


def _apply(
    session: Session,
    item: AgendaItem,
    saved: dict[int, Outcome],
    typed: TypedOutcome,
    owners: dict[str, int],
    actor: Actor,
) -> None:
    outcome = saved.get(typed.id) if typed.id is not None else None
    if typed.delete:
        if outcome is not None:
            record_change(session, actor, "agenda_item", item.id, "outcome", outcome.text, None)
            session.delete(saved.pop(outcome.id))
        return
    committed = typed.kind == OutcomeKind.COMMITMENT
    owner = typed.owner or None if committed else None
    values = {"kind": typed.kind, "text": typed.text, "due_on": typed.due_on if committed else None}
    partner_id = owners.get(thai.name_key(typed.owner)) if committed and typed.owner else None
    if outcome is None:
        position = max((found.position for found in saved.values()), default=0) + 1
        outcome = Outcome(agenda_item_id=item.id, position=position, owner=owner, owner_partner_id=partner_id, **values)
        session.add(outcome)
        session.flush()
        saved[outcome.id] = outcome
        record_change(session, actor, "agenda_item", item.id, "outcome", None, typed.text)
        return
    named = (outcome.owner, outcome.owner_partner_id), (owner, partner_id)
    record_name(session, actor, "outcome", outcome.id, "owner", *named)
    outcome.owner, outcome.owner_partner_id = owner, partner_id
    for name, value in values.items():
        record_change(session, actor, "outcome", outcome.id, name, getattr(outcome, name), value)
        setattr(outcome, name, value)
    outcome.changed_at = clock.now()


def _move(session: Session, item: AgendaItem, actor: Actor, outcome_id: int, step: int) -> None:
    by_id = {found.id: found for found in _list_of(session, item)}
    if outcome_id not in by_id:
        return
    order = moved(list(by_id), outcome_id, step)
    before, after = (" ".join(map(str, ids)) for ids in (by_id, order))
    record_change(session, actor, "agenda_item", item.id, "order", before, after)
    for position, found_id in enumerate(order, start=1):
        by_id[found_id].position = position
    session.flush()


def _partners_by_name(session: Session, meeting: Meeting) -> dict[str, int]:
    """Invited partners by each name they go by; a name that two share ties to neither."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for partner in list_possible_owners(session, meeting):
        names = {partner.shown_name("th"), partner.name}
        if isinstance(partner, Organisation) and partner.short_name:
            names.add(partner.short_name)
        for key in {thai.name_key(name) for name in names}:
            if found.setdefault(key, partner.id) != partner.id:
                twice.add(key)
    return {key: partner_id for key, partner_id in found.items() if key not in twice}
