"""What becomes of a page whose agenda item somebody deleted meanwhile."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import is_coordinator
from forumplanner.core.errors import Removed
from forumplanner.outcomes.views.addresses import blueprint
from forumplanner.web.errors import show_removed


@blueprint.errorhandler(Removed)
def removed(refusal: Removed) -> ResponseReturnValue:
    """Lead to the agenda, or to the outcomes whoever cannot open it."""
    place = {name: (request.view_args or {})[name] for name in ("code", "slug")}
    if is_coordinator():
        return show_removed(refusal, url_for("agenda.agenda", **place), _("Agenda"))
    return show_removed(refusal, url_for("outcomes.outcomes", **place), _("Outcomes of the meeting"))
