"""The first page, the round board, and the health check."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup, escape

from forumplanner.accounts.access import ORGANISERS, is_coordinator, is_organiser, is_signed_in, may_change_region
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.desks.rules import Work
from forumplanner.desks.services import find_work
from forumplanner.desks.views.board import (
    Row,
    lay_out_map,
    lay_out_rows,
    lay_out_stages,
    lay_out_timeline,
    shown_meetings,
    shown_months,
    stage_columns,
)
from forumplanner.desks.views.ways import may_open, way_to_mend
from forumplanner.feeds.documents import list_unrenderable
from forumplanner.places.services import list_provinces
from forumplanner.rounds.added_holidays import added_holidays
from forumplanner.rounds.calendar_days import Holiday
from forumplanner.rounds.contradictions import list_contradictions
from forumplanner.rounds.models import Meeting, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.regions import list_taking_part
from forumplanner.rounds.rules import MeetingState
from forumplanner.rounds.services import (
    find_current_code,
    get_round,
    list_coming,
    list_running_rounds,
    meeting_title,
)
from forumplanner.rounds.views.words import contradiction_words, days_short
from forumplanner.web.access import ANYONE, bare, opens_to
from forumplanner.web.database import health
from forumplanner.web.errors import translated
from forumplanner.web.locale import current_language
from forumplanner.web.wholes import whole

blueprint = Blueprint("desks", __name__)


@blueprint.get("/")
@opens_to(ANYONE)
def home() -> ResponseReturnValue:
    """The coming meetings; for those who work on a round, what waits for them comes first."""
    session, today = db.session(), clock.today()
    coming = list_coming(session, today)
    code = find_current_code(session, today, public=not is_coordinator())
    rounds = list_running_rounds(session, today) if is_coordinator() else []
    return render_template(
        "desks/home.html",
        coming=lay_out_rows(coming, {}, _holidays_of(coming), today),
        lacks_name=is_signed_in() and not current_user.name,
        code=code,
        own=_own_rows(rounds, today),
        may_read_brief=code is not None and may_open("briefs.brief"),
        own_regions=[region.name(current_language()) for region in getattr(current_user, "regions", ())],
    )


def _holidays_of(meetings: Sequence[Meeting]) -> list[Holiday]:
    if not meetings:
        return []
    first, last = min(item.starts_on for item in meetings), max(item.ends_on for item in meetings)
    return added_holidays(db.session(), first, last)


def _own_rows(rounds: Sequence[Round], today: date) -> list[tuple[Round, list[Row]]]:
    """What waits for this person in each round that runs; rounds without any are left out.

    A coordinator sees every meeting of their regions while the round runs, and what is left to do once it is over.
    """
    meetings = [
        meeting
        for found in rounds
        for meeting in found.meetings
        if meeting.kind != MeetingKind.WORKING and (is_organiser() or may_change_region(meeting.region_id))
    ]
    rows = lay_out_rows(meetings, find_work(db.session(), meetings), (), today) if meetings else []
    own = [
        row
        for row in rows
        if row.is_mine or (not is_organiser() and (row.act is not None or row.meeting.round.ends_on >= today))
    ]
    groups = ((found, [row for row in own if row.meeting.round_id == found.id]) for found in rounds)
    return [(found, waiting) for found, waiting in groups if waiting]


@blueprint.get("/rounds/<code>")
@opens_to(ANYONE)
def board(code: str) -> ResponseReturnValue:
    """A round: its meetings in date order, each with what is done and what is next."""
    session, today = db.session(), clock.today()
    found = get_round(session, code)
    meetings = shown_meetings(found)
    if not meetings and not is_coordinator():
        raise NotFound(N_("There is no round %(code)s. Please begin at the list of rounds."), code=code[:40])
    extra = added_holidays(session, *shown_months(found))
    work = find_work(session, meetings) if is_signed_in() else {}
    rows = lay_out_rows(meetings, work, extra, today)
    forums = [row for row in rows if row.meeting.kind != MeetingKind.WORKING]
    parts = list_taking_part(session, found)
    return render_template(
        "desks/board.html",
        round=found,
        rows=forums,
        today_at=sum(row.meeting.ends_on < today for row in forums),
        today_words=_today_words(found, today),
        working=[row for row in rows if row.meeting.kind == MeetingKind.WORKING],
        timeline=lay_out_timeline(found, meetings, extra, today),
        region_map=lay_out_map(parts, list_provinces(session), forums) if forums else None,
        summary=_summary(found, forums),
        columns=stage_columns(),
        stages=lay_out_stages(found, [part.region for part in parts], rows, work, today),
        may_read_brief=bool(forums) and may_open("briefs.brief"),
        left_out=_left_out(found) if is_organiser() else [],
        waiting=sum(meeting.status == MeetingStatus.PROPOSED for meeting in found.meetings),
        may_remove=is_organiser()
        and all(
            meeting.status == MeetingStatus.PROPOSED and not work[meeting.id].has_records for meeting in found.meetings
        ),
        contradictions=_contradictions(found, work) if is_coordinator() else [],
    )


def _contradictions(found: Round, work: Mapping[int, Work]) -> list[tuple[str, str | None, str]]:
    """What of the round cannot all be meant: the sentence, the way to mend it and its words for whoever may."""
    outside = {meeting_id: each.programme.outside for meeting_id, each in work.items()}
    return [
        (contradiction_words(found, each), way, word)
        for each in list_contradictions(found, outside)
        for way, word in (way_to_mend(found, each),)
    ]


def _left_out(found: Round) -> list[tuple[Meeting, str, str]]:
    """Meetings that calendars cannot show, each with its title and why."""
    lang = current_language()
    return [
        (each.meeting, meeting_title(each.meeting, lang), translated(each.refusal))
        for each in list_unrenderable(db.session(), round_id=found.id)
    ]


def _summary(found: Round, rows: Sequence[Row]) -> Sequence[str]:
    """The round in a few sentences: how many meetings are over, how many lie ahead, its window."""
    counts = Counter(row.state for row in rows)
    said = [
        _("Held: %(count)s.", count=counts[MeetingState.HELD]),
        _("Upcoming: %(count)s.", count=counts[MeetingState.ANNOUNCED]),
    ]
    if counts[MeetingState.PROPOSED]:
        said.append(_("Not announced yet: %(count)s.", count=counts[MeetingState.PROPOSED]))
    said.append(_with_days(_("The round runs %(days)s."), days=days_short(found.starts_on, found.ends_on)))
    if is_coordinator() and found.outcomes_due_on:
        due = thai.format_short(found.outcomes_due_on, lang=current_language())
        said.append(_with_days(_("Outcomes are due by %(day)s."), day=due))
    return said if rows else said[-1:]


def _with_days(sentence: str, **days: str) -> Markup:
    """A sentence whose days stay together."""
    return Markup(escape(sentence)) % {name: whole(day) for name, day in days.items()}  # noqa: S704 - escaped


def _today_words(found: Round, today: date) -> str | None:
    """Today in words while it lies in the months of the round."""
    first, last = shown_months(found)
    return thai.format_days(today, lang=current_language()) if first <= today <= last else None


@blueprint.get("/settings")
@opens_to(ORGANISERS)
def settings() -> ResponseReturnValue:
    """Where organisers keep what all rounds share."""
    ways = [
        (_("Regions and provinces"), url_for("rounds.regions"), _("Add, rename and retire regions; their provinces.")),
        (_("Accounts"), url_for("accounts.accounts"), _("Who may sign in, with which role and for which regions.")),
        (
            _("Who looked at personal data"),
            url_for("desks.looks"),
            _("Who saw or changed whose particulars, where and when."),
        ),
        (
            _("How long data is kept"),
            url_for("retention.periods"),
            _("A period for each kind of data, what will be removed within 30 days, what was removed."),
        ),
        (
            _("Record of processing of personal data (section 39)"),
            url_for("desks.processing"),
            _("What is kept of people, why, how long, and who sees it."),
        ),
        (_("Holidays"), url_for("rounds.holidays"), _("Days the cabinet declared late or withdrew.")),
        (_("Rounds"), url_for("rounds.index"), _("Create a round; change its dates, regions and questions.")),
    ]
    return render_template("desks/settings.html", ways=ways)


@blueprint.get("/healthz")
@opens_to(ANYONE)
@bare
def healthz() -> ResponseReturnValue:
    """Whether the database answers and its schema is current; 503 where not."""
    found = health()
    return jsonify(found), 200 if all(found.values()) else 503


@blueprint.get("/favicon.ico")
@opens_to(ANYONE)
@bare
def favicon() -> ResponseReturnValue:
    """The icon, for programs that look where icons lay before pages named them."""
    return redirect(url_for("static", filename="icon.svg"), 301)
