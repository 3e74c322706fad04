"""Home shows what waits in every round that runs, in as many queries as for one."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from forumplanner.core.db import db
from forumplanner.rounds.models import Round
from tests.counting import counted
from tests.history import add_history
from tests.pages import PageClient, text_of


def let_run(app: Flask, code: str, *, days_ago: int = 0) -> None:
    """Move a round of history into the days of the sample's own, so many days earlier."""
    with app.app_context():
        own = db.session.scalars(select(Round).where(Round.code == "2550-1")).one()
        shift = timedelta(days=days_ago)
        values = {"starts_on": own.starts_on - shift, "ends_on": own.ends_on - shift}
        db.session.execute(update(Round).where(Round.code == code).values(values))
        db.session.commit()


def headings(client: PageClient) -> list[str]:
    return [text_of(node) for node in client.get("/").root.iter("h2") if "รอท่านอยู่" in text_of(node)]


def test_what_waits_in_every_running_round_is_shown(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    assert len(headings(client)) == 1
    with sample.app_context():
        add_history(db.session(), 2)
    assert len(headings(client)) == 1
    let_run(sample, "2549-1")
    assert headings(client) == ["รอท่านอยู่ในรอบ 2550-1", "รอท่านอยู่ในรอบ 2549-1"]


def test_a_round_that_ended_lately_still_waits_and_one_of_long_ago_does_not(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    with sample.app_context():
        add_history(db.session(), 2)
    let_run(sample, "2549-1", days_ago=60)
    let_run(sample, "2548-1", days_ago=400)
    assert headings(client) == ["รอท่านอยู่ในรอบ 2549-1", "รอท่านอยู่ในรอบ 2550-1"]


def test_its_queries_do_not_grow_with_the_rounds_that_run(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    client.get("/")
    with counted(sample) as one:
        client.get("/")
    with sample.app_context():
        add_history(db.session(), 4)
    for year in range(2546, 2550):
        let_run(sample, f"{year}-1")
    with counted(sample) as five:
        client.get("/")
    assert len(five) <= len(one), "\n\n".join(five)
