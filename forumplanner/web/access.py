"""Who may open an endpoint: each declares it, and one that does not is never served.

An `Access` answers for the account alone. Whether *this* region or *this* private link is theirs is decided where the
row is read (`accounts.rules`, `web.private_links`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forumplanner.core.errors import NotAllowed, Refused
from forumplanner.core.i18n import N_
from forumplanner.web.typed import typed_texts


class SignedOut(Refused):
    """A form was sent, with text in it, by somebody whose session has ended."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("You have been signed out. What you wrote is still on this page; it is not saved yet."))


@dataclass(frozen=True, slots=True)
class Access:
    """A named rule. `admits` takes the signed-in user (or the anonymous one); None admits anybody unasked."""

    name: str
    admits: Callable[[Any], bool] | None = None


ANYONE = Access("anyone")
# The address itself is the key; the view checks it before it shows anything.
PRIVATE_LINK = Access("private link")
SIGNED_IN = Access("signed in", lambda user: bool(user.is_authenticated))

View = TypeVar("View", bound=Callable[..., Any])


def opens_to(access: Access) -> Callable[[View], View]:
    """Declare who may open a view; stands directly above the function, below the route."""

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def bare(view: View) -> View:
    """Declare that a view answers machines and only reads: it gets the short way of `web.application`.

    No moved today, no language, no account, no session, no form messages are prepared for it.
    """
    view.bare = True  # type: ignore[attr-defined]
    return view


def for_bare_too(hook: View) -> View:
    """Declare that a hook around requests also runs for bare views."""
    hook.for_bare_too = True  # type: ignore[attr-defined]
    return hook


def is_bare_view(endpoint: str, view: object) -> bool:
    """Whether a view is one of those; static files are."""
    return endpoint == "static" or getattr(view, "bare", False)


def is_bare() -> bool:
    """Whether this request's view, if any, is one of those."""
    endpoint = request.endpoint or ""
    return is_bare_view(endpoint, current_app.view_functions.get(endpoint))


def declare_access(app: Flask, endpoint: str, access: Access) -> None:
    """Declare it for an endpoint of a library."""
    app.extensions.setdefault("declared_access", {})[endpoint] = access


def access_of(app: Flask, endpoint: str) -> Access | None:
    """What an endpoint declared, or None."""
    declared: dict[str, Access] = app.extensions.get("declared_access", {})
    return declared.get(endpoint) or getattr(app.view_functions.get(endpoint), "access", None)


@for_bare_too
def check_access() -> ResponseReturnValue | None:
    """Run before each request."""
    endpoint = request.endpoint
    if endpoint is None:  # no such address: the 404 page answers
        return None
    access = access_of(current_app, endpoint)
    if access is None:
        raise RuntimeError(f"endpoint {endpoint} does not declare who may open it")
    if access.admits is None or access.admits(current_user):
        return None
    if current_user.is_authenticated:
        raise NotAllowed
    if typed_texts():
        raise SignedOut
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def init_access(app: Flask) -> None:
    """Enforce the declarations."""
    declare_access(app, "static", ANYONE)
    app.before_request(check_access)
