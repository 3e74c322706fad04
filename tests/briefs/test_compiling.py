"""What the brief says of the sample round, to whom, and where each sentence comes from."""

from datetime import date

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.briefs.compiling import compile_brief
from forumplanner.briefs.documents import BriefDocument, Line
from forumplanner.briefs.rules import Standing
from forumplanner.core.errors import NotFound
from forumplanner.outcomes.models import Outcome, OutcomeKind, Submission, SubmissionState
from forumplanner.outcomes.services import list_outcomes
from forumplanner.partners.models import Organisation
from forumplanner.places.models import Region
from forumplanner.rounds.models import Meeting, MeetingStatus
from tests.history import add_history
from tests.outcomes.sample_round import accept_anew, counted_queries, item_at, meeting_at

pytestmark = pytest.mark.usefixtures("sample")
TODAY = date(2007, 3, 6)


def compiled(session: Session, **changes: object) -> BriefDocument:
    values: dict[str, object] = {"today": TODAY, "sees_people": lambda region_id: True, **changes}
    return compile_brief(session, "2550-1", **values)


def lines_of(document: BriefDocument) -> list[Line]:
    return [line for part in document.regions for line in part.lines]


def test_regions_stand_in_list_order_each_with_where_it_stands(session: Session) -> None:
    assert [(part.name, part.standing, part.is_heard) for part in compiled(session).regions] == [
        ("เหนือ", Standing.RETURNED, False),
        ("กลางบน", Standing.AHEAD, False),
        ("กทม.และปริมณฑล", Standing.HELD, False),
        ("อีสาน", Standing.SUBMITTED, False),
        ("ตะวันออก", Standing.AHEAD, False),
        ("ตะวันตก", Standing.AHEAD, False),
        ("ใต้", Standing.ACCEPTED, True),
    ]


@pytest.mark.parametrize(("sees_submitted", "regions"), [(False, {"ใต้"}), (True, {"ใต้", "อีสาน"})])
def test_drafts_and_returned_outcomes_are_never_said(session: Session, sees_submitted: bool, regions: set[str]) -> None:
    document = compiled(session, sees_submitted=sees_submitted)
    assert {line.region for line in lines_of(document)} == regions
    assert {line.region for line in lines_of(document) if line.is_accepted} == {"ใต้"}


def test_every_sentence_is_found_word_for_word_in_what_its_region_submitted(session: Session) -> None:
    """Traceability: each line names its outcome, and the outcome says just that, under the item it names."""
    document = compiled(session, sees_submitted=True)
    assert len(lines_of(document)) == 13
    for line in lines_of(document):
        outcome = session.get(Outcome, line.outcome_id)
        assert outcome is not None
        meeting = outcome.agenda_item.meeting
        assert meeting.region is not None
        assert (outcome.text, outcome.kind) == (line.text, line.kind)
        assert (meeting.slug, meeting.region.name_th) == (line.slug, line.region)
        assert (outcome.agenda_item_id, item_at(session, meeting, line.number).id) == (line.item_id, line.item_id)


def test_nothing_a_region_concluded_is_lost(session: Session) -> None:
    south = meeting_at(session, "south")
    other = item_at(session, south, "5")
    session.add(Outcome(agenda_item_id=other.id, kind=OutcomeKind.PROPOSAL, position=1, text="ขอให้จัดเวทีปีละสองครั้ง"))
    accept_anew(session, "south")
    document = compiled(session)
    in_matrix = {
        line.outcome_id for part in document.regions for q in document.questions for line in document.cell(part, q)
    }
    said = in_matrix | {line.outcome_id for line in (*document.resolutions, *document.commitments, *document.others)}
    recorded = {outcome.id: outcome.text for found in list_outcomes(session, south).values() for outcome in found}
    assert [text for outcome_id, text in recorded.items() if outcome_id not in said] == ["รับรองโดยไม่มีการแก้ไข"]
    assert [(line.reference, line.text) for line in document.others] == [("ใต้ 5", "ขอให้จัดเวทีปีละสองครั้ง")]


def test_a_cell_holds_the_kinds_in_their_order(session: Session) -> None:
    document = compiled(session)
    south = document.regions[-1]
    assert [[(line.kind.value, line.reference) for line in document.cell(south, q)] for q in document.questions] == [
        [("progress", "ใต้ 4.1"), ("resolution", "ใต้ 4.1")],
        [("problem", "ใต้ 4.2"), ("proposal", "ใต้ 4.2")],
        [("commitment", "ใต้ 4.3")],
        [("progress", "ใต้ 4.4"), ("proposal", "ใต้ 4.4")],
    ]


def test_one_kind_alone_can_be_asked_for(session: Session) -> None:
    document = compiled(session, kind=OutcomeKind.PROPOSAL)
    cells = [document.cell(document.regions[-1], question) for question in document.questions]
    assert [[line.kind for line in cell] for cell in cells] == [[], [OutcomeKind.PROPOSAL], [], [OutcomeKind.PROPOSAL]]


