"""Rows of meetings as calendar events, in one language. What is written here is public, but for `Own`.

Later, the bytes of each meeting are to be stored beside it: `render` is the one place that makes them.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.core import clock, thai
from forumplanner.core.errors import Refused
from forumplanner.core.i18n import LANGUAGES, N_, Lang
from forumplanner.feeds.rules import Kind
from forumplanner.feeds.services import Content, Own, is_public, list_meetings, read_agendas
from forumplanner.feeds.words import WORDS, Words, words_of
from forumplanner.ical import (
    OKABE_ITO,
    TEAL,
    CannotRender,
    Day,
    EventStatus,
    FeedColour,
    FeedHead,
    MeetingEvent,
    clean_line,
    clean_text,
    feed_colour,
    join_feed,
    render_event,
    shorten,
    span_of,
    tidy_event,
)
from forumplanner.invitations.models import Answer
from forumplanner.places.models import Region
from forumplanner.rounds.describing import describe_place, known_hours
from forumplanner.rounds.map_links import position_on_map
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.rules import slug_in_address
from forumplanner.rounds.services import meeting_title
from forumplanner.web import hues

UNFORESEEN = N_("This meeting cannot be shown in calendars. Please tell whoever runs this system.")

log = logging.getLogger(__name__)

STATUSES: dict[MeetingStatus, EventStatus] = {
    MeetingStatus.PROPOSED: "tentative",
    MeetingStatus.ANNOUNCED: "confirmed",
    MeetingStatus.CANCELLED: "cancelled",
}
BANGKOK_CODE = "10"
MOST_ITEMS = 20
LONGEST_ITEM = 160
LONGEST_NOTE = 1000
MOST_DAYS = 31
# An address that has ended says so on each of these days.
ENDED_DAYS = 28


def render(content: Content, lang: Lang, base_url: str) -> bytes:
    """The whole calendar. A meeting that cannot be shown is left out and logged; the calendar lives."""
    events = []
    for meeting in content.meetings:
        own = content.own.get(meeting.id) if content.own else None
        try:
            events.append(render_event(event_of(meeting, content.agendas.get(meeting.id, ()), lang, base_url, own)))
        except CannotRender as refusal:
            log.warning("meeting left out of a calendar", extra={"data": {"uid": meeting.uid, "why": str(refusal)}})
        except Exception:
            log.exception("meeting left out of a calendar", extra={"data": {"uid": meeting.uid}})
    return join_feed(head_of(content, lang), events)


def head_of(content: Content, lang: Lang) -> FeedHead:
    """A calendar's name, description and colour."""
    words = words_of(lang, to_monk=content.to_monk)
    region = content.region.name_after_word(lang) if content.region else ""
    called = content.region.called(lang) if content.region else ""
    round_name = content.round.name(lang) if content.round else ""
    colour = colour_of(content.region)
    match content.scope.kind:
        case Kind.ALL:
            return FeedHead(words.all_name, words.all_about, colour)
        case Kind.REGION:
            return FeedHead(words.region_name.format(called), words.region_about.format(region), colour)
        case Kind.ROUND:
            return FeedHead(round_name, words.round_about.format(round_name), colour)
        case Kind.REGION_OF_ROUND:
            name = words.region_of_round_name.format(round=round_name, region=called)
            return FeedHead(name, words.region_about.format(region), colour)
        case Kind.MEETING:
            return FeedHead(meeting_title(content.meetings[0], lang), words.meeting_about, colour)
        case Kind.PERSON:
            return FeedHead(words.person_name, words.person_about, colour)


def colour_of(region: Region | None) -> FeedColour:
    """A region's colour by its place in the list; teal for the whole country."""
    if region is None:
        return TEAL
    if region.list_order <= len(OKABE_ITO):
        return OKABE_ITO[region.list_order - 1]
    return feed_colour(hues.colour_of(region.list_order))


def page_address(base_url: str, meeting: Meeting) -> str:
    """The full address of a meeting's page, also outside a request."""
    return f"{base_url}/rounds/{meeting.round.code}/{quote(slug_in_address(meeting.slug))}"


def event_of(
    meeting: Meeting,
    agenda: Sequence[tuple[str, AgendaItem]],
    lang: Lang,
    base_url: str,
    own: Own | None = None,
) -> MeetingEvent:
    """A meeting as an event. Hours that are not all known make it whole days; each day's stand in the description."""
    words = words_of(lang, to_monk=own is not None and own.to_monk)
    known = {on: Day(on, *hours) for on, hours in known_hours(meeting).items()}
    first, last = meeting.starts_on, meeting.ends_on
    span = span_of(known.get(day, Day(day)) for day in sorted({first, last}))
    assert span is not None
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    away = own is not None and own.answer in (Answer.DECLINED, Answer.DELEGATE)
    return MeetingEvent(
        uid=meeting.uid,
        starts=span.starts,
        ends=span.ends,
        timezone=meeting.timezone,
        summary=_summary(meeting, words, own),
        location=describe_place(meeting, lang),
        description_lines=_description(meeting, known, agenda, words, own),
        url=page_address(base_url, meeting),
        geo=position_on_map(meeting.map_url) if meeting.map_url else None,
        categories=(words.region.format(meeting.region.name_after_word(lang)),) if meeting.region else (),
        status=STATUSES[meeting.status],
        sequence=meeting.sequence,
        created_at=meeting.created_at,
        changed_at=max(meeting.changed_at, own.changed_at) if own else meeting.changed_at,
        lang=lang,
        free=is_cancelled or away,
    )


