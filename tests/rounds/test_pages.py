"""Details of a meeting, making and changing a round, added holidays."""

from typing import Any

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting, get_round
from tests.pages import Page, PageClient, form_values, text_of

DETAILS = "/rounds/2550-1/south/details"


@pytest.fixture
def organiser(sample: Flask, client: PageClient) -> PageClient:
    client.http.set_cookie("lang", "en")
    return client.sign_in_as("organiser")


@pytest.fixture
def coordinator(sample: Flask) -> PageClient:
    client = PageClient(sample)
    client.http.set_cookie("lang", "en")
    return client.sign_in_as("coordinator")


def saved(app: Flask, slug: str = "south") -> Meeting:
    with app.app_context():
        found = get_meeting(db.session(), "2550-1", slug)
        db.session.expunge_all()
        return found


def sent(page: Page, form: int = 1) -> dict[str, Any]:
    """What the form of a page would send."""
    forms = [node for node in page.root.iter("form") if (node.get("method") or "").lower() == "post"]
    return form_values(forms[form])


def test_a_coordinator_sets_place_hours_and_contact(sample: Flask, coordinator: PageClient) -> None:
    page = coordinator.submit(
        DETAILS,
        {
            "venue_th": "โรงแรมใหม่  อ.หาดใหญ่",
            "province_code": "90",
            "map_url": "https://maps.example.org/1",
            "hours-0": "๘.๓๐ - ๑๖.๐๐ น.",
            "hours-1": "",
            "contact_email": "South@Example.org",
        },
        form=1,
        follow=True,
    )
    assert "Place, hours and contact are saved." in page.text
    south = saved(sample)
    assert (south.venue_th, south.province_code, south.contact_email, south.sequence) == (
        "โรงแรมใหม่ อ.หาดใหญ่",
        "90",
        "South@example.org",
        1,
    )
    assert [(day.on.day, f"{day.opens_at:%H.%M}-{day.closes_at:%H.%M}") for day in south.days] == [(30, "08.30-16.00")]


def test_the_form_says_who_sees_the_contact(sample: Flask, coordinator: PageClient) -> None:
    text = coordinator.get(DETAILS).text
    assert "The contact is seen by those who sign in and by those invited." in text


def test_provinces_stand_in_thai_order(sample: Flask, coordinator: PageClient) -> None:
    page = coordinator.get(DETAILS, lang="th")
    options = [text_of(node) for node in page.root.iter("option")]
    assert (len(options), options[1:4], options[-1]) == (78, ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"], "อุบลราชธานี")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("map_url", "javascript:alert(1)", "A link to a map begins with https:// or http://."),
        ("contact_email", "nobody", "nobody is not an e-mail address."),
        ("hours-0", "16.00-8.30", "16.00-8.30"),
        ("hours-1", "เช้า", "เช้า"),
        ("venue_th", "ก" * 301, "301"),
    ],
)
def test_details_that_cannot_be_are_refused_beside_the_field_and_kept(
    sample: Flask, coordinator: PageClient, field: str, typed: str, sentence: str
) -> None:
    before = saved(sample).version
    page = coordinator.submit(DETAILS, {field: typed, "note_th": "ยังอยู่"}, form=1, status=422)
    assert sentence in page.errors()[0]
    kept = sent(page)
    assert (kept["note_th"], saved(sample).version) == ("ยังอยู่", before)


def test_a_contact_is_read_and_kept_in_one_way_of_writing(sample: Flask, coordinator: PageClient) -> None:
    coordinator.submit(DETAILS, {"contact_phone": "๐๘๑ ๐๐๐ ๐๐๐๙ หรือ +66 2 000 0000 ต่อ 5"}, form=1)
    assert saved(sample).contact_phone == "081-000-0009, 02-000-0000 ต่อ 5"


def test_a_contact_that_is_none_is_refused_with_all_other_faults(sample: Flask, coordinator: PageClient) -> None:
    before = saved(sample).contact_phone
    typed = {"contact_phone": "abc <i>", "contact_email": "somchai@", "map_url": "แผนที่"}
    page = coordinator.submit(DETAILS, typed, form=1, status=422)
    assert (len(page.errors()), saved(sample).contact_phone) == (3, before)


def test_control_characters_are_refused_and_nothing_changes(sample: Flask, coordinator: PageClient) -> None:
    version = saved(sample).version
    data = {**sent(coordinator.get(DETAILS)), "venue_th": "a\x07b"}
    answer = coordinator.http.post(DETAILS, data=data)
    assert (answer.status_code, "U+0007" in answer.text, saved(sample).version) == (422, True, version)


def test_a_province_that_does_not_exist_is_refused(sample: Flask, coordinator: PageClient) -> None:
    page = coordinator.submit(DETAILS, {"province_code": "99"}, form=1, status=422)
    assert len(page.errors()) == 1


