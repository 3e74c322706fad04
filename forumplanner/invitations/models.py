"""Invitations of partners to meetings, and every answer that came."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from forumplanner.accounts.models import User
from forumplanner.core import clock
from forumplanner.core.db import BLANKED, SENSITIVE, Base, UTCDateTime, Versioned, one_of
from forumplanner.invitations.rules import Answer, Capacity, Channel, Food, ReplyChannel
from forumplanner.partners.models import Partner, Seat
from forumplanner.rounds.models import Meeting

__all__ = [
    "Answer",
    "Capacity",
    "Channel",
    "ChosenGuest",
    "Food",
    "Invitation",
    "MergedInvitation",
    "Needs",
    "Reply",
    "ReplyChannel",
    "addressee",
]


def addressee(partner: Partner, seat: Seat | None, lang: str) -> str:
    """Whom an invitation is for: a person with the honorific, or an organisation's seat."""
    name = partner.shown_name(lang)
    return name if seat is None else f"{seat.post(lang)}{', ' if lang == 'en' else ' '}{name}"


class Invitation(Versioned, Base):
    """A person, or a seat of an organisation, invited to a meeting; an organisation without seats is invited as such.

    Raising `link_version` makes every earlier private link unusable.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        # Once a meeting: a seat, and a partner where no seat is named. Several seats of one agency may be invited.
        UniqueConstraint("meeting_id", "seat_id"),
        Index(
            "uq_invitations_meeting_id_partner_id",
            "meeting_id",
            "partner_id",
            unique=True,
            sqlite_where=text("seat_id IS NULL"),
            postgresql_where=text("seat_id IS NULL"),
        ),
        # The seat is the partner's own.
        ForeignKeyConstraint(["partner_id", "seat_id"], ["seats.organisation_id", "seats.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(index=True)
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity), default=Capacity.MEMBER)
    channel: Mapped[Channel] = mapped_column(one_of(Channel), default=Channel.TELEPHONE)
    link_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # When it was known to have arrived: noted by the coordinator, or shown by an answer.
    reached_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When what the partner's own calendar shows of it last changed: made, in force again, capacity, answer.
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    # The answer in force; `replies` holds all that came.
    answer: Mapped[Answer | None] = mapped_column(one_of(Answer))
    delegate_name: Mapped[str | None] = mapped_column(String(300))
    delegate_phone: Mapped[str | None] = mapped_column(String(300))
    # A message to the coordinator: it leaves these pages by no way, never to paper.
    comment: Mapped[str | None] = mapped_column(Text)
    # Why somebody does not come, given to be printed in the minutes.
    reason: Mapped[str | None] = mapped_column(String(300))
    # The days it was given for: the meeting may have moved since.
    for_starts_on: Mapped[date | None]
    for_ends_on: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship()
    partner: Mapped[Partner] = relationship()
    seat: Mapped[Seat | None] = relationship(
        primaryjoin=lambda: foreign(Invitation.seat_id) == Seat.id, overlaps="partner"
    )
    replies: Mapped[list["Reply"]] = relationship(
        back_populates="invitation", order_by="Reply.id", cascade="all, delete-orphan"
    )
    needs: Mapped["Needs | None"] = relationship(back_populates="invitation", cascade="all, delete-orphan")

    def addressee(self, lang: str) -> str:
        """Whom it is for: a person with the honorific, or an organisation's seat."""
        return addressee(self.partner, self.seat, lang)

    @property
    def known_delegate(self) -> str | None:
        """The delegate's name; None where none was given, or its time is over."""
        return self.delegate_name if self.delegate_name != BLANKED else None

    @property
    def printed_name(self) -> str:
        """The same as lists on paper write it, in Thai: the post in one word with the organisation."""
        return f"{self.seat.post_th if self.seat else ''}{self.partner.shown_name('th')}"

    @property
    def is_for_other_days(self) -> bool:
        """Whether the answer was given for other days than the meeting's now: it is kept, and asked for again."""
        days = (self.meeting.starts_on, self.meeting.ends_on)
        return self.answer is not None and (self.for_starts_on, self.for_ends_on) != days

    @property
    def answer_now(self) -> Answer | None:
        """The answer where it was given for the meeting's days as they are now."""
        return None if self.is_for_other_days else self.answer


class MergedInvitation(Base):
    """The number of an invitation that was united with another one, when one person had been invited twice.

    Its private link, of `link_version`, opens the other as long as that one's link is of `kept_link_version`.
    """

    __tablename__ = "merged_invitations"

    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    link_version: Mapped[int]
    kept_link_version: Mapped[int]


class Reply(Base):
    """One answer as it came: never changed, never deleted with a later one."""

    __tablename__ = "replies"
    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    answer: Mapped[Answer] = mapped_column(one_of(Answer))
    delegate_name: Mapped[str | None] = mapped_column(String(300))
    delegate_phone: Mapped[str | None] = mapped_column(String(300))
    comment: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(300))
    for_starts_on: Mapped[date]
    for_ends_on: Mapped[date]
    channel: Mapped[ReplyChannel] = mapped_column(one_of(ReplyChannel))
    # Who took it, in words; None where the partner answered by link.
    taken_by: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    invitation: Mapped[Invitation] = relationship(back_populates="replies")


class Needs(Base):
    """What somebody who comes eats, and what help they need: kept by their own explicit consent alone (section 26).

    It tells faith and health, so it stands on no list, paper or public page. A row is never changed: consent was given
    to these words. It goes at once with the consent, with an answer that nobody comes, and 30 days after the meeting.
    """

    __tablename__ = "needs"

    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id, ondelete="CASCADE"), primary_key=True)
    food: Mapped[Food | None] = mapped_column(one_of(Food), info=SENSITIVE)
    food_note: Mapped[str | None] = mapped_column(String(200), info=SENSITIVE)
    help_needed: Mapped[str | None] = mapped_column(String(500), info=SENSITIVE)
    consented_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # How the person said so: on their own page, or to somebody who noted it.
    channel: Mapped[ReplyChannel] = mapped_column(one_of(ReplyChannel))
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    noted_by: Mapped[str | None] = mapped_column(String(200))

    invitation: Mapped[Invitation] = relationship(back_populates="needs")


class ChosenGuest(Base):
    """Somebody an account has ticked to be invited to a meeting: kept until they are invited or unticked.

    `channel` is None while nobody has said another than the usual one. A choice is one's own: two coordinators of a
    region do not tick for each other.
    """

    __tablename__ = "chosen_guests"
    __table_args__ = (
        UniqueConstraint("meeting_id", "account_id", "seat_id"),
        Index(
            "uq_chosen_guests_meeting_id_account_id_partner_id",
            "meeting_id",
            "account_id",
            "partner_id",
            unique=True,
            sqlite_where=text("seat_id IS NULL"),
            postgresql_where=text("seat_id IS NULL"),
        ),
        ForeignKeyConstraint(["partner_id", "seat_id"], ["seats.organisation_id", "seats.id"], ondelete="CASCADE"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int | None] = mapped_column(index=True)
    channel: Mapped[Channel | None] = mapped_column(one_of(Channel))
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity), default=Capacity.MEMBER)
