"""One act is one thing: a drawn form that arrives twice does its work once, in order and at the same moment."""

import re
import threading
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from forumplanner.core import clock
from forumplanner.core.db import Base, db
from forumplanner.web.once import KEPT, SpentForm, forget_spent_forms
from tests.pages import PageClient, form_values

pytestmark = pytest.mark.usefixtures("sample")

AGENDA = "/rounds/2550-1/west/agenda"
ITEM = {"title_th": "เรื่องใหม่ที่เพิ่ม"}


def rows(app: Flask) -> Counter[str]:
    with app.app_context():
        tables = Base.metadata.sorted_tables
        found = Counter({table.name: db.session.scalar(select(func.count()).select_from(table)) for table in tables})
        db.session.remove()
    return found


def drawn(client: PageClient, path: str, action: str, values: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Where a form of that page is sent, and what it carries."""
    forms = [node for node in client.get(path).root.iter("form") if node.get("method") == "post"]
    form = next(node for node in forms if urlsplit(node.get("action") or path).path == action)
    return action, form_values(form) | values


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


@pytest.mark.both_databases
def test_the_repeat_is_led_to_the_same_place_and_told_the_same(organiser: PageClient, sample: Flask) -> None:
    action, data = drawn(organiser, AGENDA, AGENDA, ITEM)
    first = organiser.http.post(action, data=data)
    said = organiser.get(first.location).find_all("notice")
    before = rows(sample)
    again = organiser.http.post(action, data=data)
    assert (again.status_code, again.location) == (303, first.location)
    page = organiser.get(again.location)
    assert [len(page.find_all("notice")), ITEM["title_th"] in page.text] == [len(said), True]
    assert rows(sample) == before


def test_the_same_words_on_a_page_drawn_anew_are_a_second_thing(organiser: PageClient, sample: Flask) -> None:
    before = rows(sample)
    for _time in range(2):
        action, data = drawn(organiser, AGENDA, AGENDA, ITEM)
        organiser.http.post(action, data=data)
    assert rows(sample)["agenda_items"] == before["agenda_items"] + 2


def test_other_words_under_an_old_key_are_not_taken_for_a_repetition(organiser: PageClient, sample: Flask) -> None:
    before = rows(sample)
    action, data = drawn(organiser, AGENDA, AGENDA, ITEM)
    organiser.http.post(action, data=data)
    organiser.http.post(action, data=data | {"title_th": "เรื่องที่สอง"})
    organiser.http.post(action, data=data | {"title_th": "เรื่องที่สอง"})
    assert rows(sample)["agenda_items"] == before["agenda_items"] + 2


def test_a_form_that_was_refused_may_be_sent_again(organiser: PageClient, sample: Flask) -> None:
    action, data = drawn(organiser, AGENDA, AGENDA, {"title_th": ""})
    assert [organiser.http.post(action, data=data).status_code for _time in range(2)] == [422, 422]
    assert rows(sample)["spent_forms"] == 0
    assert organiser.http.post(action, data=data | ITEM).status_code == 302


def test_nobody_else_learns_where_a_form_led(organiser: PageClient, sample: Flask) -> None:
    action, data = drawn(organiser, AGENDA, AGENDA, ITEM)
    organiser.http.post(action, data=data)
    other = PageClient(sample).sign_in_as("coordinator")
    token = drawn(other, "/account", "/account", {})[1]["csrf_token"]
    assert other.http.post(action, data=data | {"csrf_token": token}).status_code == 403


@pytest.mark.both_databases
def test_twins_at_the_same_moment_make_one(organiser: PageClient, sample: Flask) -> None:
    before = rows(sample)["agenda_items"]
    action, data = drawn(organiser, AGENDA, AGENDA, ITEM)
    cookie = organiser.http.get_cookie("forumplanner")
    assert cookie is not None
    start, answers = threading.Barrier(4), []

    def send() -> None:
        http = sample.test_client()
        http.set_cookie("forumplanner", cookie.value)
        start.wait()
        answers.append(http.post(action, data=data))

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {302, 303}
    assert len({answer.location for answer in answers}) == 1
    assert rows(sample)["agenda_items"] == before + 1


@pytest.mark.both_databases
def test_twins_of_an_act_that_is_refused_the_second_time_both_hear_that_it_is_done(
    organiser: PageClient, sample: Flask
) -> None:
    values = {"on": "9 พ.ค. 2550", "name_th": "วันหยุดพิเศษ"}
    page = organiser.submit("/holidays", values, form=-1, status=200)
    form = [node for node in page.root.iter("form") if node.get("method") == "post"][-1]
    data = form_values(form)
    start, answers = threading.Barrier(3), []
    cookie = organiser.http.get_cookie("forumplanner")
    assert cookie is not None

    def send() -> None:
        http = sample.test_client()
        http.set_cookie("forumplanner", cookie.value)
        start.wait()
        answers.append(http.post("/holidays", data=data))

    threads = [threading.Thread(target=send) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.location for answer in answers} == {"/holidays#on"}


def test_marks_are_kept_for_days_and_not_for_ever(organiser: PageClient, sample: Flask) -> None:
    action, data = drawn(organiser, AGENDA, AGENDA, ITEM)
    organiser.http.post(action, data=data)
    with sample.app_context():
        forget_spent_forms()
        [spent] = db.session.scalars(select(SpentForm))
        assert data["form_key"] not in (spent.mark, spent.led_to, spent.said)
        spent.spent_at = clock.now() - KEPT - timedelta(seconds=1)
        db.session.commit()
        forget_spent_forms()
        assert db.session.scalar(select(func.count()).select_from(SpentForm)) == 0


def test_every_drawn_form_has_a_key_of_its_own(organiser: PageClient) -> None:
    pages = [organiser.get(AGENDA), organiser.get(AGENDA)]
    keys = [key for page in pages for key in re.findall(r'name="form_key" value="([0-9a-f]+)"', page.response.text)]
    assert len(keys) > 4
    assert len(set(keys)) == len(keys)
