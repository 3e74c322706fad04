"""Scopes, windows and ended addresses, without an application."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forumplanner.core.errors import NotFound
from forumplanner.feeds import rules
from forumplanner.feeds.rules import Kind, LinkState, Scope, Window

NOW = datetime(2007, 3, 6, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("all", Scope(Kind.ALL)),
        ("region/south", Scope(Kind.REGION, slug="south")),
        ("round/2550-1", Scope(Kind.ROUND, code="2550-1")),
        ("round/2550-1/south", Scope(Kind.REGION_OF_ROUND, code="2550-1", slug="south")),
        ("meeting/2550-1/2007-01-23", Scope(Kind.MEETING, code="2550-1", slug="2007-01-23")),
        ("person/12", Scope(Kind.PERSON, partner_id=12)),
    ],
)
def test_scope_is_read(text: str, scope: Scope) -> None:
    assert rules.parse_scope(text) == scope


@pytest.mark.parametrize(
    "text",
    [
        "",
        "All",
        "region",
        "region/",
        "region/South",
        "round/2007-1",
        "meeting/2550-1",
        "person/x",
        "person/0",
        "all/th",
    ],
)
def test_anything_else_is_no_scope(text: str) -> None:
    with pytest.raises(NotFound, match="There is no calendar"):
        rules.parse_scope(text)


@pytest.mark.parametrize(
    ("today", "window"),
    [
        (date(2007, 3, 6), Window(date(2006, 9, 1), date(2009, 4, 1))),
        (date(2007, 3, 1), Window(date(2006, 9, 1), date(2009, 4, 1))),
        (date(2007, 3, 31), Window(date(2006, 9, 1), date(2009, 4, 1))),
        (date(2007, 4, 1), Window(date(2006, 10, 1), date(2009, 5, 1))),
        (date(2007, 12, 31), Window(date(2007, 6, 1), date(2010, 1, 1))),
        (date(2008, 1, 1), Window(date(2007, 7, 1), date(2010, 2, 1))),
    ],
)
def test_window_moves_on_the_first_of_a_month_only(today: date, window: Window) -> None:
    assert rules.window_of(today) == window


def test_cancelled_meeting_stands_for_thirty_days_after_its_last() -> None:
    last = date(2007, 1, 31)
    days = [last + timedelta(days=count) for count in (-1, 0, 30, 31)]
    assert [rules.has_left(last, day) for day in days] == [False, False, False, True]


def test_cancelled_meeting_leaves_on_the_day_it_is_first_gone() -> None:
    last = date(2007, 1, 31)
    assert [rules.has_left(last, rules.leaves_on(last) - timedelta(days=count)) for count in (0, 1)] == [True, False]


def test_day_beyond_the_calendar_leaves_no_fault() -> None:
    assert rules.leaves_on(date.max) == date(9000, 2, 1)


@pytest.mark.parametrize(
    ("version", "current", "revoked_at", "state"),
    [
        (1, 1, None, LinkState.IN_FORCE),
        (1, 2, None, LinkState.REPLACED),
        (3, 2, None, LinkState.UNKNOWN),
        (2, 2, NOW, LinkState.STOPPED),
        (1, 2, NOW, LinkState.REPLACED),
    ],
)
def test_address_stands_by_its_version(
    version: int, current: int, revoked_at: datetime | None, state: LinkState
) -> None:
    assert rules.link_state(version, current, revoked_at) == state


def test_ended_address_explains_itself_for_twenty_eight_days() -> None:
    moments = [NOW - timedelta(days=27, hours=23), NOW - timedelta(days=28), None]
    assert [rules.still_explains(moment, NOW) for moment in moments] == [True, False, False]


def test_fetch_is_noted_once_an_hour() -> None:
    moments = [None, NOW - timedelta(minutes=59), NOW - timedelta(hours=1)]
    assert [rules.is_worth_noting(moment, NOW) for moment in moments] == [True, False, True]
