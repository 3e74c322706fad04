"""Pages of accounts: one's own, those that organisers keep, and Flask-Security's as we set them up."""

from forumplanner.accounts.views import managing, own
from forumplanner.accounts.views.addresses import blueprint
from forumplanner.accounts.views.security import init_security
from forumplanner.accounts.views.words import role_names, sends_mail

__all__ = ["blueprint", "init_security", "managing", "own", "role_names", "sends_mail"]
