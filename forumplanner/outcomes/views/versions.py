"""What was written on an agenda item before: who changed what when, and the whole text of each version."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forumplanner.accounts.access import COORDINATORS, opens_to
from forumplanner.agenda.services import get_item, list_items
from forumplanner.core.db import db
from forumplanner.history.services import list_versions
from forumplanner.outcomes.views.addresses import ITEM, OUTCOMES, blueprint, title_of
from forumplanner.rounds.access import meeting_to_change

SHOWN = 50


@blueprint.get(OUTCOMES + ITEM + "/versions")
@opens_to(COORDINATORS)
def versions(code: str, slug: str, item_id: int) -> ResponseReturnValue:
    """The versions of the discussion, the newest first, fifty a page; `?version=` shows one of them whole."""
    meeting = meeting_to_change(code, slug)
    item = get_item(db.session(), meeting, item_id)
    found = list_versions(db.session(), "agenda_item", item.id, "discussion")
    numbered = list(zip(range(len(found), 0, -1), found, strict=True))
    chosen = request.args.get("version", type=int)
    before = request.args.get("before", len(found) + 1, type=int)
    shown = [pair for pair in numbered if pair[0] < before]
    return render_template(
        "outcomes/versions.html",
        meeting=meeting,
        title=title_of(meeting),
        number=next(number for number, each in list_items(db.session(), meeting) if each.id == item.id),
        item=item,
        versions=shown[:SHOWN],
        older=shown[SHOWN][0] + 1 if len(shown) > SHOWN else None,
        chosen=next((pair for pair in numbered if pair[0] == chosen), None),
    )
