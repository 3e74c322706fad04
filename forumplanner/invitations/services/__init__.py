"""Reads and changes of invitations and answers."""

from forumplanner.invitations.services.answering import GivenAnswer, record_reply, shown_of_answer
from forumplanner.invitations.services.inviting import (
    HISTORY,
    Invited,
    Wanted,
    change_invitation,
    get_invitation,
    invite_partners,
    mark_reached,
    restore_invitation,
    revoke_invitation,
    shown_of_particulars,
)
from forumplanner.invitations.services.links import (
    Superseded,
    UnknownLink,
    open_reply_link,
    read_reply_link,
    renew_link,
    reply_link,
    reply_url,
)

__all__ = [
    "HISTORY",
    "GivenAnswer",
    "Invited",
    "Superseded",
    "UnknownLink",
    "Wanted",
    "change_invitation",
    "get_invitation",
    "invite_partners",
    "mark_reached",
    "open_reply_link",
    "read_reply_link",
    "record_reply",
    "renew_link",
    "reply_link",
    "reply_url",
    "restore_invitation",
    "revoke_invitation",
    "shown_of_answer",
    "shown_of_particulars",
]
