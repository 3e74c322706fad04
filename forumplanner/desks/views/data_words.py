"""How columns of personal data are called where a person's data is handed over; a test finds one without a word."""

from forumplanner.accounts.views.words import ROLE_NAMES
from forumplanner.attendance.rules import AttendanceList
from forumplanner.core.i18n import N_
from forumplanner.desks.looking import CHANGED, PAGES
from forumplanner.invitations import words as invitations
from forumplanner.outbox.models import MessageState
from forumplanner.partners import words as partners

_MEETING, _WHEN = N_("Meeting"), N_("When")
# By the column's name, or by table and name where it means something else there.
LABELS = {
    **partners.FIELDS,
    "attendances.name": N_("Name"),
    "partner_notes.name": N_("Name of the note"),
    "text": N_("Text"),
    "number": N_("Telephone number"),
    "extension": N_("Extension"),
    "region": N_("Region"),
    "meeting": _MEETING,
    "place": N_("Subdistrict, district, province"),
    "id": N_("Number of the invitation"),
    "invitation_id": N_("Number of the invitation"),
    "created_at": N_("Kept since"),
    "renewed_at": N_("Address renewed"),
    "revoked_at": N_("Stopped or withdrawn"),
    "last_fetched_at": N_("Last opened"),
    "capacity": N_("Invited as"),
    "channel": N_("Channel"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "delegate_name": N_("Delegate"),
    "delegate_phone": N_("Telephone of the delegate"),
    "comment": N_("Message"),
    "reason": N_("Reason for not coming"),
    "retention_holds.reason": N_("Why kept longer"),
    "until": N_("Kept until"),
    "at": _WHEN,
    "on": _WHEN,
    "food": N_("Food"),
    "food_note": N_("More about the food"),
    "help_needed": N_("Help needed"),
    "consented_at": N_("Consented"),
    "list": N_("Attendance noted"),
    "substitute_for": N_("In whose place"),
    "chair": N_("Chair"),
    "due_on": N_("Due"),
    "owner": N_("Who took it on"),
    "cells": N_("The row as it was read"),
    "before": N_("Before the list was imported"),
    "recipient": N_("Sent to"),
    "subject": N_("Subject"),
    "text_body": N_("Text"),
    "server_answer": N_("What the mail server said"),
    "sent_at": N_("Sent"),
    "state": N_("State"),
    "thing": N_("What changed"),
    "field": N_("Which particular"),
    "old": N_("Was"),
    "new": N_("Is now"),
    "role": N_("Who"),
    "page": N_("On which page"),
}
# Values that are names of things, in words; by the column, or by table and column.
VALUES: dict[str, dict[str, str]] = {
    "sector": {key.value: word for key, word in partners.SECTORS.items()},
    "person_class": {key.value: word for key, word in partners.CLASSES.items()},
    "capacity": {key.value: word for key, word in invitations.CAPACITIES.items()},
    "invitations.channel": {key.value: word for key, word in invitations.CHANNELS.items()},
    "channel": {key.value: word for key, word in invitations.REPLY_CHANNELS.items()},
    "answer": {key.value: word for key, word in invitations.ANSWERS.items()},
    "food": {key.value: word for key, word in invitations.FOODS.items()},
    "list": {
        AttendanceList.CAME.value: N_("came"),
        AttendanceList.ABSENT.value: N_("did not come"),
        AttendanceList.PARTICIPANT.value: N_("came as a participant"),
    },
    "state": {
        MessageState.QUEUED.value: N_("waiting"),
        MessageState.HELD.value: N_("held back"),
        MessageState.SENDING.value: N_("waiting"),
        MessageState.SENT.value: N_("sent"),
        MessageState.FAILED.value: N_("not sent"),
    },
    "role": {role.value: word for role, word in ROLE_NAMES.items()},
    "thing": CHANGED,
    "page": PAGES,
}
# What history calls the particulars of other things than partners.
CHANGED_FIELDS = {**partners.FIELDS, **invitations.FIELDS, "added": N_("Added")}


def label_of(table: str, column: str) -> str:
    """The untranslated word for a column."""
    return LABELS.get(f"{table}.{column}") or LABELS[column]


def words_of(table: str, column: str) -> dict[str, str]:
    """The untranslated words for its values; empty where they are shown as they are."""
    return VALUES.get(f"{table}.{column}") or VALUES.get(column, {})
