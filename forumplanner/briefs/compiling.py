"""From a round's rows to its brief."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.briefs.documents import BriefDocument, BriefQuestion, Line, NationalMeeting, RegionPart
from forumplanner.briefs.rules import Standing, is_procedural, standing_of_forum, states_read
from forumplanner.briefs.services import Forum, get_round_and_national, list_forums, list_numbered_items
from forumplanner.core import clock
from forumplanner.core.db import is_sample
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_, Lang
from forumplanner.minutes.compiling import place_of
from forumplanner.outcomes.models import OutcomeKind, SubmissionState
from forumplanner.outcomes.services import RoundOutcome, list_round_outcomes, state_of
from forumplanner.partners.models import PartnerKind
from forumplanner.register.services import list_figures
from forumplanner.register.tables import finance_table
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.rules import is_public
from forumplanner.web.hues import hue_of_place

# Whether a reader may see the names of a region's people.
SeesPeople = Callable[[int | None], bool]
KINDS = tuple(OutcomeKind)


def compile_brief(
    session: Session,
    code: str,
    *,
    today: date,
    sees_people: SeesPeople,
    sees_proposed: bool = True,
    sees_submitted: bool = False,
    kind: OutcomeKind | None = None,
    address: str = "",
    lang: Lang = "th",
    thai_digits: bool = False,
) -> BriefDocument:
    """Everything the brief of a round says, as plain values; seven queries whatever the round's size.

    It says what was accepted, and to whoever `sees_submitted` also what waits for acceptance, marked as such. What a
    region has not submitted, or what was returned to it, is nobody's to read here. NotFound where there is no such
    round, or nothing of it is announced and the reader sees nothing proposed.
    """
    found, national = get_round_and_national(session, code)
    forums = list_forums(session, found)
    meetings = [meeting for meeting in (national, *(forum.meeting for forum in forums)) if meeting is not None]
    if not sees_proposed and not any(is_public(meeting.status) for meeting in meetings):
        raise NotFound(N_("There is no round %(code)s. Please begin at the list of rounds."), code=code[:40])
    outcomes = list_round_outcomes(session, found, states_read(sees_submitted=sees_submitted))
    said: dict[int, list[RoundOutcome]] = {}
    for outcome in outcomes:
        said.setdefault(outcome.meeting.id, []).append(outcome)
    items = list_numbered_items(session, [forum.meeting.id for forum in forums if forum.meeting])
    return BriefDocument(
        code=found.code,
        round_name=found.name(lang),
        compiled_on=today,
        regions=tuple(_part(forum, said, items, today, sees_people, lang) for forum in forums),
        questions=tuple(BriefQuestion(question.number, question.text(lang)) for question in found.questions),
        finance=finance_table(list_figures(session, lang), lang),
        national=_national(national, lang),
        kind=kind,
        address=address,
        is_sample=is_sample(session),
        lang=lang,
        thai_digits=thai_digits,
    )


def _part(
    forum: Forum,
    said: Mapping[int, Sequence[RoundOutcome]],
    items: Mapping[int, tuple[str, AgendaItem]],
    today: date,
    sees_people: SeesPeople,
    lang: Lang,
) -> RegionPart:
    region, meeting, submission = forum
    name, hue = region.name(lang), hue_of_place(region.list_order)
    if meeting is None:
        return RegionPart(name, hue, Standing.NO_FORUM)
    standing = standing_of_forum(meeting.status, meeting.ends_on, state_of(submission), today)
    if standing == Standing.NOT_ANNOUNCED:
        return RegionPart(name, hue, standing)
    is_accepted = state_of(submission) == SubmissionState.ACCEPTED
    lines = [
        _line(found, items, name, is_accepted=is_accepted, sees_names=sees_people(meeting.region_id), lang=lang)
        for found in said.get(meeting.id, ())
    ]
    return RegionPart(
        name,
        hue,
        standing,
        slug=meeting.slug,
        days=(meeting.starts_on, meeting.ends_on),
        accepted_on=_day(submission.decided_at) if submission and is_accepted else None,
        lines=tuple(sorted(lines, key=lambda line: KINDS.index(line.kind))),
    )


def _line(
    found: RoundOutcome,
    items: Mapping[int, tuple[str, AgendaItem]],
    region: str,
    *,
    is_accepted: bool,
    sees_names: bool,
    lang: Lang,
) -> Line:
    outcome, question = found.outcome, found.question
    number, item = items[outcome.agenda_item_id]
    partner = outcome.owner_partner
    is_named = sees_names or (partner is not None and partner.kind == PartnerKind.ORGANISATION)
    return Line(
        outcome_id=outcome.id,
        kind=outcome.kind,
        text=outcome.text,
        region=region,
        slug=found.meeting.slug,
        item_id=item.id,
        number=number,
        item_title=item.title(lang),
        question=question.number if question else None,
        is_accepted=is_accepted,
        is_procedural=is_procedural(outcome.kind, outcome.text, answers_question=question is not None),
        owner=(outcome.owner or "") if is_named or outcome.kind != OutcomeKind.COMMITMENT else None,
        owner_is_sample=partner is not None and partner.is_sample,
        due_on=outcome.due_on,
    )


def _national(meeting: Meeting | None, lang: Lang) -> NationalMeeting | None:
    if meeting is None or meeting.status != MeetingStatus.ANNOUNCED:
        return None
    return NationalMeeting(meeting.starts_on, meeting.ends_on, place_of(meeting, lang))


def _day(instant: datetime | None) -> date | None:
    """The day of an instant in Thailand."""
    return instant.astimezone(clock.BANGKOK).date() if instant else None
