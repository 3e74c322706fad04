"""Addresses that go into mails and onto the terminal: a page's in full, an account's one-time link."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_security.recoverable import generate_reset_password_token

from forumplanner.accounts.models import User
from forumplanner.web.today import settings


def password_link(user: User) -> str:
    """The address at which that account's owner chooses a password; it works once, for a limited time."""
    return address_of("security.reset_password", token=generate_reset_password_token(user))  # type: ignore[no-untyped-call]


def address_of(endpoint: str, **values: Any) -> str:
    """A page's full address below FORUMPLANNER_BASE_URL, whatever the request at hand says of its host."""
    base = urlsplit(settings().base_url)
    adapter = current_app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)
