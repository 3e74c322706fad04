"""The record that stands under the agenda, in this request."""

from flask import current_app

from forumplanner.agenda.record import Record, record_of


def current_record() -> Record:
    """What is asked before an agenda is changed."""
    return record_of(current_app)
