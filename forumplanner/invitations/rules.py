"""Inviting and answering: facts in, answers out."""

from datetime import date, timedelta
from enum import StrEnum

from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.periods import NEEDS
from forumplanner.rounds.rules import MeetingState, meeting_state


class Capacity(StrEnum):
    """Members stand under ผู้มาประชุม in the minutes, participants under ผู้เข้าร่วมประชุม."""

    MEMBER = "member"
    PARTICIPANT = "participant"


class Channel(StrEnum):
    """How an invitation reaches its partner."""

    EMAIL = "email"
    LETTER = "letter"
    LINE = "line"
    TELEPHONE = "telephone"


class Answer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELEGATE = "delegate"


class Food(StrEnum):
    """What somebody eats for the sake of faith or health; kept by consent alone."""

    HALAL = "halal"
    VEGETARIAN = "vegetarian"
    JAY = "jay"


class ReplyChannel(StrEnum):
    """How an answer came."""

    LINK = "link"
    TELEPHONE = "telephone"
    PAPER = "paper"
    LINE = "line"
    EMAIL = "email"


class Standing(StrEnum):
    """Whether an invitation can be answered, and why not."""

    OPEN = "open"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"
    OVER = "over"
    REVOKED = "revoked"


# Said to whoever records answers for others.
REFUSALS = {
    Standing.PROPOSED: N_("This meeting is not announced yet. Its day may still change, so nobody can answer yet."),
    Standing.CANCELLED: N_("This meeting was cancelled. Nothing needs to be answered."),
    Standing.OVER: N_("This meeting is over. The answer stays as it was; the attendance lists say who came."),
    Standing.REVOKED: N_("This invitation was withdrawn, so no answer is recorded. It can be taken up again."),
}
# Said to the invited themselves.
OWN_REFUSALS = {
    Standing.PROPOSED: N_("The day of this meeting is not fixed yet. Please open this link again later to answer."),
    Standing.CANCELLED: N_("This meeting was cancelled meanwhile. You need not answer."),
    Standing.OVER: N_("This meeting is over. The answer can no longer be changed."),
    Standing.REVOKED: N_("This invitation was withdrawn. Please ask whoever invited you."),
}


def standing(ends_on: date, today: date, status: str, *, revoked: bool = False) -> Standing:
    """How an invitation stands today. The last day itself still counts as before the end."""
    if revoked:
        return Standing.REVOKED
    state = meeting_state(status, ends_on, today)
    return {
        MeetingState.PROPOSED: Standing.PROPOSED,
        MeetingState.CANCELLED: Standing.CANCELLED,
        MeetingState.HELD: Standing.OVER,
        MeetingState.ANNOUNCED: Standing.OPEN,
    }[state]


def check_can_still_reply(ends_on: date, today: date, status: str, *, revoked: bool = False, own: bool = False) -> None:
    """Refuse an answer to what is not announced, cancelled, over or withdrawn; `own` speaks to the invited."""
    found = standing(ends_on, today, status, revoked=revoked)
    if found != Standing.OPEN:
        raise Conflict((OWN_REFUSALS if own else REFUSALS)[found])


def check_days(shown: tuple[date, date], now: tuple[date, date]) -> None:
    """Refuse an answer to days that were shown before the meeting moved: nobody answered for those it has now."""
    if shown != now:
        raise Conflict(
            N_("This meeting has moved since this page was opened. Please look at its new days, then answer again.")
        )


def check_can_invite(ends_on: date, today: date, status: str) -> None:
    """Refuse inviting to a meeting that was cancelled or held. One not announced yet may be prepared."""
    state = meeting_state(status, ends_on, today)
    if state == MeetingState.CANCELLED:
        raise Conflict(N_("This meeting was cancelled, so nobody can be invited to it."))
    if state == MeetingState.HELD:
        raise Conflict(N_("This meeting was held already, so nobody can be invited to it. Please record who came."))


def is_open(standing: Standing) -> bool:
    """Whether what it is made out for can be corrected: nothing has been settled by it yet."""
    return standing in (Standing.OPEN, Standing.PROPOSED)


def check_open(standing: Standing) -> None:
    """Refuse to correct whom it is made out to once it is withdrawn, or its meeting over or cancelled."""
    if not is_open(standing):
        raise Conflict(N_("This invitation is no longer open, so its seat stays as it is."))


def check_anybody(chosen: int) -> None:
    """Refuse nobody."""
    if not chosen:
        raise Invalid(N_("Please tick at least one partner."))


def check_delegate(answer: str, delegate_name: str | None, *, named_later: bool = False) -> None:
    """Refuse a delegate without a name, unless it was said that the name will follow."""
    if answer == Answer.DELEGATE and not delegate_name and not named_later:
        raise Invalid(N_("Please write the name of whoever comes instead."), field="delegate_name")


def usual_channel(*, is_person: bool, has_email: bool, has_phone: bool) -> str:
    """How a partner is reached best by what is known: by e-mail, people else by telephone, all others by letter."""
    if has_email:
        return "email"
    return "telephone" if is_person and has_phone else "letter"


KEPT_AFTER = timedelta(days=NEEDS.number or 0)
"""How long food and help that somebody needs are kept after the last day: until the bills of the kitchen are paid."""


def needs_end(ends_on: date) -> date:
    """The last day on which they are kept."""
    return ends_on + KEPT_AFTER


def check_consent(*, given: bool, told: bool) -> None:
    """Invalid without explicit consent to what is told, and where nothing is told."""
    if not told:
        raise Invalid(N_("Nothing is written yet. Please choose the food, or write what help is needed."), field="food")
    if not given:
        raise Invalid(
            N_("Nothing of this was kept, because the consent is not ticked. The answer itself stays as it is."),
            field="consent",
        )
