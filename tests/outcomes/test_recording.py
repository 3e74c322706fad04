"""Recording an agenda item: what is saved together, what two people wrote, what is refused. On both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.services import delete_item, shown_of_item
from forumplanner.core.errors import Conflict, Invalid, NotFound
from forumplanner.core.stamps import make_stamp
from forumplanner.outcomes.models import OutcomeKind
from forumplanner.outcomes.services import (
    RecordOfOutcomes,
    StaleItem,
    TypedOutcome,
    find_last_save,
    list_outcomes,
    list_possible_owners,
    save_item,
)
from tests.outcomes.sample_round import (
    RECORDER,
    as_typed,
    count_outcomes,
    history_of,
    item_at,
    meeting_at,
    seen_discussion,
    texts_of,
)

pytestmark = pytest.mark.usefixtures("sample")
DUE = date(2007, 3, 25)


def north(session: Session, number: str = "4.1") -> AgendaItem:
    """An item of the North, which was returned and so is open; 4.1 has one outcome, 4.2 none."""
    return item_at(session, meeting_at(session, "north"), number)


def save(session: Session, item: AgendaItem, rows: list[TypedOutcome], **changes: object) -> None:
    values = {"discussion": item.discussion, "discussion_seen": seen_discussion(item), "outcomes": rows}
    save_item(session, item.meeting, item.id, RECORDER, **(values | changes))  # type: ignore[arg-type]
    session.flush()


def new(kind: str, text: str, owner: str | None = None, due_on: date | None = None) -> TypedOutcome:
    return TypedOutcome(OutcomeKind(kind), text, owner, due_on)


def test_what_was_said_and_concluded_is_saved_together(session: Session) -> None:
    item = north(session, "4.2")
    save(session, item, [new("problem", "ระเบียบต่างกัน"), new("resolution", "เห็นชอบ")], discussion="อภิปรายกว้างขวาง")
    assert (item.discussion, texts_of(session, item)) == ("อภิปรายกว้างขวาง", ["ระเบียบต่างกัน", "เห็นชอบ"])


def test_a_changed_outcome_keeps_its_place_and_leaves_old_and_new_in_the_history(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, text="ครบทุกอำเภอ"), new("problem", "ทางไกล")])
    assert texts_of(session, item) == ["ครบทุกอำเภอ", "ทางไกล"]
    assert history_of(session, "outcome", row.id or 0) == [("text", row.text, "ครบทุกอำเภอ")]


def test_an_outcome_ticked_for_deletion_goes_and_its_words_stay_in_the_history(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, delete=True)])
    assert texts_of(session, item) == []
    assert history_of(session, "agenda_item", item.id) == [("outcome", row.text, None)]


def test_an_untouched_form_changes_nothing(session: Session) -> None:
    item = north(session)
    save(session, item, as_typed(session, item))
    assert (history_of(session, "agenda_item", item.id), find_last_save(session, item)) == ([], None)


def test_an_outcome_moves_up(session: Session) -> None:
    item = north(session, "4.2")
    save(session, item, [new("problem", "หนึ่ง"), new("problem", "สอง"), new("problem", "สาม")])
    last = as_typed(session, item)[-1].id or 0
    save(session, item, as_typed(session, item), move=(last, -1))
    assert texts_of(session, item) == ["หนึ่ง", "สาม", "สอง"]


def test_the_last_save_says_who(session: Session) -> None:
    item = north(session)
    save(session, item, [*as_typed(session, item), new("problem", "ทางไกล")])
    change = find_last_save(session, item)
    assert change is not None
    assert change.actor == RECORDER.name


def test_a_commitment_is_tied_to_the_invited_partner_of_that_name(session: Session) -> None:
    item = north(session, "4.3")
    save(session, item, [new("commitment", "รวบรวมข้อมูล", "นางมาลา วงศ์คำ", DUE)])
    [outcome] = list_outcomes(session, item.meeting)[item.id]
    assert outcome.owner_partner is not None
    assert outcome.owner_partner.name == "มาลา วงศ์คำ"


def test_an_owner_whom_nobody_invited_is_kept_in_words(session: Session) -> None:
    item = north(session, "4.3")
    save(session, item, [new("commitment", "รวบรวมข้อมูล", "คณะทำงานจังหวัดน่าน", DUE)])
    [outcome] = list_outcomes(session, item.meeting)[item.id]
    assert (outcome.owner, outcome.owner_partner) == ("คณะทำงานจังหวัดน่าน", None)


def test_possible_owners_are_the_invited_in_thai_order(session: Session) -> None:
    owners = list_possible_owners(session, meeting_at(session, "north"))
    assert [owner.shown_name("th") for owner in owners] == ["อ.กมลวรรณ เชียงดา", "นางมาลา วงศ์คำ", "นายอินถา ใจคำ"]


def test_a_commitment_becomes_a_proposal_once_owner_and_date_were_cleared(session: Session) -> None:
    item = north(session, "4.3")
    save(session, item, [new("commitment", "รวบรวมข้อมูล", "นางมาลา วงศ์คำ", DUE)])
    [row] = as_typed(session, item)
    with pytest.raises(Invalid, match="Please clear both"):
        save(session, item, [replace(row, kind=OutcomeKind.PROPOSAL)])
    save(session, item, [replace(row, kind=OutcomeKind.PROPOSAL, owner=None, due_on=None)])
    [outcome] = list_outcomes(session, item.meeting)[item.id]
    assert (outcome.kind, outcome.owner, outcome.owner_partner_id, outcome.due_on) == ("proposal", None, None, None)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (new("commitment", "งาน", None, DUE), "name who is responsible"),
        (new("commitment", "งาน", "นางมาลา", None), "by which it will be done"),
        (new("commitment", "งาน", "นางมาลา", date(2006, 3, 15)), "is before the meeting"),
        (new("problem", "  "), "has no text"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_saved(session: Session, row: TypedOutcome, sentence: str) -> None:
    item = north(session)
    before = count_outcomes(session)
    with pytest.raises(Invalid, match=sentence):
        save(session, item, [*as_typed(session, item), new("progress", "ดีขึ้น"), row])
    session.rollback()
    assert count_outcomes(session) == before


def test_an_item_takes_a_hundred_outcomes(session: Session) -> None:
    with pytest.raises(Invalid, match="100 outcomes at most"):
        save(session, north(session, "4.2"), [new("problem", f"ข้อ {number}") for number in range(101)])


def test_both_texts_are_carried_where_two_changed_the_same_outcome(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, text="ของคนแรก")])
    with pytest.raises(StaleItem) as stale:
        save(session, item, [replace(row, text="ของคนที่สอง")])
    [(place, theirs, yours)] = stale.value.outcomes
    assert theirs is not None
    assert (place, theirs.text, yours.text, stale.value.discussion) == (0, "ของคนแรก", "ของคนที่สอง", None)


def test_both_texts_are_carried_where_two_wrote_the_discussion(session: Session) -> None:
    item = north(session)
    seen = seen_discussion(item)
    save(session, item, [], discussion="ของคนแรก")
    with pytest.raises(StaleItem) as stale:
        save(session, item, [], discussion="ของคนที่สอง", discussion_seen=seen)
    assert stale.value.discussion == ("ของคนแรก", "ของคนที่สอง")


def test_nothing_is_saved_of_a_stale_form(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, text="ของคนแรก")])
    with pytest.raises(StaleItem):
        save(session, item, [replace(row, text="ของคนที่สอง"), new("problem", "ข้อใหม่")], discussion="ใหม่")
    assert (texts_of(session, item), item.discussion) == (["ของคนแรก"], "เครือข่ายลำปางนำเสนอการทำงานระดับตำบล")


def test_saving_again_over_what_was_seen_is_deliberate(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, text="ของคนแรก")])
    [theirs] = as_typed(session, item)
    save(session, item, [replace(row, text="ของคนที่สอง", seen=theirs.seen)])
    assert texts_of(session, item) == ["ของคนที่สอง"]


def test_two_who_changed_different_things_of_one_item_both_keep_theirs(session: Session) -> None:
    item = north(session)
    rows, seen = as_typed(session, item), seen_discussion(item)
    save(session, item, [replace(rows[0], text="ของคนแรก")], discussion_seen=seen)
    save(session, item, rows, discussion="ของคนที่สอง", discussion_seen=seen)
    assert (texts_of(session, item), item.discussion) == (["ของคนแรก"], "ของคนที่สอง")


def test_two_who_wrote_the_same_words_do_not_clash(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, text="เหมือนกัน")])
    save(session, item, [replace(row, text="เหมือนกัน")])
    assert texts_of(session, item) == ["เหมือนกัน"]


def test_a_renamed_or_moved_row_is_no_clash_for_who_writes_its_words(session: Session) -> None:
    item = north(session, "4.2")
    save(session, item, [new("problem", "หนึ่ง"), new("problem", "สอง")])
    rows = as_typed(session, item)
    save(session, item, rows, move=(rows[1].id or 0, -1))
    item.title_th = "ชื่อใหม่"
    save(session, item, [rows[0], replace(rows[1], text="สอง แก้แล้ว")])
    assert texts_of(session, item) == ["สอง แก้แล้ว", "หนึ่ง"]


def test_changing_what_somebody_deleted_is_a_clash_without_theirs(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, delete=True)])
    with pytest.raises(StaleItem) as stale:
        save(session, item, [replace(row, text="ยังจะแก้")])
    assert [theirs for _place, theirs, _yours in stale.value.outcomes] == [None]


def test_deleting_what_somebody_changed_is_a_clash(session: Session) -> None:
    item = north(session)
    [row] = as_typed(session, item)
    save(session, item, [replace(row, text="ของคนแรก")])
    with pytest.raises(StaleItem):
        save(session, item, [replace(row, delete=True)])


@pytest.mark.parametrize("slug", ["south", "northeast"])
def test_a_submitted_or_accepted_record_takes_no_change(session: Session, slug: str) -> None:
    item = item_at(session, meeting_at(session, slug), "4.1")
    with pytest.raises(Conflict, match="once an organiser returns them"):
        save(session, item, [new("problem", "ช้าไป")])


@pytest.mark.parametrize("slug", ["south", "northeast"])
def test_a_submitted_or_accepted_agenda_loses_no_item(session: Session, slug: str) -> None:
    meeting = meeting_at(session, slug)
    with pytest.raises(Conflict, match="cannot be changed"):
        RecordOfOutcomes().check_open(session, meeting)
    assert "cannot be changed" in str(RecordOfOutcomes().find_refusal(session, meeting))


def test_an_item_with_outcomes_is_not_deleted(session: Session) -> None:
    item = north(session, "3")
    save(session, item, [new("problem", "ค้างอยู่")])
    recorded = RecordOfOutcomes().count_by_item(session, item.meeting)
    with pytest.raises(Conflict, match="Outcomes are recorded"):
        delete_item(
            session, item.meeting, item.id, RECORDER, outcomes=recorded[item.id], seen=make_stamp(shown_of_item(item))
        )


def test_an_item_of_another_meeting_cannot_be_recorded(session: Session) -> None:
    stranger = item_at(session, meeting_at(session, "bangkok"), "4.1")
    with pytest.raises(NotFound):
        save_item(
            session,
            meeting_at(session, "north"),
            stranger.id,
            RECORDER,
            discussion="",
            discussion_seen="",
            outcomes=[],
        )
