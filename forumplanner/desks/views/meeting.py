"""The page of one meeting: for anyone its days, place and programme; for whoever looks after it the work to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from forumplanner.accounts.access import is_coordinator, is_organiser, is_signed_in, may_change_region
from forumplanner.agenda.models import ProgrammeEntry
from forumplanner.agenda.services import list_items, list_programme
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.desks.rules import list_tasks
from forumplanner.desks.services import find_work
from forumplanner.desks.views.board import hue_of, no_place_words, place_words, shown_meetings
from forumplanner.desks.views.pages import blueprint
from forumplanner.desks.views.ways import find_way, may_open, way_of_task
from forumplanner.desks.views.words import STATES, outside_words, region_name, task_item, warning_words
from forumplanner.outcomes.rules import SubmissionState
from forumplanner.rounds.added_holidays import added_holidays
from forumplanner.rounds.calendar_days import date_warnings
from forumplanner.rounds.describing import describe_days_short, describe_hours, has_place, name_address
from forumplanner.rounds.models import Meeting, MeetingKind
from forumplanner.rounds.rules import days_between, is_public, meeting_state
from forumplanner.rounds.services import find_meeting, get_round, meeting_title
from forumplanner.web.access import ANYONE, opens_to
from forumplanner.web.locale import current_language
from forumplanner.web.telephones import phone_links

_LINK = Markup('<a href="{}" rel="external noopener">{}</a>')


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a meeting in words, its programme as pairs of time and activity."""

    words: str
    lines: Sequence[tuple[str, str]]


@blueprint.get("/rounds/<code>/<meeting:slug>")
@opens_to(ANYONE)
def meeting(code: str, slug: str) -> ResponseReturnValue:
    """A meeting, once announced; proposed ones for organisers and coordinators alone."""
    session, today, lang = db.session(), clock.today(), current_language()
    found = find_meeting(session, code, slug)
    if found is None or not (is_public(found.status) or is_coordinator()):
        return _no_such_meeting(code)
    state = meeting_state(found.status, found.ends_on, today)
    extra = added_holidays(session, found.starts_on, found.ends_on)
    shape, word = STATES[state]
    days = _days(found, list_programme(session, found))
    return render_template(
        "desks/meeting.html",
        meeting=found,
        title=_heading(found),
        state=state,
        state_shape=shape,
        state_word=_(word),
        hue=hue_of(found),
        hours=_hours_in_short(found),
        place=place_words(found) or no_place_words(state),
        particulars=_particulars(found),
        contact=_contact(found) if is_signed_in() else None,
        warnings=[
            warning_words(warning)
            for warning in date_warnings(found.starts_on, found.ends_on, extra, region_id=found.region_id)
        ],
        days=days,
        has_programme=any(day.lines for day in days),
        agenda=[(number, item.title(lang)) for number, item in list_items(session, found)],
        is_public=is_public(found.status),
        may_change=may_change_region(found.region_id),
        is_own_date=is_organiser(),
        may_read_brief=found.kind == MeetingKind.NATIONAL and may_open("briefs.brief"),
        **_work_facts(found, today),
    )


def _heading(found: Meeting) -> str:
    """Its title; working meetings of a round are told apart by their days."""
    lang = current_language()
    title = meeting_title(found, lang)
    has_own = bool(found.title_en if lang == "en" else found.title_th)
    if found.kind != MeetingKind.WORKING or has_own:
        return title
    return f"{title} {describe_days_short(found, lang)}"


def _work_facts(found: Meeting, today: date) -> dict[str, object]:
    """The task list for whoever looks after the meeting, a way to accepted outcomes for the others signed in."""
    if not is_signed_in():
        return {"tasks": []}
    work = find_work(db.session(), [found])[found.id]
    if may_change_region(found.region_id):
        tasks = [task_item(task, work, way_of_task(task.name, found), today) for task in list_tasks(work, today)]
        return {
            "tasks": tasks,
            "agenda_href": find_way("agenda.agenda", found),
            "outside": outside_words(work) if work.programme.outside else None,
            "may_be_cancelled": work.may_be_cancelled(today),
        }
    accepted = work.submission == SubmissionState.ACCEPTED
    return {"tasks": [], "outcomes_href": find_way("outcomes.outcomes", found) if accepted else None}


def _hours_in_short(found: Meeting) -> Sequence[str]:
    """The hours that stand below the date: once where all days have the same, else each with its weekday."""
    return describe_hours(found, current_language(), clock.today())


def _particulars(found: Meeting) -> list[tuple[str, str]]:
    """The place as pairs of a name and a value, links among them; what is not known yet is left out."""
    lang = current_language()
    province = found.province.name(lang) if found.province and has_place(found) else ""
    pairs = [
        (_("Address"), name_address(found)),
        (_("Province"), province),
        (_("Map"), _LINK.format(found.map_url, _("Open the map")) if found.map_url else ""),
        (_("Note"), found.note(lang)),
    ]
    return [(key, value) for key, value in pairs if value]


def _contact(found: Meeting) -> list[tuple[str, str]]:
    """The same of the contact: for those who may see people; the invited find it on their own page."""
    mail = _LINK.format(f"mailto:{found.contact_email}", found.contact_email) if found.contact_email else ""
    pairs = [
        (_("Who answers questions"), found.contact_name),
        (_("Telephone"), phone_links(found.contact_phone)),
        (_("E-mail"), mail),
    ]
    return [(key, value) for key, value in pairs if value]


def _days(found: Meeting, programme: Sequence[ProgrammeEntry]) -> list[Day]:
    lang = current_language()
    lines = {on: list(entries) for on, entries in groupby(programme, key=lambda line: line.on)}
    return [
        Day(
            thai.format_full(on, lang=lang),
            [
                (thai.format_time_range(line.starts_at, line.ends_at, lang=lang), _activity(line))
                for line in lines.get(on, ())
            ],
        )
        for on in days_between(found.starts_on, found.ends_on)
    ]


def _activity(line: ProgrammeEntry) -> str:
    activity = line.activity(current_language())
    return f"{activity} ({line.room})" if line.room else activity


def _no_such_meeting(code: str) -> ResponseReturnValue:
    """Name the meetings there are: the address may be misspelt."""
    found = get_round(db.session(), code)
    meetings = shown_meetings(found)
    if not meetings and not is_coordinator():
        raise NotFound
    others = [(region_name(other), other) for other in meetings]
    return render_template("desks/no_meeting.html", round=found, others=others), 404
