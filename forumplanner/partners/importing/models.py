"""A list that somebody is importing: kept until it is written, so that its preview can be left and found again."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, one_of
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
    imported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

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
    # The partner's version after the row was written; None where it was not.
    written_version: Mapped[int | None]
    # JSON: the facts that it changed, as they were.
    before: Mapped[str | None] = mapped_column(Text)

    of: Mapped[PartnerImport] = relationship(back_populates="rows")
