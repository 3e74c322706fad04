"""The finance table on a page of its own: where every figure of the brief comes from."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from forumplanner.accounts.access import READERS, opens_to
from forumplanner.core.db import db
from forumplanner.register.services import list_figures
from forumplanner.register.tables import finance_table
from forumplanner.web.locale import current_language

blueprint = Blueprint("register", __name__)


@blueprint.get("/figures")
@opens_to(READERS)
def figures() -> ResponseReturnValue:
    """What is known of each kind of organisation, and totals that say what they leave out."""
    lang = current_language()
    return render_template("register/figures.html", table=finance_table(list_figures(db.session(), lang), lang))
