"""Queries and bytes per page, with more rows (ours) against the sample (baseline): above 1 means that they grow.

Of history 20 rounds against one; of the pages that list people 5,000 invited against the sample's eight.
"""

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bench.figures import Figure
from bench.sample import sample_app
from forumplanner.accounts.models import User
from forumplanner.core.db import db
from tests.counting import PAGES, counted
from tests.history import add_history, add_many

ROUNDS = 20
MANY = 5000
LISTS_OF_PEOPLE = ("invitations", "attendance", "choose", "partners", "outcomes")


def measure() -> Iterator[Figure]:
    """`queries_<page>` and `bytes_<page>` of each main page, as the organiser; `..._5000` of those that list people."""
    with sample_app() as app:
        client = organiser(app)
        before = {name: look(app, client, path) for name, path in PAGES.items()}
        with app.app_context():
            add_history(db.session(), ROUNDS - 1)
            db.session.remove()
        for name, path in PAGES.items():
            app.extensions.get("feed_cache", {}).clear()
            now, was = look(app, client, path), before[name]
            yield Figure(f"queries_{name}", now[0], was[0], unit="queries")
            yield Figure(f"bytes_{name}", now[1], was[1], unit="bytes")
        with app.app_context():
            add_many(db.session(), MANY, listed=MANY // 5)
            db.session.remove()
        for name in LISTS_OF_PEOPLE:
            now, was = look(app, client, PAGES[name]), before[name]
            yield Figure(f"queries_{name}_{MANY}", now[0], was[0], unit="queries")
            yield Figure(f"bytes_{name}_{MANY}", now[1], was[1], unit="bytes")


def organiser(app: Flask) -> FlaskClient:
    """A client signed in as the sample's organiser."""
    client = app.test_client()
    with app.app_context():
        users = db.session.scalars(select(User).order_by(User.id))
        uniquifier = next(user.fs_uniquifier for user in users if user.is_organiser)
        db.session.remove()
    with client.session_transaction() as session:
        session.update({"_user_id": uniquifier, "_fresh": True, "identity.id": uniquifier})
    return client


def look(app: Flask, client: FlaskClient, path: str) -> tuple[int, int]:
    """How many statements one request runs, nothing cached, and how many bytes it answers."""
    app.extensions.get("feed_cache", {}).clear()
    with counted(app) as statements:
        answer = client.get(path)
        assert answer.status_code == 200, path
    return len(statements), len(answer.data)