def test_ten_megabytes_are_refused_and_nothing_changes(sample: Flask, coordinator: PageClient) -> None:
    version = saved(sample).version
    coordinator.submit(DETAILS, {"note_th": "ก" * 3_500_000}, form=1, status=413)
    assert saved(sample).version == version


def test_texts_that_look_like_html_or_formulas_are_kept_as_typed(sample: Flask, coordinator: PageClient) -> None:
    coordinator.submit(DETAILS, {"contact_name": "=HYPERLINK(1)", "note_th": "<b>หนา</b>"}, form=1)
    south = saved(sample)
    assert (south.contact_name, south.note_th) == ("=HYPERLINK(1)", "<b>หนา</b>")


def test_two_who_save_one_place_see_both_texts_and_lose_nothing(
    sample: Flask, organiser: PageClient, coordinator: PageClient
) -> None:
    waiting = coordinator.get(DETAILS)
    organiser.submit(DETAILS, {"venue_th": "ของส่วนกลาง", "contact_phone": "02-000-0000"}, form=1)
    page = coordinator.submit(waiting, {"venue_th": "ของภาคใต้", "note_th": "นำบัตรมาด้วย"}, form=1, status=409)
    assert ("ของส่วนกลาง" in page.text, "ของภาคใต้" in page.text) == (True, True)
    assert (saved(sample).venue_th, saved(sample).note_th) == ("ของส่วนกลาง", None)
    kept = sent(page)
    assert (kept["venue_th"], kept["note_th"], kept["contact_phone"]) == ("ของภาคใต้", "นำบัตรมาด้วย", "02-000-0000")
    coordinator.submit(page, {}, form=1)
    south = saved(sample)
    assert (south.venue_th, south.note_th, south.contact_phone) == ("ของภาคใต้", "นำบัตรมาด้วย", "02-000-0000")


def test_hours_that_two_people_changed_are_told_apart_by_their_day(
    sample: Flask, organiser: PageClient, coordinator: PageClient
) -> None:
    waiting = coordinator.get(DETAILS)
    organiser.submit(DETAILS, {"hours-1": "9.00-12.00"}, form=1)
    page = coordinator.submit(waiting, {"hours-1": "10.00-14.00"}, form=1, status=409)
    conflict = text_of(page.find_all("conflict")[0])
    assert "Hours on Wed 31 Jan 2007" in conflict
    assert ("09.00-12.00" in conflict, "10.00-14.00" in conflict) == (True, True)


def test_only_organisers_give_a_meeting_a_title(sample: Flask, organiser: PageClient, coordinator: PageClient) -> None:
    assert "title_th" not in sent(coordinator.get(DETAILS))
    organiser.submit(DETAILS, {"title_th": "วงภาคใต้ ครั้งพิเศษ"}, form=1)
    coordinator.submit(DETAILS, {"note_th": "ตามเดิม"}, form=1)
    assert (saved(sample).title_th, saved(sample).sequence) == ("วงภาคใต้ ครั้งพิเศษ", 0)


def test_the_national_meeting_is_the_organisers(sample: Flask, coordinator: PageClient) -> None:
    coordinator.get("/rounds/2550-1/national/details", status=403)
    coordinator.get("/rounds/2550-1/west/details", status=403)


def new_round(organiser: PageClient, status: int = 200, **values: Any) -> Page:
    typed = {"code": "2551-1", "name_th": "รอบปี 2551", "window": "10 ม.ค. - 31 มี.ค. 2551", **values}
    return organiser.submit("/rounds/new", typed, form=1, status=status)


def test_a_round_is_shown_before_it_is_made(sample: Flask, organiser: PageClient) -> None:
    page = new_round(organiser, outcomes_due_on="20 มี.ค. 2551")
    assert "Thursday 10 January 2008" in page.text
    assert "Thursday 20 March 2008" in page.text
    assert "ทำงานในพื้นที่นำร่องระดับตำบล" in page.text  # the last round's questions, to begin with
    organiser.get("/rounds/2551-1", status=404)
    made = organiser.submit(page, {}, form=1, follow=True)
    assert "Round 2551-1 was created. Now add its meetings." in made.text
    with sample.app_context():
        found = get_round(db.session(), "2551-1")
        assert [question.number for question in found.questions] == [1, 2, 3, 4]


