"""Who signs in, and who may do what."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Set up sign-in and the account page."""
    from forumplanner.accounts import access, views

    views.init_security(app)
    access.init_last_use(app)
    app.register_blueprint(views.blueprint)
    app.jinja_env.globals.update(
        is_organiser=access.is_organiser,
        is_coordinator=access.is_coordinator,
        is_signed_in=access.is_signed_in,
        may_change_region=access.may_change_region,
        may_see_people=access.may_see_people,
        sends_mail=views.sends_mail,
        role_names=views.role_names,
    )
    app.jinja_env.filters["who"] = access.name_actor
