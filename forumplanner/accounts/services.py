"""Making accounts and their one-time links."""

import secrets
from collections.abc import Sequence

from flask import current_app
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.accounts.models import Role, User
from forumplanner.accounts.rules import Role as RoleName
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.places.models import Region


def create_account(
    session: Session, email: str, role: str, region_slugs: Sequence[str] = (), *, name: str = ""
) -> User:
    """Make an account without a password; its owner chooses one by `password_link`.

    Refuses an address that is malformed or taken, an unknown region, and a coordinator without a region.
    """
    address = _checked_address(email)
    if session.scalar(select(User.id).where(User.email == address)):
        raise Conflict(N_("There is an account for %(email)s already."), field="email", email=address)
    regions = list(session.scalars(select(Region).where(Region.slug.in_(region_slugs)).order_by(Region.list_order)))
    unknown = sorted(set(region_slugs) - {region.slug for region in regions})
    if unknown:
        raise Invalid(N_("There is no region %(region)s."), field="regions", region=unknown[0])
    if role == RoleName.COORDINATOR and not regions:
        raise Invalid(N_("A coordinator needs a region. Please name one."), field="regions")
    user = User(email=address, name=name, active=True, fs_uniquifier=secrets.token_hex(16))
    user.roles = list(session.scalars(select(Role).where(Role.name == role)))
    user.regions = regions
    session.add(user)
    session.flush()
    return user


def _checked_address(email: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid(
            N_("%(email)s is not an e-mail address. Please check it."), field="email", email=email[:100]
        ) from error


def password_link(user: User) -> str:
    """The address at which that account's owner chooses a password; it works once, for a limited time."""
    settings = current_app.config["SETTINGS"]
    with current_app.test_request_context(base_url=settings.base_url):
        from flask import url_for

        return url_for("security.reset_password", token=generate_reset_password_token(user), _external=True)
