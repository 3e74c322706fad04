"""Pages of `accounts`: one's own account, and Flask-Security's pages as we set them up."""

from forumplanner.accounts.views.pages import blueprint
from forumplanner.accounts.views.security import init_security
from forumplanner.accounts.views.words import role_names, sends_mail

__all__ = ["blueprint", "init_security", "role_names", "sends_mail"]
