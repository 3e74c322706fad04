"""How invitations forget a person: that somebody was invited and answered stays as a number, their words go."""

from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.orm import Session

from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.invitations.models import ChosenGuest, Invitation, Needs, Reply

_WORDS: dict[str, Any] = dict.fromkeys(("delegate_name", "delegate_phone", "comment", "reason"))


def partner_of_invitation(table: Table) -> ColumnElement[Any]:
    """The partner of a row that belongs to an invitation."""
    invitation = Invitation.__table__.c
    return select(invitation.partner_id).where(invitation.id == table.c.invitation_id).scalar_subquery()


def _forget(session: Session, leaving: Leaving) -> None:
    own = Invitation.partner_id == leaving.partner_id
    theirs = select(Invitation.id).where(own)
    for what, model in (("needs", Needs), ("replies", Reply)):
        of_theirs = select(func.count()).select_from(model).where(model.invitation_id.in_(theirs))
        leaving.count(what, session.scalar(of_theirs) or 0)
    leaving.count("invitations", session.scalar(select(func.count()).select_from(Invitation).where(own)) or 0)
    session.execute(delete(Needs).where(Needs.invitation_id.in_(theirs)))
    session.execute(delete(ChosenGuest).where(ChosenGuest.partner_id == leaving.partner_id))
    session.execute(update(Reply).where(Reply.invitation_id.in_(theirs)).values(_WORDS))
    # No link that was given out opens any more.
    raised = {"version": Invitation.version + 1, "link_version": Invitation.link_version + 1}
    session.execute(update(Invitation).where(own).values(_WORDS | raised))


ERASING = Erasing(
    whose={
        "invitations": lambda table: table.c.partner_id,
        "replies": partner_of_invitation,
        "needs": partner_of_invitation,
        "merged_invitations": partner_of_invitation,
        "chosen_guests": lambda table: table.c.partner_id,
    },
    left={
        "replies.taken_by": "the name of an account that acted; accounts are not partners",
        "needs.noted_by": "the name of an account that acted; accounts are not partners",
    },
    own=_forget,
)
