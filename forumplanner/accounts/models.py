"""Accounts, their roles and the regions a coordinator looks after (the shape Flask-Security expects)."""

from datetime import date, datetime
from typing import Any

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forumplanner.accounts.rules import Role as RoleName
from forumplanner.accounts.rules import needs_two_factor
from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime
from forumplanner.places.models import Region
from forumplanner.web.today import data_are_real

account_roles = Table(
    "account_roles",
    Base.metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True),
)
account_regions = Table(
    "account_regions",
    Base.metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("region_id", ForeignKey("regions.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A role by its name (`accounts.rules.Role`)."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    description: Mapped[str | None] = mapped_column(String(200))


class User(Base, UserMixin):
    """An account: an organiser, a coordinator of regions, or a reader."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    # None of an account nobody has signed in with yet; a session lasts a month at most after it was last written.
    last_signed_in_on: Mapped[date | None]

    # Two-factor sign-in.
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    # The last time step a code was taken for, so that no code works twice.
    totp_last_counter: Mapped[int | None]

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # the mixin says list[RoleMixin]
        secondary=account_roles, lazy="selectin"
    )
    regions: Mapped[list[Region]] = relationship(secondary=account_regions, lazy="selectin", order_by=Region.list_order)

    @property
    def is_organiser(self) -> bool:
        return self.has_role(RoleName.ORGANISER)

    @property
    def display_name(self) -> str:
        return self.name or self.email

    @property
    def has_two_factor(self) -> bool:
        """Whether signing in takes a second step."""
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def lacks_two_factor(self) -> bool:
        """Whether the second step is still to be set up before anything else."""
        return self.check_tf_required_setup() and not self.has_two_factor

    def check_tf_required(self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool) -> tuple[bool, Any]:
        """Asked at sign-in: whoever has a second step takes it; organisers of real data must have one."""
        return bool(tf_setup_methods) or self.check_tf_required_setup(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Whether this account may not do without the second step."""
        return needs_two_factor({role.name for role in self.roles}, real=data_are_real())
