"""What a region's coordinator says about a meeting: place, hours of each day, contact, a note; organisers its title."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, time

from sqlalchemy.orm import Session

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.services import Actor
from forumplanner.outbox.rules import check_address
from forumplanner.places.models import Province
from forumplanner.rounds import rules
from forumplanner.rounds.map_links import check_map_url
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import change_meeting, lock_meeting, set_hours

Hours = Mapping[date, tuple[time, time]]


@dataclass(frozen=True, slots=True)
class Details:
    """All of it. Empty texts are None. `hours`: opening and closing time by day, local to the meeting's zone."""

    venue_th: str | None = None
    venue_en: str | None = None
    venue_address: str | None = None
    province_code: str | None = None
    map_url: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    note_th: str | None = None
    note_en: str | None = None
    title_th: str | None = None
    title_en: str | None = None
    hours: Hours = field(default_factory=dict)


TEXTS = tuple(item.name for item in fields(Details) if item.name != "hours")


def details_of(meeting: Meeting) -> Details:
    """The details as they are saved."""
    texts = {name: getattr(meeting, name) or None for name in TEXTS}
    return Details(**texts, hours={day.on: (day.opens_at, day.closes_at) for day in meeting.days})


def shown_of_details(details: Details, days: list[date]) -> Shown:
    """What the form about details shows; hours as `hours-0`, `hours-1` in the order of `days`."""
    texts = {name: getattr(details, name) for name in TEXTS}
    return texts | {f"hours-{place}": details.hours.get(on) for place, on in enumerate(days)}


def check_details(session: Session, meeting: Meeting, details: Details) -> Details:
    """The details as they can be kept; refuses an unknown province, what is no link,
    telephone number or address, and hours on other days."""
    if details.province_code and session.get(Province, details.province_code) is None:
        raise Invalid(N_("There is no such province. Please choose one from the list."), field="province_code")
    if details.map_url:
        check_map_url(details.map_url)
    address = check_address(details.contact_email, "contact_email") if details.contact_email else None
    if any(not meeting.starts_on <= on <= meeting.ends_on for on in details.hours):
        raise Invalid(N_("The meeting has no such day. Please choose one of its days."))
    phones = rules.check_contact_phones(details.contact_phone) if details.contact_phone else None
    return replace(details, contact_email=address, contact_phone=phones)


def change_details(session: Session, meeting: Meeting, details: Details, actor: Actor, *, seen: str) -> None:
    """Save the details; Stale where somebody saved others since `seen`."""
    lock_meeting(session, meeting)
    details = check_details(session, meeting, details)
    days = rules.days_between(meeting.starts_on, meeting.ends_on)
    check_fresh(seen, shown_of_details(details_of(meeting), days), shown_of_details(details, days))
    with change_meeting(session, meeting, actor):
        for name in TEXTS:
            setattr(meeting, name, getattr(details, name))
        set_hours(meeting, dict(details.hours))
    session.flush()
