"""The three sample sign-ins; their passwords are made on this machine and kept under DATA_DIR, mode 600."""

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.access.passwords import hash_password, verify_password
from forumplanner.accounts.models import Role, User
from forumplanner.accounts.rules import Role as RoleName
from forumplanner.config import Settings, kept_secret
from forumplanner.places.models import Region


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """A sample sign-in."""

    email: str
    name: str
    role: RoleName
    region: str | None = None


ACCOUNTS = (
    SampleAccount("organiser@example.org", "ส่วนกลาง (ตัวอย่าง)", RoleName.ORGANISER),
    SampleAccount("south@example.org", "ผู้ประสานงานภาคใต้ (ตัวอย่าง)", RoleName.COORDINATOR, "south"),
    SampleAccount("reader@example.org", "ผู้อ่าน (ตัวอย่าง)", RoleName.READER),
)


def sample_password(settings: Settings, account: SampleAccount) -> str:
    """That account's password on this machine."""
    return kept_secret(settings.data_dir, f"sample-{account.role.value}-password", 12)


def has_accounts(session: Session) -> bool:
    """Whether anybody can sign in."""
    return bool(session.scalar(select(func.count()).select_from(User)))


def ensure_accounts(session: Session, settings: Settings) -> None:
    """Make the sample accounts where they are missing, and give them this machine's passwords."""
    for account in ACCOUNTS:
        user = session.scalar(select(User).where(User.email == account.email))
        if user is None:
            user = User(
                email=account.email, name=account.name, is_sample=True, active=True, fs_uniquifier=secrets.token_hex(16)
            )
            user.roles = list(session.scalars(select(Role).where(Role.name == account.role.value)))
            if account.region:
                user.regions = list(session.scalars(select(Region).where(Region.slug == account.region)))
            session.add(user)
        password = sample_password(settings, account)
        if not user.password or not verify_password(password, user.password):
            user.password = hash_password(password)
    session.flush()
