"""A meeting as invitations and replies show it: when, where, who invites, in the reader's language."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from forumplanner.core import clock, thai
from forumplanner.core.i18n import Lang
from forumplanner.partners.models import Organisation, Partner, Person, PersonClass
from forumplanner.rounds.describing import describe_days, describe_hours, describe_place
from forumplanner.rounds.models import Meeting, MeetingKind
from forumplanner.rounds.services import meeting_title


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


def addressee(partner: Partner, lang: Lang) -> str:
    """Whom an invitation is for: a person with the honorific, or an organisation's seat."""
    name = partner.shown_name(lang)
    if isinstance(partner, Organisation) and partner.seat:
        return f"{partner.seat} {name}"
    return name


def seat_apart(partner: Partner, lang: Lang) -> str | None:
    """The seat, where its Thai would stand in the middle of a sentence of another language; None where it does not."""
    seat = partner.seat if isinstance(partner, Organisation) else None
    return seat if seat and lang != "th" and re.search("[ก-๛]", seat) else None


def is_monk(partner: Partner) -> bool:
    """Whether other words are used in speaking to them."""
    return isinstance(partner, Person) and partner.person_class == PersonClass.MONK
