"""A meeting as invitations and replies show it: when, where, who invites, in the reader's language."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from forumplanner.core import clock, thai
from forumplanner.core.i18n import Lang
from forumplanner.invitations import lists, words
from forumplanner.invitations.models import Invitation, Reply
from forumplanner.rounds.describing import describe_days, describe_hours, describe_place
from forumplanner.rounds.models import Meeting, MeetingKind
from forumplanner.rounds.services import meeting_title
from forumplanner.web.locale import current_language

STATE_WORDS = {
    **{answer.value: word for answer, word in words.ANSWERS.items()},
    lists.OTHER_DAYS: words.OTHER_DAYS,
    lists.INVITED: words.NO_ANSWER,
    lists.REVOKED: words.REVOKED,
}
# The shape and colour beside each word, as in components/state.html.
STATE_MARKS = {
    "accepted": "done",
    "declined": "blocked",
    "delegate": "done",
    "other_days": "waiting",
    "invited": "waiting",
    "revoked": "blocked",
}


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """Texts of a meeting. `hours` has one line, or one a day where they differ; empty while unknown.

    `phone_shown` are the contact's numbers as they are read; pages make a link of each.
    """

    title: str
    dates: str
    hours: tuple[str, ...]
    place: str
    map_url: str | None
    inviter: str
    phone_shown: str | None


def show_meeting(meeting: Meeting, lang: Lang) -> ShownMeeting:
    """The texts of a meeting."""
    return ShownMeeting(
        title=meeting_title(meeting, lang),
        dates=describe_days(meeting, lang),
        hours=describe_hours(meeting, lang, clock.today()),
        place=describe_place(meeting, lang, formal=True),
        map_url=meeting.map_url,
        inviter=inviter(meeting, lang),
        phone_shown=thai.show_phones(meeting.contact_phone, lang) if meeting.contact_phone else None,
    )


def inviter(meeting: Meeting, lang: Lang) -> str:
    """Who invites: the meeting's contact, else the region's coordinator, else the organisers."""
    if meeting.contact_name:
        return meeting.contact_name
    if meeting.kind == MeetingKind.REGIONAL and meeting.region:
        return str(_("The coordinator of %(region)s", region=meeting.region.name_after_word(lang)))
    return str(_("The organisers"))


def seat_apart(invitation: Invitation, lang: Lang) -> str | None:
    """The seat, where its Thai would stand in the middle of a sentence of another language; None where it does not."""
    post = invitation.seat.post(lang) if invitation.seat else None
    return post if post and lang != "th" and re.search("[ก-๛]", post) else None


def answer_days(given: Invitation | Reply) -> str:
    """The days an answer was given for, in one piece, for where they are no longer the meeting's."""
    if given.for_starts_on is None or given.for_ends_on is None:
        return ""
    days = thai.format_range_short(given.for_starts_on, given.for_ends_on, lang=current_language())
    return days.replace(" ", "\N{NO-BREAK SPACE}")
