"""A round and its meetings."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, Versioned, one_of
from forumplanner.core.i18n import in_language
from forumplanner.places.models import Province, Region


class MeetingKind(StrEnum):
    """What a meeting is in its round."""

    REGIONAL = "regional"
    NATIONAL = "national"
    WORKING = "working"


class MeetingStatus(StrEnum):
    """What was decided about a meeting; "held" follows from an announced meeting's date (`rules.meeting_state`)."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class Body(Base):
    """What numbers its minutes (คณะ): one per region's forum, one for the national meeting, one for the others."""

    __tablename__ = "bodies"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), unique=True)

    region: Mapped[Region | None] = relationship()

    def name(self, lang: str) -> str:
        return in_language(lang, self.name_th, self.name_en)


class Round(Versioned, Base):
    """Regional forums and one national meeting that belong together."""

    __tablename__ = "rounds"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="window_runs_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The Buddhist year and a running number as people write it, as in 2550-1; part of addresses.
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_th: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))
    # The window all forums and the national meeting lie in; working meetings may lie before it.
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    outcomes_due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)

    meetings: Mapped[list["Meeting"]] = relationship(
        back_populates="round", order_by="(Meeting.starts_on, Meeting.slug)", cascade="all, delete-orphan"
    )
    questions: Mapped[list["Question"]] = relationship(
        back_populates="round", order_by="Question.number", cascade="all, delete-orphan"
    )
    taking_part: Mapped[list["RoundRegion"]] = relationship(cascade="all, delete-orphan")

    def name(self, lang: str) -> str:
        return in_language(lang, self.name_th, self.name_en)


class RoundRegion(Base):
    """A region that takes part in a round."""

    __tablename__ = "round_regions"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), primary_key=True, index=True)
    # The codes of its provinces, set apart by spaces, in a round that is over: None while they are those of today.
    province_codes: Mapped[str | None] = mapped_column(Text)

    region: Mapped[Region] = relationship()


class Question(Base):
    """A question asked of every region in a round (ประเด็นร่วม): a column of the matrix."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)

    round: Mapped[Round] = relationship(back_populates="questions")

    def text(self, lang: str) -> str:
        return in_language(lang, self.text_th, self.text_en)


class Meeting(Versioned, Base):
    """A regional forum, a national meeting or a working meeting. Its `uid` is stored and never used again."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("round_id", "slug"),
        CheckConstraint("ends_on >= starts_on", name="runs_forward"),
        CheckConstraint("(kind = 'regional') = (region_id IS NOT NULL)", name="region_of_forum"),
        Index(
            "uq_meetings_national",
            "round_id",
            unique=True,
            sqlite_where=text("kind = 'national'"),
            postgresql_where=text("kind = 'national'"),
        ),
        # One forum per region in a round; other meetings have no region and stand beside each other.
        Index("uq_meetings_forum", "round_id", "region_id", unique=True),
        Index("ix_meetings_starts_on", "starts_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    kind: Mapped[MeetingKind] = mapped_column(one_of(MeetingKind))
    # The last part of its address: a region's slug, "national", or a working meeting's ISO date.
    slug: Mapped[str] = mapped_column(String(40))
    status: Mapped[MeetingStatus] = mapped_column(one_of(MeetingStatus), default=MeetingStatus.PROPOSED)

    starts_on: Mapped[date]
    ends_on: Mapped[date]
    timezone: Mapped[str] = mapped_column(String(60), default="Asia/Bangkok")
    # Only where the title differs from what kind and region give.
    title_th: Mapped[str | None] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    venue_th: Mapped[str | None] = mapped_column(String(300))
    venue_en: Mapped[str | None] = mapped_column(String(300))
    venue_address: Mapped[str | None] = mapped_column(String(500))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    map_url: Mapped[str | None] = mapped_column(String(500))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_phone: Mapped[str | None] = mapped_column(String(300))
    contact_email: Mapped[str | None] = mapped_column(String(255))
    note_th: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)

    # What calendars go by: see `services.touch_calendar`.
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[Round] = relationship(back_populates="meetings")
    body: Mapped[Body] = relationship()
    region: Mapped[Region | None] = relationship()
    province: Mapped[Province | None] = relationship()
    days: Mapped[list["MeetingDay"]] = relationship(
        back_populates="meeting", order_by="MeetingDay.on", cascade="all, delete-orphan"
    )

    def venue(self, lang: str) -> str:
        return in_language(lang, self.venue_th, self.venue_en)

    def note(self, lang: str) -> str:
        return in_language(lang, self.note_th, self.note_en)


class MeetingDay(Base):
    """The hours of one day of a meeting, local to its zone; unknown until the coordinator sets them."""

    __tablename__ = "meeting_days"
    __table_args__ = (
        UniqueConstraint("meeting_id", "on"),
        CheckConstraint("closes_at > opens_at", name="hours_run_forward"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    opens_at: Mapped[time]
    closes_at: Mapped[time]

    meeting: Mapped[Meeting] = relationship(back_populates="days")


class AddedHoliday(Base):
    """A day kept by hand beside those the library knows: added late, of one region alone, or withdrawn."""

    __tablename__ = "added_holidays"
    __table_args__ = (
        CheckConstraint("NOT (is_withdrawn AND region_id IS NOT NULL)", name="withdrawn_everywhere"),
        # One of the whole country a day, and one a region.
        Index(
            "uq_added_holidays_country",
            "on",
            unique=True,
            sqlite_where=text("region_id IS NULL"),
            postgresql_where=text("region_id IS NULL"),
        ),
        UniqueConstraint("on", "region_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    # Where it is a holiday of one region alone.
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    # No day off: the cabinet withdrew the holiday that the library knows on that day.
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())

    region: Mapped[Region | None] = relationship()
