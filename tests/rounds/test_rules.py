from collections.abc import Callable
from datetime import date

import pytest

from forumplanner.core.errors import Refused
from forumplanner.rounds import map_links, rules
from forumplanner.rounds.rules import MeetingState

JAN = date(2007, 1, 30)
FEB = date(2007, 2, 8)


@pytest.mark.parametrize(
    ("status", "last_day", "state"),
    [
        ("proposed", date(2007, 3, 5), MeetingState.PROPOSED),
        ("announced", date(2007, 3, 5), MeetingState.HELD),
        ("announced", date(2007, 3, 6), MeetingState.ANNOUNCED),
        ("cancelled", date(2007, 3, 5), MeetingState.CANCELLED),
    ],
)
def test_an_announced_meeting_is_held_once_its_last_day_has_passed(
    status: str, last_day: date, state: MeetingState
) -> None:
    assert rules.meeting_state(status, last_day, date(2007, 3, 6)) == state


def test_what_is_proposed_is_not_public_and_what_was_cancelled_stays_so() -> None:
    assert [rules.is_public(status) for status in ("proposed", "announced", "cancelled")] == [False, True, True]


def refusal(check: Callable[[], object]) -> tuple[str | None, str]:
    """The field and the first words of what is refused."""
    with pytest.raises(Refused) as caught:
        check()
    return caught.value.field, " ".join(caught.value.message.split()[:4])


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (lambda: rules.check_dates(FEB, JAN), ("days", "The last day is")),
        (lambda: rules.check_dates(date(2007, 1, 1), date(2007, 1, 15)), ("days", "A meeting lasts %(days)s")),
        (lambda: rules.check_in_window(JAN, FEB, date(2007, 1, 31), FEB), ("days", "These dates are outside")),
        (lambda: rules.check_in_window(JAN, FEB, JAN, date(2007, 2, 7)), ("days", "These dates are outside")),
        (lambda: rules.check_code("2007-1"), ("code", "A code is the")),
        (lambda: rules.check_code("2550"), ("code", "A code is the")),
        (lambda: rules.check_code("๒๕๕๐-1"), ("code", "A code is the")),
        (lambda: rules.check_window(date(2007, 1, 1), date(2009, 6, 1)), ("window", "A round lasts two")),
        (lambda: rules.check_window(JAN, FEB, [(JAN, date(2007, 2, 9))]), ("window", "Meetings of this round")),
        (lambda: rules.check_due(JAN, FEB), ("outcomes_due_on", "Outcomes cannot be due")),
        (lambda: rules.check_questions([("ก", "")] * 2), ("questions_th", "“%(text)s” appears here twice.")),
        (lambda: rules.check_questions([(str(n), "") for n in range(21)]), ("questions_th", "A round has %(most)s")),
        (lambda: rules.check_has_no_forum("south", {"south"}), ("region", "This region has a")),
        (lambda: rules.check_has_no_national({"national"}), ("kind", "This round has a")),
        (lambda: rules.check_can_announce("announced"), (None, "This meeting is announced")),
        (lambda: rules.check_can_announce("cancelled"), (None, "This meeting is cancelled.")),
        (lambda: rules.check_can_cancel("proposed", FEB, JAN, was_held=False), (None, "Nobody was told of")),
        (lambda: rules.check_can_cancel("cancelled", FEB, JAN, was_held=False), (None, "This meeting is cancelled")),
        (lambda: rules.check_can_cancel("announced", JAN, FEB, was_held=False), (None, "This meeting was held,")),
        (lambda: rules.check_can_cancel("announced", JAN, JAN, was_held=True), (None, "This meeting was held,")),
        (lambda: rules.check_can_move(FEB, JAN, was_held=True), ("days", "Outcomes, attendance or minutes")),
        (lambda: rules.check_can_revive("announced"), (None, "This meeting is not")),
        (lambda: rules.check_can_remove("announced", False), (None, "This meeting was announced.")),
        (lambda: rules.check_can_remove("proposed", True), (None, "Partners were invited or")),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    check: Callable[[], object], expected: tuple[str | None, str]
) -> None:
    assert refusal(check) == expected


