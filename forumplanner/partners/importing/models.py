"""A list that somebody is importing: kept until it is written, so that its preview can be left and found again."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, one_of
from forumplanner.partners.importing.deciding import Decision
from forumplanner.partners.importing.matching import State
from forumplanner.places.models import Region


class PartnerImport(Base):
    """A file or pasted table, what its columns are read as, and when it was written or taken back."""

    __tablename__ = "partner_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now, index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    is_pasted: Mapped[bool] = mapped_column(default=False)
    # Compressed; of a pasted table the UTF-8 text.
    content: Mapped[bytes] = mapped_column(LargeBinary)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    # JSON: what somebody said columns hold (sheet, column, field), and what was read of each sheet.
    choices: Mapped[str] = mapped_column(Text, default="{}")
    sheets: Mapped[str] = mapped_column(Text, default="[]")
    # JSON: the names of the sheets that are read; None: all that are not hidden.
    only_sheets: Mapped[str | None] = mapped_column(Text)
    # A long list is read, and written, by the worker: when it began, how far it is, when it was read.
    begun_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rows_done: Mapped[int] = mapped_column(default=0, server_default="0")
    rows_there: Mapped[int] = mapped_column(default=0, server_default="0")
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # JSON: a sentence and what fills it, where it could not be done.
    refusal: Mapped[str | None] = mapped_column(Text)
    # Somebody pressed the button, and the worker is to write.
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    imported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is to read or write it, or does so."""
        return self.refusal is None and (self.read_at is None or (self.asked_at is not None and not self.imported_at))

    region: Mapped[Region | None] = relationship()
    rows: Mapped[list["PartnerImportRow"]] = relationship(
        back_populates="of", order_by="PartnerImportRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class PartnerImportRow(Base):
    """A row as the preview shows it; once written, whom it became and how they were before."""

    __tablename__ = "partner_import_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("partner_imports.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    sheet: Mapped[int]
    number: Mapped[int]
    # The person's own cells from the first column on, parted by U+001F.
    cells: Mapped[str] = mapped_column(Text)
    state: Mapped[State] = mapped_column(one_of(State))
    # JSON: what is said of it.
    messages: Mapped[str] = mapped_column(Text, default="[]")
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id", ondelete="SET NULL"), index=True)
    # Whether somebody has to say who it is, whom of those who are kept it may be, and what was said.
    asks: Mapped[bool] = mapped_column(default=False, server_default=false())
    maybe_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id", ondelete="SET NULL"), index=True)
    adds: Mapped[bool] = mapped_column(default=False, server_default=false())
    decision: Mapped[Decision | None] = mapped_column(one_of(Decision))
    # The partner's version after the row was written; None where it was not.
    written_version: Mapped[int | None]
    # JSON: the facts that it changed, as they were.
    before: Mapped[str | None] = mapped_column(Text)

    of: Mapped[PartnerImport] = relationship(back_populates="rows")
