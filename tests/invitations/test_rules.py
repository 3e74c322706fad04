"""Who can be invited and who can answer, by values alone."""

from datetime import date

import pytest

from forumplanner.core.errors import Conflict, Invalid
from forumplanner.invitations.rules import (
    Standing,
    check_anybody,
    check_can_invite,
    check_can_still_reply,
    check_delegate,
    standing,
    usual_channel,
)

LAST_DAY = date(2007, 3, 9)
BEFORE, AFTER = date(2007, 3, 8), date(2007, 3, 10)


@pytest.mark.parametrize(
    ("status", "today", "revoked", "expected"),
    [
        ("announced", BEFORE, False, Standing.OPEN),
        ("announced", LAST_DAY, False, Standing.OPEN),
        ("announced", AFTER, False, Standing.OVER),
        ("proposed", BEFORE, False, Standing.PROPOSED),
        ("proposed", AFTER, False, Standing.PROPOSED),
        ("cancelled", BEFORE, False, Standing.CANCELLED),
        ("cancelled", AFTER, False, Standing.CANCELLED),
        ("announced", BEFORE, True, Standing.REVOKED),
        ("cancelled", BEFORE, True, Standing.REVOKED),
    ],
)
def test_an_invitation_stands_by_day_status_and_withdrawal(
    status: str, today: date, revoked: bool, expected: Standing
) -> None:
    assert standing(LAST_DAY, today, status, revoked=revoked) == expected


def test_an_answer_is_taken_through_the_last_day() -> None:
    for day in (BEFORE, LAST_DAY):
        check_can_still_reply(LAST_DAY, day, "announced")


@pytest.mark.parametrize(
    ("status", "today", "revoked"),
    [
        ("announced", AFTER, False),
        ("cancelled", BEFORE, False),
        ("proposed", BEFORE, False),
        ("announced", BEFORE, True),
    ],
)
def test_no_other_answer_is_taken(status: str, today: date, revoked: bool) -> None:
    said = set()
    for own in (False, True):
        with pytest.raises(Conflict) as refusal:
            check_can_still_reply(LAST_DAY, today, status, revoked=revoked, own=own)
        said.add(refusal.value.message)
    assert len(said) == 2, "coordinators and the invited are told different things"


@pytest.mark.parametrize("status", ["proposed", "announced"])
def test_a_meeting_ahead_can_be_invited_to(status: str) -> None:
    check_can_invite(LAST_DAY, LAST_DAY, status)


@pytest.mark.parametrize(("status", "today"), [("announced", AFTER), ("cancelled", BEFORE)])
def test_a_held_or_cancelled_meeting_cannot(status: str, today: date) -> None:
    with pytest.raises(Conflict):
        check_can_invite(LAST_DAY, today, status)


def test_nobody_is_refused_and_thousands_are_not() -> None:
    check_anybody(5000)
    with pytest.raises(Invalid):
        check_anybody(0)


def test_a_delegate_needs_a_name_unless_it_follows() -> None:
    check_delegate("accepted", None)
    check_delegate("delegate", "นายฮาซัน สาและ")
    check_delegate("delegate", None, named_later=True)
    with pytest.raises(Invalid) as refusal:
        check_delegate("delegate", "")
    assert refusal.value.field == "delegate_name"


@pytest.mark.parametrize(
    ("is_person", "has_email", "has_phone", "expected"),
    [
        (True, True, True, "email"),
        (True, False, True, "telephone"),
        (True, False, False, "letter"),
        (False, True, True, "email"),
        (False, False, True, "letter"),
        (False, False, False, "letter"),
    ],
)
def test_the_usual_channel_is_one_that_is_known(
    is_person: bool, has_email: bool, has_phone: bool, expected: str
) -> None:
    assert usual_channel(is_person=is_person, has_email=has_email, has_phone=has_phone) == expected
