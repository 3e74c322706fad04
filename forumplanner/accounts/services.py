"""Making accounts and switching them off."""

import secrets
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import Role, User
from forumplanner.accounts.rules import Role as RoleName
from forumplanner.core.errors import Conflict, Invalid, NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.outbox.rules import check_recipient
from forumplanner.places.models import Region


def create_account(
    session: Session, email: str, role: str, region_slugs: Sequence[str] = (), *, name: str = ""
) -> User:
    """Make an account without a password; its owner chooses one by `accounts.addresses.password_link`.

    Refuses an address that is malformed or taken (small and capital letters are the same), an unknown role or region,
    a coordinator without a region, and regions for anybody else.
    """
    address = check_recipient(email.strip())
    if role not in tuple(RoleName):
        raise Invalid(N_("There is no role %(role)s."), field="role", role=role)
    if session.scalar(select(User.id).where(func.lower(User.email) == address.lower())):
        raise Conflict(N_("There is an account for %(email)s already."), field="email", email=address)
    regions = list(session.scalars(select(Region).where(Region.slug.in_(region_slugs)).order_by(Region.list_order)))
    unknown = sorted(set(region_slugs) - {region.slug for region in regions})
    if unknown:
        raise Invalid(N_("There is no region %(region)s."), field="regions", region=unknown[0])
    if role == RoleName.COORDINATOR and not regions:
        raise Invalid(N_("A coordinator needs a region. Please name one."), field="regions")
    if role != RoleName.COORDINATOR and regions:
        raise Invalid(N_("Only a coordinator has regions. Please name none, or another role."), field="regions")
    user = User(email=address, name=name, active=True, fs_uniquifier=secrets.token_hex(16))
    user.roles = [_role(session, RoleName(role))]
    user.regions = regions
    session.add(user)
    session.flush()
    return user


def _role(session: Session, name: RoleName) -> Role:
    role = session.scalar(select(Role).where(Role.name == name.value))
    if role is None:
        role = Role(name=name.value)
        session.add(role)
    return role


def get_account(session: Session, email: str) -> User:
    """The account of that address; NotFound says that there is none."""
    user = session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))
    if user is None:
        raise NotFound(N_("There is no account for %(email)s."), email=email[:100])
    return user


def list_organisers(session: Session) -> list[User]:
    """The organisers who are not switched off, by address."""
    query = select(User).where(User.active, User.roles.any(Role.name == RoleName.ORGANISER.value))
    return list(session.scalars(query.order_by(User.email)))


def name_account(session: Session, user: User, name: str, actor: Actor) -> None:
    """Write down what the account's owner is called; what happened before keeps the name it was done under."""
    record_change(session, actor, "user", user.id, "name", user.name, name)
    user.name = name
    session.flush()


def switch_account(session: Session, user: User, *, active: bool) -> None:
    """Switch an account off or on again; either way whoever was signed in with it is signed out."""
    user.active = active
    _sign_out_everywhere(user)
    session.flush()


def forget_two_factor(session: Session, user: User) -> None:
    """Take the second step away, for somebody who lost both telephone and recovery codes."""
    user.tf_primary_method = None
    user.tf_totp_secret = None
    user.mf_recovery_codes = None
    user.totp_last_counter = None
    _sign_out_everywhere(user)
    session.flush()


def _sign_out_everywhere(user: User) -> None:
    # Sessions and links carry this text; with another one they name nobody.
    user.fs_uniquifier = secrets.token_hex(16)
