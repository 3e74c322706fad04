"""The second step of signing in: codes that work once, recovery codes of which only hashes are kept."""

import hashlib
import hmac
import logging
from collections.abc import Sequence
from typing import Any

import segno
from flask import current_app
from flask_security import MfRecoveryCodesUtil, Totp
from passlib.exc import TokenError  # type: ignore[import-untyped]
from sqlalchemy import or_, select, update

from forumplanner.accounts.models import User
from forumplanner.core import thai
from forumplanner.core.db import db

log = logging.getLogger(__name__)


class ReplaySafeTotp(Totp):
    """Takes each code of an authenticator app once, also when two requests bring it at the same moment."""

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        """Whether the code is right and new; remembers its time step in the caller's transaction."""
        setting_up = totp_secret != user.tf_totp_secret
        last = None if setting_up else user.totp_last_counter
        try:
            match = self._totp.verify(token, totp_secret, window=window, last_counter=last)
        except TokenError:
            return False
        except (ValueError, TypeError, KeyError):
            log.exception("a two-factor secret cannot be read; was FORUMPLANNER_SECRET_KEY changed?")
            return False
        newer = or_(User.totp_last_counter.is_(None), User.totp_last_counter < match.counter)
        spend = update(User).where(User.id == user.id)
        if not setting_up:
            spend = spend.where(newer)
        done = db.session.execute(spend.values(totp_last_counter=match.counter))
        return bool(done.rowcount)  # type: ignore[attr-defined]

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The QR code as an address for an <img>, black on white in both colour schemes."""
        code = segno.make(self.get_totp_uri(username, totp), error="m")
        picture: str = code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
        return picture


class HashedRecoveryCodes(MfRecoveryCodesUtil):
    """Codes for the day the phone is lost: shown once, kept as keyed hashes, each good for one sign-in."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """New codes in place of all earlier ones; the only time they can be read."""
        from flask_security.proxies import _security

        codes: list[str] = _security.totp_factory.generate_recovery_codes(10)
        row = _locked(user)
        row.mf_recovery_codes = [_digest(code) for code in codes]
        return codes

    def get_recovery_codes(self, user: Any) -> list[str]:
        """None: they are not kept."""
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Whether it is one of the codes left."""
        return _find(_locked(user).mf_recovery_codes or [], code) is not None

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Use it up."""
        row = _locked(user)
        left = row.mf_recovery_codes or []
        found = _find(left, code)
        if found is None:
            return False
        # A new list: a change inside a JSON value is not noticed.
        row.mf_recovery_codes = [digest for digest in left if digest != found]
        return True


def _locked(user: Any) -> User:
    """The row itself, locked: of two requests with one code the second finds it gone."""
    query = select(User).where(User.id == user.id).with_for_update(of=User)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _find(digests: Sequence[str], code: str) -> str | None:
    wanted = _digest(code)
    return next((digest for digest in digests if hmac.compare_digest(digest, wanted)), None)


def _digest(code: str) -> str:
    plain = thai.from_thai_digits(code).replace("-", "").replace(" ", "").lower()
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"recovery code:" + plain.encode(), hashlib.sha256).hexdigest()
