"""The page of one's own account."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forumplanner.accounts.access import SIGNED_IN, opens_to

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/account")
@opens_to(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Who one is here, what one may do, and how one signs in."""
    return render_template("accounts/account.html", user=current_user)
