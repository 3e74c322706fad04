"""The short way of `web.application` for views that answer machines: what it leaves out, and what it must not."""

from typing import Any

import pytest
from flask import Flask, Response, session

from forumplanner.core.errors import NotAllowed
from forumplanner.web.access import ANYONE, Access, bare, init_access, opens_to
from forumplanner.web.application import Application
from forumplanner.web.headers import init_headers

NOBODY = Access("nobody", lambda user: False)


class Somebody:
    """A signed-in account, as far as access asks."""

    is_authenticated = True


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A small application whose hook says on each answer that it ran."""
    app = Application("short")
    app.secret_key = "test"
    monkeypatch.setattr("forumplanner.web.access.current_user", Somebody())

    def answer() -> str:
        session["seen"] = "yes"
        return "answer"

    def view(name: str, access: Access | None, *, is_bare: bool) -> None:
        def show() -> str:
            return answer()

        shown: Any = opens_to(access)(show) if access else show
        app.add_url_rule(f"/{name}", name, bare(shown) if is_bare else shown)

    view("page", ANYONE, is_bare=False)
    view("calendar", ANYONE, is_bare=True)
    view("closed", NOBODY, is_bare=True)
    view("undeclared", None, is_bare=True)

    @app.after_request
    def mark(response: Response) -> Response:
        response.headers["X-Hook"] = "ran"
        return response

    app.register_error_handler(NotAllowed, lambda refusal: ("no", refusal.status))
    init_headers(app)
    init_access(app)
    return app


def test_bare_view_gets_no_session_and_none_of_the_pages_hooks(short: Flask) -> None:
    found = {}
    for name in ("page", "calendar"):
        answer = short.test_client().get(f"/{name}")
        found[name] = (answer.text, "X-Hook" in answer.headers, "Set-Cookie" in answer.headers)
    assert found == {"page": ("answer", True, True), "calendar": ("answer", False, False)}


def test_bare_view_keeps_the_security_headers(short: Flask) -> None:
    headers = [short.test_client().get(f"/{name}").headers for name in ("page", "calendar")]
    assert [each["X-Content-Type-Options"] for each in headers] == ["nosniff", "nosniff"]


def test_bare_view_is_refused_to_those_it_is_closed_to(short: Flask) -> None:
    assert short.test_client().get("/closed").status_code == 403


def test_bare_view_without_a_declaration_is_never_served(short: Flask) -> None:
    assert short.test_client().get("/undeclared").status_code == 500
