"""Organisers add, move, announce, cancel and remove meetings: read back first, saved then."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.history.services import list_changes
from forumplanner.minutes.models import Minutes
from forumplanner.rounds.services import find_meeting
from tests.pages import Page, PageClient, text_of

WEST = "/rounds/2550-1/west"
NEW = "/rounds/2550-1/meetings/new"


@pytest.fixture
def organiser(sample: Flask, client: PageClient) -> PageClient:
    client.http.set_cookie("lang", "en")
    return client.sign_in_as("organiser")


def facts(app: Flask, slug: str = "west") -> tuple[str, str, str, int] | None:
    """First day, last day, status and SEQUENCE of a meeting as saved."""
    with app.app_context():
        found = find_meeting(db.session(), "2550-1", slug)
        return found and (found.starts_on.isoformat(), found.ends_on.isoformat(), found.status, found.sequence)


def type_days(organiser: PageClient, days: str, status: int = 200) -> Page:
    return organiser.submit(f"{WEST}/dates", {"days": days}, form=1, status=status)


def test_the_days_are_read_back_before_they_are_saved(sample: Flask, organiser: PageClient) -> None:
    page = type_days(organiser, "วันพุธที่ ๑๔ ถึง ๑๕ มีนาคม ๒๕๕๐")
    assert page.heading == "Are these the right days?"
    assert "Wednesday 14 March 2007" in page.text
    assert facts(sample) == ("2007-03-08", "2007-03-09", "announced", 0)
    saved = organiser.submit(page, {}, form=1, follow=True)
    assert "The dates were saved: Wed 14 - Thu 15 Mar 2007." in saved.text
    assert facts(sample) == ("2007-03-14", "2007-03-15", "announced", 1)


def test_what_to_think_of_is_said_in_words(sample: Flask, organiser: PageClient) -> None:
    page = type_days(organiser, "จันทร์ 3 - 5 มี.ค. 2550")
    for words in (
        "Sat 3 Mar 2007 is a public holiday: Makha Bucha.",
        "Mon 5 Mar 2007 is a public holiday: Makha Bucha (in lieu).",
        "Sat 3 Mar 2007 is a Buddhist observance day (wan phra). Monks may not be free to come.",
        "Bangkok and vicinity region falls on the same days: Sun 4 - Mon 5 Mar 2007.",
        "3 is a Saturday. Please check the date.",
        "These days are over.",
        "Invited: 2. Please tell them of the new days too.",
    ):
        assert words in page.text


def test_a_forum_after_the_national_meeting_is_warned_of(sample: Flask, organiser: PageClient) -> None:
    assert "The national meeting is before that: Thu 29 Mar 2007." in type_days(organiser, "30-31 มี.ค. 2550").text


def test_a_national_meeting_before_forums_is_warned_of(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit("/rounds/2550-1/national/dates", {"days": "15 มี.ค. 2550"}, form=1, status=200)
    assert "Upper Central region will not be over by then: Mon 19 - Tue 20 Mar 2007." in page.text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("", "Please fill this in."),
        ("8-9 มี.ค.", "has no year. Please add it with four digits"),
        ("8-9 มี.ค. 50", "has two digits, which could be of either era"),
        ("30-31 ก.พ. 2550", "“30-31 ก.พ. 2550” does not exist"),
        ("9-8 มี.ค. 2550", "ends before it begins. Please write the earlier day first."),
        ("03/31/2550", "has the month first"),
        ("เร็ว ๆ นี้", "could not be read as days. Please write day, month and year, for example 12-13 Mar 2007"),
        ("2-3 เม.ย. 2550", "These dates are outside the round."),
        ("24 ม.ค. - 31 มี.ค. 2550", "A meeting lasts 14 days at most."),
        (
            "<b>8 มี.ค. 2550</b>",
            "could not be read as days. Please write day, month and year, for example 12-13 Mar 2007",
        ),
    ],
)
def test_days_that_cannot_be_are_refused_beside_the_field_and_kept(
    sample: Flask, organiser: PageClient, days: str, sentence: str
) -> None:
    page = type_days(organiser, days, status=422)
    box = next(node for node in page.root.iter("input") if node.get("name") == "days")
    assert (box.get("value"), box.get("aria-invalid")) == (days, "true")
    assert sentence in page.errors()[0]
    assert facts(sample) == ("2007-03-08", "2007-03-09", "announced", 0)


def test_a_person_can_go_back_and_correct_with_what_was_typed(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit(type_days(organiser, "14-15 มี.ค. 2550"), {}, form=2, status=200)
    box = next(node for node in page.root.iter("input") if node.get("name") == "days")
    assert (page.heading, box.get("value")) == ("Change the dates", "14-15 มี.ค. 2550")


def test_a_reading_that_was_not_shown_is_not_saved(sample: Flask, organiser: PageClient) -> None:
    page = type_days(organiser, "14-15 มี.ค. 2550")
    again = organiser.submit(page, {"days": "21-22 มี.ค. 2550"}, form=1, status=200)
    assert "Wed 21 - Thu 22 Mar 2007" in again.text
    assert facts(sample) == ("2007-03-08", "2007-03-09", "announced", 0)


def test_two_who_move_one_meeting_see_both_dates(sample: Flask, organiser: PageClient) -> None:
    second = PageClient(sample).sign_in_as("organiser")
    second.http.set_cookie("lang", "en")
    waiting = type_days(second, "21-22 มี.ค. 2550")
    organiser.submit(type_days(organiser, "14-15 มี.ค. 2550"), {}, form=1)
    page = second.submit(waiting, {}, form=1, status=409)
    assert ("14-15 Mar 2007" in page.text, "21-22 Mar 2007" in page.text) == (True, True)
    assert "If you check and save once more, yours replaces what is saved now." in page.errors()[0]
    assert facts(sample) == ("2007-03-14", "2007-03-15", "announced", 1)
    second.submit(second.submit(page, {}, form=1, status=200), {}, form=1)
    assert facts(sample) == ("2007-03-21", "2007-03-22", "announced", 2)


def test_what_falls_away_with_a_day_is_told_before_and_after(sample: Flask, organiser: PageClient) -> None:
    page = type_days(organiser, "14 มี.ค. 2550")
    assert "The hours of Friday 9 March 2007 will be removed: 09:00-15:00." in page.text
    assert "Lines of the programme that fall outside the new days: 3." in page.text
    saved = organiser.submit(page, {}, form=1, follow=True)
    assert "Lines of the programme that fall outside the new days: 3." in saved.text


SOUTH = "/rounds/2550-1/south"


def test_a_forum_with_records_does_not_move_to_days_to_come(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit(f"{SOUTH}/dates", {"days": "26-27 มี.ค. 2550"}, form=1, status=409)
    assert "so it cannot begin after today." in page.errors()[0]
    assert facts(sample, "south") == ("2007-01-30", "2007-01-31", "announced", 0)


def begin_west(sample: Flask) -> None:
    """The West's forum is in its second of three days."""
    with sample.app_context():
        meeting = find_meeting(db.session(), "2550-1", "west")
        assert meeting is not None
        meeting.starts_on, meeting.ends_on = date(2007, 3, 5), date(2007, 3, 7)
        db.session.commit()


