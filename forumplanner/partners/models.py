"""Partners (ภาคี): people and organisations; an agency's names change over the years."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from forumplanner.core import clock, thai
from forumplanner.core.db import SORT_KEY, Base, UTCDateTime, Versioned, one_of
from forumplanner.core.i18n import in_language
from forumplanner.partners.particulars import FinanceKind, Level, Membership, OfferedWelfare, PartnerNote
from forumplanner.places.gazetteer import Place, find_place
from forumplanner.places.models import Province, Region


class PartnerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class PersonClass(StrEnum):
    """Decides the salutation of letters."""

    LAY = "lay"
    MONK = "monk"


class Sector(StrEnum):
    COMMUNITY = "community"
    GOVERNMENT = "government"
    PRIVATE = "private"
    ACADEMIC = "academic"
    COOPERATIVE = "cooperative"
    OTHER = "other"


partner_regions = Table(
    "partner_regions",
    Base.metadata,
    Column("partner_id", ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True),
    Column("region_id", ForeignKey("regions.id"), primary_key=True, index=True),
)


class Partner(Versioned, Base):
    """Anyone invited. `name` is the one shown now; `sort_key` puts it in Thai order; `search_text` is folded."""

    __tablename__ = "partners"
    __table_args__ = (
        Index("ix_partners_order", "sort_key", "id"),
        # Whether any was changed is asked of all at once (`duplicates.finding`).
        Index("ix_partners_version", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PartnerKind] = mapped_column(one_of(PartnerKind))
    # A person's given name and surname, or an organisation's current full name; no honorific.
    name: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str | None] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(SORT_KEY)
    search_text: Mapped[str] = mapped_column(Text)
    sector: Mapped[Sector] = mapped_column(one_of(Sector), default=Sector.COMMUNITY)
    # The subdistrict, district or province (`places.gazetteer`), which alone is set; the province is derived from it.
    place_code: Mapped[str | None] = mapped_column(String(6), index=True)
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    note: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # Since when nothing is kept of them but the number: invitations and counts go on pointing at it (`erasing`).
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    regions: Mapped[list[Region]] = relationship(secondary=partner_regions, order_by=Region.list_order)
    province: Mapped[Province | None] = relationship()
    phones: Mapped[list["Phone"]] = relationship(
        back_populates="partner", order_by="Phone.position", cascade="all, delete-orphan"
    )
    notes: Mapped[list[PartnerNote]] = relationship(order_by=PartnerNote.position, cascade="all, delete-orphan")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        if cls.__name__ == "Partner":
            return {"polymorphic_on": cls.kind, "version_id_col": cls.version}
        return {}

    @validates("place_code")
    def _derive_province(self, _name: str, code: str | None) -> str | None:
        self.province_code = code[:2] if code else None
        return code

    @property
    def place(self) -> Place | None:
        """Where it is, as deep as it is known."""
        return find_place(self.place_code)

    def shown_name(self, lang: str) -> str:
        return in_language(lang, self.name, self.name_en)


class Person(Partner):
    """A community representative, or a person of an agency."""

    __tablename__ = "people"
    __mapper_args__ = {"polymorphic_identity": PartnerKind.PERSON}

    id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True)
    honorific: Mapped[str | None] = mapped_column(String(60))
    given_name: Mapped[str] = mapped_column(String(150))
    surname: Mapped[str | None] = mapped_column(String(150))
    person_class: Mapped[PersonClass] = mapped_column(one_of(PersonClass), default=PersonClass.LAY)
    post: Mapped[str | None] = mapped_column(String(200))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"), index=True)
    # As people write it; where it is the name of one organisation that is a partner, that one stands above.
    organisation_text: Mapped[str | None] = mapped_column(String(300))
    line_name: Mapped[str | None] = mapped_column(String(100))
    # As people write them: ไทย, มลายูปัตตานี.
    languages: Mapped[str | None] = mapped_column(String(200))

    organisation: Mapped["Organisation | None"] = relationship(foreign_keys=[organisation_id])

    def shown_name(self, lang: str) -> str:
        return thai.join_honorific(self.honorific or "", self.name)


class Organisation(Partner):
    """An agency or network; its seats are invited, who comes is named on the reply."""

    __tablename__ = "organisations"
    __mapper_args__ = {"polymorphic_identity": PartnerKind.ORGANISATION}

    id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True)
    short_name: Mapped[str | None] = mapped_column(String(60), index=True)
    level: Mapped[Level | None] = mapped_column(one_of(Level), index=True)
    finance_kind_id: Mapped[int | None] = mapped_column(ForeignKey("finance_kinds.id", ondelete="SET NULL"), index=True)

    finance_kind: Mapped[FinanceKind | None] = relationship()
    offered_welfare: Mapped[list[OfferedWelfare]] = relationship(
        order_by=OfferedWelfare.kind, cascade="all, delete-orphan"
    )
    memberships: Mapped[list[Membership]] = relationship(
        foreign_keys=Membership.member_id, order_by=Membership.id, cascade="all, delete-orphan"
    )
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="organisation", order_by="Seat.position, Seat.id", cascade="all, delete-orphan"
    )
    names: Mapped[list["OrganisationName"]] = relationship(
        back_populates="organisation", order_by="OrganisationName.id", cascade="all, delete-orphan"
    )


class Seat(Base):
    """A post of an organisation that is invited, as in "ผู้อำนวยการ"; one that is retired is invited no more."""

    __tablename__ = "seats"
    # What an invitation refers to: a seat of its own partner.
    __table_args__ = (UniqueConstraint("organisation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    post_th: Mapped[str] = mapped_column(String(200))
    post_en: Mapped[str | None] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=1)
    is_retired: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(back_populates="seats")

    def post(self, lang: str) -> str:
        return in_language(lang, self.post_th, self.post_en)


class OrganisationName(Base):
    """A name an organisation had, from and until (both unknown where never renamed)."""

    __tablename__ = "organisation_names"
    __table_args__ = (CheckConstraint("valid_until >= valid_from", name="validity_runs_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    short_name: Mapped[str | None] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str | None] = mapped_column(String(300))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(back_populates="names")


class Phone(Base):
    """A telephone number in national digits, its extension and what is noted about it apart."""

    __tablename__ = "phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(String(15), index=True)
    extension: Mapped[str | None] = mapped_column(String(40))
    # What was written beside it: คุณแดง ลูกสาว, กด 0, ที่ทำงาน.
    note: Mapped[str | None] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(default=1)

    partner: Mapped[Partner] = relationship(back_populates="phones")


class PersonalFeed(Base):
    """The address of a partner's own calendar, which can be renewed or stopped. No row: version 1, never fetched."""

    __tablename__ = "personal_feeds"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"), primary_key=True)
    link_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # When the version was last raised. When earlier ones ended, each at its own time, stands in their history.
    renewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Stopped by its person, until they ask for an address again.
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_fetched_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    partner: Mapped[Partner] = relationship()
