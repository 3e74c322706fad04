"""Queries per page, at 20 rounds of history (ours) against 1 (baseline): a ratio above 1 means that they grow."""

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bench.figures import Figure
from bench.sample import sample_app
from forumplanner.accounts.models import User
from forumplanner.core.db import db
from tests.counting import PAGES, counted
from tests.history import add_history

ROUNDS = 20


def measure() -> Iterator[Figure]:
    """`queries_<page>` for each main page, as the organiser."""
    with sample_app() as app:
        client = organiser(app)
        before = {name: queries(app, client, path) for name, path in PAGES.items()}
        with app.app_context():
            add_history(db.session(), ROUNDS - 1)
            db.session.remove()
        for name, path in PAGES.items():
            app.extensions.get("feed_cache", {}).clear()
            yield Figure(f"queries_{name}", queries(app, client, path), before[name], unit="queries")


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


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    """How many statements one request runs, nothing cached."""
    app.extensions.get("feed_cache", {}).clear()
    with counted(app) as statements:
        assert client.get(path).status_code == 200, path
    return len(statements)
