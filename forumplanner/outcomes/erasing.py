"""How outcomes forget a person: what was taken on stays, who took it on goes, also from what organisers accepted."""

from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from forumplanner.agenda.erasing import meeting_of_item
from forumplanner.agenda.models import AgendaItem
from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.core.traces import NAME_REMOVED
from forumplanner.history.differences import digest
from forumplanner.outcomes.models import Decision, Outcome
from forumplanner.outcomes.services import blank_in_decisions

_ACCOUNT = "the name of an account that acted; accounts are not partners"


def _forget(session: Session, leaving: Leaving) -> None:
    query = select(Outcome, AgendaItem.meeting_id).join(Outcome.agenda_item)
    query = query.where(Outcome.owner_partner_id == leaving.partner_id).order_by(Outcome.id)
    for outcome, meeting_id in session.execute(query).all():
        if meeting_id in leaving.certified:
            leaving.kept += 1
        else:
            outcome.owner = NAME_REMOVED
            leaving.count("outcomes", 1)
    leaving.count("decisions", blank_in_decisions(session, leaving.partner_id))
    session.flush()


def _mark_discussions(session: Session, leaving: Leaving) -> None:
    """A discussion that lost a name was not changed by anybody: what was decided upon knows it by its new mark."""
    marks = {digest(each.before): digest(each.after) for each in leaving.cleaned if each.table == "agenda_texts"}
    if not marks:
        return
    for decision in session.scalars(select(Decision).where(Decision.content.is_not(None)).order_by(Decision.id)):
        content: dict[str, Any] = decision.content or {}
        items = [item | {"discussed": marks.get(item["discussed"], item["discussed"])} for item in content["items"]]
        if items != content["items"]:
            decision.content = {**content, "items": items}
    session.flush()


def _owner(table: Table) -> ColumnElement[Any]:
    return table.c.owner_partner_id


ERASING = Erasing(
    whose={"outcomes": _owner},
    printed_in={"outcomes": meeting_of_item},
    left={
        "submissions.submitted_by": _ACCOUNT,
        "submissions.decided_by": _ACCOUNT,
        "decisions.decided_by": _ACCOUNT,
    },
    own=_forget,
    after=_mark_discussions,
)
