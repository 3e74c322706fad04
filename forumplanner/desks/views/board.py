"""The round board: meetings in date order, each with what is done and what is next; the timeline; regions by stage.

Everything is assembled from what was read before: nothing here asks the database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from forumplanner.accounts.access import is_coordinator, is_organiser, is_signed_in
from forumplanner.briefs.rules import Standing, standing_of_forum
from forumplanner.briefs.words import WORDS as BRIEF_WORDS
from forumplanner.core import thai
from forumplanner.desks import region_map
from forumplanner.desks.rules import ORGANISERS_ACTS, Act, Work, next_act
from forumplanner.desks.timeline import DayMark, Timeline, lay_out
from forumplanner.desks.timeline_bars import Entry
from forumplanner.desks.views.ways import find_way, may_do, way_of_act
from forumplanner.desks.views.words import (
    STAGES,
    STATES,
    act_words,
    days_without_year,
    done_words,
    region_name,
    warning_words,
)
from forumplanner.outcomes.rules import SubmissionState
from forumplanner.places.models import Province, Region
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.calendar_days import Holiday, date_warnings, observance_days, public_holidays
from forumplanner.rounds.describing import describe_days, describe_days_short, has_place, name_place
from forumplanner.rounds.models import Meeting, MeetingKind, Round
from forumplanner.rounds.regions import TakingPart, mapping_of
from forumplanner.rounds.rules import MeetingState, is_public, meeting_state
from forumplanner.web.hues import NATIONAL, Hue, hue_of_place
from forumplanner.web.locale import current_language


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting on the board, as templates/desks/_board.html draws it; texts are ready.

    stage and done are for those who may know; act is the next one, act_href None where it is for somebody else.
    """

    meeting: Meeting
    name: str
    href: str
    dates: str
    place: str | None
    state: MeetingState
    state_shape: str
    state_word: str
    hue: Hue | None
    warnings: Sequence[str] = ()
    stage_shape: str | None = None
    stage_word: str | None = None
    done: str | None = None
    next: str | None = None
    act: Act | None = None
    act_word: str | None = None
    act_href: str | None = None
    is_mine: bool = False
    outcomes_href: str | None = None

    @property
    def act_kind(self) -> str:
        """What waits for the organisers stands out among what waits for a region."""
        return "primary" if self.is_mine else "secondary"


def shown_meetings(found: Round) -> list[Meeting]:
    """The meetings of a round this person may know of, in date order."""
    return [meeting for meeting in found.meetings if is_public(meeting.status) or is_coordinator()]


def lay_out_rows(
    meetings: Iterable[Meeting], work: Mapping[int, Work], extra: Sequence[Holiday], today: date
) -> list[Row]:
    """A row for each meeting, in the order given. Visitors get no numbers and no stages, readers what is accepted."""
    return [_row(meeting, work.get(meeting.id), extra, today) for meeting in meetings]


def _row(meeting: Meeting, work: Work | None, extra: Sequence[Holiday], today: date) -> Row:
    lang = current_language()
    state = meeting_state(meeting.status, meeting.ends_on, today)
    shape, word = STATES[state]
    warnings = (
        []
        if state == MeetingState.CANCELLED
        else date_warnings(meeting.starts_on, meeting.ends_on, extra, region_id=meeting.region_id)
    )
    facts = _facts_for_workers(meeting, work, today) if work is not None and is_coordinator() else {}
    if work is not None and not facts and is_signed_in() and work.submission == SubmissionState.ACCEPTED:
        facts = dict(zip(("stage_shape", "stage_word"), _stage(work), strict=True))
        facts["outcomes_href"] = find_way("outcomes.outcomes", meeting)
    return Row(
        meeting=meeting,
        name=region_name(meeting),
        href=meeting_url(meeting),
        dates=describe_days(meeting, lang),
        place=place_words(meeting) or no_place_words(state),
        state=state,
        state_shape=shape,
        state_word=_(word),
        hue=hue_of(meeting),
        warnings=[warning_words(warning) for warning in warnings],
        **facts,  # type: ignore[arg-type]  # texts and an act by the names of the row's fields
    )


def _stage(work: Work) -> tuple[str, str]:
    shape, word = STAGES[work.submission]
    return shape, _(word)


def _facts_for_workers(meeting: Meeting, work: Work, today: date) -> dict[str, object]:
    facts: dict[str, object] = {}
    state = work.state(today)
    if state != MeetingState.CANCELLED:
        facts["done"] = done_words(work, today)
    if state == MeetingState.HELD and work.kind == MeetingKind.REGIONAL:
        facts["stage_shape"], facts["stage_word"] = _stage(work)
    act = next_act(work, today)
    if act is not None:
        facts["act"] = act
        is_mine = _is_mine(act, meeting)
        facts["next"], facts["act_word"] = act_words(act, work, is_mine=is_mine)
        facts["act_href"] = way_of_act(act, meeting, work)
        facts["is_mine"] = is_mine
    return facts


def _is_mine(act: Act, meeting: Meeting) -> bool:
    """Whether an act is this person's own: organisers may do everything, but a region's work is its coordinator's."""
    if not may_do(act, meeting):
        return False
    return act in ORGANISERS_ACTS or meeting.region_id is None or not is_organiser()


def place_words(meeting: Meeting) -> str | None:
    """Where a meeting is held: the place, the province alone while only that is known, or None."""
    lang = current_language()
    if has_place(meeting):
        return name_place(meeting, lang)
    return _("%(province)s, place not set yet", province=meeting.province.name(lang)) if meeting.province else None


