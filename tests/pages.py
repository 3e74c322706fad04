"""A page client that behaves like a careful person: it checks every page it opens, and fills in the forms it finds."""

import time
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from forumplanner.accounts.models import User
from forumplanner.core.db import db
from tests.page_checks import checked_tree, text_of
from tests.whole_words import without_terms


@dataclass(slots=True)
class Page:
    """An answered page, parsed."""

    response: TestResponse
    root: Element = field(repr=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def heading(self) -> str:
        """The text of its one h1."""
        return text_of(next(self.root.iter("h1")))

    @property
    def text(self) -> str:
        """All that a person reads, spaces folded."""
        return text_of(self.root.find("body"))

    def errors(self) -> list[str]:
        """The sentences of its error summary."""
        found = self.find_all("error-summary")
        return [text_of(item) for summary in found for item in summary.iter("li")]

    def find_all(self, css_class: str) -> list[Element]:
        """Elements that carry a class."""
        return [node for node in self.root.iter() if css_class in (node.get("class") or "").split()]

    def links(self) -> dict[str, str]:
        """Link texts with their addresses."""
        return {text_of(node): node.get("href") or "" for node in self.root.iter("a")}


class PageClient:
    """Opens pages and sends forms of one browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http: FlaskClient = app.test_client()

    def sign_in(self, email: str) -> "PageClient":
        """Become that account without its password."""
        with self.app.app_context():
            user = db.session.scalar(select(User).where(User.email == email))
            assert user is not None, f"no account {email}"
            uniquifier = user.fs_uniquifier
            db.session.remove()
        with self.http.session_transaction() as session:
            session.update(
                {
                    "_user_id": uniquifier,
                    "_fresh": True,
                    "fs_cc": "set",
                    "fs_paa": time.time(),
                    "identity.id": uniquifier,
                }
            )
        return self

    def sign_in_as(self, role: str) -> "PageClient":
        """Become one of the sample accounts: `organiser`, `coordinator` (of the South), `reader`."""
        with self.app.app_context():
            users = db.session.scalars(select(User).where(User.is_sample).order_by(User.id))
            email = next(user.email for user in users if user.has_role(role))
            db.session.remove()
        return self.sign_in(email)

    def get(self, path: str, status: int = 200, lang: str | None = None, **options: Any) -> Page:
        """Open a page and check it."""
        if lang is not None:
            self.http.set_cookie("lang", lang)
        return self._checked(self.http.get(path, **options), status)

    def submit(
        self, path: str | Page, values: dict[str, Any], *, form: int | str = 0, status: int = 302, follow: bool = False
    ) -> Page:
        """Fill in a form of that page and send it.

        `form` is its number on the page among POST forms, or a part of its action. Values replace what the page
        filled in; None removes a field. With `follow`, the page it leads to is opened and returned.
        """
        page = path if isinstance(path, Page) else self.get(path)
        found = self._form(page, form)
        data: dict[str, Any] = form_values(found)
        unknown = set(values) - {node.get("name") for node in found.iter() if node.get("name")}
        assert not unknown, f"the form has no fields {unknown}; it has {sorted(data)}"
        data.update(values)
        action = found.get("action") or page.response.request.full_path.rstrip("?")
        response = self.http.post(action, data={name: value for name, value in data.items() if value is not None})
        if response.status_code in (302, 303) and follow:
            return self.get(response.headers["Location"])
        return self._checked(response, status)

    def switch_language(self, page: Page, values: dict[str, Any] | None = None) -> Page:
        """Press the page's language switch: a link, or a button of the page's form, which `values` were typed into."""
        [switch] = page.find_all("language")
        if switch.tag == "a":
            return self.get(switch.get("href") or "")
        form = next(node for node in page.root.iter("form") if node.get("id") == switch.get("form"))
        data = {**form_values(form), **(values or {}), str(switch.get("name")): switch.get("value")}
        return self._checked(self.http.post(switch.get("formaction") or "", data=data), 200)

    def _form(self, page: Page, form: int | str) -> Element:
        forms = [node for node in page.root.iter("form") if (node.get("method") or "").lower() == "post"]
        if isinstance(form, int):
            return forms[form]
        matching = [node for node in forms if form in (node.get("action") or "")]
        assert matching, f"no form to {form}; there are {[node.get('action') for node in forms]}"
        return matching[0]

    def _checked(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (response.status_code, response.get_data(as_text=True)[:3000])
        if response.mimetype != "text/html" or status in (301, 302, 303):
            return Page(response, html5lib.parse("<p>", namespaceHTMLElements=False))
        return Page(response, checked_tree(without_terms(response.get_data(as_text=True))))


def form_values(form: Element) -> dict[str, Any]:
    """What a form would send as it stands."""
    values: dict[str, Any] = {}
    for node in form.iter():
        name, kind = node.get("name"), node.get("type")
        if not name or node.get("disabled") is not None:
            continue
        if node.tag == "textarea":
            # A browser drops the one newline that follows the tag; so does the parser.
            values[name] = node.text or ""
        elif node.tag == "select":
            chosen = [option for option in node.iter("option") if option.get("selected") is not None]
            options = chosen or list(node.iter("option"))[:1]
            values[name] = options[0].get("value", "") if options else ""
        elif node.tag == "input" and kind in ("radio", "checkbox"):
            if node.get("checked") is not None:
                value = node.get("value", "on")
                before = values.get(name)
                if kind == "checkbox" and before is not None:
                    values[name] = [*(before if isinstance(before, list) else [before]), value]
                else:
                    values[name] = value
        elif node.tag == "input" and kind == "hidden" and name in values:
            before = values[name]
            values[name] = [*(before if isinstance(before, list) else [before]), node.get("value", "")]
        elif node.tag == "input" and kind not in ("submit", "button", "file"):
            values[name] = node.get("value", "")
    return values
