"""Two partners who look alike are not the same: said once, remembered, and taken back where it was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.partners.duplicates.models import DistinctPair
from forumplanner.partners.models import Partner
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import in_sight
from forumplanner.partners.services import HISTORY

MOST_SHOWN = 200
NO_PAIR = N_("These two are not told apart any more. Please begin at the list of possible duplicates.")


@dataclass(frozen=True, slots=True)
class Apart:
    """A pair that was told apart, with both partners."""

    pair: DistinctPair
    first: Partner
    second: Partner


def tell_apart(session: Session, actor: Actor, one: Partner, other: Partner) -> None:
    """Remember that these are two; saying it again changes nothing."""
    first, second = sorted((one, other), key=lambda partner: partner.id)
    if first is second or session.get(DistinctPair, (first.id, second.id)) is not None:
        return
    session.add(DistinctPair(partner_id=first.id, other_id=second.id, actor_id=actor.id, actor=actor.name))
    session.flush()
    for partner, beside in ((first, second), (second, first)):
        name = beside.shown_name("th")
        record_change(session, actor, HISTORY, partner.id, "not_same", None, name, partner_id=partner.id)


def take_back(session: Session, actor: Actor, first: Partner, second: Partner) -> None:
    """Let these two stand in the list of possible duplicates again."""
    pair = session.get(DistinctPair, tuple(sorted((first.id, second.id))))
    if pair is None:
        raise NotFound(NO_PAIR)
    session.delete(pair)
    session.flush()
    for partner, beside in ((first, second), (second, first)):
        name = beside.shown_name("th")
        record_change(session, actor, HISTORY, partner.id, "not_same", name, None, partner_id=partner.id)


def list_apart(session: Session, sight: Sight) -> Sequence[Apart]:
    """The pairs that were told apart of which both are in sight, the latest first; two queries."""
    pairs = session.scalars(select(DistinctPair).order_by(DistinctPair.at.desc()).limit(MOST_SHOWN)).all()
    ids = {number for pair in pairs for number in (pair.partner_id, pair.other_id)}
    seen = select(Partner).where(Partner.id.in_(ids), in_sight(sight))
    known = {partner.id: partner for partner in session.scalars(seen)} if ids else {}
    return [
        Apart(pair, known[pair.partner_id], known[pair.other_id])
        for pair in pairs
        if pair.partner_id in known and pair.other_id in known
    ]
