"""Leaving the sample: the page "เริ่มใช้งานจริง"."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import login_user, logout_user

from forumplanner.accounts.access import ORGANISERS, opens_to
from forumplanner.accounts.access.passwords import hash_password, normal_password
from forumplanner.core.db import db
from forumplanner.upkeep.emptying import begin_for_real, check_is_sample
from forumplanner.upkeep.forms import StartForm

blueprint = Blueprint("upkeep", __name__)


@blueprint.route("/start", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def start() -> ResponseReturnValue:
    """Empty the sample, make the first real organiser and sign them in; in a sample database alone."""
    session = db.session()
    check_is_sample(session)
    form = StartForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with form.showing_refusals():
                email = form.email.data or ""
                # Before the first change: hashing takes long on purpose, and nobody is to wait for it.
                hashed = hash_password(normal_password(email, form.password.data or ""))
                # Read anew, as it is looked at once more when it is gone: signing out begins with who is signed in.
                session.refresh(current_user._get_current_object())
                user = begin_for_real(session, email=email, name=form.name.data or "", password_hash=hashed)
                db.session.commit()
                logout_user()
                login_user(user, authn_via=["register"])
                flash(_("The sample is gone. Everything you see from now on is your own."), "done")
                return redirect(url_for("desks.home"))
    return render_template("upkeep/start.html", form=form), status