def begin_minutes_of_west(sample: Flask) -> None:
    with sample.app_context():
        meeting = find_meeting(db.session(), "2550-1", "west")
        assert meeting is not None
        db.session.add(Minutes(meeting_id=meeting.id, body_id=meeting.body_id, year=2007, number=1))
        db.session.commit()


def test_a_coming_forum_with_records_prepared_beforehand_moves(sample: Flask, organiser: PageClient) -> None:
    begin_minutes_of_west(sample)
    organiser.submit(type_days(organiser, "14-15 มี.ค. 2550"), {}, form=1)
    assert facts(sample) == ("2007-03-14", "2007-03-15", "announced", 1)


def test_a_forum_that_got_records_meanwhile_does_not_move_either(sample: Flask, organiser: PageClient) -> None:
    begin_west(sample)
    waiting = type_days(organiser, "14-15 มี.ค. 2550")
    begin_minutes_of_west(sample)
    page = organiser.submit(waiting, {}, form=1, status=409)
    assert "so it cannot begin after today." in page.errors()[0]


def test_correcting_the_days_of_a_held_forum_names_what_hangs_on_it(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit(f"{SOUTH}/dates", {"days": "29-30 ม.ค. 2550"}, form=1, status=200)
    assert "has records: 8 outcomes, 8 people in the room, minutes No. 1/2550 (2007)." in page.text
    organiser.submit(page, {}, form=1)
    assert facts(sample, "south") == ("2007-01-29", "2007-01-30", "announced", 1)


def test_a_working_meeting_a_year_away_is_warned_of(sample: Flask, organiser: PageClient) -> None:
    warning = "These days are far outside the round"
    assert warning in add(organiser, kind="working", days="10 มี.ค. 2551").text
    assert warning not in add(organiser, kind="working", days="19 พ.ย. 2549").text


def test_a_kind_that_needs_a_region_does_not_call_it_optional(sample: Flask, organiser: PageClient) -> None:
    label = next(node for node in organiser.get(NEW).root.iter("label") if node.get("for") == "region")
    assert text_of(label) == "Region"


def add(organiser: PageClient, status: int = 200, **values: Any) -> Page:
    return organiser.submit(NEW, values, form=1, status=status)


def test_a_meeting_is_shown_before_it_is_added_and_begins_as_proposed(sample: Flask, organiser: PageClient) -> None:
    page = add(organiser, kind="working", days="10 ม.ค. 2550", title_en="Preparing the letters")
    assert "Preparing the letters" in page.text
    assert facts(sample, "2007-01-10") is None
    saved = organiser.submit(page, {}, form=1, follow=True)
    assert saved.heading == "Preparing the letters"
    assert facts(sample, "2007-01-10") == ("2007-01-10", "2007-01-10", "proposed", 0)
    PageClient(sample).get("/rounds/2550-1/meetings/2007-01-10", status=404)


@pytest.mark.parametrize(
    ("values", "status", "field", "sentence"),
    [
        ({"kind": "regional", "region": "south"}, 409, "region", "This region has a forum in this round already."),
        ({"kind": "regional", "region": ""}, 422, "region", "A regional forum needs its region. Please choose one."),
        ({"kind": "regional", "region": "moon"}, 422, "region", "A regional forum needs its region."),
        ({"kind": "national"}, 409, "kind", "This round has a national meeting already."),
        ({"kind": "working", "days": "31-30 ม.ค. 2550"}, 422, "days", "ends before it begins."),
        ({"kind": "working", "days": "ม.ค. 2550"}, 422, "days", "could not be read as days."),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_beside_its_field(
    sample: Flask, organiser: PageClient, values: dict[str, str], status: int, field: str, sentence: str
) -> None:
    page = add(organiser, status, **{"days": "14-15 มี.ค. 2550", **values})
    assert sentence in page.errors()[0]
    assert any(
        (node.get("id") or "") == f"{field}-error" and sentence in "".join(node.itertext()) for node in page.root.iter()
    )


def test_a_forum_outside_its_round_is_refused(sample: Flask, organiser: PageClient) -> None:
    with sample.app_context():
        meeting = find_meeting(db.session(), "2550-1", "east")
        db.session.delete(meeting)
        db.session.commit()
    page = add(organiser, 422, kind="regional", region="east", days="2-3 เม.ย. 2550")
    assert "These dates are outside the round." in page.errors()[0]
    added = organiser.submit(add(organiser, kind="regional", region="east", days="26-27 มี.ค. 2550"), {}, form=1)
    assert added.response.headers["Location"] == "/rounds/2550-1/east"


def press(organiser: PageClient, act: str, slug: str = "west") -> Page:
    return organiser.submit(f"/rounds/2550-1/{slug}/{act}", {}, form=f"/{act}", follow=True)


def test_cancelling_asks_first_and_can_be_taken_back(sample: Flask, organiser: PageClient) -> None:
    asked = organiser.get(f"{WEST}/cancel")
    assert "Invited: 2. Please tell them by telephone or letter" in asked.text
    assert facts(sample) == ("2007-03-08", "2007-03-09", "announced", 0)
    assert "This meeting is cancelled" in press(organiser, "cancel").text
    assert facts(sample) == ("2007-03-08", "2007-03-09", "cancelled", 1)
    assert "The cancellation was undone." in press(organiser, "revive").text
    assert facts(sample) == ("2007-03-08", "2007-03-09", "announced", 2)


def test_a_new_meeting_is_announced_to_the_public_or_removed(sample: Flask, organiser: PageClient) -> None:
    for day in ("10", "11"):
        organiser.submit(add(organiser, kind="working", days=f"{day} ม.ค. 2550"), {}, form=1)
    press(organiser, "announce", "meetings/2007-01-10")
    PageClient(sample).get("/rounds/2550-1/meetings/2007-01-10")
    asked = organiser.get("/rounds/2550-1/meetings/2007-01-11/remove").text
    assert "Nobody was invited and nothing recorded, so it can be removed." in asked
    press(organiser, "remove", "meetings/2007-01-11")
    assert facts(sample, "2007-01-11") is None


def test_a_removed_meeting_takes_its_plan_along_and_says_so(sample: Flask, organiser: PageClient) -> None:
    organiser.submit(add(organiser, kind="working", days="10 ม.ค. 2550"), {}, form=1)
    page = "/rounds/2550-1/meetings/2007-01-10"
    organiser.submit(f"{page}/agenda", {}, form="/agenda/usual")
    assert "agenda items 5, lines of the programme 0." in organiser.get(f"{page}/remove").text


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("announce", "This meeting is announced already."),
        ("revive", "This meeting is not cancelled."),
        ("remove", "This meeting was announced. Please cancel it instead"),
    ],
)
def test_an_act_that_does_not_fit_is_refused_with_a_sentence(
    sample: Flask, organiser: PageClient, act: str, sentence: str
) -> None:
    assert sentence in organiser.get(f"{WEST}/{act}", status=409).text


def test_a_held_forum_is_not_cancelled(sample: Flask, organiser: PageClient) -> None:
    assert "This meeting was held" in organiser.get(f"{SOUTH}/cancel", status=409).text


def test_a_forum_that_got_records_meanwhile_is_not_cancelled(sample: Flask, organiser: PageClient) -> None:
    begin_west(sample)
    asked = organiser.get(f"{WEST}/cancel")
    begin_minutes_of_west(sample)
    assert "This meeting was held" in organiser.submit(asked, {}, form="/cancel", status=409).text
    assert facts(sample) == ("2007-03-05", "2007-03-07", "announced", 0)


def test_announcing_says_who_sees_the_contact(sample: Flask, organiser: PageClient) -> None:
    asked = organiser.submit(add(organiser, kind="working", days="10 ม.ค. 2550"), {}, form=1, follow=True)
    assert asked.heading == "Working meeting 10 Jan 2007"
    page = organiser.get("/rounds/2550-1/meetings/2007-01-10/announce")
    assert "The contact is seen by those who sign in and by those invited" in page.text


def test_who_moved_a_meeting_stands_in_its_history(sample: Flask, organiser: PageClient) -> None:
    organiser.submit(type_days(organiser, "14-15 มี.ค. 2550"), {}, form=1)
    with sample.app_context():
        meeting = find_meeting(db.session(), "2550-1", "west")
        assert meeting is not None
        found = {(item.actor, item.field) for item in list_changes(db.session(), "meeting", meeting.id)}
    who = "ส่วนกลาง (ตัวอย่าง)"
    assert {(who, "starts_on"), (who, "ends_on"), (who, "hours")} <= found


@pytest.mark.parametrize("act", ["dates", "cancel", "announce", "revive", "remove"])
def test_a_coordinator_decides_on_no_dates(sample: Flask, client: PageClient, act: str) -> None:
    client.sign_in_as("coordinator").get(f"/rounds/2550-1/south/{act}", status=403)