def test_going_back_keeps_what_was_typed(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit(new_round(organiser, questions_th="หนึ่ง\nสอง", questions_en=""), {}, form=2, status=200)
    kept = sent(page)
    assert (kept["name_th"], kept["window"]) == ("รอบปี 2551", "10 ม.ค. - 31 มี.ค. 2551")
    assert kept["questions_th"].split() == ["หนึ่ง", "สอง"]


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"code": "2550-1"}, 409, "There is a round 2550-1 already. Please choose the next number."),
        ({"code": "2008/1"}, 422, "A code is the Buddhist year and a number"),
        ({"name_th": ""}, 422, "Please fill this in."),
        ({"window": "มกราคม"}, 422, "could not be read as days. Please write day, month and year, for example 12-13"),
        ({"window": "31 มี.ค. - 10 ม.ค. 2551"}, 422, "ends before it begins"),
        ({"window": "1 ม.ค. 2551 - 31 ธ.ค. 2553"}, 422, "A round lasts two years at most."),
        ({"outcomes_due_on": "1 ม.ค. 2551"}, 422, "Outcomes cannot be due before the round begins."),
        ({"questions_th": "เดิม\nเดิม", "questions_en": ""}, 422, "“เดิม” appears here twice."),
    ],
)
def test_a_round_that_cannot_be_is_refused_beside_its_field(
    sample: Flask, organiser: PageClient, values: dict[str, str], status: int, sentence: str
) -> None:
    page = new_round(organiser, status, **values)
    assert sentence in page.errors()[0]
    assert sent(page)["name_th"] == values.get("name_th", "รอบปี 2551")


def test_a_rounds_window_is_changed_after_it_was_read_back(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit("/rounds/2550-1/edit", {"window": "24 ม.ค. - 10 เม.ย. 2550"}, form=1, status=200)
    assert "Tuesday 10 April 2007" in page.text
    changed = organiser.submit(page, {}, form=1, follow=True)
    assert "The round runs 24 Jan - 10 Apr 2007" in changed.text


def test_a_window_that_leaves_out_a_forum_is_refused(sample: Flask, organiser: PageClient) -> None:
    page = organiser.submit("/rounds/2550-1/edit", {"window": "24 ม.ค. - 20 มี.ค. 2550"}, form=1, status=422)
    assert "Meetings of this round would be outside these dates." in page.errors()[0]
    assert page.links()["National meeting Thu 29 Mar 2007 (in a new window)"] == "/rounds/2550-1/national/dates"
    assert text_of(page.find_all("notice-problem")[0]).count("2007") == 1


@pytest.mark.parametrize(("due", "warned"), [("28 มี.ค. 2550", False), ("30 มี.ค. 2550", True)])
def test_outcomes_due_after_the_national_meeting_are_warned_of(
    sample: Flask, organiser: PageClient, due: str, warned: bool
) -> None:
    page = organiser.submit("/rounds/2550-1/edit", {"outcomes_due_on": due}, form=1, status=200)
    assert ("Outcomes would not be due before the national meeting" in page.text) is warned


def test_two_who_change_one_round_see_both_texts(sample: Flask, organiser: PageClient) -> None:
    waiting = organiser.submit("/rounds/2550-1/edit", {"name_en": "Mine"}, form=1, status=200)
    other = PageClient(sample).sign_in_as("organiser")
    other.submit(other.submit("/rounds/2550-1/edit", {"name_en": "Theirs"}, form=1, status=200), {}, form=1)
    page = organiser.submit(waiting, {}, form=1, status=409)
    mine, theirs = (text_of(node) for node in page.find_all("conflict-text"))
    assert ("Mine" in mine, "Theirs" in theirs) == (True, True)
    organiser.submit(organiser.submit(page, {}, form=1, status=200), {}, form=1)
    with sample.app_context():
        assert get_round(db.session(), "2550-1").name("en") == "Mine"


def add_holiday(organiser: PageClient, on: str = "7 มี.ค. 2550", status: int = 200) -> Page:
    return organiser.submit("/holidays", {"on": on, "name_th": "วันหยุดพิเศษ"}, form=-1, status=status)


def test_an_added_holiday_is_read_back_kept_and_warned_of(sample: Flask, organiser: PageClient) -> None:
    page = add_holiday(organiser)
    assert "Read as Wednesday 7 March 2007" in page.text
    assert "Nothing has been added yet." in page.text
    kept = organiser.submit(page, {}, form=-1, follow=True)
    assert "Wednesday 7 March 2007 was added as a public holiday." in kept.text
    asked = organiser.submit("/rounds/2550-1/west/dates", {"days": "7-8 มี.ค. 2550"}, form=1, status=200)
    assert "Wed 7 Mar 2007 is a public holiday: วันหยุดพิเศษ." in asked.text
    removed = organiser.submit("/holidays", {}, form="/remove", follow=True)
    assert "Nothing has been added yet." in removed.text


def test_a_holiday_is_added_once_a_day(sample: Flask, organiser: PageClient) -> None:
    organiser.submit(add_holiday(organiser), {}, form=-1)
    page = organiser.submit(add_holiday(organiser), {}, form=-1, status=409)
    assert "A holiday was added for that day already." in page.errors()[0]


@pytest.mark.parametrize("on", ["", "31 เม.ย. 2550", "7 มี.ค. 50"])
def test_a_holiday_without_a_day_is_refused(sample: Flask, organiser: PageClient, on: str) -> None:
    assert len(add_holiday(organiser, on, status=422).errors()) == 1
