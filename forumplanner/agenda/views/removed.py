"""What becomes of a page whose agenda item, or line of the programme, somebody deleted meanwhile."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.agenda.views.addresses import blueprint
from forumplanner.core.errors import Removed
from forumplanner.web.errors import show_removed


@blueprint.errorhandler(Removed)
def removed(refusal: Removed) -> ResponseReturnValue:
    """Lead to the page it stood on."""
    place = {name: (request.view_args or {})[name] for name in ("code", "slug")}
    if "item_id" in (request.view_args or {}):
        return show_removed(refusal, url_for("agenda.agenda", **place), _("Agenda"))
    return show_removed(refusal, url_for("agenda.programme", **place), _("Programme"))
