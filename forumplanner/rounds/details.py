"""What a region's coordinator says about a meeting: place, hours of each day, contact, a note; organisers its title."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, time

from sqlalchemy.orm import Session

from forumplanner.core.errors import Invalid, Stale
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor
from forumplanner.outbox.rules import check_address
from forumplanner.places.models import Province
from forumplanner.rounds import rules
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


def details_texts(details: Details, days: list[date]) -> dict[str, str]:
    """Each detail as text by the name of its form field; hours as `hours-0`, `hours-1` in the order of `days`."""
    texts = {name: getattr(details, name) or "" for name in TEXTS}
    for place, on in enumerate(days):
        hours = details.hours.get(on)
        texts[f"hours-{place}"] = f"{hours[0]:%H.%M}-{hours[1]:%H.%M}" if hours else ""
    return texts


def mark_seen(texts: Mapping[str, str]) -> str:
    """A short mark of each text, which a form carries to say what it showed."""
    return " ".join(f"{name}:{_digest(text)}" for name, text in texts.items())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class StaleDetails:
    """What a stale save found: both texts by field, what was saved meanwhile, and the mark to save again with."""

    theirs: dict[str, str]
    yours: dict[str, str]
    untouched: dict[str, str]
    seen: str


def compare_details(now: Mapping[str, str], typed: Mapping[str, str], seen: str) -> StaleDetails | None:
    """None where nobody saved since the form was filled; else what differs.

    `untouched` are fields somebody else changed and this person did not: the form takes what is saved there. `theirs`
    and `yours` hold every field that was saved meanwhile and reads otherwise than what was typed.
    """
    marks = dict(part.partition(":")[::2] for part in seen.split())
    saved = [name for name in now if marks.get(name) != _digest(now[name])]
    differing = [name for name in saved if name in typed and typed[name] != now[name]]
    if not differing:
        return None
    return StaleDetails(
        theirs={name: now[name] for name in differing},
        yours={name: typed[name] for name in differing},
        untouched={name: now[name] for name in differing if marks.get(name) == _digest(typed[name])},
        seen=mark_seen(now),
    )


def check_details(session: Session, meeting: Meeting, details: Details) -> Details:
    """The details as they can be kept; refuses an unknown province, what is no link,
    telephone number or address, and hours on other days."""
    if details.province_code and session.get(Province, details.province_code) is None:
        raise Invalid(N_("There is no such province. Please choose one from the list."), field="province_code")
    if details.map_url:
        rules.check_map_url(details.map_url)
    address = check_address(details.contact_email, "contact_email") if details.contact_email else None
    if any(not meeting.starts_on <= on <= meeting.ends_on for on in details.hours):
        raise Invalid(N_("The meeting has no such day. Please choose one of its days."))
    phones = rules.check_contact_phones(details.contact_phone) if details.contact_phone else None
    return replace(details, contact_email=address, contact_phone=phones)


def change_details(session: Session, meeting: Meeting, details: Details, actor: Actor, *, seen: str) -> None:
    """Save the details; Stale, with a `StaleDetails` as its `found`, where somebody saved others since `seen`."""
    lock_meeting(session, meeting)
    details = check_details(session, meeting, details)
    days = rules.days_between(meeting.starts_on, meeting.ends_on)
    now = details_texts(details_of(meeting), days)
    found = compare_details(now, details_texts(details, days), seen)
    if found is not None:
        raise Stale(theirs=found.theirs, yours=found.yours, found=found)
    with change_meeting(session, meeting, actor):
        for name in TEXTS:
            setattr(meeting, name, getattr(details, name))
        set_hours(meeting, dict(details.hours))
    session.flush()
