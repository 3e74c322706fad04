"""The three lists of form 11: facts in, answers out."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from forumplanner.core import thai
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.invitations.rules import Answer, Capacity


class AttendanceList(StrEnum):
    """ผู้มาประชุม, ผู้ไม่มาประชุม, ผู้เข้าร่วมประชุม."""

    CAME = "came"
    ABSENT = "absent"
    PARTICIPANT = "participant"


class Who(StrEnum):
    """Who of an invited seat, or in an invited person's place, was in the room."""

    HOLDER = "holder"
    DELEGATE = "delegate"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody invited came: the person or the seat's holder (whose name may be known), or a delegate."""

    who: Who = Who.HOLDER
    name: str = ""
    post: str = ""


def check_delegate_named(came: Came) -> None:
    """Refuse a delegate without a name, unless it was said that nobody knows it."""
    if came.who == Who.DELEGATE and not came.name:
        raise Invalid(N_("Please write the name of the delegate, or choose that it is not known."), field="name")


def list_for(capacity: str, answer: str | None) -> AttendanceList | None:
    """The list an invitation's answer puts somebody on (form 11 of the regulation on correspondence).

    Members who accepted or sent a delegate came, those who declined are absent; participants are listed where they
    come and nowhere else. Without an answer: None, since nobody knows.
    """
    if answer is None:
        return None
    if capacity == Capacity.PARTICIPANT:
        return None if answer == Answer.DECLINED else AttendanceList.PARTICIPANT
    return AttendanceList.ABSENT if answer == Answer.DECLINED else AttendanceList.CAME


def name_key(name: str) -> str:
    """What two lines of one person have in common: the name without honorific, repaired and folded."""
    return thai.name_key(name)


def check_begun(starts_on: date, today: date) -> None:
    """Refuse to fill lists from answers before anybody can have come."""
    if starts_on > today:
        raise Conflict(
            N_("This meeting has not begun. The lists can be filled from the answers on its first day at the earliest.")
        )


def check_sitting(began_at: time | None, ended_at: time | None, *, days: int) -> None:
    """Refuse an end before the beginning on a meeting of one day; a longer one may end earlier in the day."""
    if began_at is not None and ended_at is not None and days == 1 and ended_at <= began_at:
        raise Invalid(N_("The end is before the beginning. Please check both times."), field="ended_at")
