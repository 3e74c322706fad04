"""The invitations of a meeting as a list, and how many stand how."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectin_polymorphic, selectinload

from forumplanner.invitations.counting import for_days_of
from forumplanner.invitations.models import Answer, Invitation, Reply
from forumplanner.partners.answered import Answered
from forumplanner.partners.models import Organisation, Partner, Person, Seat
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, conditions
from forumplanner.rounds.models import Meeting

INVITED, OTHER_DAYS, REVOKED = "invited", "other_days", "revoked"
STATES = (*(answer.value for answer in Answer), OTHER_DAYS, INVITED, REVOKED)
PAGE_SIZE = 50
# Of one partner: more than eight years of four rounds.
MOST_OF_ONE = 64


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """One page of a meeting's invitations."""

    invitations: Sequence[Invitation]
    number: int
    has_more: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.invitations) - 1


def list_invitations(session: Session, meeting: Meeting) -> list[Invitation]:
    """All the meeting's invitations by Thai name and number, with partners, numbers and regions; constant queries."""
    return list(session.scalars(_ordered(meeting)))


def list_page(
    session: Session, meeting: Meeting, *, state: str | None = None, text: str = "", page: int = 1
) -> InvitationPage:
    """A page of them. `state` as in `state_of` keeps only those; `text` is sought as in the list of partners, and in
    the names of delegates."""
    page = max(page, 1)
    query = _ordered(meeting).where(*_in_state(meeting, state), *_with_text(text))
    found = list(session.scalars(query.limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)))
    return InvitationPage(found[:PAGE_SIZE], page, len(found) > PAGE_SIZE)


def list_invitations_of(session: Session, partner_id: int) -> list[Invitation]:
    """What one partner was invited to, the latest meeting first, each with its round, region and seat."""
    query = (
        select(Invitation)
        .join(Invitation.meeting)
        .where(Invitation.partner_id == partner_id)
        .options(
            joinedload(Invitation.seat),
            contains_eager(Invitation.meeting).options(joinedload(Meeting.round), joinedload(Meeting.region)),
        )
        .order_by(Meeting.starts_on.desc(), Meeting.id, Invitation.seat_id, Invitation.id)
        .limit(MOST_OF_ONE)
    )
    return list(session.scalars(query))


def _ordered(meeting: Meeting) -> Select[Invitation]:
    return (
        select(Invitation)
        .join(Invitation.partner)
        .where(Invitation.meeting_id == meeting.id)
        .order_by(Partner.sort_key, Partner.id, Invitation.seat_id, Invitation.id)
        .options(
            joinedload(Invitation.seat),
            joinedload(Invitation.partner).options(
                selectin_polymorphic(Partner, [Person, Organisation]),
                selectinload(Partner.phones),
                selectinload(Partner.regions),
            ),
        )
    )


def _with_text(text: str) -> list[ColumnElement[bool]]:
    if not text:
        return []
    of_delegate = and_(*(Invitation.delegate_name.contains(word, autoescape=True) for word in text.split()))
    return [or_(conditions(Sight(everything=True), PartnerFilter(text=text)), of_delegate)]


def _in_state(meeting: Meeting, state: str | None) -> list[ColumnElement[bool]]:
    if state is None:
        return []
    if state == REVOKED:
        return [Invitation.revoked_at.is_not(None)]
    found = [Invitation.revoked_at.is_(None)]
    if state == INVITED:
        return [*found, Invitation.answer.is_(None)]
    if state == OTHER_DAYS:
        return [*found, Invitation.answer.is_not(None), not_(for_days_of(meeting))]
    return [*found, Invitation.answer == Answer(state), for_days_of(meeting)]


def state_of(invitation: Invitation) -> str:
    """`invited`, `accepted`, `declined`, `delegate`, `other_days` (answered for days before a move) or `revoked`."""
    if invitation.revoked_at is not None:
        return REVOKED
    if invitation.is_for_other_days:
        return OTHER_DAYS
    return invitation.answer.value if invitation.answer else INVITED


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom an invitation can be made out to: a person, a seat of an organisation, or an organisation without seats."""

    partner: Partner
    seat: Seat | None = None

    @property
    def key(self) -> str:
        """How forms and addresses name it."""
        return f"{self.partner.id}-{self.seat.id}" if self.seat else str(self.partner.id)

    @property
    def pair(self) -> "Key":
        """Partner and seat."""
        return self.partner.id, self.seat.id if self.seat else None

    def name(self, lang: str) -> str:
        """As a list in the order of names shows it."""
        name = self.partner.shown_name(lang)
        return f"{name} ({self.seat.post(lang)})" if self.seat else name


Key = tuple[int, int | None]


def read_key(text: str) -> Key | None:
    """Partner and seat of `Guest.key`; None for anything else."""
    parts = text.split("-")
    if len(parts) > 2 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        return None
    return int(parts[0]), int(parts[1]) if len(parts) == 2 else None


def list_guests(partners: Iterable[Partner], taken: Collection[Key] = ()) -> list[Guest]:
    """The guests these partners make, in their order, without those taken."""
    found = []
    for partner in partners:
        seats = [seat for seat in partner.seats if not seat.is_retired] if isinstance(partner, Organisation) else []
        guests = [Guest(partner, seat) for seat in seats] or [Guest(partner)]
        found += [guest for guest in guests if guest.pair not in taken]
    return found


def list_last_answers(session: Session, partner_ids: Collection[int], meeting: Meeting) -> dict[int, Invitation]:
    """The latest earlier invitation that each of these partners answered, with its meeting; one query."""
    place = func.row_number().over(
        partition_by=Invitation.partner_id, order_by=(Meeting.starts_on.desc(), Invitation.id.desc())
    )
    ranked = (
        select(Invitation.id, place.label("place"))
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(
            Invitation.partner_id.in_(partner_ids),
            Invitation.answer.is_not(None),
            Invitation.revoked_at.is_(None),
            Meeting.id != meeting.id,
            Meeting.starts_on <= meeting.starts_on,
        )
        .subquery()
    )
    query = select(Invitation).join(ranked, ranked.c.id == Invitation.id).where(ranked.c.place == 1)
    return {found.partner_id: found for found in session.scalars(query.options(joinedload(Invitation.meeting)))}


def narrowed_to(answered: Answered) -> ColumnElement[bool]:
    """Partners by whether they were invited and answered, as a condition; what was withdrawn does not count."""
    invited = select(Invitation.id).where(Invitation.partner_id == Partner.id, Invitation.revoked_at.is_(None))
    if answered == Answered.INVITED:
        return invited.exists()
    if answered == Answered.NEVER_INVITED:
        return ~invited.exists()
    replied = select(Reply.id).join(Reply.invitation).where(Invitation.partner_id == Partner.id)
    return and_(invited.exists(), ~replied.exists())