def no_place_words(state: MeetingState) -> str:
    """What stands where a meeting has no place: one that is over gets none any more."""
    return str(_("No place is recorded") if state == MeetingState.HELD else _("The place is not set yet"))


def hue_of(meeting: Meeting) -> Hue | None:
    """Whose colour a meeting takes: its region's, by its place in the list; none for working meetings."""
    if meeting.region is not None:
        return hue_of_place(meeting.region.list_order)
    return NATIONAL if meeting.kind == MeetingKind.NATIONAL else None


def lay_out_timeline(found: Round, meetings: Sequence[Meeting], extra: Sequence[Holiday], today: date) -> Timeline:
    """The whole months of the round's window with the meetings that lie in them."""
    lang = current_language()
    first, last = shown_months(found)
    return lay_out(
        [_entry(meeting, today) for meeting in meetings],
        month_name=lambda month: f"{thai.month_name(month.month, lang, short=True)} {_year(month)}",
        holidays=[
            DayMark(holiday.date, f"{_day(holiday.date)} {holiday.name(lang)}")
            for holiday in public_holidays(first, last, extra)
        ],
        observance_days=[DayMark(day, _day(day)) for day in observance_days(first, last)],
        today=today,
        today_text=_("Today %(day)s", day=days_without_year(today, today)),
        first=first,
        last=last,
    )


def shown_months(found: Round) -> tuple[date, date]:
    """The first and last day of the months a round lies in."""
    after = (found.ends_on.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found.starts_on.replace(day=1), after - timedelta(days=1)


def _year(day: date) -> int:
    return thai.buddhist_year(day) if current_language() == "th" else day.year


def _day(day: date) -> str:
    return thai.format_days(day, lang=current_language()).rpartition(" ")[0]


def _entry(meeting: Meeting, today: date) -> Entry:
    lang = current_language()
    state = meeting_state(meeting.status, meeting.ends_on, today)
    label = meeting.region.name(lang) if meeting.region else region_name(meeting)
    return Entry(
        label=_("National") if meeting.kind == MeetingKind.NATIONAL and not meeting.title_th else label,
        start=meeting.starts_on,
        end=meeting.ends_on,
        dates=days_without_year(meeting.starts_on, meeting.ends_on),
        hue=hue_of(meeting),
        href=meeting_url(meeting),
        standing=state.value,
        note=", ".join(text for text in (_(STATES[state][1]), place_words(meeting)) if text),
    )


def lay_out_map(
    parts: Sequence[TakingPart], provinces: Iterable[Province], rows: Sequence[Row]
) -> region_map.RegionMap:
    """The regions of a round with the dates of their forums, as far as the rows tell them."""
    forums = {row.meeting.region_id: row for row in rows}
    return region_map.lay_out(
        [_map_entry(part.region, forums.get(part.region.id)) for part in parts], mapping_of(parts, provinces)
    )


def _map_entry(region: Region, row: Row | None) -> region_map.Entry:
    name = region.name(current_language())
    if row is None:
        return region_map.Entry(region.slug, name, hue_of_place(region.list_order))
    is_off = row.state == MeetingState.CANCELLED
    dates = row.state_word if is_off else days_without_year(row.meeting.starts_on, row.meeting.ends_on)
    return region_map.Entry(region.slug, name, hue_of_place(region.list_order), dates, row.state.value, row.href)


@dataclass(frozen=True, slots=True)
class Stage:
    """A region and how far its forum is: cells by `stage_columns`, after the region's name.

    add_href: where an organiser adds the forum it lacks.
    """

    name: str
    href: str | None
    cells: Sequence[object]
    add_href: str | None = None


def lay_out_stages(
    found: Round, regions: Sequence[Region], rows: Sequence[Row], work: Mapping[int, Work], today: date
) -> list[Stage]:
    """Regions in the order in which people list them, each with its stages, in the words of the brief."""
    by_region = {row.meeting.region_id: row for row in rows}
    hidden = {meeting.region_id for meeting in found.meetings} - by_region.keys()
    return [
        _stage_of(row, work.get(row.meeting.id), today) if row else _stage_without(found, region, hidden)
        for region in regions
        for row in (by_region.get(region.id),)
    ]


def _stage_without(found: Round, region: Region, hidden: Collection[int | None]) -> Stage:
    """A region without a forum, or with one that is not for this person to see yet."""
    standing = Standing.NOT_ANNOUNCED if region.id in hidden else Standing.NO_FORUM
    lang = current_language()
    cells = [BRIEF_WORDS[lang].standings[standing], *[""] * (len(stage_columns()) - 2)]
    may_add = is_organiser() and region.id not in hidden and region.retired_at is None
    add = url_for("desks.new_meeting", code=found.code, region=region.slug) if may_add else None
    return Stage(region.name(lang), None, cells, add)


def _stage_of(row: Row, work: Work | None, today: date) -> Stage:
    lang, meeting = current_language(), row.meeting
    cells: list[object] = [describe_days_short(meeting, lang), row.state_word]
    if work is not None:
        standing = standing_of_forum(meeting.status, meeting.ends_on, work.submission, today)
        cells += [work.invited, work.answered] if is_coordinator() else []
        cells.append(BRIEF_WORDS[lang].standings[standing])
    assert meeting.region is not None
    return Stage(meeting.region.name(lang), row.href, cells)


def stage_columns() -> list[object]:
    """The columns of that table, as much as this person may know."""
    columns: list[object] = [_("Region"), _("Dates"), _("State")]
    if is_coordinator():
        return [*columns, (_("Number invited"), "number"), (_("Number answered"), "number"), _("Outcomes")]
    return [*columns, _("Outcomes")] if is_signed_in() else columns
