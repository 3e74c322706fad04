"""Pages of the record in the words of these tests."""

from flask import Flask
from sqlalchemy import select

from forumplanner.accounts.models import Role, User
from forumplanner.core.db import db
from forumplanner.outcomes.models import Outcome
from forumplanner.places.models import Region
from tests.outcomes.sample_round import item_at, meeting_at
from tests.pages import Page, PageClient

NORTH = "/rounds/2550-1/north"
SOUTH = "/rounds/2550-1/south"


def item_path(app: Flask, slug: str, number: str) -> str:
    with app.app_context():
        meeting = meeting_at(db.session(), slug)
        return f"/rounds/2550-1/{slug}/outcomes/{item_at(db.session(), meeting, number).id}"


def saved_texts(app: Flask, path: str) -> list[str]:
    with app.app_context():
        query = select(Outcome.text).where(Outcome.agenda_item_id == int(path.rpartition("/")[2]))
        return list(db.session.scalars(query.order_by(Outcome.position, Outcome.id)))


def coordinator_of(app: Flask, slug: str) -> PageClient:
    """Somebody who looks after that region alone."""
    with app.app_context():
        user = User(email=f"{slug}@example.net", name=f"ผู้ประสานงาน {slug}", active=True, fs_uniquifier=slug * 3)
        user.roles = list(db.session.scalars(select(Role).where(Role.name == "coordinator")))
        user.regions = list(db.session.scalars(select(Region).where(Region.slug == slug)))
        db.session.add(user)
        db.session.commit()
    return PageClient(app).sign_in(f"{slug}@example.net")


def new_row(place: int, kind: str, text: str, **more: str) -> dict[str, str]:
    values = {"kind": kind, "text": text, **more}
    return {f"outcomes-{place}-{name}": value for name, value in values.items()}


def field_value(page: Page, name: str) -> str:
    node = next(node for node in page.root.iter() if node.get("name") == name)
    return node.text or "" if node.tag == "textarea" else node.get("value") or ""
