"""What the tests of this folder do over and over: accounts with passwords, codes of an authenticator app."""

import re
import time
from typing import Any

from flask import Flask
from flask_security import hash_password
from flask_security.proxies import _security
from passlib.totp import TOTP
from sqlalchemy import select

from forumplanner.accounts.models import User
from forumplanner.accounts.services import create_account
from forumplanner.core.db import db
from tests.pages import Page, PageClient

PASSWORD = "ประชุมวงภาคใต้ 2550 ครั้งที่สอง"
HALF_MINUTE = 30


def make_account(app: Flask, email: str = "malee@example.org", role: str = "reader", **facts: Any) -> str:
    """An account that has a password; returns its address. A reader may do without the second step."""
    with app.app_context():
        user = create_account(db.session(), email, role, facts.pop("regions", ()), name=facts.pop("name", "มาลี"))
        user.password = hash_password(_security.password_util.normalize(PASSWORD))
        for name, value in facts.items():
            setattr(user, name, value)
        db.session.commit()
    return email


def find_account(email: str = "malee@example.org") -> User:
    """The account as it stands in the database now."""
    db.session.rollback()
    user = db.session.scalar(select(User).where(User.email == email))
    assert user is not None
    return user


def sign_in(client: PageClient, email: str = "malee@example.org", password: str = PASSWORD, **options: Any) -> Page:
    """Fill in the sign-in page."""
    return client.submit(options.pop("path", "/login"), {"email": email, "password": password}, form=-1, **options)


def sign_out(client: PageClient) -> None:
    """Press the button."""
    client.submit("/account", {}, form="/logout")


def csrf(client: PageClient, path: str = "/account") -> str:
    """A token for a form that is sent without its page."""
    page = client.http.get(path, follow_redirects=True).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def set_up_two_factor(client: PageClient) -> TOTP:
    """Set up an authenticator app for the signed-in person, as a person does; returns the app."""
    page = client.submit("/account/two-factor", {}, form="/account/two-factor", status=200)
    key = page.find_all("copy-text")[0].text or ""
    app = TOTP(key=key.replace("-", "").strip())
    client.submit(page, {"code": app.generate().token}, form="/login/code")
    return app


def code_after(app: TOTP, halves: int) -> str:
    """The code the app will show that many half minutes from now."""
    return str(app.generate(time.time() + halves * HALF_MINUTE).token)