def test_what_can_be_is_not_refused() -> None:
    rules.check_dates(JAN, JAN)
    rules.check_dates(date(2007, 1, 1), date(2007, 1, 14))
    rules.check_in_window(JAN, FEB, JAN, FEB)
    rules.check_code("2550-12")
    rules.check_window(JAN, FEB, [(JAN, FEB)])
    rules.check_due(FEB, FEB)
    rules.check_has_no_forum("north", {"south"})
    rules.check_can_announce("proposed")
    rules.check_can_cancel("announced", JAN, JAN, was_held=False)
    rules.check_can_move(FEB, JAN, was_held=False)
    rules.check_can_move(JAN, JAN, was_held=True)
    rules.check_can_revive("cancelled")
    rules.check_can_remove("proposed", False)


@pytest.mark.parametrize("url", ["https://maps.example.org/?q=7.0,100.4", "http://example.org/แผนที่"])
def test_a_map_may_be_any_web_address(url: str) -> None:
    map_links.check_map_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "maps.example.org",
        "https://",
        "ftp://example.org/map",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "data:text/html,hello",
        "https://[broken",
        "//example.org/map",
    ],
)
def test_a_map_that_is_no_web_address_is_refused(url: str) -> None:
    assert refusal(lambda: map_links.check_map_url(url)) == ("map_url", "A link to a")


@pytest.mark.parametrize(
    ("url", "position"),
    [
        ("https://www.google.com/maps/place/x/@7.1,100.1,15z/data=!3d7.0086!4d100.4747", (7.0086, 100.4747)),
        ("https://www.google.com/maps/@7.0086,100.4747,17z", (7.0086, 100.4747)),
        ("https://maps.google.com/?q=7.0086,100.4747", (7.0086, 100.4747)),
        ("https://www.google.com/maps/search/?api=1&query=7.0086%2C100.4747", (7.0086, 100.4747)),
        ("https://www.openstreetmap.org/?mlat=7.0086&mlon=100.4747#map=16/7.1/100.1", (7.0086, 100.4747)),
        ("https://www.openstreetmap.org/#map=16/7.0086/100.4747", (7.0086, 100.4747)),
        ("https://maps.app.goo.gl/abc", None),
        ("https://maps.google.com/?q=97.5,100.4747", None),
    ],
)
def test_a_position_is_read_from_a_link_that_says_it(url: str, position: tuple[float, float] | None) -> None:
    assert map_links.position_on_map(url) == position


def test_a_second_working_meeting_of_a_day_gets_a_number() -> None:
    taken = {"2006-11-19", "2006-11-19-2"}
    assert rules.working_slug(date(2006, 11, 19), taken) == "2006-11-19-3"
    assert rules.working_slug(date(2006, 11, 20), taken) == "2006-11-20"


def test_days_are_every_day_from_first_to_last() -> None:
    assert rules.days_between(date(2007, 2, 28), date(2007, 3, 1)) == [date(2007, 2, 28), date(2007, 3, 1)]


@pytest.mark.parametrize(
    ("first", "last", "share"),
    [(8, 9, True), (9, 10, True), (7, 8, True), (10, 11, False), (6, 7, False), (1, 28, True)],
)
def test_ranges_overlap_where_they_share_a_day(first: int, last: int, share: bool) -> None:
    other = (date(2007, 2, first), date(2007, 2, last))
    assert rules.overlap((date(2007, 2, 8), date(2007, 2, 9)), other) is share


def test_a_region_called_by_an_abbreviation_is_set_off_in_a_title() -> None:
    titles = [rules.default_title("regional", name, "th") for name in ("ใต้", "กทม.และปริมณฑล")]
    assert titles == ["ประชุมวงภาคใต้", "ประชุมวงภาค กทม.และปริมณฑล"]


@pytest.mark.parametrize(
    ("day", "far"),
    [(date(2006, 9, 25), True), (date(2006, 11, 19), False), (date(2007, 7, 29), False), (date(2008, 3, 10), True)],
)
def test_days_months_away_from_a_round_lie_far_off(day: date, far: bool) -> None:
    assert rules.lies_far_off(day, day, date(2007, 1, 24), date(2007, 3, 31)) is far
