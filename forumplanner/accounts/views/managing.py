"""Accounts, as organisers keep them: making one, handing its link over, changing it, switching it off and on."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts import services
from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.accounts.addresses import password_link
from forumplanner.accounts.models import User
from forumplanner.accounts.views.account_forms import AccountForm, NewAccountForm
from forumplanner.accounts.views.addresses import blueprint
from forumplanner.accounts.views.mail import send_account_link
from forumplanner.accounts.views.words import sends_mail
from forumplanner.core.db import db
from forumplanner.core.i18n import N_
from forumplanner.history.services import list_changes
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions
from forumplanner.web.forms import PostForm

PAGE = "/settings/accounts/<int(max=2147483647):user_id>"
FIELDS = {
    "name": N_("Name"),
    "role": N_("Role"),
    "regions": N_("Regions"),
    "active": N_("On or off"),
    "two_factor": N_("Two-step sign-in"),
}


@blueprint.get("/settings/accounts")
@opens_to(ORGANISERS)
def accounts() -> ResponseReturnValue:
    """All accounts: whose, what for, and whether their owner can sign in."""
    return render_template("accounts/accounts.html", accounts=services.list_accounts(db.session()))


@blueprint.route("/settings/accounts/new", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def new_account() -> ResponseReturnValue:
    """Make an account; its link is sent or shown in the next step."""
    session = db.session()
    form = NewAccountForm()
    form.offer(list_regions(session, retired=False))
    if form.validate_on_submit():
        with form.showing_refusals():
            user = services.create_account(session, form.email.data or "", **form.duties(), actor=acting())
            db.session.commit()
            flash(_("The account of %(name)s was created. Now pass on the link.", name=user.display_name), "done")
            return redirect(url_for("accounts.managed", user_id=user.id))
    return render_template("accounts/new_account.html", form=form), form.status


@blueprint.route(PAGE, methods=["GET", "POST"])
@opens_to(ORGANISERS)
def managed(user_id: int) -> ResponseReturnValue:
    """An account: its name, role and regions, the ways to help its owner, what was changed on it."""
    session = db.session()
    user = services.get_account_by_id(session, user_id)
    form = AccountForm()
    form.offer(_offered_regions(user))
    if not form.is_submitted():
        form.show_account(user)
    elif form.validate():
        with form.showing_refusals():
            services.change_account(session, user, **form.duties(), actor=acting(), seen=form.stamp)
            db.session.commit()
            flash(_("The account is saved."), "done")
            return redirect(url_for("accounts.managed", user_id=user_id))
    return _page(user_id, form), form.status


def _offered_regions(user: User) -> list[Region]:
    """The regions of today, and those the account has."""
    own = {region.id for region in user.regions}
    return [each for each in list_regions(db.session()) if each.retired_at is None or each.id in own]


def _page(user_id: int, form: AccountForm, link: str | None = None) -> str:
    session = db.session()
    return render_template(
        "accounts/managed.html",
        user=services.get_account_by_id(session, user_id),
        form=form,
        link=link,
        sends_mail=sends_mail(),
        changes=list_changes(session, "user", user_id, limit=30),
        fields=FIELDS,
    )


@blueprint.post(PAGE + "/link")
@opens_to(ORGANISERS)
def hand_over(user_id: int) -> ResponseReturnValue:
    """A new link by which the owner chooses a password: sent by mail, or shown to be handed over."""
    session = db.session()
    user = services.get_account_by_id(session, user_id)
    form = AccountForm(formdata=None)
    form.offer(_offered_regions(user))
    form.show_account(user)
    if not PostForm().validate():
        return _page(user_id, form), 422
    link = password_link(user)
    if request.form.get("how") != "mail" or not sends_mail():
        return _page(user_id, form, link)
    send_account_link(session, user, link)
    db.session.commit()
    flash(_("The link is on its way to %(email)s.", email=user.email), "done")
    return redirect(url_for("accounts.managed", user_id=user_id))


@blueprint.post(PAGE + "/switch")
@opens_to(ORGANISERS)
def switch(user_id: int) -> ResponseReturnValue:
    """Switch an account off, or on again."""
    session = db.session()
    user = services.get_account_by_id(session, user_id)
    if PostForm().validate():
        active = request.form.get("active") == "yes"
        services.switch_account(session, user, active=active, actor=acting())
        db.session.commit()
        flash(_("The account is on again.") if active else _("The account is off. Its owner was signed out."), "done")
    return redirect(url_for("accounts.managed", user_id=user_id))


@blueprint.route(PAGE + "/two-factor", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def forget_second_step(user_id: int) -> ResponseReturnValue:
    """Take the second step away from somebody who lost telephone and recovery codes, after a question."""
    session = db.session()
    user = services.get_account_by_id(session, user_id)
    if PostForm().validate_on_submit():
        services.forget_two_factor(session, user, actor=acting())
        db.session.commit()
        flash(_("Two-step sign-in is off for %(name)s.", name=user.display_name), "done")
        return redirect(url_for("accounts.managed", user_id=user_id))
    return render_template("accounts/forget_second_step.html", user=user)
