"""Figures as observed: a value, a target or no data, as of when, from which source."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core.db import Base, one_of
from forumplanner.partners.particulars import FinanceKind
from forumplanner.register.rules import Measure, Standing

__all__ = ["FinanceKind", "Measure", "Observation", "Standing"]


class Observation(Base):
    """One figure of one kind."""

    __tablename__ = "observations"
    __table_args__ = (
        UniqueConstraint("kind_id", "measure", "as_of"),
        CheckConstraint("(standing = 'no data') = (value IS NULL)", name="no_data_has_no_value"),
        CheckConstraint("value >= 0", name="value_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("finance_kinds.id", ondelete="CASCADE"), index=True)
    measure: Mapped[Measure] = mapped_column(one_of(Measure))
    standing: Mapped[Standing] = mapped_column(one_of(Standing))
    value: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    # A Gregorian year or year and month as the source gives it ("1999", "2004-04"); empty where it gives none.
    as_of: Mapped[str] = mapped_column(String(10), default="")
    source: Mapped[str | None] = mapped_column(String(300))

    kind: Mapped[FinanceKind] = relationship()
