"""The page of one's own account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from forumplanner.accounts.access import SIGNED_IN, acting, opens_to
from forumplanner.accounts.forms import OwnNameForm
from forumplanner.accounts.services import name_account, shown_of_name
from forumplanner.accounts.views.addresses import blueprint
from forumplanner.core.db import db


@blueprint.get("/account")
@opens_to(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Who one is here, what one may do, and how one signs in."""
    form = OwnNameForm(name=current_user.name)
    form.saw(shown_of_name(current_user))
    return _page(form)


@blueprint.post("/account")
@opens_to(SIGNED_IN)
def name_oneself() -> ResponseReturnValue:
    """Write down one's own name."""
    form = OwnNameForm()
    if form.validate():
        with form.showing_refusals():
            name_account(
                db.session(), current_user._get_current_object(), form.name.data or "", acting(), seen=form.stamp
            )
            db.session.commit()
            flash(_("Your name is saved."), "done")
            return redirect(url_for("accounts.account"))
    return _page(form), form.status


def _page(form: OwnNameForm) -> str:
    return render_template("accounts/account.html", user=current_user, form=form)
