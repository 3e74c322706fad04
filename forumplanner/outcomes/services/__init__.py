"""Reads and changes of outcomes: what is recorded (`recording`), how it is sent (`submitting`), what others read."""

from forumplanner.outcomes.services.reading import (
    RoundOutcome,
    count_outcomes,
    find_last_save,
    find_submission,
    find_submissions,
    list_outcomes,
    list_possible_owners,
    list_round_outcomes,
    state_of,
)
from forumplanner.outcomes.services.recording import (
    RecordOfOutcomes,
    StaleItem,
    TypedOutcome,
    check_still_open,
    save_item,
    shown_of_discussion,
    typed_of,
)
from forumplanner.outcomes.services.submitting import Review, decide, review, submit

__all__ = [
    "RecordOfOutcomes",
    "Review",
    "RoundOutcome",
    "StaleItem",
    "TypedOutcome",
    "check_still_open",
    "count_outcomes",
    "decide",
    "find_last_save",
    "find_submission",
    "find_submissions",
    "list_outcomes",
    "list_possible_owners",
    "list_round_outcomes",
    "review",
    "save_item",
    "shown_of_discussion",
    "state_of",
    "submit",
    "typed_of",
]
