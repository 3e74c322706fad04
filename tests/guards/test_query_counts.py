"""The number of queries of a page grows neither with the rounds of history nor with the rows of one meeting."""

import pytest
from flask import Flask

from forumplanner.core.db import db
from tests.counting import PAGES, counted
from tests.history import add_crowd, add_history
from tests.pages import PageClient

# An aim of the brief's page is 12; the account, its roles and regions and the sample's mark are four of each page's.
MOST = 16


@pytest.mark.parametrize("name", PAGES)
def test_queries_stay_few_and_do_not_grow_with_history(sample: Flask, client: PageClient, name: str) -> None:
    client.sign_in_as("organiser")
    client.http.get(PAGES[name])
    with counted(sample) as first:
        assert client.http.get(PAGES[name]).status_code == 200
    with sample.app_context():
        add_history(db.session(), 6)
        db.session.remove()
    sample.extensions.get("feed_cache", {}).clear()
    with counted(sample) as later:
        assert client.http.get(PAGES[name]).status_code == 200
    if name == "feed":  # warm it is one query; built anew it is the same few whatever the history
        assert len(first) <= 1
        assert len(later) <= 6
        return
    assert len(later) <= len(first), "\n\n".join(later)
    assert len(first) <= MOST, "\n\n".join(first)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "feed"])
def test_queries_do_not_grow_with_the_rows_of_a_meeting(sample: Flask, client: PageClient, name: str) -> None:
    client.sign_in_as("organiser")
    found = []
    for more in (2, 20):
        with sample.app_context():
            add_crowd(db.session(), more)
            db.session.remove()
        client.http.get(PAGES[name])
        with counted(sample) as statements:
            assert client.http.get(PAGES[name]).status_code == 200
        found.append(statements)
    assert len(found[1]) <= len(found[0]), "\n\n".join(found[1])
