"""Making accounts and switching them off."""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts import rules
from forumplanner.accounts.models import Role, User
from forumplanner.accounts.rules import Role as RoleName
from forumplanner.core.errors import Conflict, Invalid, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import check_fresh
from forumplanner.core.thai import sort_key
from forumplanner.history.services import SYSTEM, Actor, record_change
from forumplanner.outbox.rules import check_recipient
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions


def create_account(
    session: Session,
    email: str,
    role: str,
    region_slugs: Sequence[str] = (),
    *,
    name: str = "",
    actor: Actor = SYSTEM,
) -> User:
    """Make an account without a password; its owner chooses one by `accounts.addresses.password_link`.

    Refuses an address that is malformed or taken (small and capital letters are the same), an unknown role or region,
    a coordinator without a region, and regions for anybody else.
    """
    address = check_recipient(email.strip())
    regions = _read_duties(session, role, region_slugs)
    if session.scalar(select(User.id).where(func.lower(User.email) == address.lower())):
        raise Conflict(N_("There is an account for %(email)s already."), field="email", email=address)
    user = User(email=address, name=name, active=True, fs_uniquifier=secrets.token_hex(16))
    user.roles = [_role(session, RoleName(role))]
    user.regions = regions
    session.add(user)
    session.flush()
    record_change(session, actor, "user", user.id, "role", None, role)
    record_change(session, actor, "user", user.id, "regions", None, _slugs(regions))
    return user


def _read_duties(session: Session, role: str, region_slugs: Sequence[str]) -> list[Region]:
    """The regions of a role; refuses what does not go together."""
    if role not in tuple(RoleName):
        raise Invalid(N_("There is no role %(role)s."), field="role", role=role)
    regions = [region for region in list_regions(session) if region.slug in region_slugs]
    unknown = sorted(set(region_slugs) - {region.slug for region in regions})
    if unknown:
        known = ", ".join(region.slug for region in list_regions(session, retired=False))
        raise Invalid(
            N_("There is no region %(region)s. These there are: %(known)s."),
            field="regions",
            region=unknown[0],
            known=known,
        )
    if role == RoleName.COORDINATOR and not regions:
        raise Invalid(N_("A coordinator needs a region. Please name one."), field="regions")
    if role != RoleName.COORDINATOR and regions:
        raise Invalid(N_("Only a coordinator has regions. Please name none, or another role."), field="regions")
    return regions


def _slugs(regions: Iterable[Region]) -> str:
    return ", ".join(region.slug for region in regions)


def role_of(user: User) -> str:
    """The widest role an account has; empty where it has none."""
    held = {role.name for role in user.roles}
    return next((role.value for role in RoleName if role.value in held), "")


def shown_of_account(user: User) -> dict[str, object]:
    """What the form about an account shows."""
    return {"name": user.name, "role": role_of(user), "regions": sorted(region.slug for region in user.regions)}


def change_account(
    session: Session,
    user: User,
    *,
    role: str,
    region_slugs: Sequence[str],
    name: str,
    actor: Actor,
    seen: str | None = None,
) -> None:
    """Give an account another role, other regions, another name; the last organiser stays one.

    Stale where somebody changed it since `seen` (a stamp), where that is given.
    """
    _queue_changes(session)
    session.refresh(user)
    regions = _read_duties(session, role, region_slugs)
    after = {"name": name, "role": role, "regions": sorted(region.slug for region in regions)}
    if seen is not None:
        check_fresh(seen, shown_of_account(user), after)
    before, now = role_of(user), _slugs(user.regions)
    if role != RoleName.ORGANISER:
        _check_not_last_organiser(session, user)
    record_change(session, actor, "user", user.id, "name", user.name, name)
    record_change(session, actor, "user", user.id, "role", before, role)
    record_change(session, actor, "user", user.id, "regions", now, _slugs(regions))
    user.name = name
    if before != role:
        user.roles = [_role(session, RoleName(role))]
    user.regions = regions
    session.flush()


def _queue_changes(session: Session) -> None:
    """Let changes of who organises queue until the commit, so that no two take the last organiser away together."""
    session.execute(select(Role.id).where(Role.name == RoleName.ORGANISER.value).with_for_update())


def _check_not_last_organiser(session: Session, user: User) -> None:
    """Refuse to take the last organiser away who can sign in: nobody could put things right on a page."""
    others = [each for each in list_organisers(session) if each.id != user.id and each.password]
    rules.check_leaves_an_organiser(is_organiser=user.active and user.is_organiser, others=len(others))


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


def get_account_by_id(session: Session, user_id: int) -> User:
    """The account of that number; NotFound where there is none."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(N_("There is no such account. Please choose one from the list."))
    return user


def list_accounts(session: Session) -> list[User]:
    """All accounts, those switched off last, by name; three queries however many there are."""
    found = session.scalars(select(User).order_by(User.active.desc(), User.email)).all()
    return sorted(found, key=lambda user: (not user.active, sort_key(user.display_name), user.email))


def list_organisers(session: Session) -> list[User]:
    """The organisers who are not switched off, by address."""
    query = select(User).where(User.active, User.roles.any(Role.name == RoleName.ORGANISER.value))
    return list(session.scalars(query.order_by(User.email)))


def shown_of_name(user: User) -> dict[str, str]:
    """What the form about one's own name shows."""
    return {"name": user.name}


def name_account(session: Session, user: User, name: str, actor: Actor, *, seen: str) -> None:
    """Write down what the account's owner is called; what happened before keeps the name it was done under.

    Stale where somebody wrote another since `seen` (a stamp).
    """
    session.refresh(user, with_for_update=True)
    check_fresh(seen, shown_of_name(user), {"name": name})
    record_change(session, actor, "user", user.id, "name", user.name, name)
    user.name = name
    session.flush()


def switch_account(session: Session, user: User, *, active: bool, actor: Actor = SYSTEM) -> None:
    """Switch an account off or on again; either way whoever was signed in with it is signed out.

    The last organiser who can sign in stays on.
    """
    _queue_changes(session)
    if not active:
        _check_not_last_organiser(session, user)
    record_change(session, actor, "user", user.id, "active", _on(user.active), _on(active))
    user.active = active
    _sign_out_everywhere(user)
    session.flush()


def _on(active: bool) -> str:
    return "on" if active else "off"


def forget_two_factor(session: Session, user: User, *, actor: Actor = SYSTEM) -> None:
    """Take the second step away, for somebody who lost both telephone and recovery codes."""
    if user.has_two_factor:
        record_change(session, actor, "user", user.id, "two_factor", "on", None)
    user.tf_primary_method = None
    user.tf_totp_secret = None
    user.mf_recovery_codes = None
    user.totp_last_counter = None
    _sign_out_everywhere(user)
    session.flush()


def _sign_out_everywhere(user: User) -> None:
    # Sessions and links carry this text; with another one they name nobody.
    user.fs_uniquifier = secrets.token_hex(16)