def _summary(meeting: Meeting, words: Words, own: Own | None) -> str:
    title = meeting_title(meeting, words.lang)
    if meeting.status == MeetingStatus.CANCELLED:
        return words.cancelled.format(title)
    if own is not None and own.answer == Answer.DECLINED:
        return words.not_coming.format(title)
    if own is not None and own.answer == Answer.DELEGATE:
        return words.sends_delegate.format(title)
    return title


def _description(
    meeting: Meeting,
    known: Mapping[date, Day],
    agenda: Sequence[tuple[str, AgendaItem]],
    words: Words,
    own: Own | None,
) -> tuple[str, ...]:
    """Paragraphs with an empty line between; the last line, the page's address, follows by itself."""
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    paragraphs = [
        [words.is_cancelled] if is_cancelled else [],
        _hours(meeting, known, words),
        _own(own, words) if own and not is_cancelled else [],
        [meeting.round.name(words.lang)],
        shorten(clean_text(meeting.note(words.lang)), LONGEST_NOTE).split("\n"),
        [words.map.format(meeting.map_url)] if meeting.map_url else [],
        # Who may be called is for those who are invited.
        _contact(meeting, words) if own else [],
        _agenda(agenda, words) if agenda and not is_cancelled else [],
    ]
    return tuple(line for paragraph in paragraphs if any(paragraph) for line in (*paragraph, ""))


def _hours(meeting: Meeting, known: Mapping[date, Day], words: Words) -> list[str]:
    first, last = meeting.starts_on, meeting.ends_on
    length = (last - first).days + 1
    # As of the row's last change, which the event carries: what is past by today's clock would change without one.
    is_past = last < clock.day_of(meeting.changed_at)
    days = [first + timedelta(days=count) for count in range(min(length, MOST_DAYS))]
    if length > MOST_DAYS or not any(day in known for day in days):
        return [words.days_without_hours(first, last, is_past=is_past)]
    lines = []
    for day in days:
        hours = known.get(day)
        if hours is None or hours.opens is None or hours.closes is None:
            lines.append(words.days_without_hours(day, day, is_past=is_past))
        else:
            lines.append(words.day_with_hours(day, hours.opens, hours.closes))
    return [*lines, words.local_time.format(meeting.timezone)] if meeting.timezone != clock.BANGKOK.key else lines


def _own(own: Own, words: Words) -> list[str]:
    unanswered = words.other_days if own.is_for_other_days else words.no_answer
    return [words.capacities[own.capacity], words.answers[own.answer] if own.answer else unanswered]


def _contact(meeting: Meeting, words: Words) -> list[str]:
    phone = thai.show_phones(meeting.contact_phone or "", words.lang)
    ways = [text for text in (meeting.contact_name, phone, meeting.contact_email) if text]
    return [words.contact.format(" ".join(ways))] if ways else []


def _agenda(agenda: Sequence[tuple[str, AgendaItem]], words: Words) -> list[str]:
    lines = [f"{number} {shorten(clean_line(item.title(words.lang)), LONGEST_ITEM)}" for number, item in agenda]
    if len(lines) > MOST_ITEMS:
        lines = [*lines[:MOST_ITEMS], words.more_items]
    return [words.agenda, *lines]


@dataclass(frozen=True, slots=True)
class Unrenderable:
    """A meeting that calendars leave out, and the refusal that says to its organisers why and what to do."""

    meeting: Meeting
    refusal: Refused


def list_unrenderable(session: Session, *, round_id: int | None = None) -> list[Unrenderable]:
    """The public meetings, of all rounds or one, that calendars have to leave out, in order of date."""
    conditions = [is_public()] if round_id is None else [is_public(), Meeting.round_id == round_id]
    meetings = list_meetings(session, conditions)
    agendas = read_agendas(session, meetings)
    found = []
    for meeting in meetings:
        try:
            for lang in LANGUAGES:
                # The page's address is ours and cannot be at fault.
                tidy_event(event_of(meeting, agendas.get(meeting.id, ()), lang, "http://localhost"))
        except Refused as refusal:
            found.append(Unrenderable(meeting, refusal))
        except Exception:
            log.exception("meeting cannot be shown in calendars", extra={"data": {"uid": meeting.uid}})
            found.append(Unrenderable(meeting, CannotRender(UNFORESEEN)))
    return found


def render_ended(uid: str, ended_at: datetime, lang: Lang, base_url: str) -> bytes:
    """What a personal address answers after it was replaced or stopped: one event that says so."""
    words = WORDS[lang]
    began = clock.day_of(ended_at)
    event = MeetingEvent(
        uid=uid,
        starts=began,
        ends=began + timedelta(days=ENDED_DAYS - 1),
        summary=words.ended_title,
        description_lines=words.ended,
        url=f"{base_url}/subscribe",
        created_at=ended_at,
        changed_at=ended_at,
        lang=lang,
    )
    return join_feed(FeedHead(words.ended_title, words.ended[0]), [render_event(event)])