def test_commitments_come_the_earliest_due_first_with_owner_and_region(session: Session) -> None:
    found = compiled(session, sees_submitted=True).commitments
    assert [(line.due_on, line.owner, line.region) for line in found] == [
        (date(2007, 3, 15), "น.ส.วรรณา ทองคำ", "ใต้"),
        (date(2007, 3, 25), "นายคำพันธ์ แสนคำ", "อีสาน"),
    ]


def test_names_of_people_are_for_those_who_may_see_them_names_of_agencies_for_all(session: Session) -> None:
    agency = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    (commitment,) = list_outcomes(session, meeting_at(session, "south"))[
        item_at(session, meeting_at(session, "south"), "4.3").id
    ]
    assert [line.owner for line in compiled(session, sees_people=lambda region_id: False).commitments] == [None]
    assert agency is not None
    commitment.owner, commitment.owner_partner_id = agency.name, agency.id
    accept_anew(session, "south")
    assert [line.owner for line in compiled(session, sees_people=lambda region_id: False).commitments] == [agency.name]


def test_sources_name_each_item_once_in_its_order(session: Session) -> None:
    document = compiled(session, sees_submitted=True)
    assert [(part.name, [line.reference for line in lines]) for part, lines in document.sources] == [
        ("อีสาน", ["อีสาน 4.1", "อีสาน 4.2", "อีสาน 4.3", "อีสาน 4.4"]),
        ("ใต้", ["ใต้ 4.1", "ใต้ 4.2", "ใต้ 4.3", "ใต้ 4.4"]),
    ]
    assert document.regions[-1].accepted_on == date(2007, 2, 6)


def test_a_tenth_item_stands_behind_the_ninth(session: Session) -> None:
    south = meeting_at(session, "south")
    session.add_all(
        AgendaItem(meeting_id=south.id, position=position, title_th=f"เรื่องที่ {position}", discussion="")
        for position in range(6, 12)
    )
    session.flush()
    for number in ("9", "11"):
        item = item_at(session, south, number)
        session.add(Outcome(agenda_item_id=item.id, kind=OutcomeKind.PROBLEM, position=1, text="ปัญหา"))
    accept_anew(session, "south")
    ((_part, lines),) = compiled(session).sources
    assert [line.number for line in lines] == ["4.1", "4.2", "4.3", "4.4", "9", "11"]


def test_proposed_forums_tell_no_dates_and_missing_ones_say_so(session: Session) -> None:
    meeting_at(session, "west").status = MeetingStatus.PROPOSED
    east = session.scalar(select(Region.id).where(Region.slug == "east"))
    session.execute(delete(Meeting).where(Meeting.region_id == east))
    session.flush()
    session.expire_all()
    parts = {part.name: part for part in compiled(session).regions}
    assert (parts["ตะวันตก"].standing, parts["ตะวันตก"].days) == (Standing.NOT_ANNOUNCED, None)
    assert (parts["ตะวันออก"].standing, parts["ตะวันออก"].slug) == (Standing.NO_FORUM, None)


def test_a_round_of_which_nothing_is_announced_is_unknown_to_readers(session: Session) -> None:
    for meeting in session.scalars(select(Meeting)):
        meeting.status = MeetingStatus.PROPOSED
    session.flush()
    with pytest.raises(NotFound, match="no round 2550-1"):
        compiled(session, sees_proposed=False)
    assert compiled(session).national is None


def test_a_round_without_any_submission_has_a_brief_that_says_so(session: Session) -> None:
    session.execute(delete(Submission))
    session.expire_all()
    document = compiled(session, sees_submitted=True)
    assert (document.accepted, len(document.unheard), lines_of(document), document.sources) == (0, 7, [], [])


def test_a_returned_region_falls_silent_again(session: Session) -> None:
    submission = session.scalar(select(Submission).where(Submission.state == SubmissionState.ACCEPTED))
    assert submission is not None
    submission.state = SubmissionState.RETURNED
    session.flush()
    assert lines_of(compiled(session)) == []


def test_an_unknown_round_is_refused(session: Session) -> None:
    with pytest.raises(NotFound, match="no round 2551-9"):
        compile_brief(session, "2551-9", today=TODAY, sees_people=lambda region_id: True)


def test_in_english_regions_questions_and_items_are(session: Session) -> None:
    document = compiled(session, lang="en")
    assert (document.regions[-1].name, document.questions[0].text) == (
        "South",
        "Target: the tambon level, through pilot areas",
    )
    assert lines_of(document)[0].reference == "South 4.1"


@pytest.mark.usefixtures("real_commits")
@pytest.mark.parametrize("rounds", [1, 20])
def test_it_takes_seven_queries_however_long_the_history(session: Session, rounds: int) -> None:
    add_history(session, rounds - 1)
    session.expire_all()
    with counted_queries() as sent:
        compiled(session, sees_submitted=True)
    assert len(sent) == 7, "\n\n".join(sent)
