"""Agenda items, numbered 1, 1.1, and the programme of each day."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core.db import Base, Versioned
from forumplanner.core.i18n import in_language
from forumplanner.rounds.models import Meeting, Question


class AgendaItem(Versioned, Base):
    """An agenda item (ระเบียบวาระ). Its number follows from its place in the tree (`rules.number_items`)."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        Index("ix_agenda_items_place", "meeting_id", "parent_id", "position"),
        UniqueConstraint("meeting_id", "question_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))
    position: Mapped[int]
    title_th: Mapped[str] = mapped_column(String(500))
    title_en: Mapped[str | None] = mapped_column(String(500))
    # The round's question this item carries, if any: one item a question in each forum.
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"), index=True)

    meeting: Mapped[Meeting] = relationship()
    question: Mapped[Question | None] = relationship()
    written: Mapped["AgendaText | None"] = relationship(
        back_populates="item", cascade="all, delete-orphan", passive_deletes=True
    )

    def title(self, lang: str) -> str:
        return in_language(lang, self.title_th, self.title_en)

    @property
    def discussion(self) -> str:
        """What was said, as the recorder wrote it, for the minutes."""
        return self.written.text if self.written is not None else ""

    @discussion.setter
    def discussion(self, text: str) -> None:
        if self.written is not None:
            self.written.text = text
        elif text:
            self.written = AgendaText(text=text)


class AgendaText(Versioned, Base):
    """The discussion of an agenda item. It is long, changes often and by itself, and few pages read it."""

    __tablename__ = "agenda_texts"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)

    item: Mapped[AgendaItem] = relationship(back_populates="written")


class ProgrammeEntry(Versioned, Base):
    """A line of the programme (กำหนดการ): a time and an activity on one day."""

    __tablename__ = "programme_entries"
    __table_args__ = (
        Index("ix_programme_entries_order", "meeting_id", "on", "starts_at", "id"),
        CheckConstraint("ends_at > starts_at", name="entry_runs_forward"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    on: Mapped[date]
    starts_at: Mapped[time]
    ends_at: Mapped[time | None]
    activity_th: Mapped[str] = mapped_column(String(500))
    activity_en: Mapped[str | None] = mapped_column(String(500))
    room: Mapped[str | None] = mapped_column(String(200))

    meeting: Mapped[Meeting] = relationship()

    def activity(self, lang: str) -> str:
        return in_language(lang, self.activity_th, self.activity_en)
