"""Regions and provinces, as rows that an organiser may edit later."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core.db import SORT_KEY, Base, UTCDateTime, Versioned
from forumplanner.core.i18n import in_language
from forumplanner.core.thai import after_word


class Region(Versioned, Base):
    """One of the movement's regions: seven in 2550, five in 2568. Its slug stays its address, whatever it is called."""

    __tablename__ = "regions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    # The order in which people list the regions; it differs from the order of any round's dates.
    list_order: Mapped[int] = mapped_column(unique=True)
    # Since when it takes part in nothing new; the rounds it took part in keep it.
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    provinces: Mapped[list["Province"]] = relationship(back_populates="region", order_by="Province.sort_key")

    def name(self, lang: str) -> str:
        return in_language(lang, self.name_th, self.name_en)

    def name_after_word(self, lang: str) -> str:
        """The name as it follows straight after a Thai word, or an English one and a space."""
        return self.name("en") if lang == "en" else after_word(self.name_th)

    def called(self, lang: str) -> str:
        """What people call it among others, and look for in a list: ภาคใต้, กทม.และปริมณฑล; South."""
        # An abbreviation is called without the word.
        return self.name(lang) if lang == "en" or "." in self.name_th else f"ภาค{self.name_th}"


class Province(Base):
    """A province by its two-digit code (Department of Provincial Administration)."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name_th: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    sort_key: Mapped[str] = mapped_column(SORT_KEY, index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    # The mapping of this province to its region is to be confirmed by an organiser.
    please_check: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]

    region: Mapped[Region] = relationship(back_populates="provinces")

    def name(self, lang: str) -> str:
        return in_language(lang, self.name_th, self.name_en)
