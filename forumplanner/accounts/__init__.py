"""Who signs in, and who may do what."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_feature(app: "Flask") -> None:
    """Set up sign-in and the account page."""
    from forumplanner.accounts import access, words
    from forumplanner.accounts.security import init_security
    from forumplanner.accounts.views import blueprint
    from forumplanner.outbox.queue import EXTENSION, init_outbox

    if EXTENSION not in app.extensions:
        init_outbox(app)
    init_security(app)
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        is_organiser=access.is_organiser,
        is_coordinator=access.is_coordinator,
        is_signed_in=access.is_signed_in,
        may_change_region=access.may_change_region,
        may_see_people=access.may_see_people,
        sends_mail=words.sends_mail,
        role_names=words.role_names,
    )
