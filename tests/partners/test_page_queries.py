"""How often the list of partners asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from forumplanner.core.db import db
from forumplanner.core.thai import PhoneNumber
from forumplanner.history.services import Actor
from forumplanner.partners import services
from forumplanner.partners.facts import PersonFacts
from forumplanner.places.models import Region
from tests.pages import PageClient
from tests.partners.test_pages import listed

pytestmark = pytest.mark.usefixtures("sample")


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements run inside the block."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_the_list_asks_as_often_for_a_hundred_partners_as_for_sixty(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("coordinator")

    def add(numbers: range) -> None:
        with sample.app_context():
            south = db.session.scalars(select(Region).where(Region.slug == "south")).one()
            for number in numbers:
                phones = (PhoneNumber(f"08200000{number:02}"),)
                facts = PersonFacts(given_name=f"ทดสอบ {number}", regions=(south,), phones=phones)
                services.add_partner(db.session(), Actor(None, ""), facts)
            db.session.commit()

    with counted(sample) as whole:
        client.get("/partners")
    add(range(50))
    with counted(sample) as few:
        client.get("/partners")
    add(range(50, 90))
    with counted(sample) as many:
        page = client.get("/partners")
    assert (len(listed(page)), len(many), len(few)) == (50, len(few), len(whole)), many
