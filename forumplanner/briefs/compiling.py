"""From a round's rows to its brief."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.briefs.documents import BriefDocument, BriefQuestion, Line, NationalMeeting, RegionPart
from forumplanner.briefs.rules import Standing, is_procedural, standing_of_forum, states_waiting
from forumplanner.briefs.services import Forum, get_round_and_national, list_forums, list_numbered_items
from forumplanner.core import clock
from forumplanner.core.db import is_sample
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_, Lang
from forumplanner.minutes.compiling import place_of
from forumplanner.outcomes.models import OutcomeKind
from forumplanner.outcomes.services import (
    KeptItem,
    KeptOutcome,
    RoundOutcome,
    keep_outcome,
    list_round_outcomes,
    state_of,
)
from forumplanner.register.services import list_figures
from forumplanner.register.tables import finance_table
from forumplanner.rounds.models import Meeting, MeetingStatus, Round
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

    It says what was accepted, as it stood when it was accepted: nothing renamed or moved since changes it. And to
    whoever `sees_submitted` what waits for acceptance, marked as such. What a region has not submitted, or what was
    returned to it, is nobody's to read here. NotFound where there is no such round, or nothing of it is announced and
    the reader sees nothing proposed.
    """
    found, national = get_round_and_national(session, code)
    forums = list_forums(session, found)
    meetings = [meeting for meeting in (national, *(forum.meeting for forum in forums)) if meeting is not None]
    if not sees_proposed and not any(is_public(meeting.status) for meeting in meetings):
        raise NotFound(N_("There is no round %(code)s. Please begin at the list of rounds."), code=code[:40])
    waiting: dict[int, list[RoundOutcome]] = {}
    for outcome in list_round_outcomes(session, found, states_waiting(sees_submitted=sees_submitted)):
        waiting.setdefault(outcome.meeting.id, []).append(outcome)
    items = list_numbered_items(session, list(waiting))
    return BriefDocument(
        code=found.code,
        round_name=found.name(lang),
        compiled_on=today,
        regions=tuple(_part(forum, waiting, items, today, sees_people, lang) for forum in forums),
        questions=_questions(found, forums, lang),
        finance=finance_table(list_figures(session, lang), lang),
        national=_national(national, lang),
        kind=kind,
        address=address,
        is_sample=is_sample(session),
        lang=lang,
        thai_digits=thai_digits,
    )


def _questions(found: Round, forums: Sequence[Forum], lang: Lang) -> tuple[BriefQuestion, ...]:
    """The questions as they stood at the latest acceptance; one that nobody answered yet as it stands now."""
    texts = {question.number: question.text(lang) for question in found.questions}
    for forum in sorted(forums, key=lambda forum: forum.decision.id if forum.decision else 0):
        if forum.accepted is not None:
            texts |= {question.number: question.text(lang) for question in forum.accepted.questions}
    return tuple(BriefQuestion(number, text) for number, text in sorted(texts.items()))


def _part(
    forum: Forum,
    waiting: Mapping[int, Sequence[RoundOutcome]],
    items: Mapping[int, tuple[str, AgendaItem]],
    today: date,
    sees_people: SeesPeople,
    lang: Lang,
) -> RegionPart:
    region, meeting, submission, _decision = forum
    name, hue = region.name(lang), hue_of_place(region.list_order)
    if meeting is None:
        return RegionPart(name, hue, Standing.NO_FORUM)
    standing = standing_of_forum(meeting.status, meeting.ends_on, state_of(submission), today)
    if standing == Standing.NOT_ANNOUNCED:
        return RegionPart(name, hue, standing)
    accepted, days = forum.accepted, (meeting.starts_on, meeting.ends_on)
    said = [_waiting(found, items) for found in waiting.get(meeting.id, ())]
    if accepted is not None:
        name, days = accepted.region(lang), (accepted.starts_on, accepted.ends_on)
        kept = {item.id: item for item in accepted.items}
        said = [(outcome, kept[outcome.item_id]) for outcome in accepted.outcomes]
    lines = [
        _line(
            outcome,
            item,
            region=name,
            slug=meeting.slug,
            is_accepted=accepted is not None,
            sees_names=sees_people(meeting.region_id),
            lang=lang,
        )
        for outcome, item in said
    ]
    return RegionPart(
        name,
        hue,
        standing,
        slug=meeting.slug,
        days=days,
        accepted_on=_day(submission.decided_at) if submission and accepted is not None else None,
        lines=tuple(sorted(lines, key=lambda line: KINDS.index(line.kind))),
    )


def _waiting(found: RoundOutcome, items: Mapping[int, tuple[str, AgendaItem]]) -> tuple[KeptOutcome, KeptItem]:
    """What nobody has decided upon yet, as it stands now."""
    number, item = items[found.outcome.agenda_item_id]
    asked = found.question.number if found.question else None
    return keep_outcome(found.outcome), KeptItem(item.id, number, item.title_th, item.title_en, asked, "")


def _line(
    outcome: KeptOutcome,
    item: KeptItem,
    *,
    region: str,
    slug: str,
    is_accepted: bool,
    sees_names: bool,
    lang: Lang,
) -> Line:
    is_named = sees_names or outcome.owner_is_organisation
    return Line(
        outcome_id=outcome.id,
        kind=outcome.kind,
        text=outcome.text,
        region=region,
        slug=slug,
        item_id=item.id,
        number=item.number,
        item_title=item.title(lang),
        question=item.question,
        is_accepted=is_accepted,
        is_procedural=is_procedural(outcome.kind, outcome.text, answers_question=item.question is not None),
        owner=(outcome.owner or "") if is_named or outcome.kind != OutcomeKind.COMMITMENT else None,
        owner_is_sample=outcome.owner_is_sample,
        due_on=outcome.due_on,
    )


def _national(meeting: Meeting | None, lang: Lang) -> NationalMeeting | None:
    if meeting is None or meeting.status != MeetingStatus.ANNOUNCED:
        return None
    return NationalMeeting(meeting.starts_on, meeting.ends_on, place_of(meeting, lang))


def _day(instant: datetime | None) -> date | None:
    """The day of an instant in Thailand."""
    return instant.astimezone(clock.BANGKOK).date() if instant else None
