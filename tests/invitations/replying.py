"""What tests of a participant's pages do: open an own page, press a button, look at what was kept."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from forumplanner.core.db import db
from forumplanner.invitations.models import Answer, Reply
from tests.invitations.conftest import invitation_of
from tests.pages import Page, PageClient, text_of

SIRIPORN = ("west", "ศิริพร เพชรน้ำ")
LinkOf = Callable[..., str]


def buttons(page: Page) -> list[str]:
    return [text_of(node) for node in page.find_all("reply")]


def replies(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Reply)) or 0


def answer_of(app: Flask, where: tuple[str, str]) -> tuple[Answer | None, str | None, str | None]:
    with app.app_context():
        found = invitation_of(db.session(), *where)
        return found.answer, found.delegate_name, found.comment


def press(client: PageClient, page: Page | str, answer: str, status: int = 303, follow: bool = True) -> Page:
    """Press one of the three buttons."""
    opened = page if isinstance(page, Page) else client.get(page)
    form = next(node for node in opened.root.iter("form") if "replies" in (node.get("class") or ""))
    token = next(node.get("value") for node in form.iter("input") if node.get("name") == "csrf_token")
    response = client.http.post(form.get("action") or "", data={"csrf_token": token, "answer": answer})
    assert response.status_code == status
    return client.get(response.headers["Location"]) if follow and status == 303 else client._checked(response, status)
