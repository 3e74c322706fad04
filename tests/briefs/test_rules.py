from datetime import date

import pytest

from forumplanner.briefs.rules import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Standing,
    fits_matrix,
    is_procedural,
    read_kind,
    standing_of_forum,
    states_waiting,
)
from forumplanner.outcomes.rules import OutcomeKind, SubmissionState

LAST_DAY = date(2007, 3, 5)
AFTER = date(2007, 3, 6)


@pytest.mark.parametrize(
    ("status", "submission", "today", "standing"),
    [
        ("announced", SubmissionState.DRAFT, LAST_DAY, Standing.AHEAD),
        ("announced", SubmissionState.DRAFT, AFTER, Standing.HELD),
        ("announced", SubmissionState.SUBMITTED, LAST_DAY, Standing.SUBMITTED),
        ("announced", SubmissionState.RETURNED, AFTER, Standing.RETURNED),
        ("announced", SubmissionState.ACCEPTED, AFTER, Standing.ACCEPTED),
        ("cancelled", SubmissionState.DRAFT, AFTER, Standing.CANCELLED),
        ("cancelled", SubmissionState.ACCEPTED, AFTER, Standing.ACCEPTED),
        ("proposed", SubmissionState.DRAFT, AFTER, Standing.NOT_ANNOUNCED),
    ],
)
def test_a_region_stands_where_its_forum_and_its_submission_are(
    status: str, submission: SubmissionState, today: date, standing: Standing
) -> None:
    assert standing_of_forum(status, LAST_DAY, submission, today) == standing


def test_drafts_and_what_was_returned_are_read_by_nobody() -> None:
    assert states_waiting(sees_submitted=False) == set()
    assert states_waiting(sees_submitted=True) == {SubmissionState.SUBMITTED}


@pytest.mark.parametrize(
    ("kind", "text", "answers", "procedural"),
    [
        (OutcomeKind.RESOLUTION, "รับรองโดยไม่มีการแก้ไข", False, True),
        (OutcomeKind.RESOLUTION, " รับทราบ\n", False, True),
        (OutcomeKind.RESOLUTION, "เห็นชอบ", True, False),
        (OutcomeKind.RESOLUTION, "เห็นชอบให้ขยายพื้นที่", False, False),
        (OutcomeKind.PROGRESS, "รับทราบ", False, False),
    ],
)
def test_set_words_outside_the_questions_are_about_the_sitting(
    kind: OutcomeKind, text: str, answers: bool, procedural: bool
) -> None:
    assert is_procedural(kind, text, answers_question=answers) is procedural


@pytest.mark.parametrize(
    ("text", "kind"), [("proposal", OutcomeKind.PROPOSAL), (None, None), ("", None), ("PROPOSAL", None), ("x", None)]
)
def test_a_kind_in_an_address_is_one_of_ours_or_all(text: str | None, kind: OutcomeKind | None) -> None:
    assert read_kind(text) == kind


@pytest.mark.parametrize(
    ("questions", "lengths", "fits"),
    [
        (MOST_COLUMNS, [LONGEST_CELL], True),
        (MOST_COLUMNS + 1, [0], False),
        (4, [10, LONGEST_CELL + 1], False),
        (0, [], True),
    ],
)
def test_a_matrix_is_one_table_while_its_cells_fit_a_page(questions: int, lengths: list[int], fits: bool) -> None:
    assert fits_matrix(questions, lengths) is fits
