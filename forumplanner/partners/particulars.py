"""What partners have several of, or one of a list: named notes, kinds of group, welfare offered, networks."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.core.db import Base, one_of
from forumplanner.core.i18n import in_language

if TYPE_CHECKING:
    from forumplanner.partners.models import Organisation


class Level(StrEnum):
    """How wide an organisation reaches; one tied by issue or faith has none."""

    GROUP = "group"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"


class Welfare(StrEnum):
    """What community welfare an organisation offers its members."""

    BIRTH = "birth"
    ILLNESS = "illness"
    OLD_AGE = "old age"
    DEATH = "death"
    DISABILITY = "disability"
    EDUCATION = "education"
    DISASTER = "disaster"
    OTHER = "other"


class FinanceKind(Base):
    """A kind of community finance organisation; the register keeps what was observed of it."""

    __tablename__ = "finance_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_th: Mapped[str] = mapped_column(String(300), unique=True)
    name_en: Mapped[str] = mapped_column(String(300))
    list_order: Mapped[int] = mapped_column(unique=True)

    def name(self, lang: str) -> str:
        return in_language(lang, self.name_th, self.name_en)


class PartnerNote(Base):
    """A note under a name of its own, as a column of somebody's list had it: ขนาดเสื้อ, ผู้แนะนำ."""

    __tablename__ = "partner_notes"
    __table_args__ = (UniqueConstraint("partner_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=1)


class OfferedWelfare(Base):
    """An organisation offers welfare of this kind."""

    __tablename__ = "offered_welfare"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Welfare] = mapped_column(one_of(Welfare), primary_key=True)


class Membership(Base):
    """An organisation belongs to a network, from and until; both unknown where nobody wrote them."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("member_until >= member_from", name="runs_forward"),
        CheckConstraint("network_id <> member_id", name="of_another"),
        Index("ix_memberships_member", "member_id", "network_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    member_from: Mapped[date | None]
    member_until: Mapped[date | None]

    network: Mapped["Organisation"] = relationship(foreign_keys=network_id)
