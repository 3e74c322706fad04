"""The national brief: which regions speak in it, what of theirs, and how it is laid out. Facts in, answers out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from forumplanner.outcomes.rules import RESOLUTION_WORDS, OutcomeKind, SubmissionState
from forumplanner.rounds.rules import MeetingState, is_public, meeting_state


class Standing(StrEnum):
    """Where a region stands on its way into the brief."""

    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    # Held, and nothing was sent.
    HELD = "held"
    AHEAD = "ahead"
    CANCELLED = "cancelled"
    NOT_ANNOUNCED = "not announced"
    NO_FORUM = "no forum"


def standing_of_forum(status: str, ends_on: date, submission: SubmissionState, today: date) -> Standing:
    """Where a region stands that has a forum in the round.

    What was sent counts more than the calendar: a forum may submit on its last day. Dates of a proposed forum are not
    told, so that the brief tells readers no more than the board does.
    """
    if submission != SubmissionState.DRAFT:
        return Standing(submission.value)
    if not is_public(status):
        return Standing.NOT_ANNOUNCED
    state = meeting_state(status, ends_on, today)
    if state == MeetingState.CANCELLED:
        return Standing.CANCELLED
    return Standing.HELD if state == MeetingState.HELD else Standing.AHEAD


def states_waiting(*, sees_submitted: bool) -> frozenset[SubmissionState]:
    """What the brief may say besides what was accepted: to organisers, on screen, what was submitted; else nothing."""
    return frozenset({SubmissionState.SUBMITTED} if sees_submitted else ())


def is_procedural(kind: OutcomeKind, text: str, *, answers_question: bool) -> bool:
    """Whether a resolution is about the sitting itself, such as adopting minutes: one of the set words, no question."""
    return kind == OutcomeKind.RESOLUTION and not answers_question and text.strip() in RESOLUTION_WORDS


def read_kind(text: str | None) -> OutcomeKind | None:
    """The kind to show alone, from an address; None, for all kinds, where it names none."""
    return next((kind for kind in OutcomeKind if kind == text), None)


# A landscape page has room for so many columns, and a cell of one page for so many characters (measured, 9.5 pt).
MOST_COLUMNS = 5
LONGEST_CELL = 900
# From here on a row takes about half a page.
TALL_CELL = 250


def fits_matrix(questions: int, cell_lengths: Iterable[int]) -> bool:
    """Whether regions by questions can be printed as one table; else each question gets a section of its own."""
    return questions <= MOST_COLUMNS and max(cell_lengths, default=0) <= LONGEST_CELL
