"""What somebody who comes eats and needs: kept by their own consent, and removed with it or when its time is over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic

from forumplanner.core import clock
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations import rules
from forumplanner.invitations.models import Answer, Food, Invitation, Needs, ReplyChannel
from forumplanner.invitations.services.inviting import HISTORY
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.rounds.models import Meeting

# What history says of it: that it was there, never what it was.
FIELD, GIVEN, REMOVED = "needs", "consent given", "removed"


@dataclass(frozen=True, slots=True)
class GivenNeeds:
    """What somebody told, and whether they themselves consented that it is kept."""

    food: Food | None = None
    food_note: str | None = None
    help_needed: str | None = None
    consent: bool = False


@dataclass(frozen=True, slots=True)
class KitchenList:
    """What the kitchen has to know, without names, and who needs help, with theirs."""

    foods: Sequence[tuple[Food, int]]
    notes: Sequence[str]
    help_needed: Sequence[Needs]
    invitations: Sequence[Invitation]

    @property
    def is_empty(self) -> bool:
        return not (self.foods or self.notes or self.help_needed)


def can_tell_needs(invitation: Invitation, today: date) -> bool:
    """Whether it is asked for: of somebody who comes, while they can still answer."""
    meeting = invitation.meeting
    standing = rules.standing(meeting.ends_on, today, meeting.status, revoked=invitation.revoked_at is not None)
    return rules.is_open(standing) and invitation.answer_now == Answer.ACCEPTED


def keep_needs(
    session: Session, actor: Actor, invitation: Invitation, given: GivenNeeds, *, channel: ReplyChannel, today: date
) -> None:
    """Keep what was told, by consent. Invalid without it; Conflict where something is kept, or nobody is to come.

    `actor` is who noted it, of no account where the person told it on their own page.
    """
    rules.check_consent(given=given.consent, told=bool(given.food or given.food_note or given.help_needed))
    if not can_tell_needs(invitation, today):
        raise Conflict(
            N_("Food and help are asked of those who come, until the meeting ends. Nothing of this was kept.")
        )
    if invitation.needs is not None:
        raise Conflict(N_("Food and help are noted already. Please remove what is noted first, then write it anew."))
    own = channel == ReplyChannel.LINK
    invitation.needs = Needs(
        food=given.food,
        food_note=given.food_note or None,
        help_needed=given.help_needed or None,
        consented_at=clock.now(),
        channel=channel,
        noted_by_id=None if own else actor.id,
        noted_by=None if own else actor.name,
    )
    _note(session, actor, invitation, None, GIVEN)
    session.flush()


def forget_needs(session: Session, actor: Actor, invitation: Invitation) -> bool:
    """Remove what is kept, at once; False where nothing is."""
    if invitation.needs is None:
        return False
    invitation.needs = None
    _note(session, actor, invitation, GIVEN, REMOVED)
    session.flush()
    return True


def forget_needs_due(session: Session, today: date) -> int:
    """Remove what is kept of meetings that ended more than 30 days ago; returns how many. Once is enough."""
    over = select(Meeting.id).where(Meeting.ends_on < today - rules.KEPT_AFTER)
    due = select(Invitation.id).where(
        Invitation.meeting_id.in_(over), exists().where(Needs.invitation_id == Invitation.id)
    )
    numbers = list(session.scalars(due))
    if numbers:
        session.execute(delete(Needs).where(Needs.invitation_id.in_(due)))
    return len(numbers)


def list_kitchen(session: Session, meeting: Meeting) -> KitchenList:
    """What those who come eat, counted, and who needs what help, in Thai order; a constant number of queries."""
    query = (
        select(Needs)
        .join(Needs.invitation)
        .join(Invitation.partner)
        .where(Invitation.meeting_id == meeting.id)
        .options(
            joinedload(Needs.invitation).options(
                joinedload(Invitation.seat),
                joinedload(Invitation.partner).options(selectin_polymorphic(Partner, [Person, Organisation])),
            )
        )
        .order_by(Partner.sort_key, Partner.id, Invitation.id)
    )
    found = list(session.scalars(query))
    counts = Counter(each.food for each in found if each.food)
    return KitchenList(
        [(food, counts[food]) for food in Food if counts[food]],
        sorted(each.food_note for each in found if each.food_note),
        [each for each in found if each.help_needed],
        [each.invitation for each in found],
    )


def _note(session: Session, actor: Actor, invitation: Invitation, old: str | None, new: str) -> None:
    record_change(session, actor, HISTORY, invitation.id, FIELD, old, new, partner_id=invitation.partner_id)
